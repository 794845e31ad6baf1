import { Tooltip } from '@mantine/core'
import { IconBell, IconBellOff, IconPhone, IconPhoneOutgoing } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { useServerNow } from '../live/use-live.ts'
import { callerName } from '../ui/caller.ts'
import { clock } from '../ui/format.ts'
import { Keys } from '../ui/kbd.tsx'
import classes from './call-card.module.css'
import { ringMuted } from './ring.ts'
import { ariaKey } from '../ui/shortcuts.ts'

/** My phone rings for a caller, or for a kept place whose turn has come. */
export function RingBand({ call }: { call: CallView }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const muted = useSyncExternalStore(ringMuted.watch, ringMuted.get)
  const label = muted ? t('call.unmute') : t('call.mute')
  const kept = call.status === 'kept'
  const time = clock(call.arrivedAt, now)
  const Icon = kept ? IconPhoneOutgoing : IconPhone
  return (
    <div className={classes.band}>
      <span className={classes.pulse} aria-hidden="true">
        <Icon size={15} stroke={2} />
      </span>
      <strong>{t(kept ? 'calling.place' : 'call.incoming')}</strong>
      <span className="g-num">{kept ? t('calling.placeText', { time }) : t('call.waited', { time })}</span>
      <Tooltip
        label={
          <>
            {label} <Keys keys="M" />
          </>
        }
      >
        <button
          type="button"
          className={classes.mute}
          aria-label={label}
          aria-pressed={muted}
          aria-keyshortcuts={ariaKey('M')}
          onClick={() => ringMuted.set(!muted)}
        >
          {muted ? <IconBellOff size={16} stroke={1.7} /> : <IconBell size={16} stroke={1.7} />}
        </button>
      </Tooltip>
    </div>
  )
}

/** I call somebody: first my own phone rings, then theirs. */
export function OutgoingBand({ call, part }: { call: CallView; part: 'placing' | 'dialling' }) {
  const { t } = useTranslation()
  return (
    <div className={classes.band} data-calm={part === 'dialling' || undefined}>
      <span className={classes.pulse} aria-hidden="true">
        {part === 'placing' ? <IconPhone size={15} stroke={2} /> : <IconPhoneOutgoing size={15} stroke={2} />}
      </span>
      <div>
        <strong className="g-num">{part === 'placing' ? t('calling.placing') : t('calling.dialling', { number: call.numberShown })}</strong>
        {part === 'placing' && (
          <small>
            {t('calling.placingText')} {callerName(call)}
          </small>
        )}
      </div>
    </div>
  )
}
