import { Button } from '@mantine/core'
import { IconPhone, IconPhoneOff, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { answerCall, declineCall, finishCall, holdCall } from '../api/commands.ts'
import { Keys } from '../ui/kbd.tsx'
import classes from './call-controls.module.css'

/**
 * What can be done with a call that rings here.
 * @param outgoing it is I who call: my own phone rings first
 */
export function RingingControls({ call, outgoing = false }: { call: CallView; outgoing?: boolean }) {
  const { t } = useTranslation()
  return (
    <div className={classes.ringing}>
      <Button
        px={10}
        leftSection={<IconPhone size={16} stroke={1.8} />}
        rightSection={<Keys keys="A" />}
        onClick={() => answerCall(call.id)}
        aria-keyshortcuts="A"
      >
        {t(outgoing ? 'calling.pickUp' : 'call.answer')}
      </Button>
      <Button px={10} variant="default" rightSection={<Keys keys="X" />} onClick={() => declineCall(call.id)} aria-keyshortcuts="X">
        {t(outgoing ? 'calling.giveUp' : 'call.decline')}
      </Button>
    </div>
  )
}

/** The phone of whom I call rings. */
export function DiallingControls({ call }: { call: CallView }) {
  const { t } = useTranslation()
  return (
    <div className={classes.talking}>
      <button type="button" data-end onClick={() => finishCall(call.id)} aria-keyshortcuts="F">
        <IconPhoneOff size={16} stroke={1.7} aria-hidden="true" />
        <span>
          {t('calling.stop')} <Keys keys="F" />
        </span>
      </button>
    </div>
  )
}

/** What can be done with the conversation. */
export function TalkingControls({ call }: { call: CallView }) {
  const { t } = useTranslation()
  const HoldIcon = call.onHold ? IconPlayerPlay : IconPlayerPause
  return (
    <div className={classes.talking}>
      <button type="button" data-hold={call.onHold || undefined} onClick={() => holdCall(call.id, !call.onHold)} aria-keyshortcuts="H">
        <HoldIcon size={16} stroke={1.7} aria-hidden="true" />
        <span>
          {t(call.onHold ? 'call.resume' : 'call.hold')} <Keys keys="H" />
        </span>
      </button>
      <button type="button" data-end onClick={() => finishCall(call.id)} aria-keyshortcuts="F">
        <IconPhoneOff size={16} stroke={1.7} aria-hidden="true" />
        <span>
          {t('call.finish')} <Keys keys="F" />
        </span>
      </button>
    </div>
  )
}
