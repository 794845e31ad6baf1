import { Button, Textarea } from '@mantine/core'
import { IconUpload, IconVolume } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnnouncementSide as Side, SpokenLanguage } from '../../server/contract/announcements.ts'
import { AnnouncementDraft } from './announcement-draft.tsx'
import classes from './announcement-side.module.css'
import { AnnouncementVersions } from './announcement-versions.tsx'
import { TelephoneTask } from './telephone-task.tsx'
import { useDraft } from './use-draft.ts'
import { type Telephone, useTelephone } from './use-telephone.ts'

type SideProps = { readonly name: string; readonly title: string; readonly language: SpokenLanguage; readonly side: Side }

/** An announcement in one language: what is heard, its text, a recording in its place, its versions. */
export function AnnouncementSide({ name, title, language, side }: SideProps) {
  const { t } = useTranslation()
  const inForce = side.version.text ?? side.original
  const [typed, setTyped] = useState<string | null>(null)
  const telephone = useTelephone(title)
  const drafting = useDraft({ name, title, language }, telephone.draft, telephone.forget)
  const { draft, busy, speak, bring } = drafting
  const ring: Telephone['ring'] = (task) => {
    if (task.kind === 'record') drafting.forget()
    telephone.ring(task)
  }
  const files = useRef<HTMLInputElement>(null)
  const text = typed ?? inForce
  const spoken = t(`announcements.languages.${language}`)
  const same = text.trim() === inForce.trim() && side.version.text !== null
  return (
    <section className={classes.side} aria-label={`${title}, ${spoken}`}>
      <h3>
        {spoken}
        <small>{t(`announcements.kinds.${side.version.kind}`)}</small>
      </h3>
      <Textarea
        label={t('announcements.text')}
        description={side.version.text === null ? t('announcements.textReplaced') : t(`announcements.textHint.${language}`)}
        lang={language}
        rows={inForce.length > 160 ? 8 : 3}
        maxLength={2_000}
        value={text}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Button
          variant="default"
          leftSection={<IconVolume size={16} stroke={1.7} aria-hidden="true" />}
          disabled={busy || same || text.trim() === ''}
          loading={busy}
          onClick={() => speak(text)}
        >
          {t('announcements.listenText')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconUpload size={16} stroke={1.7} aria-hidden="true" />}
          disabled={busy}
          onClick={() => files.current?.click()}
        >
          {t('announcements.file')}
        </Button>
        <input
          ref={files}
          type="file"
          accept="audio/*,.wav,.mp3,.ogg,.opus,.flac"
          aria-label={`${t('announcements.file')} ${title}, ${spoken}`}
          hidden
          onChange={(event) => {
            const file = event.currentTarget.files?.[0]
            event.currentTarget.value = ''
            if (file !== undefined) bring(file)
          }}
        />
      </div>
      <p className={classes.hint}>{t('announcements.fileHint')}</p>
      {draft !== null && <AnnouncementDraft drafting={drafting} draft={draft} language={language} onAccepted={() => setTyped(null)} />}
      <TelephoneTask telephone={{ ...telephone, ring }} language={language} listen={draft?.sound ?? side.sound} />
      <AnnouncementVersions name={name} title={title} language={language} inForce={side.version.number} onGoBack={drafting.goBack} />
    </section>
  )
}
