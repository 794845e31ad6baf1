import { queryOptions } from '@tanstack/react-query'
import type { Colleagues, Writers } from '../../server/contract/colleagues.ts'
import { request } from './client.ts'

export const colleaguesQuery = queryOptions({
  queryKey: ['colleagues'],
  queryFn: () => request<Colleagues>('GET', '/colleagues'),
  staleTime: 300_000,
})
const lookMs = 5_000
export const writersQuery = (number: number) =>
  queryOptions({
    queryKey: ['writing', number],
    queryFn: () => request<Writers>('GET', `/tickets/${number}/writing`),
    refetchInterval: lookMs,
    retry: false,
  })
/** Told while somebody types; nothing depends on its arriving. */
export const iWrite = (number: number) => request<Writers>('POST', `/tickets/${number}/writing`)
