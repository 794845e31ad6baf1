import { Button } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { bringDraftFile, draftFileUrl, dropDraftFile } from '../api/attachments.ts'
import { useDrop } from '../ui/use-drop.ts'
import { useFilePicker } from '../ui/use-file-picker.tsx'
import { type FilePlace, type Files, nameOf } from '../ui/use-files.ts'
import { WaitingFiles } from '../ui/waiting-files.tsx'
import type { Draft } from './draft.ts'
import { withFiles } from './draft-edits.ts'
import { serverKeyOf } from './draft-exchange.ts'
import { draftsOf, replaced } from './drafts.ts'
import classes from './form-files.module.css'

/** Where the files of a ticket being written are brought: once there they are in its draft, for other computers and colleagues too. */
export function filePlaceOf(draft: Draft, me: string): FilePlace {
  const key = serverKeyOf(draft, me)
  return {
    id: `${me}/${key}`,
    bring: (file, name, onProgress) => bringDraftFile(key, file, name, onProgress),
    drop: (id) => dropDraftFile(key, id),
    onBrought: ({ id, name, type, bytes }) => {
      const store = draftsOf(me)
      // What was typed since it left is in the store, not in the form that it left from.
      const now = store.get().drafts.find((d) => d.key === draft.key)
      if (now !== undefined)
        store.set(replaced(store.get(), withFiles(now, [...now.files, { id, name, type, bytes }], new Date().toISOString())))
    },
  }
}

type Props = {
  readonly draft: Draft
  readonly me: string
  readonly files: Files
  /** How many may go with one ticket. */
  readonly most: number
  /** Where files are dropped and pasted. */
  readonly form: RefObject<HTMLFormElement | null>
  readonly onChange: (draft: Draft) => void
}

/** Files and pasted pictures that go with the ticket being written. */
export function FormFiles({ draft, me, files, most, form, onChange }: Props) {
  const { t } = useTranslation()
  const [tooMany, setTooMany] = useState(false)
  const key = serverKeyOf(draft, me)
  const choose = (given: Iterable<File>) => {
    const chosen = [...given]
    const fit = draft.files.length + files.files.length + chosen.length <= most
    setTooMany(!fit)
    if (fit) files.bring(chosen.map((file) => ({ file, name: nameOf(file, t('files.pasted')) })))
  }
  const over = useDrop(form, most > 0, choose)
  const picker = useFilePicker(choose)
  const there = draft.files.map((file) => ({
    key: file.id,
    name: file.name,
    part: 1,
    attachment: file,
    failure: null,
    again: null,
    url: draftFileUrl(key, file.id),
  }))
  const remove = (id: string) => {
    setTooMany(false)
    if (!draft.files.some((file) => file.id === id)) return files.remove(id)
    const left = draft.files.filter((file) => file.id !== id)
    onChange(withFiles(draft, left, new Date().toISOString()))
    return void dropDraftFile(key, id).catch(() => undefined)
  }
  if (most === 0 && there.length === 0) return null
  return (
    <div className={classes.files} data-over={over || undefined}>
      {tooMany && (
        <p className={classes.error} role="alert">
          {t('files.tooMany', { count: most })}
        </p>
      )}
      <WaitingFiles files={[...there, ...files.files]} onRemove={remove} />
      {picker.input}
      <div className={classes.row}>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          c="var(--g-ink-2)"
          leftSection={<IconPaperclip size={15} stroke={1.7} />}
          onClick={picker.open}
          aria-label={t('files.attachLabel')}
        >
          {t('files.attach')}
        </Button>
        <span className={classes.hint}>{over ? t('files.dropOnTicket') : t('files.hint')}</span>
      </div>
    </div>
  )
}
