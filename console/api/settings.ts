import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { OpeningOrder } from '../../server/contract/entities.ts'
import type {
  DialVerdict,
  HoursPreview,
  HoursSettings,
  OpeningHistory,
  SettingsDomain,
  SettingsHistory,
  SettingsView,
} from '../../server/contract/settings.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

export const settingsQuery = queryOptions({ queryKey: ['settings'], queryFn: () => request<SettingsView>('GET', '/settings') })

export const settingsHistoryQuery = (domain: SettingsDomain) =>
  queryOptions({ queryKey: ['settings', 'history', domain], queryFn: () => request<SettingsHistory>('GET', `/settings/${domain}/history`) })

/** What these hours would mean; nothing is asked while there are none that make sense. */
export const hoursPreviewQuery = (hours: HoursSettings | null) =>
  queryOptions({
    queryKey: ['settings', 'preview', hours],
    placeholderData: keepPreviousData,
    enabled: hours !== null,
    queryFn: () => request<HoursPreview>('POST', '/settings/hours/preview', hours),
  })

/** Whether a number could be dialled with these prefixes; nothing is asked about nothing. */
export const dialTrialQuery = (number: string, allowedPrefixes: readonly string[]) =>
  queryOptions({
    queryKey: ['settings', 'trial', number, allowedPrefixes],
    enabled: number.trim() !== '',
    queryFn: () => request<DialVerdict>('POST', '/settings/outgoing/trial', { number, allowedPrefixes }),
  })

/** @param order the one that holds now: a new one means a longer history */
export const openingHistoryQuery = (order: OpeningOrder | null) =>
  queryOptions({
    queryKey: ['settings', 'openings', order],
    placeholderData: keepPreviousData,
    queryFn: () => request<OpeningHistory>('GET', '/desk/opening/history'),
  })

/** @throws ApiError `conflict` when another version was saved since the one that was changed from; `invalid_body` */
export async function saveSettings<D extends SettingsDomain>(
  domain: D,
  change: { readonly version: number; readonly value: Partial<SettingsView[D]['value']> },
): Promise<void> {
  const view = await request<SettingsView>('PUT', `/settings/${domain}`, change)
  queryClient.setQueryData(settingsQuery.queryKey, view)
  await queryClient.invalidateQueries({ queryKey: ['settings', 'history', domain] })
}
