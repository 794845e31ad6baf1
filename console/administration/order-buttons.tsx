import { ActionIcon } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

type Props<Row> = { readonly rows: readonly Row[]; readonly index: number; readonly onChange: (rows: readonly Row[]) => void }

/** Moves a row among those whose order counts, or takes it out. */
export function OrderButtons<Row>({ rows, index, onChange }: Props<Row>) {
  const { t } = useTranslation()
  const n = index + 1
  const others = rows.filter((_, i) => i !== index)
  const moveTo = (to: number) => onChange([...others.slice(0, to), ...rows.slice(index, n), ...others.slice(to)])
  return (
    <ActionIcon.Group>
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={index === 0}
        aria-label={t('settings.order.up', { n })}
        onClick={() => moveTo(index - 1)}
      >
        <IconArrowUp size={15} stroke={1.8} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={n === rows.length}
        aria-label={t('settings.order.down', { n })}
        onClick={() => moveTo(n)}
      >
        <IconArrowDown size={15} stroke={1.8} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label={t('settings.order.remove', { n })} onClick={() => onChange(others)}>
        <IconX size={15} stroke={1.8} />
      </ActionIcon>
    </ActionIcon.Group>
  )
}
