import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { fileIcons, fileKind, useFileSize } from './file-kinds.ts'
import type { Brought } from './use-files.ts'
import classes from './waiting-files.module.css'

/** `url`: where one that has arrived is looked at. */
export type WaitingOne = Omit<Brought, 'attachment'> & {
  readonly attachment: { readonly type: string; readonly bytes: number } | null
  readonly url?: string
}

/** What will go with the words being written. */
export function WaitingFiles({ files, onRemove }: { readonly files: readonly WaitingOne[]; readonly onRemove: (key: string) => void }) {
  const { t } = useTranslation()
  if (files.length === 0) return null
  return (
    <ul className={classes.waiting} aria-label={t('files.waiting')} aria-live="polite">
      {files.map((one) => (
        <WaitingFile key={one.key} one={one} onRemove={() => onRemove(one.key)} />
      ))}
    </ul>
  )
}

function WaitingFile({ one, onRemove }: { readonly one: WaitingOne; readonly onRemove: () => void }) {
  const { t } = useTranslation()
  const size = useFileSize()
  const Icon = fileIcons[fileKind(one.attachment?.type ?? '')]
  const arriving = one.attachment === null && one.failure === null
  return (
    <li data-failed={one.failure !== null || undefined}>
      <Icon size={16} stroke={1.7} aria-hidden="true" />
      {one.url === undefined ? (
        <span className={classes.name}>{one.name}</span>
      ) : (
        <a className={classes.name} href={one.url} download={one.name}>
          {one.name}
        </a>
      )}
      {one.attachment !== null && <small className="g-num">{size(one.attachment.bytes)}</small>}
      {arriving && <progress value={one.part} aria-label={t('files.sending', { name: one.name })} />}
      {one.failure !== null && <em role="alert">{one.failure}</em>}
      {one.again !== null && (
        <button type="button" className={classes.again} onClick={one.again} aria-label={t('files.againLabel', { name: one.name })}>
          {t('files.again')}
        </button>
      )}
      <button type="button" className={classes.remove} onClick={onRemove} aria-label={t('files.remove', { name: one.name })}>
        <IconX size={14} stroke={1.8} aria-hidden="true" />
      </button>
    </li>
  )
}
