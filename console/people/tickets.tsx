import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Ticket } from '../../server/contract/entities.ts'
import { ticketsQuery } from '../api/queries.ts'
import { fullMoment, momentOf } from '../ui/format.ts'
import { Panel, PanelHeading } from '../ui/panel.tsx'
import { TicketStatusPill } from '../ui/ticket-status.tsx'
import classes from './person-page.module.css'

/** Their tickets that whoever looks may see, the open ones first. */
export function Tickets({ personId }: { personId: string }) {
  const { t } = useTranslation()
  const found = useQuery(ticketsQuery({ personId, limit: 50 })).data
  if (found === undefined) return null
  const open = found.tickets.filter(({ status }) => status !== 'closed')
  const closed = found.tickets.filter(({ status }) => status === 'closed')
  return (
    <Panel label={t('people.tickets')}>
      <PanelHeading text={t('people.tickets')} figure={found.total} />
      {found.total === 0 && <p className={`${classes.content} ${classes.quiet}`}>{t('people.noTickets')}</p>}
      <List tickets={open} />
      {closed.length > 0 && open.length > 0 && <PanelHeading text={t('people.closedTickets')} figure={closed.length} />}
      <List tickets={closed} />
    </Panel>
  )
}

function List({ tickets }: { tickets: readonly Ticket[] }) {
  if (tickets.length === 0) return null
  return (
    <ul className={classes.rows}>
      {tickets.map((ticket) => (
        <li key={ticket.id}>
          <small className="g-num">{ticket.number}</small>
          <Link className={classes.title ?? ''} to="/console/tickets/$number" params={{ number: String(ticket.number) }}>
            {ticket.title}
          </Link>
          <span className={classes.side}>
            <TicketStatusPill status={ticket.status} />
            <time className="g-num" dateTime={ticket.openedAt} title={fullMoment(ticket.openedAt)}>
              {momentOf(ticket.openedAt)}
            </time>
          </span>
        </li>
      ))}
    </ul>
  )
}
