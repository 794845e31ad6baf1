import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { TicketSummary } from '../../server/contract/entities.ts'
import { ticketsQuery } from '../api/queries.ts'
import { fullMoment, momentOf } from '../ui/format.ts'
import { Panel, PanelHeading } from '../ui/panel.tsx'
import { TicketStatusPill } from '../ui/ticket-status.tsx'
import classes from './context.module.css'
import { useTheirTickets } from './their-tickets.ts'

const shown = 6

/** Beside the ticket being written: what this person has asked already; with nobody there, the desk's latest. */
export function Context({ callId, personId, writing }: { callId: string | null; personId: string | null; writing: boolean }) {
  const { t } = useTranslation()
  if (personId !== null) return <Theirs personId={personId} callId={callId} />
  if (writing) return <UnknownPerson callId={callId} />
  return <Latest heading={t('context.latest')} />
}

function Theirs({ personId, callId }: { personId: string; callId: string | null }) {
  const { t } = useTranslation()
  const { open, closed } = useTheirTickets(callId, personId)
  return (
    <Panel label={t('context.heading')} grow>
      <PanelHeading text={t('context.open')} figure={open.length} />
      <List tickets={open} none={t('context.noneOpen')} />
      <PanelHeading text={t('context.recent')} />
      <List tickets={closed.slice(0, shown)} none={t('context.noneRecent')} />
    </Panel>
  )
}

function UnknownPerson({ callId }: { callId: string | null }) {
  const { t } = useTranslation()
  const { open } = useTheirTickets(callId, null)
  return (
    <Panel label={t('context.heading')} grow>
      <PanelHeading text={t('context.open')} figure={open.length > 0 ? open.length : undefined} />
      <List tickets={open} none={t('context.unknown')} />
    </Panel>
  )
}

function Latest({ heading }: { heading: string }) {
  const { t } = useTranslation()
  const latest = useQuery(ticketsQuery({ limit: 8 }))
  return (
    <Panel label={heading} grow>
      <PanelHeading text={heading} />
      {latest.data !== undefined && <List tickets={latest.data.tickets} none={t('context.noneAtAll')} />}
    </Panel>
  )
}

function List({ tickets, none }: { tickets: readonly (TicketSummary & { requester?: { name: string } })[]; none: string }) {
  if (tickets.length === 0) return <p className={classes.none}>{none}</p>
  return (
    <ul className={classes.list}>
      {tickets.map((ticket) => (
        <li key={ticket.id} className={classes.item}>
          <p>
            <Link to="/console/tickets/$number" params={{ number: String(ticket.number) }}>
              {ticket.title}
            </Link>
            <small className="g-num">n°&nbsp;{ticket.number}</small>
          </p>
          <p>
            <small title={fullMoment(ticket.openedAt)}>{momentOf(ticket.openedAt)}</small>
            <TicketStatusPill status={ticket.status} />
          </p>
        </li>
      ))}
    </ul>
  )
}
