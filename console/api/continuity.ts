import { queryOptions } from '@tanstack/react-query'
import type { ContinuityState } from '../../server/contract/continuity.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

export const sheetAddress = '/api/continuity/sheet'
export const continuityQuery = queryOptions({ queryKey: ['continuity'], queryFn: () => request<ContinuityState>('GET', '/continuity') })

/** The password that opens the sheets made from now on. */
export async function chooseContinuityPassword(password: string): Promise<void> {
  queryClient.setQueryData(continuityQuery.queryKey, await request<ContinuityState>('PUT', '/continuity/password', { password }))
}
