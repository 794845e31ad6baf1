import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { useServerNow } from '../live/use-live.ts'
import { clock, clockOf } from '../ui/format.ts'
import classes from './call-clock.module.css'

/** The last minutes before the limit, when the clock changes tone. */
const nearSeconds = 120

/** How long the conversation has lasted, against its limit. */
export function CallClock({ call }: { call: CallView }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const since = call.answeredAt ?? call.arrivedAt
  const capSeconds = call.capAt === null ? null : Math.round((Date.parse(call.capAt) - Date.parse(since)) / 1_000)
  const spent = Math.max(0, Math.floor((now - Date.parse(since)) / 1_000))
  const near = capSeconds !== null && capSeconds - spent <= nearSeconds
  return (
    <div className={`${classes.clock} g-num`} data-near={near || undefined}>
      <div>
        <strong role="timer" aria-label={t('call.inCall')}>
          {clock(since, now)}
        </strong>
        {capSeconds !== null && (
          <span>{near ? t('call.limitIn', { time: clockOf(capSeconds - spent) }) : t('call.limit', { time: clockOf(capSeconds) })}</span>
        )}
      </div>
      {capSeconds !== null && (
        <div className={classes.bar} aria-hidden="true">
          <i style={{ width: `${Math.min(100, (100 * spent) / capSeconds)}%` }} />
        </div>
      )}
    </div>
  )
}
