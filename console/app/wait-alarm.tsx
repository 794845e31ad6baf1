import { IconAlarm, IconBell, IconBellOff } from '@tabler/icons-react'
import { useEffect, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { chime } from '../desk/ring.ts'
import { waiting } from '../live/desk.ts'
import { useLive, useServerNow } from '../live/use-live.ts'
import { announceAround } from '../ui/announcer.tsx'
import { callerName } from '../ui/caller.ts'
import { clock } from '../ui/format.ts'
import { stored } from '../ui/stored.ts'
import classes from './duty-banner.module.css'

/** Off until somebody asks for it on this computer. */
const sounds = stored<boolean>(
  'guichet.alarm-sounds',
  (text) => text === 'yes',
  (on) => (on ? 'yes' : null),
)

/** On whatever page, for everybody: callers whose wait has become an alarm. */
export function WaitAlarm() {
  const { desk } = useLive()
  const late = desk === null ? [] : waiting(desk).filter((c) => c.alarmedAt !== null)
  return late.length === 0 ? null : <Banner late={late} />
}

function Banner({ late }: { late: readonly CallView[] }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const sounding = useSyncExternalStore(sounds.watch, sounds.get)
  const known = late.map((c) => c.id).join(' ')
  const names = late.map(callerName).join(', ')
  useEffect(() => announceAround('wait', t('duty.alarm.announce', { who: names })), [names, t])
  useEffect(() => () => announceAround('wait', ''), [])
  const label = t(sounding ? 'duty.alarm.silence' : 'duty.alarm.sound')
  const Bell = sounding ? IconBell : IconBellOff
  return (
    <div className={classes.banner} data-tone="alarm" role="region" aria-label={t('duty.alarm.row')}>
      <Chime key={known} />
      <IconAlarm size={16} stroke={1.7} aria-hidden="true" />
      <span className={`${classes.says} g-num`}>
        {t('duty.alarm.says', { count: late.length })}{' '}
        {late.map((call, i) => (
          <strong key={call.id}>
            {i > 0 && ', '}
            {callerName(call)} ({clock(call.arrivedAt, now)})
          </strong>
        ))}
      </span>
      <button
        type="button"
        className={classes.bell}
        aria-label={label}
        title={label}
        aria-pressed={sounding}
        onClick={() => sounds.set(!sounding)}
      >
        <Bell size={16} stroke={1.7} aria-hidden="true" />
      </button>
    </div>
  )
}

/** Once for each new alarm. */
function Chime() {
  useEffect(() => {
    if (sounds.get()) chime()
  }, [])
  return null
}
