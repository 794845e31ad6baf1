import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { waiting, type Desk } from '../live/desk.ts'
import { useServerNow } from '../live/use-live.ts'
import { callerName } from '../ui/caller.ts'
import { clock, count } from '../ui/format.ts'
import { PanelHeading } from '../ui/panel.tsx'
import classes from './queue.module.css'

/** Who waits, in order; then who is leaving a message. */
export function Queue({ desk }: { desk: Desk }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const line = waiting(desk)
  const leaving = desk.calls.filter((c) => c.status === 'message')
  return (
    <>
      <PanelHeading text={t('queue.heading')} figure={count(line.length)} />
      {line.length + leaving.length === 0 && <p className={classes.none}>{t('queue.none')}</p>}
      <ol>
        {line.map((call) => (
          <Row key={call.id} call={call} desk={desk} rank={call.position} time={clock(call.arrivedAt, now)} />
        ))}
        {leaving.map((call) => (
          <Row key={call.id} call={call} desk={desk} rank={null} time={clock(call.arrivedAt, now)} />
        ))}
      </ol>
    </>
  )
}

function Row({ call, desk, rank, time }: { call: CallView; desk: Desk; rank: number | null; time: string }) {
  const { t } = useTranslation()
  return (
    <li className={`${classes.row} g-num`}>
      <span className={classes.rank} aria-label={rank === null ? undefined : t('queue.position', { n: rank })}>
        {rank ?? '–'}
      </span>
      <span className={classes.who}>
        {callerName(call)}
        <small>{[call.alarmedAt === null ? null : t('duty.alarm.row'), remark(call, desk, t)].filter(Boolean).join(' · ')}</small>
      </span>
      <span className={classes.time} data-late={call.alarmedAt !== null || undefined}>
        {time}
      </span>
    </li>
  )
}

function remark(call: CallView, desk: Desk, t: TFunction): string {
  if (call.status === 'message') return t('queue.leavingMessage')
  if (call.offeredTo === desk.me) return t('queue.offeredMe')
  const rung = desk.operators.find((o) => o.id === call.offeredTo)
  if (rung !== undefined) return t('queue.offered', { name: rung.name.split(' ')[0] ?? rung.name })
  if (call.people.length > 1) return t('call.several', { count: call.people.length })
  const only = call.people[0]
  if (only === undefined) return t('queue.unknown')
  return [t(`affiliation.${only.affiliation}`), only.unit].filter(Boolean).join(' · ')
}
