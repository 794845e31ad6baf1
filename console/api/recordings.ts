import { queryOptions } from '@tanstack/react-query'
import type { Listening } from '../../server/contract/messages.ts'
import type { Recordings, RecordingShape } from '../../server/contract/recordings.ts'
import { request } from './client.ts'

const of = (id: string) => `/recordings/${encodeURIComponent(id)}`

export const recordingSound = (id: string) => `/api${of(id)}/sound`
export const recordingFile = (id: string) => `/api${of(id)}/file`

/** Those of the calls a ticket was written in and completed from. */
export const ticketRecordingsQuery = (ticket: number) =>
  queryOptions({ queryKey: ['recordings', ticket], queryFn: () => request<Recordings>('GET', `/recordings?ticket=${ticket}`) })

export const recordingShapeQuery = (id: string) =>
  queryOptions({
    queryKey: ['recording', id, 'shape'],
    staleTime: 60_000,
    queryFn: () => request<RecordingShape>('GET', `${of(id)}/shape`),
  })

/** Who listened; the supervisor's alone. */
export const recordingListeningsQuery = (id: string) =>
  queryOptions({ queryKey: ['recording', id, 'listenings'], queryFn: () => request<Listening[]>('GET', `${of(id)}/listenings`) })
