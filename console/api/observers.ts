import { queryOptions } from '@tanstack/react-query'
import type { ObserverOrder, Observers } from '../../server/contract/observers.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

export const observersQuery = (number: number) =>
  queryOptions({ queryKey: ['observers', number], queryFn: () => request<Observers>('GET', `/tickets/${number}/observers`) })

async function thenKept(number: number, command: Promise<Observers>): Promise<void> {
  queryClient.setQueryData(observersQuery(number).queryKey, await command)
  await queryClient.invalidateQueries({ queryKey: ['tickets'] })
}
/** @throws ApiError `conflict` for the requester, who is written to already */
export const addObserver = (number: number, who: ObserverOrder) =>
  thenKept(number, request<Observers>('POST', `/tickets/${number}/observers`, who))
export const removeObserver = (number: number, id: string) =>
  thenKept(number, request<Observers>('DELETE', `/tickets/${number}/observers/${id}`))
