import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { timeOf } from '../ui/format.ts'
import type { Draft } from './draft.ts'
import { adopted, insisting } from './draft-exchange.ts'
import classes from './draft-notice.module.css'

type Props = { readonly draft: Draft; readonly onChange: (draft: Draft) => void; readonly onDrop: (draft: Draft) => void }

/** Somebody else wrote the same ticket, or settled its call: both are shown, and nothing is lost unless one says so. */
export function DraftNotice({ draft, onChange, onDrop }: Props) {
  const { t } = useTranslation()
  const { theirs, over } = draft
  if (over)
    return (
      <div className={classes.notice} role="alert">
        <IconAlertTriangle size={16} stroke={1.7} aria-hidden="true" />
        <p>{t('draft.over')}</p>
        <Button size="compact-sm" variant="default" onClick={() => onDrop(draft)}>
          {t('draft.drop')}
        </Button>
      </div>
    )
  if (theirs === null) return null
  const written = [theirs.content.title, theirs.content.summary, theirs.content.solution].filter((s) => s.trim() !== '').join(' · ')
  return (
    <div className={classes.notice} role="alert">
      <IconAlertTriangle size={16} stroke={1.7} aria-hidden="true" />
      <p>
        {t('draft.theirs', { who: theirs.by.name, time: timeOf(theirs.editedAt) })}
        {written !== '' && <q>{written}</q>}
      </p>
      <Button size="compact-sm" variant="default" onClick={() => onChange(adopted(draft, theirs))}>
        {t('draft.takeTheirs')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => onChange(insisting(draft))}>
        {t('draft.keepMine')}
      </Button>
    </div>
  )
}
