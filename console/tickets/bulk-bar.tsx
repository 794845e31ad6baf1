import { Button, Popover, Select, Textarea } from '@mantine/core'
import { IconArrowForwardUp, IconCheck, IconHandGrab, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkOrder } from '../../server/contract/bulk.ts'
import { groupsQuery } from '../api/groups.ts'
import { Keys } from '../ui/kbd.tsx'
import { ariaKey, useShortcuts } from '../ui/shortcuts.ts'
import classes from './bulk-bar.module.css'
import { useBulk } from './use-bulk.tsx'

type Props = { readonly numbers: readonly number[]; readonly onClear: () => void }

/** What can be done to the tickets chosen; it stands at the foot of the page while there are some. */
export function BulkBar({ numbers, onClear }: Props) {
  const { t } = useTranslation()
  const { start, busy } = useBulk()
  const send = (order: BulkOrder) => {
    start(numbers, order)
    onClear()
  }
  useShortcuts([
    { key: 't', run: () => send({ do: 'take-up' }) },
    { key: 'Escape', run: onClear },
  ])
  return (
    <div className={classes.bar} role="region" aria-label={t('bulk.label')}>
      <strong className="g-num" role="status">
        {t('bulk.chosen', { count: numbers.length })}
      </strong>
      <Button
        size="compact-md"
        loading={busy}
        leftSection={<IconHandGrab size={16} stroke={1.7} />}
        rightSection={<Keys keys="T" />}
        aria-keyshortcuts={ariaKey('T')}
        onClick={() => send({ do: 'take-up' })}
      >
        {t('bulk.takeUp')}
      </Button>
      <Asked label={t('bulk.redirect')} shortcut="R" icon={<IconArrowForwardUp size={16} stroke={1.7} />} heading={t('bulk.redirectTo')}>
        {(close) => (
          <Redirecting
            onSend={(groupId, reason) => {
              close()
              send({ do: 'redirect', groupId, reason })
            }}
          />
        )}
      </Asked>
      <Asked label={t('bulk.close')} shortcut="V" icon={<IconCheck size={16} stroke={1.8} />} heading={t('bulk.closeWith')}>
        {(close) => (
          <Closing
            onSend={(solution) => {
              close()
              send({ do: 'close', solution })
            }}
          />
        )}
      </Asked>
      <Button size="compact-md" variant="subtle" color="gray" leftSection={<IconX size={15} stroke={1.8} />} onClick={onClear}>
        {t('bulk.clear')}
      </Button>
    </div>
  )
}

type AskedProps = {
  readonly label: string
  readonly shortcut: string
  readonly icon: ReactNode
  readonly heading: string
  readonly children: (close: () => void) => ReactNode
}

function Asked({ label, shortcut, icon, heading, children }: AskedProps) {
  const titleId = useId()
  const [open, setOpen] = useState(false)
  useShortcuts([{ key: shortcut.toLowerCase(), run: () => setOpen(true) }])
  return (
    <Popover opened={open} onChange={setOpen} position="top-start" shadow="md" width={360} radius={12} trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="compact-md"
          variant="default"
          leftSection={icon}
          rightSection={<Keys keys={shortcut} />}
          aria-keyshortcuts={ariaKey(shortcut)}
          onClick={() => setOpen(!open)}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={14} maw="calc(100vw - 24px)" aria-labelledby={titleId}>
        <p className={classes.title} id={titleId}>
          {heading}
        </p>
        {open && children(() => setOpen(false))}
      </Popover.Dropdown>
    </Popover>
  )
}

function Redirecting({ onSend }: { readonly onSend: (groupId: string, reason: string) => void }) {
  const { t } = useTranslation()
  const groups = useQuery(groupsQuery).data ?? []
  const [groupId, setGroupId] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  return (
    <div className={classes.form}>
      <Select
        label={t('life.group')}
        placeholder={t('life.groupExample')}
        data={groups.filter(({ retiredAt }) => retiredAt === null).map(({ id, name }) => ({ value: id, label: name }))}
        value={groupId}
        searchable
        selectFirstOptionOnChange
        comboboxProps={{ withinPortal: false }}
        onChange={setGroupId}
        data-autofocus
      />
      <Textarea
        label={t('life.reason')}
        placeholder={t('life.reasonExample')}
        rows={2}
        maxLength={20_000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button disabled={groupId === null} onClick={() => groupId !== null && onSend(groupId, reason.trim())}>
        {t('bulk.redirect')}
      </Button>
    </div>
  )
}

function Closing({ onSend }: { readonly onSend: (solution: string) => void }) {
  const { t } = useTranslation()
  const [solution, setSolution] = useState('')
  return (
    <div className={classes.form}>
      <Textarea
        label={t('ticket.solution')}
        description={t('bulk.closeSays')}
        rows={3}
        maxLength={20_000}
        value={solution}
        onChange={(event) => setSolution(event.currentTarget.value)}
        data-autofocus
      />
      <Button disabled={solution.trim() === ''} onClick={() => onSend(solution.trim())}>
        {t('bulk.close')}
      </Button>
    </div>
  )
}
