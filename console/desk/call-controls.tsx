import { IconMicrophone, IconMicrophoneOff, IconPhone, IconPhoneOff, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { answerCall, declineCall, finishCall, holdCall } from '../api/commands.ts'
import { mute } from '../api/conversation.ts'
import { mayFinish, type Desk } from '../live/desk.ts'
import { Keys } from '../ui/kbd.tsx'
import { KeyButton } from '../ui/key-button.tsx'
import classes from './call-controls.module.css'
import { KeyPad } from './key-pad.tsx'
import { RecordControl } from './recording.tsx'
import { ShareControl } from './shared-page.tsx'
import { Transfer } from './transfer.tsx'
import { ariaKey } from '../ui/shortcuts.ts'

/**
 * What can be done with a call that rings here.
 * @param outgoing it is I who call: my own phone rings first
 */
export function RingingControls({ call, outgoing = false }: { call: CallView; outgoing?: boolean }) {
  const { t } = useTranslation()
  return (
    <div className={classes.ringing}>
      <KeyButton px={10} leftSection={<IconPhone size={16} stroke={1.8} />} keys="A" onClick={() => answerCall(call.id)}>
        {t(outgoing ? 'calling.pickUp' : 'call.answer')}
      </KeyButton>
      <KeyButton px={10} variant="default" keys="X" onClick={() => declineCall(call.id)}>
        {t(outgoing ? 'calling.giveUp' : 'call.decline')}
      </KeyButton>
    </div>
  )
}

/** The phone of whom I call rings. */
export function DiallingControls({ call }: { call: CallView }) {
  const { t } = useTranslation()
  return (
    <div className={classes.talking}>
      <button type="button" data-end onClick={() => finishCall(call.id)} aria-keyshortcuts={ariaKey('F')}>
        <IconPhoneOff size={16} stroke={1.7} aria-hidden="true" />
        <span>
          {t('calling.stop')} <Keys keys="F" />
        </span>
      </button>
    </div>
  )
}

/** What can be done with the conversation; while somebody is asked, the ways out of that are said beside who it is. */
export function TalkingControls({ call, desk }: { call: CallView; desk: Desk }) {
  const { t } = useTranslation()
  const { consult } = call
  const HoldIcon = call.onHold ? IconPlayerPlay : IconPlayerPause
  const MuteIcon = call.muted ? IconMicrophoneOff : IconMicrophone
  return (
    <div className={classes.talking} data-many>
      {consult === null && (
        <button
          type="button"
          data-hold={call.onHold || undefined}
          onClick={() => holdCall(call.id, !call.onHold)}
          aria-keyshortcuts={ariaKey('H')}
        >
          <HoldIcon size={16} stroke={1.7} aria-hidden="true" />
          <span>
            {t(call.onHold ? 'call.resume' : 'call.hold')} <Keys keys="H" />
          </span>
        </button>
      )}
      <button type="button" data-hold={call.muted || undefined} onClick={() => mute(call.id, !call.muted)} aria-keyshortcuts={ariaKey('M')}>
        <MuteIcon size={16} stroke={1.7} aria-hidden="true" />
        <span>
          {t(call.muted ? 'calling.unmute' : 'calling.mute')} <Keys keys="M" />
        </span>
      </button>
      <RecordControl call={call} desk={desk} />
      {consult === null && <Transfer callId={call.id} desk={desk} />}
      <ShareControl call={call} />
      <KeyPad callId={call.id} />
      {mayFinish(call) && (
        <button type="button" data-end onClick={() => finishCall(call.id)} aria-keyshortcuts={ariaKey('F')}>
          <IconPhoneOff size={16} stroke={1.7} aria-hidden="true" />
          <span>
            {t(consult === null ? 'call.finish' : 'calling.leave')} <Keys keys="F" />
          </span>
        </button>
      )}
    </div>
  )
}
