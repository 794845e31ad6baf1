import { onlyOne } from '../../server/contract/only-one.ts'
import { IconMicrophoneOff, IconMusic, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { type Desk, lineOf, type Part } from '../live/desk.ts'
import { Avatar } from '../ui/avatar.tsx'
import { callerName } from '../ui/caller.ts'
import { later } from '../ui/later.tsx'
import classes from './call-card.module.css'
import { CallClock } from './call-clock.tsx'
import { DiallingControls, RingingControls, TalkingControls } from './call-controls.tsx'
import { ConsultBand } from './consult-band.tsx'
import { Identity } from './identity.tsx'
import { RecordingBand } from './recording.tsx'
import { OutgoingBand, RingBand } from './ring-band.tsx'
import { ConsultedBand, ConsultedControls, Notes, Watched, WatchingBand, WatchingControls } from './third-party.tsx'
import { SoundLine } from './sound-line.tsx'
import { WhyRung } from './why-rung.tsx'

const FromPage = later(async () => (await import('./from-page.tsx')).FromPage)

type Props = {
  readonly call: CallView
  readonly part: Part
  readonly desk: Desk
  /** Whom its ticket is written for. */
  readonly chosen: { readonly id: string; readonly name: string } | null
}

/** The call that rings for me, that I make, or that I am in. */
export function CallCard({ call, part, desk, chosen }: Props) {
  const { t } = useTranslation()
  const only = onlyOne(call.people)
  const line = call.direction === 'in' ? lineOf(desk, call) : null
  const sub =
    only === null
      ? call.people.length === 0
        ? call.page === undefined && t('call.unknown')
        : t('call.several', { count: call.people.length })
      : [only.title, only.unit].filter(Boolean).join(', ') || t(`affiliation.${only.affiliation}`)
  return (
    <section
      className={classes.card}
      data-ringing={part === 'ringing' || part === 'placing' || undefined}
      data-held={(part === 'talking' && (call.onHold || call.muted)) || undefined}
      aria-label={t('call.heading')}
    >
      {part === 'ringing' && <RingBand call={call} />}
      {(part === 'placing' || part === 'dialling') && <OutgoingBand call={call} part={part} />}
      {part === 'consulted' && <ConsultedBand call={call} operators={desk.operators} />}
      {part === 'watching' && <WatchingBand call={call} operators={desk.operators} />}
      {part === 'talking' && call.rejoining === true && <RejoiningBand />}
      {part === 'talking' && call.onHold && <HoldBand />}
      {part === 'talking' && call.muted && <MutedBand />}
      {part === 'talking' && call.recording !== null && <RecordingBand call={call} desk={desk} state={call.recording} />}
      {part === 'talking' && call.consult !== null && <ConsultBand call={call} consult={call.consult} />}
      <div className={classes.who}>
        <Avatar name={only?.name ?? ''} />
        <div>
          <h2 className={classes.name}>
            {callerName(call)}
            {call.language === 'en' && <span className={classes.language}>{t('call.english')}</span>}
          </h2>
          {line !== null && <p>{t('lines.of', { name: line })}</p>}
          {call.page !== undefined && <FromPage page={call.page} known={call.people.length > 0} />}
          {sub !== false && <p>{sub}</p>}
          {only?.place != null && <p>{only.place}</p>}
        </div>
      </div>
      {only !== null && (
        <dl className={classes.facts}>
          {(call.page === undefined || call.number !== null) && (
            <>
              <dt>
                {t(
                  call.page !== undefined ? 'form.phone' : call.direction === 'out' || call.attempts !== null ? 'calling.to' : 'call.from',
                )}
              </dt>
              <dd className="g-num">{call.numberShown}</dd>
            </>
          )}
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
      {part !== 'watching' && <Identity call={call} chosen={chosen} />}
      {(part === 'ringing' || part === 'talking') && call.status !== 'transferring' && <WhyRung why={call.why} />}
      {part === 'consulted' && <Notes callId={call.id} />}
      {part === 'talking' && <CallClock call={call} />}
      {part === 'talking' && <SoundLine />}
      {part === 'talking' && <Watched call={call} operators={desk.operators} />}
      <Controls call={call} part={part} desk={desk} />
    </section>
  )
}

function Controls({ call, part, desk }: { call: CallView; part: Part; desk: Desk }) {
  switch (part) {
    case 'ringing':
      return <RingingControls call={call} />
    case 'placing':
      return <RingingControls call={call} outgoing />
    case 'dialling':
      return <DiallingControls call={call} />
    case 'talking':
      return <TalkingControls call={call} desk={desk} />
    case 'consulted':
      return call.consult?.state === 'ringing' ? (
        <RingingControls call={call} />
      ) : (
        <ConsultedControls call={call} operators={desk.operators} />
      )
    case 'watching':
      return call.watch?.state === 'ringing' ? <RingingControls call={call} outgoing /> : <WatchingControls call={call} />
    default:
      return part satisfies never
  }
}

function MutedBand() {
  const { t } = useTranslation()
  return (
    <div className={classes.held}>
      <IconMicrophoneOff size={16} stroke={1.8} aria-hidden="true" />
      <strong>{t('calling.muted')}</strong>
      <span>{t('calling.mutedText')}</span>
    </div>
  )
}

function RejoiningBand() {
  const { t } = useTranslation()
  return (
    <div className={classes.held} role="status">
      <IconRefresh size={16} stroke={1.8} aria-hidden="true" />
      <strong>{t('phone.rejoining')}</strong>
      <span>{t('phone.rejoiningText')}</span>
    </div>
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
