import { queryOptions } from '@tanstack/react-query'
import type { VisitOrder, VisitPage } from '../../server/contract/visits.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

export const visitsQuery = (number: number) =>
  queryOptions({ queryKey: ['visits', number], queryFn: () => request<VisitPage>('GET', `/tickets/${number}/visits`) })

async function thenReread(command: Promise<unknown>): Promise<void> {
  await command
  await queryClient.invalidateQueries({ queryKey: ['visits'] })
}
/** @throws ApiError `conflict` when whoever goes is elsewhere then */
export const planVisit = (number: number, order: VisitOrder) => thenReread(request('POST', `/tickets/${number}/visits`, order))
export const moveVisit = (number: number, id: string, order: VisitOrder) =>
  thenReread(request('PUT', `/tickets/${number}/visits/${id}`, order))
export const cancelVisit = (number: number, id: string, reason: string) =>
  thenReread(request('POST', `/tickets/${number}/visits/${id}/cancel`, { reason }))
