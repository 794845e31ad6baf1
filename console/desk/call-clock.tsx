import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { useServerNow } from '../live/use-live.ts'
import { clock, clockOf, countdown } from '../ui/format.ts'
import classes from './call-clock.module.css'
import { Extend } from './extend.tsx'
import { limitOf } from './limit.ts'

/** How long the conversation has lasted, against its limit, which can be put off. */
export function CallClock({ call }: { call: CallView }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const since = call.answeredAt ?? call.arrivedAt
  const limit = limitOf(call, now)
  return (
    <div className={`${classes.clock} g-num`} data-near={limit?.near ?? undefined}>
      <div>
        <strong role="timer" aria-label={t('call.inCall')}>
          {clock(since, now)}
        </strong>
        {limit !== null && (
          <span className={classes.limit}>
            <span className={classes.left}>
              {limit.near === null
                ? t('call.limit', { time: clockOf(limit.totalSeconds) })
                : limit.leftSeconds > 0
                  ? t('call.limitIn', { time: countdown(limit.leftSeconds) })
                  : t('call.limitReached')}
            </span>
            <Extend key={call.id} callId={call.id} />
          </span>
        )}
      </div>
      {limit !== null && (
        <div className={classes.bar} data-drawing aria-hidden="true">
          <i style={{ width: `${Math.min(100, 100 - (100 * limit.leftSeconds) / limit.totalSeconds)}%` }} />
        </div>
      )}
      {call.extensions > 0 && <p className={classes.extended}>{t('call.extended', { count: call.extensions })}</p>}
    </div>
  )
}
