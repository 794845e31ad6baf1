import { nameOrNumber } from '../ui/caller.ts'
import { Button } from '@mantine/core'
import { IconPhoneIncoming, IconPhoneOutgoing, IconTicket } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExchangeCall } from '../../server/contract/exchanges.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { tellFailure } from '../api/commands.ts'
import { exchangeCallsQuery, ticketOfExchangeCall } from '../api/exchanges.ts'
import { sessionQuery } from '../api/queries.ts'
import { announceAround } from '../ui/announcer.tsx'
import { useServerNow } from '../live/use-live.ts'
import { notice } from '../ui/desktop-notice.ts'
import { clock } from '../ui/format.ts'
import classes from './duty-banner.module.css'

/** Who calls at an exchange that keeps the queue itself: my own calls there, or everybody's where it names nobody I am. */
export function ExchangeBanner() {
  const { t } = useTranslation()
  const me = useQuery(sessionQuery).data
  const all = useQuery({ ...exchangeCallsQuery, enabled: me != null && mayCall(me, 'GET /api/exchanges/calls') }).data?.calls ?? []
  const isMine = ({ who }: ExchangeCall) => who.length === 0 || who.some((name) => name === me?.name || name === me?.extension)
  const mine = all.filter(isMine).slice(0, 3)
  const ringing = mine.filter(({ state, direction }) => state === 'ringing' && direction === 'in')
  const names = ringing.map(nameOrNumber).join(', ')
  useEffect(() => {
    announceAround('exchanges', names === '' ? '' : t('exchanges.announce', { who: names }))
    if (names === '') return
    return notice(t('exchanges.notice'), names)
  }, [names, t])
  return mine.map((call) => <OneCall key={call.id} call={call} />)
}

function OneCall({ call }: { readonly call: ExchangeCall }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const navigate = useNavigate()
  const { people, numberShown, openTickets, state, direction, exchange, queue, ticket } = call
  const Icon = direction === 'in' ? IconPhoneIncoming : IconPhoneOutgoing
  const open = () =>
    void ticketOfExchangeCall(call.id).then(
      ({ number }) => navigate({ to: '/console/tickets/$number', params: { number: String(number) } }),
      (error: unknown) => tellFailure(error),
    )
  return (
    <div className={classes.banner} role="region" aria-label={t('exchanges.notice')}>
      <Icon size={16} stroke={1.7} aria-hidden="true" />
      <span className={`${classes.says} g-num`}>
        {people.length === 0 && <strong>{numberShown}</strong>}
        {people.map(({ id, name }, i) => (
          <span key={id}>
            {i > 0 && ', '}
            <Link to="/console/personnes/$id" params={{ id }} className={classes.link}>
              {name}
            </Link>
          </span>
        ))}{' '}
        {t(`exchanges.states.${state}`, { clock: clock(call.answeredAt ?? call.beganAt, now) })},{' '}
        {[exchange, queue].filter(Boolean).join(', ')}
        {openTickets.slice(0, 3).map(({ number, title }) => (
          <span key={number}>
            {' '}
            <Link to="/console/tickets/$number" params={{ number: String(number) }} className={classes.link} title={title}>
              n°&nbsp;{number}
            </Link>
          </span>
        ))}
      </span>
      {ticket === null ? (
        <Button size="compact-sm" variant="default" leftSection={<IconTicket size={14} stroke={1.8} aria-hidden="true" />} onClick={open}>
          {t('exchanges.open')}
        </Button>
      ) : (
        <Link to="/console/tickets/$number" params={{ number: String(ticket) }} className={classes.link}>
          {t('exchanges.opened', { number: ticket })}
        </Link>
      )}
    </div>
  )
}
