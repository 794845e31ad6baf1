import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayCall, type Route } from '../../server/contract/rights.ts'
import type { Transcript } from '../../server/contract/messages.ts'
import { errorText } from '../api/error-text.ts'
import { listeningsQuery, messageFile, messageShapeQuery, messageSound, readTranscript } from '../api/messages.ts'
import { queryClient, sessionQuery } from '../api/queries.ts'
import classes from './message-player.module.css'
import { Listenings } from './listenings.tsx'
import { VoicePlayer } from './voice-player.tsx'

type Props = { readonly id: string; readonly label: string; readonly seconds: number }

/** A voice message: to be heard by those who may; for the supervisor also who listened, and the file. */
export function MessagePlayer({ id, label, seconds }: Props) {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data ?? null
  const may = (route: Route) => session !== null && mayCall(session, route)
  const mayHear = may('GET /api/messages/:id/sound')
  const shape = useQuery({ ...messageShapeQuery(id), enabled: mayHear }).data
  const [transcript, setTranscript] = useState<Transcript | string | null>(null)
  if (!mayHear) return <p className={classes.note}>{t('voice.notYours')}</p>
  const read = () => void readTranscript(id).then(setTranscript, (error: unknown) => setTranscript(errorText(error)))
  return (
    <div className={classes.message}>
      <VoicePlayer
        src={messageSound(id)}
        label={label}
        seconds={seconds}
        peaks={shape?.peaks ?? []}
        onHeard={() => void queryClient.invalidateQueries({ queryKey: ['message', id, 'listenings'] })}
      />
      <p className={classes.note}>
        {shape?.transcription === 'done' && transcript === null && (
          <button type="button" onClick={read}>
            {t('voice.read')}
          </button>
        )}
        {shape?.transcription === 'waiting' && <span>{t('voice.transcribing')}</span>}
        {shape?.transcription === 'off' && <span>{t('voice.noTranscription')}</span>}
        {may('GET /api/messages/:id/file') && (
          <a href={messageFile(id)} download>
            {t('voice.download')}
          </a>
        )}
      </p>
      {typeof transcript === 'string' && <p className={classes.note}>{transcript}</p>}
      {transcript !== null && typeof transcript !== 'string' && (
        <p className={classes.transcript}>
          {transcript.text} <small>{t('voice.readBy', { by: transcript.by })}</small>
        </p>
      )}
      {may('GET /api/messages/:id/listenings') && <Listenings query={listeningsQuery(id)} />}
    </div>
  )
}
