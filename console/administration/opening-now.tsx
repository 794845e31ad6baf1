import { Button, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { OpeningHistory } from '../../server/contract/settings.ts'
import { orderOpening } from '../api/commands.ts'
import { openingHistoryQuery } from '../api/settings.ts'
import { useLive } from '../live/use-live.ts'
import { fullMoment, momentOf } from '../ui/format.ts'
import { HereDot } from '../ui/here-dot.tsx'
import { Panel } from '../ui/panel.tsx'
import classes from './opening-now.module.css'

type OpeningNowProps = { readonly demo: boolean; readonly alwaysOpen: boolean; readonly onAlwaysOpen: (on: boolean) => void }

/** Whether the desk is open this very moment, and by whose order. */
export function OpeningNow({ demo, alwaysOpen, onAlwaysOpen }: OpeningNowProps) {
  const { t } = useTranslation()
  const { desk } = useLive()
  const orders = useQuery(openingHistoryQuery(desk?.opening ?? null)).data ?? []
  if (desk === null) return null
  return (
    <Panel heading={t('settings.hours.now')}>
      <div className={classes.now}>
        <p className={classes.state}>
          <HereDot size={10} here={desk.open} shut={!desk.open} />
          {desk.hours}
        </p>
        <Button variant="default" onClick={() => orderOpening(!desk.open, null)}>
          {t(desk.open ? 'opening.closeNow' : 'opening.openNow')}
        </Button>
        {desk.opening !== null && (
          <Button variant="default" onClick={() => orderOpening(null, null)}>
            {t('opening.follow')}
          </Button>
        )}
      </div>
      {demo && (
        <div className={classes.demo}>
          <Switch
            checked={alwaysOpen}
            label={t('settings.hours.alwaysOpen')}
            description={t('settings.hours.alwaysOpenSays')}
            onChange={(event) => onAlwaysOpen(event.currentTarget.checked)}
          />
        </div>
      )}
      {orders.length > 0 && (
        <details className={classes.orders}>
          <summary>{t('settings.hours.orders', { count: orders.length })}</summary>
          <ul>
            {orders.map((order) => (
              <li key={order.at}>
                <time dateTime={order.at} title={fullMoment(order.at)}>
                  {momentOf(order.at)}
                </time>
                <Order order={order} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  )
}

function Order({ order: { open, by, until } }: { order: OpeningHistory[number] }) {
  const { t } = useTranslation()
  if (open === null) return <span>{by === null ? t('settings.hours.order.ended') : t('settings.hours.order.takenBack', { who: by })}</span>
  const said = t(open ? 'settings.hours.order.opened' : 'settings.hours.order.closed', { who: by })
  return <span>{until === null ? said : `${said} ${t('settings.hours.order.until', { time: fullMoment(until) })}`}</span>
}
