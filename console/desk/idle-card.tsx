import { Button } from '@mantine/core'
import { IconCoffee, IconEye, IconHeadset, IconNotes, IconPlugConnected } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OperatorView } from '../../server/contract/entities.ts'
import { changeState } from '../api/commands.ts'
import { Keys } from '../ui/kbd.tsx'
import classes from './idle-card.module.css'

/** What stands in the call's place when there is none: where I am, and, while a ticket fills the centre, the one gesture that changes it. */
export function IdleCard({ me, writing }: { me: OperatorView | null; writing: boolean }) {
  const { t } = useTranslation()
  const look = lookOf(me)
  const Icon = look.icon
  const says =
    me?.reason === 'missed'
      ? t('state.missedSays')
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
        {look.comeBack && writing && (
          <Button mt={10} size="xs" onClick={() => changeState({ state: 'ready' })} rightSection={<Keys keys="P" />} aria-keyshortcuts="P">
            {t('state.goReady')}
          </Button>
        )}
      </div>
    </section>
  )
}

function lookOf(me: OperatorView | null) {
  switch (me?.state) {
    case undefined:
      return { icon: IconEye, heading: 'noneWatching', comeBack: false, calm: true } as const
    case 'paused':
      return { icon: IconCoffee, heading: 'nonePaused', comeBack: true, calm: true } as const
    case 'offline':
      return { icon: IconPlugConnected, heading: 'noneOffline', comeBack: true, calm: true } as const
    case 'wrap-up':
      return { icon: IconNotes, heading: 'noneWrapUp', comeBack: true, calm: false } as const
    case 'ready':
    case 'ringing':
    case 'talking':
      return { icon: IconHeadset, heading: 'noneReady', comeBack: false, calm: false } as const
  }
}
