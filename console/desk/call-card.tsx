import { Tooltip } from '@mantine/core'
import { IconBell, IconBellOff, IconMusic, IconPhone } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { useServerNow } from '../live/use-live.ts'
import { Avatar } from '../ui/avatar.tsx'
import { callerName } from '../ui/caller.ts'
import { clock } from '../ui/format.ts'
import { Keys } from '../ui/kbd.tsx'
import classes from './call-card.module.css'
import { CallClock } from './call-clock.tsx'
import { RingingControls, TalkingControls } from './call-controls.tsx'
import { ringMuted } from './ring.ts'
import { WhyRung } from './why-rung.tsx'

/** The call that rings for me, or the one I am in. */
export function CallCard({ call, ringing }: { call: CallView; ringing: boolean }) {
  const { t } = useTranslation()
  const only = call.people.length === 1 ? call.people[0] : undefined
  const sub =
    only === undefined
      ? call.people.length === 0
        ? t('call.unknown')
        : t('call.several', { count: call.people.length })
      : [only.title, only.unit].filter(Boolean).join(', ') || t(`affiliation.${only.affiliation}`)
  return (
    <section
      className={classes.card}
      data-ringing={ringing || undefined}
      data-held={call.onHold || undefined}
      aria-label={t('call.heading')}
    >
      {ringing && <RingBand call={call} />}
      {call.onHold && <HoldBand />}
      <div className={classes.who}>
        <Avatar name={only?.name ?? ''} />
        <div>
          <h2 className={classes.name}>
            {callerName(call)}
            {call.language === 'en' && <span className={classes.language}>{t('call.english')}</span>}
          </h2>
          <p>{sub}</p>
          {only?.place != null && <p>{only.place}</p>}
        </div>
      </div>
      {only !== undefined && (
        <dl className={classes.facts}>
          <dt>{t('call.from')}</dt>
          <dd className="g-num">{call.numberShown}</dd>
          {only.email !== null && (
            <>
              <dt>{t('call.email')}</dt>
              <dd title={only.email}>{only.email}</dd>
            </>
          )}
        </dl>
      )}
      {call.people.length > 1 && (
        <ul className={classes.several}>
          {call.people.map((p) => (
            <li key={p.id}>
              {p.name}
              {p.unit !== null && <small> · {p.unit}</small>}
            </li>
          ))}
        </ul>
      )}
      <WhyRung why={call.why} />
      {!ringing && <CallClock call={call} />}
      {ringing ? <RingingControls call={call} /> : <TalkingControls call={call} />}
    </section>
  )
}

function HoldBand() {
  const { t } = useTranslation()
  return (
    <div className={classes.held}>
      <IconMusic size={16} stroke={1.8} aria-hidden="true" />
      <strong>{t('call.onHold')}</strong>
      <span>{t('call.onHoldText')}</span>
    </div>
  )
}

function RingBand({ call }: { call: CallView }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const muted = useSyncExternalStore(ringMuted.watch, ringMuted.get)
  const label = muted ? t('call.unmute') : t('call.mute')
  return (
    <div className={classes.band}>
      <span className={classes.pulse} aria-hidden="true">
        <IconPhone size={15} stroke={2} />
      </span>
      <strong>{t('call.incoming')}</strong>
      <span className="g-num">{t('call.waited', { time: clock(call.arrivedAt, now) })}</span>
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
          aria-keyshortcuts="M"
          onClick={() => ringMuted.set(!muted)}
        >
          {muted ? <IconBellOff size={16} stroke={1.7} /> : <IconBell size={16} stroke={1.7} />}
        </button>
      </Tooltip>
    </div>
  )
}
