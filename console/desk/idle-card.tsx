import { IconBuildingCommunity, IconCoffee, IconEye, IconHeadset, IconNotes, IconPlugConnected } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OperatorView } from '../../server/contract/entities.ts'
import { changeState, needLonger } from '../api/commands.ts'
import { useServerNow } from '../live/use-live.ts'
import { countdown } from '../ui/format.ts'
import { KeyButton } from '../ui/key-button.tsx'
import classes from './idle-card.module.css'

/** What stands in the call's place when there is none: where I am, and, while a ticket fills the centre, the one gesture that changes it. */
export function IdleCard({ me, writing }: { me: OperatorView | null; writing: boolean }) {
  const { t } = useTranslation()
  const look = lookOf(me)
  const Icon = look.icon
  const says =
    me?.reason === 'missed' || me?.reason === 'unreachable'
      ? t(`state.${me.reason}Says`)
      : me?.state === 'wrap-up' && !writing
        ? t('call.wrapUpDone')
        : t(`call.${look.heading}Text`)
  return (
    <section className={classes.card} aria-label={t('call.heading')}>
      <span className={classes.icon} data-calm={look.calm || undefined} aria-hidden="true">
        <Icon size={20} stroke={1.6} />
      </span>
      <div>
        <h2 className={classes.heading}>{t(`call.${look.heading}`)}</h2>
        <p>{says}</p>
        {me?.until != null && <RunsOut until={me.until} />}
        <div className={classes.ways}>
          {look.comeBack && writing && (
            <KeyButton size="xs" onClick={() => changeState({ state: 'ready' })} keys="P">
              {t('state.goReady')}
            </KeyButton>
          )}
          {me?.until != null && (
            <KeyButton size="xs" variant="default" onClick={needLonger} keys="E">
              {t('duty.longer')}
            </KeyButton>
          )}
        </div>
      </div>
    </section>
  )
}

/** How long until the next call may ring here. */
function RunsOut({ until }: { until: string }) {
  const { t } = useTranslation()
  const leftS = (Date.parse(until) - useServerNow()) / 1_000
  return (
    <p className={`${classes.left} g-num`} data-near={leftS <= 20 || undefined}>
      {t('duty.readyIn', { time: countdown(leftS) })}
    </p>
  )
}

function lookOf(me: OperatorView | null) {
  switch (me?.state) {
    case undefined:
      return { icon: IconEye, heading: 'noneWatching', comeBack: false, calm: true } as const
    case 'paused':
      return { icon: IconCoffee, heading: 'nonePaused', comeBack: true, calm: true } as const
    case 'front-desk':
      return { icon: IconBuildingCommunity, heading: 'noneFrontDesk', comeBack: true, calm: false } as const
    case 'offline':
      return { icon: IconPlugConnected, heading: 'noneOffline', comeBack: true, calm: true } as const
    case 'wrap-up':
      return { icon: IconNotes, heading: 'noneWrapUp', comeBack: true, calm: false } as const
    case 'ready':
    case 'ringing':
    case 'talking':
    case 'watching':
      return { icon: IconHeadset, heading: 'noneReady', comeBack: false, calm: false } as const
  }
}
