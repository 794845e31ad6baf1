import { queryOptions } from '@tanstack/react-query'
import type { Configuration, ConfigurationHistory, ConfigurationPreview } from '../../server/contract/configuration.ts'
import type { SettingsView } from '../../server/contract/settings.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'
import { settingsQuery } from './settings.ts'

export const exportAddress = '/api/settings/export'

export const settingsChangesQuery = queryOptions({
  queryKey: ['settings', 'history', 'all'],
  queryFn: () => request<ConfigurationHistory>('GET', '/settings/history'),
})

/** @throws ApiError `invalid_body` when it is no such file */
export const previewConfiguration = (file: unknown) => request<ConfigurationPreview>('POST', '/settings/import/preview', file)

/** @throws ApiError `invalid_body`, `conflict` */
export async function importConfiguration(file: unknown, versions: ConfigurationPreview['versions']): Promise<void> {
  const view = await request<SettingsView>('POST', '/settings/import', { file: file as Configuration, versions })
  queryClient.setQueryData(settingsQuery.queryKey, view)
  await queryClient.invalidateQueries({ queryKey: ['settings', 'history'] })
}
