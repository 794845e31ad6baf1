import { queryOptions } from '@tanstack/react-query'
import type { DirectoryTrialled } from '../../server/contract/accounts.ts'
import type { DirectoryState } from '../../server/contract/directory.ts'
import type { DirectorySettings } from '../../server/contract/settings.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

/** Asked again while a synchronisation is under way: it makes no event of its own. */
export const directoryQuery = queryOptions({
  queryKey: ['directory'],
  staleTime: 0,
  refetchInterval: (query) => (query.state.data?.running == null ? 30_000 : 1_000),
  queryFn: () => request<DirectoryState>('GET', '/directory'),
})

/** @param believeLoss retire whoever vanished, however many @throws ApiError `conflict` without a directory */
export async function synchroniseDirectory(believeLoss: boolean): Promise<void> {
  const state = await request<DirectoryState>('POST', '/directory/synchronise', { believeLoss })
  queryClient.setQueryData(directoryQuery.queryKey, state)
}

/** @throws ApiError `not_found` when nobody has this login; `directory_away` */
export const tryDirectory = (login: string, mapping: DirectorySettings) =>
  request<DirectoryTrialled>('POST', '/directory/trial', { login, mapping })
