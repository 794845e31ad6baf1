import { Popover, Textarea } from '@mantine/core'
import { IconArrowForwardUp, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Group } from '../../server/contract/groups.ts'
import { groupsQuery } from '../api/groups.ts'
import type { TicketPage } from '../api/queries.ts'
import { receiverQuery } from '../api/redirection.ts'
import { redirectTicket } from '../api/ticket-life.ts'
import { Finder, type Findable } from '../ui/finder.tsx'
import { folded } from '../ui/folded.ts'
import { KeyButton } from '../ui/key-button.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { Failure } from './failure.tsx'
import classes from './moves.module.css'
import asked from './asked-text.module.css'
import { openFrom } from './open-from.ts'
import { useCommand } from './use-command.ts'

/** Hand the ticket to a group: what it wants to know is shown before it is sent. */
export function Redirect({ ticket }: { readonly ticket: TicketPage }) {
  const { t } = useTranslation()
  const titleId = useId()
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  useShortcuts([{ key: 'r', run: () => openFrom(button, setOpen) }])
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="md" width={420} radius={12} trapFocus returnFocus>
      <Popover.Target>
        <KeyButton
          ref={button}
          variant="default"
          leftSection={<IconArrowForwardUp size={16} stroke={1.7} />}
          keys="R"
          onClick={() => setOpen(!open)}
        >
          {t('life.redirect')}
        </KeyButton>
      </Popover.Target>
      <Popover.Dropdown p={14} maw="calc(100vw - 24px)" className={classes.whole ?? ''} aria-labelledby={titleId}>
        <p className={asked.title} id={titleId}>
          {t('life.redirectTo')}
        </p>
        <p className={asked.says}>{t('life.redirectSays')}</p>
        {open && <Choosing ticket={ticket} onDone={() => setOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  )
}

type Target = Findable & { readonly group: Group }

function Choosing({ ticket, onDone }: { readonly ticket: TicketPage; readonly onDone: () => void }) {
  const { number, groupId, categoryId, placeId, requester } = ticket
  const { t } = useTranslation()
  const receiver = useQuery(receiverQuery({ categoryId, placeId, personId: requester.personId }))
  const suggested = receiver.data?.group?.id
  const groups = useQuery(groupsQuery).data ?? []
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const { run, busy, failure } = useCommand()
  const found = groups
    .filter((g) => g.retiredAt === null && g.id !== groupId && folded(`${g.name} ${g.purpose}`).includes(folded(typed.trim())))
    .map(
      (group): Target => ({
        key: group.id,
        icon: <IconUsersGroup size={17} stroke={1.6} aria-hidden="true" />,
        label: group.name,
        detail: group.purpose,
        ...(group.id === suggested && { aside: t('sorting.suggested') }),
        group,
      }),
    )
    .toSorted((a, b) => Number(b.key === suggested) - Number(a.key === suggested))
  const send = ({ group }: Target) =>
    run(() => redirectTicket(number, group.id, reason.trim()), t('life.done.redirected', { group: group.name }), onDone)
  return (
    <Finder
      label={t('life.group')}
      placeholder={t('life.groupExample')}
      typed={typed}
      onType={setTyped}
      found={found}
      none={t('life.groupNone')}
      onChoose={(target) => {
        // Enter before the rules have answered would send to whoever stands first meanwhile.
        if (!receiver.isPending || typed.trim() !== '') send(target)
      }}
      renderActions={(target) => (
        <>
          <Protocol group={target.group} />
          <Textarea
            className={classes.reason ?? ''}
            label={t('life.reason')}
            placeholder={t('life.reasonExample')}
            rows={2}
            maxLength={20_000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
              event.preventDefault()
              send(target)
            }}
          />
          <KeyButton className={classes.send ?? ''} loading={busy} onClick={() => send(target)} keys="Ctrl+Enter">
            {t('life.redirectSend', { group: target.group.name })}
          </KeyButton>
          {failure !== null && <Failure text={failure} />}
        </>
      )}
    />
  )
}

function Protocol({ group }: { group: Group }) {
  const { t } = useTranslation()
  const { protocol, hours, delayHours } = group
  if (protocol === '' && hours === null && delayHours === null) return null
  return (
    <dl className={classes.protocol}>
      {protocol !== '' && (
        <>
          <dt>{t('life.protocol')}</dt>
          <dd>{protocol}</dd>
        </>
      )}
      {hours !== null && (
        <>
          <dt>{t('life.hours')}</dt>
          <dd>{hours}</dd>
        </>
      )}
      {delayHours !== null && (
        <>
          <dt>{t('life.delay')}</dt>
          <dd>{t('life.delayHours', { count: delayHours })}</dd>
        </>
      )}
    </dl>
  )
}
