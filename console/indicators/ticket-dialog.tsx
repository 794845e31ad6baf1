import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Period } from '../../server/contract/indicators.ts'
import { type TicketChoice, ticketListFileUrl, ticketListQuery } from '../api/indicators.ts'
import { momentOf } from '../ui/format.ts'
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
          {(['number', 'title', 'requester', 'opened', 'closed', 'status', 'who'] as const).map((column) => (
            <th key={column} scope="col" className={column === 'opened' || column === 'closed' ? undefined : classes.words}>
              {t(`indicators.ticketColumns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data?.tickets.map((ticket) => (
          <tr key={ticket.number}>
            <th scope="row">
              <Link to="/console/tickets/$number" params={{ number: String(ticket.number) }}>
                {ticket.number}
              </Link>
            </th>
            <td className={classes.words}>{ticket.title}</td>
            <td className={classes.words}>{ticket.requester}</td>
            <td>{momentOf(ticket.openedAt)}</td>
            <td>{ticket.closedAt === null ? '–' : momentOf(ticket.closedAt)}</td>
            <td className={classes.words}>{valueShown('status', ticket.status, {})}</td>
            <td className={classes.words}>{[ticket.group, ticket.owner].filter((one) => one !== null).join(' · ') || '–'}</td>
          </tr>
        ))}
      </tbody>
    </Behind>
  )
}
