import {
  IconFile,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconMovie,
  IconPhoto,
  IconVolume,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Attachment } from '../../server/contract/attachments.ts'
import { attachmentUrl } from '../api/attachments.ts'
import classes from './files.module.css'
import type { Brought, Files } from './use-files.ts'

type Kind = 'picture' | 'pdf' | 'archive' | 'text' | 'sound' | 'film' | 'document' | 'other'
const icons: Readonly<Record<Kind, TablerIcon>> = {
  picture: IconPhoto,
  pdf: IconFileTypePdf,
  archive: IconFileZip,
  text: IconFileText,
  sound: IconVolume,
  film: IconMovie,
  document: IconFileText,
  other: IconFile,
}

function kindOf(type: string): Kind {
  if (type.startsWith('image/')) return 'picture'
  if (type.startsWith('audio/')) return 'sound'
  if (type.startsWith('video/')) return 'film'
  if (type.startsWith('text/')) return 'text'
  if (type === 'application/pdf') return 'pdf'
  if (/zip|7z|rar/.test(type)) return 'archive'
  return /document|ole/.test(type) ? 'document' : 'other'
}

/** `340 Ko`, `2,4 Mo`. */
function useSize() {
  const { t, i18n } = useTranslation()
  const shown = (n: number) => new Intl.NumberFormat(i18n.language === 'en' ? 'en-GB' : 'fr-FR', { maximumFractionDigits: 1 }).format(n)
  return (bytes: number) =>
    bytes < 1_048_576
      ? t('files.sizes.kb', { n: shown(Math.max(1, Math.round(bytes / 1024))) })
      : t('files.sizes.mb', { n: shown(bytes / 1_048_576) })
}

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
  const size = useSize()
  const [unseen, setUnseen] = useState(false)
  const url = attachmentUrl(ticket, file.id)
  const kind = kindOf(file.type)
  const Icon = icons[kind]
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

/** What will go with the words being written. */
export function WaitingFiles({ files }: { readonly files: Files }) {
  const { t } = useTranslation()
  if (files.files.length === 0) return null
  return (
    <ul className={classes.waiting} aria-label={t('files.waiting')} aria-live="polite">
      {files.files.map((one) => (
        <WaitingFile key={one.key} one={one} onRemove={() => files.remove(one.key)} />
      ))}
    </ul>
  )
}

function WaitingFile({ one, onRemove }: { readonly one: Brought; readonly onRemove: () => void }) {
  const { t } = useTranslation()
  const size = useSize()
  const Icon = icons[kindOf(one.attachment?.type ?? '')]
  const arriving = one.attachment === null && one.failure === null
  return (
    <li data-failed={one.failure !== null || undefined}>
      <Icon size={16} stroke={1.7} aria-hidden="true" />
      <span className={classes.name}>{one.name}</span>
      {one.attachment !== null && <small className="g-num">{size(one.attachment.bytes)}</small>}
      {arriving && <progress value={one.part} aria-label={t('files.sending', { name: one.name })} />}
      {one.failure !== null && <em role="alert">{one.failure}</em>}
      <button type="button" onClick={onRemove} aria-label={t('files.remove', { name: one.name })}>
        <IconX size={14} stroke={1.8} aria-hidden="true" />
      </button>
    </li>
  )
}
