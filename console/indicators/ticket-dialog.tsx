import { CloseButton, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Period } from '../../server/contract/indicators.ts'
import { errorText } from '../api/error-text.ts'
import { type TicketChoice, ticketListQuery } from '../api/indicators.ts'
import { count, momentOf } from '../ui/format.ts'
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
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      size={960}
      radius={14}
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': heading } }}
    >
      <div className={classes.dialogHead}>
        <h2>{heading}</h2>
        <CloseButton aria-label={t('indicators.close')} onClick={onClose} />
      </div>
      {error !== null && <p role="alert">{errorText(error)}</p>}
      {data !== undefined && data.total === 0 && <p>{t('indicators.ticketsEmpty')}</p>}
      {data !== undefined && data.total > 0 && (
        <table className={`${classes.table} g-num`}>
          <caption>{t('indicators.listMore', { shown: count(data.tickets.length), total: count(data.total) })}</caption>
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
            {data.tickets.map((ticket) => (
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
        </table>
      )}
    </Modal>
  )
}
