import type { TFunction } from 'i18next'
import { Button } from '@mantine/core'
import { IconPhoneOutgoing } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { takeCaller } from '../api/conversation.ts'
import { keptPlaces, lineOf, waiting, type Desk } from '../live/desk.ts'
import { useServerNow } from '../live/use-live.ts'
import { callerName } from '../ui/caller.ts'
import { clock, count, timeOf } from '../ui/format.ts'
import { PanelHeading } from '../ui/panel.tsx'
import classes from './queue.module.css'

/**
 * Who waits on the line, in order; who is leaving a message or with somebody outside; then who has hung up and keeps the place.
 * @param mayTake whether the reader may have any of them ring at their own phone
 */
export function Queue({ desk, mayTake }: { desk: Desk; mayTake: boolean }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const line = waiting(desk)
  const kept = keptPlaces(desk)
  const shownOf = (call: CallView) => ({
    call,
    time: clock(call.arrivedAt, now),
    line: otherLine(desk, call),
    ringsHere: call.offeredTo.includes(desk.me),
    ringsAt: desk.operators.find((o) => call.offeredTo.includes(o.id))?.name ?? null,
  })
  const leaving = desk.calls.filter((c) => c.status === 'message' || c.status === 'transferring' || c.outside !== null)
  return (
    <>
      <PanelHeading text={t('queue.heading')} figure={count(line.length)} />
      {line.length + leaving.length === 0 && <p className={classes.none}>{t('queue.none')}</p>}
      <ol>
        {line.map((call) => (
          <Row key={call.id} {...shownOf(call)} rank={call.position} mayTake={mayTake} />
        ))}
        {leaving.map((call) => (
          <Row key={call.id} {...shownOf(call)} rank={null} mayTake={false} />
        ))}
      </ol>
      {kept.length > 0 && (
        <>
          <PanelHeading text={t('calling.kept')} figure={t('calling.keptFigure', { count: kept.length })} />
          <ol>
            {kept.map((call) => (
              <Row key={call.id} {...shownOf(call)} rank={call.position} mayTake={mayTake} />
            ))}
          </ol>
        </>
      )}
    </>
  )
}

type RowProps = {
  readonly call: CallView
  /** The line's name, only where it is not the usual one. */
  readonly line: string | null
  readonly ringsHere: boolean
  /** Whose telephone rings; null: nobody's. */
  readonly ringsAt: string | null
  readonly rank: number | null
  readonly time: string
  readonly mayTake: boolean
}

/** Drawn again only when something of its own changes: forty of them wait in a busy hour. */
const Row = memo(function Row({ call, line, ringsHere, ringsAt, rank, time, mayTake }: RowProps) {
  const { t } = useTranslation()
  return (
    <li className={`${classes.row} g-num`}>
      <span className={classes.rank} aria-label={rank === null ? undefined : t('queue.position', { n: rank })}>
        {rank ?? '–'}
      </span>
      <span className={classes.who}>
        {callerName(call)}
        <small data-whole={call.status === 'kept' || undefined}>
          {call.status === 'kept' && <IconPhoneOutgoing size={13} stroke={1.8} aria-hidden="true" />}
          {[call.alarmedAt === null ? null : t('duty.alarm.row'), remark(call, ringsHere, ringsAt, t), line, byPage(call, t)]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </span>
      <span className={classes.time} data-late={call.alarmedAt !== null || undefined}>
        {time}
      </span>
      {mayTake && (
        <Button
          className={classes.take ?? ''}
          size="compact-xs"
          variant="default"
          aria-label={t('calling.takeLabel', { who: callerName(call) })}
          onClick={() => takeCaller(call.id)}
        >
          {t('calling.take')}
        </Button>
      )}
    </li>
  )
})

/** Whose name stands in the row; where none does, the row says the same already. */
const byPage = (call: CallView, t: TFunction) => call.page !== undefined && callerName(call) !== t('call.fromPage') && t('call.fromPage')

/** Only where it is not the usual one. */
const otherLine = (desk: Desk, call: CallView) => (call.line === desk.lines[0]?.id ? null : lineOf(desk, call))

/** « place gardée · rappel · 1 essai · prochain à 10:24 » */
function keptRemark({ attempts, nextAttemptAt }: CallView, t: TFunction): string {
  const tried = attempts === null || attempts === 0 ? null : t('calling.keptTried', { count: attempts })
  const next = nextAttemptAt === null ? null : t('calling.keptNext', { time: timeOf(nextAttemptAt) })
  return [t('calling.keptRow'), tried, next].filter(Boolean).join(' · ')
}

function remark(call: CallView, ringsHere: boolean, ringsAt: string | null, t: TFunction): string {
  if (call.status === 'message') return t('queue.leavingMessage')
  if (call.status === 'transferring') return t('calling.queueTransfer', { who: call.consult?.name ?? '' })
  if (call.outside !== null) return t('calling.queueOutside', { who: call.outside.name })
  if (call.offeredTo.length > 1) return t('duty.ringsAt', { count: call.offeredTo.length })
  if (ringsHere) return t('queue.offeredMe')
  if (ringsAt !== null) return t('queue.offered', { name: ringsAt.split(' ')[0] ?? ringsAt })
  if (call.status === 'kept') return keptRemark(call, t)
  if (call.people.length > 1) return t('call.several', { count: call.people.length })
  const only = call.people[0]
  if (only === undefined) return t('queue.unknown')
  return [t(`affiliation.${only.affiliation}`), only.unit].filter(Boolean).join(' · ')
}
