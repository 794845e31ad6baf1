import { queryOptions } from '@tanstack/react-query'
import type { Presence, Talks } from '../../server/contract/talks.ts'
import { request } from './client.ts'

/** Requesters who wait for a written answer; told by « talks ». */
export const talksQuery = queryOptions({ queryKey: ['talks'], queryFn: () => request<Talks>('GET', '/talks') })
export const presenceQuery = (number: number) =>
  queryOptions({ queryKey: ['talks', number], queryFn: () => request<Presence>('GET', `/tickets/${number}/presence`) })
