import { IconCircleDot, IconPlayerPause, IconPlayerRecord } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { orderRecording } from '../api/conversation.ts'
import { type Desk, recordingOf, recordingStep } from '../live/desk.ts'
import { Keys } from '../ui/kbd.tsx'
import classes from './call-card.module.css'
import { ariaKey } from '../ui/shortcuts.ts'

/** One key starts, pauses and resumes; absent while everybody is being told, and where the line does not record. */
export function RecordControl({ call, desk }: { call: CallView; desk: Desk }) {
  const { t } = useTranslation()
  const step = recordingStep(call)
  if (recordingOf(desk, call) === 'off' || step === null || (step === 'start' && call.onHold)) return null
  const Icon = step === 'pause' ? IconPlayerPause : IconPlayerRecord
  return (
    <button
      type="button"
      data-hold={step === 'resume' || undefined}
      onClick={() => orderRecording(call.id, step)}
      aria-keyshortcuts={ariaKey('Z')}
    >
      <Icon size={16} stroke={1.7} aria-hidden="true" />
      <span>
        {t(`recording.${step}`)} <Keys keys="Z" />
      </span>
    </button>
  )
}

/** Whether what is said now is kept. What was begun by hand is ended here. */
export function RecordingBand({ call, desk, state }: { call: CallView; desk: Desk; state: NonNullable<CallView['recording']> }) {
  const { t } = useTranslation()
  const Icon = state === 'on' ? IconCircleDot : IconPlayerPause
  return (
    <div className={classes.recorded} data-on={state === 'on' || undefined}>
      <Icon size={16} stroke={1.8} aria-hidden="true" />
      <strong>{t(`recording.band.${state}`)}</strong>
      <span>{t(`recording.bandSays.${state}`)}</span>
      {recordingOf(desk, call) === 'on-demand' && (
        <button type="button" onClick={() => orderRecording(call.id, 'cancel')}>
          {t('recording.cancel')}
        </button>
      )}
    </div>
  )
}
