import { IconAlertTriangle, IconArrowUp } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListedTicket } from '../../server/contract/ticket-lists.ts'
import { groupsQuery } from '../api/groups.ts'
import { fullMoment, momentOf } from '../ui/format.ts'
import { KeyCap, Keys } from '../ui/kbd.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { TimeLeft } from '../ui/time-left.tsx'
import { TicketStatusPill } from '../ui/ticket-status.tsx'
import type { Row } from './steady.ts'
import classes from './ticket-table.module.css'
import type { Selection } from './use-selection.ts'

type Props = {
  /** What the list is of: another one is walked from its top. */
  readonly of: string
  readonly tickets: readonly Row[]
  /** The keyboard goes to the first row. */
  readonly entered: boolean
  /** Null for those who may do nothing to tickets. */
  readonly selection: Selection | null
  /** Reads what goes on below; null: nothing does. */
  readonly onFurther: (() => void) | null
  /** Upwards from the first row. */
  readonly onLeave: () => void
}

/** Tickets in a table; `j` and `k` walk through it, as arrows do from a row, Enter opens, `x` chooses, Shift chooses as far as there. */
export function TicketTable({ of, tickets, entered, selection, onFurther, onLeave }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [walked, setWalked] = useState({ of, at: -1 })
  const at = walked.of === of ? walked.at : -1
  // For good: a list that is shown again after another one takes the keyboard from nobody.
  if (walked.of !== of) setWalked({ of, at })
  const setAt = (next: number) => setWalked({ of, at: next })
  const groupNames = new Map(useQuery(groupsQuery).data?.map(({ id, name }) => [id, name]))
  const body = useRef<HTMLTableSectionElement>(null)
  const open = (ticket: ListedTicket) => void navigate({ to: '/console/tickets/$number', params: { number: String(ticket.number) } })
  const current = tickets[at]
  const step = (by: number) => {
    const next = Math.max(0, at + by)
    const beyond = next >= tickets.length && onFurther !== null
    if (beyond) onFurther()
    // What lies beyond the last row is walked to as soon as it is read.
    setAt(beyond ? tickets.length : Math.min(tickets.length - 1, next))
  }
  const isThere = current !== undefined
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const onRow = event.target instanceof HTMLElement && event.target.matches('[data-row]')
    if (by === undefined || !onRow || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    if (at + by < 0) onLeave()
    else step(by)
  }
  useShortcuts([
    { key: 'j', run: () => step(1) },
    { key: 'k', run: () => step(-1) },
    ...(selection === null ? [] : [{ key: 'x', run: () => current !== undefined && selection.toggle(current.number) }]),
    ...(selection === null ? [] : [{ key: 'X', run: () => current !== undefined && selection.stretch(current.number) }]),
  ])
  useEffect(() => {
    if (isThere) body.current?.rows[at]?.querySelector<HTMLElement>('[data-row]')?.focus()
  }, [at, isThere])
  useEffect(() => {
    if (entered) body.current?.querySelector<HTMLElement>('[data-row]')?.focus()
  }, [entered])
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            {selection !== null && (
              <th scope="col" className={classes.choose}>
                <input
                  type="checkbox"
                  aria-label={t('bulk.chooseAll')}
                  checked={selection.chosen.size > 0 && selection.chosen.size === tickets.length}
                  onChange={selection.all}
                />
              </th>
            )}
            <th scope="col">{t('tickets.number')}</th>
            <th scope="col">{t('tickets.title')}</th>
            <th scope="col">{t('tickets.requester')}</th>
            <th scope="col">{t('tickets.state')}</th>
            <th scope="col">{t('clocks.heading')}</th>
            <th scope="col">{t('lists.followed')}</th>
            <th scope="col">{t('tickets.opened')}</th>
          </tr>
        </thead>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows walk its links */}
        <tbody ref={body} onKeyDown={walk}>
          {tickets.map((ticket, i) => (
            <tr
              key={ticket.id}
              onClick={() => open(ticket)}
              data-gone={ticket.gone || undefined}
              data-chosen={selection?.chosen.has(ticket.number) || undefined}
            >
              {selection !== null && (
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- a larger place for the box, which has the keyboard
                <td
                  className={classes.choose}
                  onClick={(e) => {
                    e.stopPropagation()
                    if (e.shiftKey) selection.stretch(ticket.number)
                    else selection.toggle(ticket.number)
                  }}
                >
                  <input
                    type="checkbox"
                    aria-label={t('bulk.choose', { number: ticket.number })}
                    checked={selection.chosen.has(ticket.number)}
                    onChange={() => undefined}
                  />
                </td>
              )}
              <td className={`${classes.number} g-num`}>{ticket.number}</td>
              <td className={classes.title}>
                <Link
                  to="/console/tickets/$number"
                  params={{ number: String(ticket.number) }}
                  onClick={(e) => e.stopPropagation()}
                  data-row
                  onFocus={() => setAt(i)}
                >
                  {ticket.title}
                </Link>
                {ticket.urgency === 'high' && ticket.status !== 'closed' && (
                  <span className={classes.high}>
                    <IconArrowUp size={13} stroke={2} aria-hidden="true" />
                    {t('form.urgencies.high')}
                  </span>
                )}
                {ticket.nature !== null && <small>{ticket.nature}</small>}
                {ticket.gone && <small>{t('bulk.gone')}</small>}
              </td>
              <td className={classes.who}>{ticket.requester.name || ticket.requester.phone || t('tickets.noName')}</td>
              <td className={classes.state}>
                <TicketStatusPill status={ticket.status} />
                {ticket.stuck !== null && ticket.stuck !== 'late' && (
                  <span className={classes.stuck}>
                    <IconAlertTriangle size={13} stroke={1.9} aria-hidden="true" />
                    {t(`lists.stuck.${ticket.stuck}`)}
                  </span>
                )}
              </td>
              <td className={classes.left}>
                <TimeLeft ticket={ticket} />
              </td>
              <td className={`${classes.who} ${classes.follower}`}>{ticket.owner?.name ?? groupNames.get(ticket.groupId ?? '') ?? ''}</td>
              <td className={`${classes.when} g-num`} title={fullMoment(ticket.openedAt)}>
                {momentOf(ticket.openedAt)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.hint} aria-hidden="true">
        <Keys keys="J" /> <Keys keys="K" /> <KeyCap keys="↓" /> <KeyCap keys="↑" /> {t('tickets.hint')} <KeyCap keys="Enter" />{' '}
        {t('tickets.hintOpen')}
        {selection !== null && (
          <>
            {' · '}
            <Keys keys="X" /> {t('bulk.hint')}
          </>
        )}
      </p>
    </>
  )
}
