import { queryOptions } from '@tanstack/react-query'
import type { Ticket } from '../../server/contract/entities.ts'
import type { Listening, MessageShape, Transcript } from '../../server/contract/messages.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

const of = (id: string) => `/messages/${encodeURIComponent(id)}`

export const messageSound = (id: string) => `/api${of(id)}/sound`
export const messageFile = (id: string) => `/api${of(id)}/file`

export const messageShapeQuery = (id: string) =>
  queryOptions({ queryKey: ['message', id, 'shape'], staleTime: 60_000, queryFn: () => request<MessageShape>('GET', `${of(id)}/shape`) })

/** Who listened; the supervisor's alone. */
export const listeningsQuery = (id: string) =>
  queryOptions({ queryKey: ['message', id, 'listenings'], queryFn: () => request<Listening[]>('GET', `${of(id)}/listenings`) })

/** Reading what a message says is written down as listening is: asked for by a gesture alone. */
export const readTranscript = (id: string) => request<Transcript>('GET', `${of(id)}/transcript`)

/** Make a message a pre-ticket. @throws ApiError */
export async function ticketFromMessage(id: string): Promise<Ticket> {
  const ticket = await request<Ticket>('POST', `${of(id)}/ticket`)
  await Promise.all(['owed', 'tickets', 'calls'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
  return ticket
}
