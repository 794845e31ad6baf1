import { IconBellOff, IconPhoneOff, IconUserShield } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperatorView } from '../../server/contract/entities.ts'
import { changeState } from '../api/commands.ts'
import { myself } from '../live/desk.ts'
import { useLive } from '../live/use-live.ts'
import { announce } from '../ui/announcer.tsx'
import { timeOf } from '../ui/format.ts'
import { KeyButton } from '../ui/key-button.tsx'
import classes from './duty-banner.module.css'

/** On whatever page: a state that the operator did not choose, why, and the one key that ends it. */
export function DutyBanner() {
  const { desk } = useLive()
  const me = desk === null ? null : myself(desk)
  const why = me === null ? null : imposed(me)
  return me === null || why === null ? null : <Banner me={me} why={why} />
}

const icons = { missed: IconBellOff, unreachable: IconPhoneOff, ordered: IconUserShield }
type Why = keyof typeof icons

function imposed({ state, reason, orderedBy }: OperatorView): Why | null {
  if (state === 'paused' && (reason === 'missed' || reason === 'unreachable')) return reason
  return orderedBy === null || state === 'ringing' ? null : 'ordered'
}

function Banner({ me, why }: { me: OperatorView; why: Why }) {
  const { t } = useTranslation()
  const Icon = icons[why]
  const time = timeOf(me.since)
  const state = me.state === 'talking' && me.next !== null ? me.next : me.state
  const says =
    why === 'ordered'
      ? t('duty.ordered', { who: me.orderedBy, state: t(`state.${state}`).toLowerCase(), time })
      : t(`duty.${why}`, { time })
  useEffect(() => announce(says), [says])
  const back = me.state !== 'ready' && me.state !== 'talking'
  return (
    <div className={classes.banner} role="region" aria-label={says} data-tone={me.state === 'ready' ? 'calm' : undefined}>
      <Icon size={16} stroke={1.7} aria-hidden="true" />
      <span className={classes.says}>{says}</span>
      {back && (
        <KeyButton size="compact-sm" keys="P" onClick={() => changeState({ state: 'ready' })}>
          {t('duty.resume')}
        </KeyButton>
      )}
    </div>
  )
}
