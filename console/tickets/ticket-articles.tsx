import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconBook2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayCall } from '../../server/contract/rights.ts'
import { articleOfTicket, ticketArticlesQuery } from '../api/articles.ts'
import { tellFailure } from '../api/commands.ts'
import { sessionQuery } from '../api/queries.ts'
import { Panel } from '../ui/panel.tsx'
import classes from './side-list.module.css'

/** What was written down from a ticket, and the gesture that begins it. */
export function TicketArticles({ number }: { readonly number: number }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const session = useQuery(sessionQuery).data ?? null
  const { data } = useQuery(ticketArticlesQuery(number))
  const [busy, setBusy] = useState(false)
  const may = session !== null && mayCall(session, 'POST /api/tickets/:number/articles')
  const make = () => {
    setBusy(true)
    articleOfTicket(number)
      .then((made) => {
        notifications.show({ message: t('knowledge.ticket.made'), withBorder: true })
        return navigate({ to: '/console/connaissances/$number', params: { number: String(made.number) }, hash: 'modifier' })
      })
      .catch(tellFailure)
      .finally(() => setBusy(false))
  }
  return (
    <Panel heading={t('knowledge.ticket.heading')}>
      <div className={classes.side}>
        {data?.length === 0 && <p className={classes.none}>{t('knowledge.ticket.none')}</p>}
        <ul>
          {data?.map((one) => (
            <li key={one.number}>
              <Link to="/console/connaissances/$number" params={{ number: String(one.number) }}>
                {one.title}
              </Link>
            </li>
          ))}
        </ul>
        {may && (
          <Button size="compact-sm" variant="default" loading={busy} leftSection={<IconBook2 size={14} stroke={1.7} />} onClick={make}>
            {t('knowledge.ticket.make')}
          </Button>
        )}
      </div>
    </Panel>
  )
}
