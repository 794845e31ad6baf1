import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SpokenLanguage } from '../../server/contract/announcements.ts'
import { soundUrl } from '../api/announcements.ts'
import classes from './announcement-side.module.css'
import type { Draft, Drafting } from './use-draft.ts'

/** What callers do not hear yet: it plays at once, and waits for a decision. */
export function AnnouncementDraft({
  draft,
  drafting,
  language,
  onAccepted,
}: {
  draft: Draft
  drafting: Drafting
  language: SpokenLanguage
  onAccepted: () => void
}) {
  const { t } = useTranslation()
  const label = t('announcements.draftOf', { language: t(`announcements.languages.${language}`) })
  return (
    <div className={classes.draft} role="group" aria-label={label}>
      <h4>{t('announcements.draft')}</h4>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- its text stands above, or is not written down anywhere */}
      <audio key={draft.sound} controls autoPlay src={soundUrl(draft.sound)} aria-label={label} />
      {draft.spoken !== null && <q lang={language}>{draft.spoken}</q>}
      <div className={classes.actions}>
        <Button
          disabled={drafting.busy}
          onClick={() => {
            onAccepted()
            drafting.accept()
          }}
        >
          {t('announcements.accept')}
        </Button>
        <Button variant="default" onClick={drafting.forget}>
          {t('announcements.forget')}
        </Button>
      </div>
    </div>
  )
}
