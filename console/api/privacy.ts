import { queryOptions } from '@tanstack/react-query'
import type { ErasureDone, PurgeReports } from '../../server/contract/privacy.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

const of = (id: string) => `/people/${encodeURIComponent(id)}`

export const purgeReportsQuery = queryOptions({ queryKey: ['retention'], queryFn: () => request<PurgeReports>('GET', '/retention') })
export const exportAddress = (personId: string, format: 'html' | 'json') => `/api${of(personId)}/export?format=${format}`

/** @throws ApiError `conflict` while a ticket is open or an answer owed, `invalid_body` when the name is another */
export async function erasePerson(personId: string, order: { readonly reason: string; readonly name: string }): Promise<ErasureDone> {
  const done = await request<ErasureDone>('POST', `${of(personId)}/erasure`, order)
  await queryClient.invalidateQueries()
  return done
}
