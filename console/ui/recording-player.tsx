import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { mayCall } from '../../server/contract/rights.ts'
import type { Recorded } from '../../server/contract/recordings.ts'
import { queryClient, sessionQuery } from '../api/queries.ts'
import { recordingFile, recordingListeningsQuery, recordingShapeQuery, recordingSound } from '../api/recordings.ts'
import { clockOf, dayHeading, momentOf } from './format.ts'
import { Listenings } from './listenings.tsx'
import classes from './message-player.module.css'
import { VoicePlayer } from './voice-player.tsx'

const dayMs = 86_400_000

/** A conversation that was recorded: heard by those who may, who see who did; the others see that it is there. */
export function RecordingPlayer({ recording, removedAfterDays }: { recording: Recorded; removedAfterDays: number }) {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data ?? null
  const mayHear = session !== null && mayCall(session, 'GET /api/recordings/:id/sound')
  const { id, seconds, at, keptAt } = recording
  const shape = useQuery({ ...recordingShapeQuery(id), enabled: mayHear }).data
  const removed = t('recording.removed', { day: dayHeading(new Date(Date.parse(keptAt) + removedAfterDays * dayMs).toISOString()) })
  if (!mayHear)
    return (
      <p className={classes.note}>
        {t('recording.notYours', { length: clockOf(seconds) })} {removed}
      </p>
    )
  return (
    <div className={classes.message}>
      <VoicePlayer
        src={recordingSound(id)}
        label={t('recording.label', { time: momentOf(at) })}
        seconds={seconds}
        peaks={shape?.peaks ?? []}
        onHeard={() => void queryClient.invalidateQueries({ queryKey: ['recording', id, 'listenings'] })}
      />
      <p className={classes.note}>
        <span>{t('recording.label', { time: momentOf(at) })}</span>
        <span>{removed}</span>
        <a href={recordingFile(id)} download>
          {t('voice.download')}
        </a>
      </p>
      <Listenings query={recordingListeningsQuery(id)} />
    </div>
  )
}
