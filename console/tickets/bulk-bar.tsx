import { Button, Popover, Textarea } from '@mantine/core'
import { IconArrowForwardUp, IconCheck, IconHandGrab, IconLink, IconUsersGroup, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkOrder } from '../../server/contract/bulk.ts'
import { groupsQuery } from '../api/groups.ts'
import { Finder, type Findable } from '../ui/finder.tsx'
import { folded } from '../ui/folded.ts'
import { KeyButton } from '../ui/key-button.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import classes from './bulk-bar.module.css'
import { LinkChoice } from './link-choice.tsx'
import { useBulk } from './use-bulk.tsx'

type Props = { readonly numbers: readonly number[]; readonly onClear: () => void }

/** What can be done to the tickets chosen; it stands at the foot of the page while there are some. */
export function BulkBar({ numbers, onClear }: Props) {
  const { t } = useTranslation()
  const { start, busy } = useBulk()
  const send = (order: BulkOrder) => {
    if (!busy) void start(numbers, order).then((begun) => begun && onClear())
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
      <KeyButton
        size="compact-md"
        loading={busy}
        leftSection={<IconHandGrab size={16} stroke={1.7} />}
        keys="T"
        onClick={() => send({ do: 'take-up' })}
      >
        {t('bulk.takeUp')}
      </KeyButton>
      <Asked label={t('bulk.redirect')} shortcut="R" icon={<IconArrowForwardUp size={16} stroke={1.7} />} heading={t('bulk.redirectTo')}>
        <Redirecting busy={busy} onSend={(groupId, reason) => send({ do: 'redirect', groupId, reason })} />
      </Asked>
      <Asked label={t('bulk.close')} shortcut="V" icon={<IconCheck size={16} stroke={1.8} />} heading={t('bulk.closeWith')}>
        <Closing busy={busy} onSend={(solution) => send({ do: 'close', solution })} />
      </Asked>
      <Asked label={t('bulk.link')} shortcut="L" icon={<IconLink size={16} stroke={1.7} />} heading={t('bulk.linkTo')}>
        <LinkChoice first="duplicate-of" without={numbers} failure={null} onChoose={(chosen) => send({ do: 'link', ...chosen })} />
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
  readonly children: ReactNode
}

function Asked({ label, shortcut, icon, heading, children }: AskedProps) {
  const titleId = useId()
  const [open, setOpen] = useState(false)
  useShortcuts([{ key: shortcut.toLowerCase(), run: () => setOpen(true) }])
  return (
    <Popover opened={open} onChange={setOpen} position="top-start" shadow="md" width={360} radius={12} trapFocus returnFocus>
      <Popover.Target>
        <KeyButton size="compact-md" variant="default" leftSection={icon} keys={shortcut} onClick={() => setOpen(!open)}>
          {label}
        </KeyButton>
      </Popover.Target>
      <Popover.Dropdown p={14} maw="calc(100vw - 24px)" aria-labelledby={titleId}>
        <p className={classes.title} id={titleId}>
          {heading}
        </p>
        {open && children}
      </Popover.Dropdown>
    </Popover>
  )
}

type Target = Findable & { readonly id: string }

function Redirecting({ busy, onSend }: { readonly busy: boolean; readonly onSend: (groupId: string, reason: string) => void }) {
  const { t } = useTranslation()
  const groups = useQuery(groupsQuery).data ?? []
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const found = groups
    .filter((g) => g.retiredAt === null && folded(`${g.name} ${g.purpose}`).includes(folded(typed.trim())))
    .map(
      ({ id, name, purpose }): Target => ({
        key: id,
        id,
        icon: <IconUsersGroup size={17} stroke={1.6} aria-hidden="true" />,
        label: name,
        detail: purpose,
      }),
    )
  return (
    <Finder
      label={t('life.group')}
      placeholder={t('life.groupExample')}
      typed={typed}
      onType={setTyped}
      found={found}
      none={t('life.groupNone')}
      onChoose={({ id }) => onSend(id, reason.trim())}
      renderActions={({ id, label }) => (
        <div className={classes.form}>
          <Textarea
            label={t('life.reason')}
            placeholder={t('life.reasonExample')}
            rows={2}
            maxLength={20_000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button loading={busy} onClick={() => onSend(id, reason.trim())}>
            {t('life.redirectSend', { group: label })}
          </Button>
        </div>
      )}
    />
  )
}

function Closing({ busy, onSend }: { readonly busy: boolean; readonly onSend: (solution: string) => void }) {
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
      <Button loading={busy} disabled={solution.trim() === ''} onClick={() => onSend(solution.trim())}>
        {t('bulk.close')}
      </Button>
    </div>
  )
}
