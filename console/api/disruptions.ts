import { queryOptions } from '@tanstack/react-query'
import type {
  Announcing,
  Disruption,
  DisruptionSuggestion,
  DisruptionVersion,
  Ending,
  Joining,
  Updating,
} from '../../server/contract/disruptions.ts'
import type { Ticket } from '../../server/contract/entities.ts'
import type { Monitor, MonitorSecret } from '../../server/contract/monitors.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

/** Those that go on or are to come; the ended ones apart. */
export const disruptionsQuery = (ended = false) =>
  queryOptions({
    queryKey: ['disruptions', ended],
    queryFn: () => request<Disruption[]>('GET', `/disruptions?ended=${ended}`),
  })
export const disruptionVersionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['disruptions', id, 'versions'],
    queryFn: () => request<DisruptionVersion[]>('GET', `/disruptions/${id}/versions`),
  })
/** Looked at each minute: what is said comes from tickets and calls alike. */
export const suggestedQuery = queryOptions({
  queryKey: ['disruptions', 'suggested'],
  refetchInterval: 60_000,
  queryFn: () => request<DisruptionSuggestion[]>('GET', '/disruptions/suggested'),
})

async function thenReread<T>(command: Promise<T>): Promise<T> {
  try {
    return await command
  } finally {
    for (const key of ['disruptions', 'ticket', 'tickets', 'links']) void queryClient.invalidateQueries({ queryKey: [key] })
  }
}
/** @throws ApiError `invalid_body` */
export const announceDisruption = (announcing: Announcing) => thenReread(request<Disruption>('POST', '/disruptions', announcing))
/** @throws ApiError `conflict` when somebody changed it meanwhile */
export const updateDisruption = (id: string, change: Updating) => thenReread(request<Disruption>('PUT', `/disruptions/${id}`, change))
export const endDisruption = (id: string, ending: Ending) => thenReread(request<Disruption>('POST', `/disruptions/${id}/end`, ending))
export const goOnWith = (id: string, version: number) => thenReread(request<Disruption>('POST', `/disruptions/${id}/go-on`, { version }))
export const joinDisruption = (id: string, joining: Joining) => thenReread(request<Ticket>('POST', `/disruptions/${id}/children`, joining))

export const monitorsQuery = queryOptions({ queryKey: ['monitors'], queryFn: () => request<Monitor[]>('GET', '/monitors') })
const rereadMonitors = () => queryClient.invalidateQueries({ queryKey: ['monitors'] })
/** The only answer that holds the secret. @throws ApiError `conflict` when the name is taken */
export async function addMonitor(name: string): Promise<MonitorSecret> {
  const made = await request<MonitorSecret>('POST', '/monitors', { name })
  await rereadMonitors()
  return made
}
export async function revokeMonitor(id: string): Promise<void> {
  await request('DELETE', `/monitors/${id}`)
  await rereadMonitors()
}
