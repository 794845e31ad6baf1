import { queryOptions } from '@tanstack/react-query'
import type { IndicatorMail, IndicatorMailSettings } from '../../server/contract/indicator-mails.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

export const indicatorMailsQuery = queryOptions({
  queryKey: ['indicators', 'mails'],
  queryFn: () => request<IndicatorMail[]>('GET', '/indicators/mails'),
})

const thenReread = async (command: Promise<unknown>): Promise<void> => {
  await command
  await queryClient.invalidateQueries({ queryKey: indicatorMailsQuery.queryKey })
}

export const addIndicatorMail = (settings: IndicatorMailSettings) => thenReread(request('POST', '/indicators/mails', settings))
export const changeIndicatorMail = (id: string, settings: IndicatorMailSettings) =>
  thenReread(request('PUT', `/indicators/mails/${id}`, settings))
export const removeIndicatorMail = (id: string) => thenReread(request('DELETE', `/indicators/mails/${id}`))
