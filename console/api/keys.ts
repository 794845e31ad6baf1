import { queryOptions } from '@tanstack/react-query'
import type { ApiKey, KeyCreation, KeyGiven } from '../../server/contract/keys.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

export const keysQuery = queryOptions({ queryKey: ['keys'], staleTime: 0, queryFn: () => request<ApiKey[]>('GET', '/keys') })
const reread = () => queryClient.invalidateQueries({ queryKey: ['keys'] })

/** @returns the key, which is not shown again */
export async function createKey(creation: KeyCreation): Promise<KeyGiven> {
  const given = await request<KeyGiven>('POST', '/keys', creation)
  await reread()
  return given
}
export async function revokeKey(id: string): Promise<void> {
  await request('DELETE', `/keys/${id}`)
  await reread()
}
