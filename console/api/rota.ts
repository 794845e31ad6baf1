import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  CalendarFeed,
  CoverWrite,
  Rota,
  RotaProposal,
  ShiftChange,
  ShiftCreation,
  ShiftHistory,
  weekCopied,
} from '../../server/contract/rota.ts'
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

export const rereadRota = () => queryClient.invalidateQueries({ queryKey: ['rota'] })
const thenReread = async (command: Promise<unknown>): Promise<void> => {
  await command
  await rereadRota()
}

/** @throws ApiError `conflict` when that operator is down already at that time */
export const addShift = (creation: ShiftCreation) => thenReread(request('POST', '/rota/shifts', creation))
/** @throws ApiError `forbidden` when a colleague was faster; `conflict` as above */
export const changeShift = (id: string, change: ShiftChange) => thenReread(request('PUT', `/rota/shifts/${id}`, change))
/** The needs of a week's half hours, in place of those before. */
export const writeCover = (cover: CoverWrite) => thenReread(request('PUT', '/rota/cover', cover))
/** @param from a Monday, ISO date */
export const proposalsQuery = (from: string) =>
  queryOptions({
    queryKey: ['rota', 'proposals', from],
    queryFn: () => request<RotaProposal>('GET', `/rota/proposals?from=${from}`),
    staleTime: 0,
  })
export const copyWeek = async (from: string, to: string): Promise<z.infer<typeof weekCopied>> => {
  const copied = await request<z.infer<typeof weekCopied>>('POST', '/rota/weeks', { from, to })
  await rereadRota()
  return copied
}
export const shiftHistoryQuery = (id: string) =>
  queryOptions({ queryKey: ['rota', 'history', id], queryFn: () => request<ShiftHistory>('GET', `/rota/shifts/${id}/history`) })
export const feedsQuery = queryOptions({ queryKey: ['rota', 'feeds'], queryFn: () => request<CalendarFeed[]>('GET', '/rota/feeds') })
export const addFeed = (everybody: boolean) => thenReread(request('POST', '/rota/feeds', { everybody }))
export const revokeFeed = (id: string) => thenReread(request('DELETE', `/rota/feeds/${id}`))
export const removeShift = (id: string) => thenReread(request('DELETE', `/rota/shifts/${id}`))
