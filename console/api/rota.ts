import { queryOptions } from '@tanstack/react-query'
import type { Rota, ShiftChange, ShiftCreation } from '../../server/contract/rota.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

/** Asked again each minute: who is expected changes by itself. */
const rereadMs = 60_000

/** @param from ISO date @param days at most 42 */
export const rotaQuery = (from: string, days: number) =>
  queryOptions({
    queryKey: ['rota', from, days],
    queryFn: () => request<Rota>('GET', `/rota?from=${from}&days=${days}`),
    refetchInterval: rereadMs,
  })

const thenReread = async (command: Promise<unknown>): Promise<void> => {
  await command
  await queryClient.invalidateQueries({ queryKey: ['rota'] })
}

/** @throws ApiError `conflict` when that operator is down already at that time */
export const addShift = (creation: ShiftCreation) => thenReread(request('POST', '/rota/shifts', creation))
/** @throws ApiError `forbidden` when a colleague was faster; `conflict` as above */
export const changeShift = (id: string, change: ShiftChange) => thenReread(request('PUT', `/rota/shifts/${id}`, change))
export const removeShift = (id: string) => thenReread(request('DELETE', `/rota/shifts/${id}`))
