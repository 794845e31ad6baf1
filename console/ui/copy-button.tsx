import { ActionIcon, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** Copies a value, and says so beside it. Absent where the browser gives no clipboard: on a page that is not served securely. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const { t } = useTranslation()
  const { copy, copied, error } = useClipboard({ timeout: 2_000 })
  if (!window.isSecureContext || error !== null) return null
  return (
    <>
      <Tooltip label={copied ? t('copy.done') : label}>
        <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={() => copy(value)}>
          {copied ? <IconCheck size={16} stroke={1.8} /> : <IconCopy size={16} stroke={1.6} />}
        </ActionIcon>
      </Tooltip>
      <span role="status" style={{ fontSize: 12 }}>
        {copied && t('copy.done')}
      </span>
    </>
  )
}
