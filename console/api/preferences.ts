import { queryOptions } from '@tanstack/react-query'
import type { Preferences, PreferencesChange } from '../../server/contract/preferences.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

/** What I have set for myself; changed by this browser or another one of mine. */
export const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  staleTime: 60_000,
  queryFn: () => request<Preferences>('GET', '/preferences'),
})

/** @throws ApiError `shortcut_taken` */
export async function changePreferences(change: PreferencesChange): Promise<void> {
  queryClient.setQueryData(preferencesQuery.queryKey, await request<Preferences>('PUT', '/preferences', change))
}
