import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Attachment } from '../../server/contract/attachments.ts'
import { attachmentUrl } from '../api/attachments.ts'
import { fileIcons, fileKind, useFileSize } from '../ui/file-kinds.ts'
import classes from './files.module.css'

/** The files that came with a line: pictures are seen at once, everything is saved by one click. */
export function AttachedFiles({ ticket, files }: { readonly ticket: number; readonly files: readonly Attachment[] }) {
  const { t } = useTranslation()
  if (files.length === 0) return null
  return (
    <ul className={classes.files} aria-label={t('files.of')}>
      {files.map((file) => (
        <li key={file.id}>
          <FileLink ticket={ticket} file={file} />
        </li>
      ))}
    </ul>
  )
}

function FileLink({ ticket, file }: { readonly ticket: number; readonly file: Attachment }) {
  const { t } = useTranslation()
  const size = useFileSize()
  const [unseen, setUnseen] = useState(false)
  const url = attachmentUrl(ticket, file.id)
  const kind = fileKind(file.type)
  const Icon = fileIcons[kind]
  const label = t('files.save', { name: file.name, size: size(file.bytes) })
  return (
    <a className={classes.file} href={url} download={file.name} aria-label={label} title={label}>
      {file.picture !== null && !unseen ? (
        <img src={url} alt="" loading="lazy" {...file.picture} onError={() => setUnseen(true)} />
      ) : (
        <Icon size={20} stroke={1.6} aria-hidden="true" />
      )}
      <span className={classes.name}>{file.name}</span>
      <small>
        {t(`files.kinds.${kind}`)} · <span className="g-num">{size(file.bytes)}</span>
      </small>
    </a>
  )
}
