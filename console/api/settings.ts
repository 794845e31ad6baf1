import { queryOptions } from '@tanstack/react-query'
import type { SettingsDomain, SettingsHistory, SettingsView } from '../../server/contract/settings.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

export const settingsQuery = queryOptions({ queryKey: ['settings'], queryFn: () => request<SettingsView>('GET', '/settings') })

export const settingsHistoryQuery = (domain: SettingsDomain) =>
  queryOptions({ queryKey: ['settings', 'history', domain], queryFn: () => request<SettingsHistory>('GET', `/settings/${domain}/history`) })

/** @throws ApiError `conflict` when another version was saved since the one that was changed from; `invalid_body` */
export async function saveSettings<D extends SettingsDomain>(
  domain: D,
  change: { readonly version: number; readonly value: Partial<SettingsView[D]['value']> },
): Promise<void> {
  const view = await request<SettingsView>('PUT', `/settings/${domain}`, change)
  queryClient.setQueryData(settingsQuery.queryKey, view)
  await queryClient.invalidateQueries({ queryKey: ['settings', 'history', domain] })
}
