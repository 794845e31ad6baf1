import { useTranslation } from 'react-i18next'
import type { CallView, OperatorView } from '../../server/contract/entities.ts'
import { myself, type Desk } from '../live/desk.ts'
import { useServerNow } from '../live/use-live.ts'
import { callerName } from '../ui/caller.ts'
import { clock } from '../ui/format.ts'
import { later } from '../ui/later.tsx'
import { PanelHeading } from '../ui/panel.tsx'
import { pauseReason } from '../ui/pause-reason.ts'
import { StateDot } from '../ui/state-dot.tsx'
import classes from './team.module.css'

const OrderMenu = later<{ operator: OperatorView }>(
  async () => (await import('./order-menu.tsx')).OrderMenu,
  () => <span />,
)
const SuperviseMenu = later<{ operator: OperatorView; call: CallView; me: string }>(
  async () => (await import('./supervise-menu.tsx')).SuperviseMenu,
  () => <span />,
)

/** The colleagues on duty: what each is doing, and since when; whoever may order their states sees the absent as well. */
export function Team({ desk, mayOrder, maySupervise }: { desk: Desk; mayOrder: boolean; maySupervise: boolean }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const mine = myself(desk)
  const others = desk.operators.filter((o) => o.id !== mine?.id && (mayOrder || o.state !== 'offline'))
  if (others.length === 0) return null
  return (
    <div className={classes.team}>
      <PanelHeading text={t('team.heading')} />
      <ul>
        {others.map((o) => (
          <li key={o.id} className={`${classes.row} g-num`} data-order={mayOrder || undefined} data-supervised={maySupervise || undefined}>
            <StateDot state={o.state} />
            <span className={classes.who}>
              {o.name}
              <Doing operator={o} desk={desk} />
            </span>
            <span className={classes.time}>{clock(o.since, now)}</span>
            {maySupervise && <Supervised operator={o} desk={desk} />}
            {mayOrder && <OrderMenu operator={o} />}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Keeps its place in the row while there is nothing to listen to. */
function Supervised({ operator, desk }: { operator: OperatorView; desk: Desk }) {
  const call = desk.calls.find((c) => c.operatorId === operator.id && c.status === 'talking')
  return call === undefined ? <span /> : <SuperviseMenu operator={operator} call={call} me={desk.me} />
}

function Doing({ operator, desk }: { operator: OperatorView; desk: Desk }) {
  const { t } = useTranslation()
  const { state, reason, orderedBy, next } = operator
  const call = desk.calls.find((c) => c.operatorId === operator.id)
  const calls = call?.status === 'placing' || call?.status === 'dialling'
  const parts = [
    call === undefined ? t(`state.${state}`) : t(calls ? 'team.calls' : 'team.with', { who: callerName(call) }),
    operator.phoneAway === true && state !== 'offline' ? t('team.phoneAway') : null,
    state === 'paused' && reason !== null ? pauseReason(reason, t) : null,
    next === null ? null : t(`duty.next.${next}`),
    orderedBy === null ? null : t('duty.by', { who: orderedBy }),
  ]
  const says = parts.filter((part) => part !== null).join(' · ')
  return <small title={says}>{says}</small>
}
