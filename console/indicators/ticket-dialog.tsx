import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Period } from '../../server/contract/indicators.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { type TicketChoice, ticketListFileUrl, ticketListQuery } from '../api/indicators.ts'
import { sessionQuery } from '../api/queries.ts'
import { momentOf } from '../ui/format.ts'
import { phoneShown } from '../ui/phone.ts'
import { Behind } from './behind.tsx'
import classes from './indicators.module.css'
import { valueShown } from './words.ts'

/** The tickets behind a figure. */
export function TicketDialog({
  period,
  choice,
  what,
  onClose,
}: {
  period: Period
  choice: TicketChoice
  what: string
  onClose: () => void
}) {
  const { t } = useTranslation()
  const { data, error } = useQuery(ticketListQuery(period, choice))
  const session = useQuery(sessionQuery).data
  const mayRead = session != null && mayCall(session, 'GET /api/calls/:id/story')
  // Among what was refused there are calls, which have no ticket.
  const refused = choice.kind === 'refused'
  const columns = ['number', 'title', 'requester', 'opened', 'closed', 'status', 'who', ...(refused ? (['sentTo'] as const) : [])] as const
  const heading = t('indicators.ticketsOf', { what })
  return (
    <Behind
      heading={heading}
      size={960}
      error={error}
      found={data === undefined ? null : { total: data.total, shown: data.tickets.length }}
      empty={t('indicators.ticketsEmpty')}
      file={(format, language) => ticketListFileUrl(period, choice, { format, language })}
      onClose={onClose}
    >
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col" className={column === 'opened' || column === 'closed' ? undefined : classes.words}>
              {t(`indicators.ticketColumns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data?.tickets.map((ticket) => (
          <tr key={ticket.callId ?? `${ticket.number} ${ticket.closedAt}`}>
            <th scope="row">
              {ticket.number !== null && (
                <Link to="/console/tickets/$number" params={{ number: String(ticket.number) }}>
                  {ticket.number}
                </Link>
              )}
              {ticket.callId !== null &&
                (mayRead ? (
                  <Link to="/console/appels/$id" params={{ id: ticket.callId }} title={t('story.heading')}>
                    {t('indicators.call')}
                  </Link>
                ) : (
                  t('indicators.call')
                ))}
            </th>
            <td className={classes.words}>{ticket.title}</td>
            <td className={classes.words}>
              {ticket.callId === null || ticket.requester === '' ? ticket.requester : phoneShown(ticket.requester)}
            </td>
            <td>{momentOf(ticket.openedAt)}</td>
            <td>{ticket.closedAt === null ? '–' : momentOf(ticket.closedAt)}</td>
            <td className={classes.words}>{ticket.status === null ? '–' : valueShown('status', ticket.status, {})}</td>
            <td className={classes.words}>{[ticket.group, ticket.owner].filter((one) => one !== null).join(' · ') || '–'}</td>
            {refused && <td className={classes.words}>{ticket.sentTo ?? '–'}</td>}
          </tr>
        ))}
      </tbody>
    </Behind>
  )
}
