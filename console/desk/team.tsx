import { useTranslation } from 'react-i18next'
import { myself, type Desk } from '../live/desk.ts'
import { useServerNow } from '../live/use-live.ts'
import { callerName } from '../ui/caller.ts'
import { clock } from '../ui/format.ts'
import { PanelHeading } from '../ui/panel.tsx'
import { StateDot } from '../ui/state-dot.tsx'
import classes from './team.module.css'

/** The colleagues on duty: what each is doing, and since when. */
export function Team({ desk }: { desk: Desk }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const mine = myself(desk)
  const others = desk.operators.filter((o) => o.id !== mine?.id && o.state !== 'offline')
  if (others.length === 0) return null
  return (
    <div className={classes.team}>
      <PanelHeading text={t('team.heading')} />
      <ul>
        {others.map((o) => {
          const call = o.state === 'talking' ? desk.calls.find((c) => c.operatorId === o.id) : undefined
          const doing = call === undefined ? t(`state.${o.state}`) : t('team.with', { who: callerName(call) })
          const reason = o.state === 'paused' && o.reason !== null ? ` · ${o.reason === 'missed' ? t('state.missed') : o.reason}` : ''
          return (
            <li key={o.id} className={`${classes.row} g-num`}>
              <StateDot state={o.state} />
              <span className={classes.who}>
                {o.name}
                <small>
                  {doing}
                  {reason}
                </small>
              </span>
              <span>{clock(o.since, now)}</span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
