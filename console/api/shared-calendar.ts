import { queryOptions } from '@tanstack/react-query'
import type { CalendarTrial, CalendarTrialled, SharedCalendarState } from '../../server/contract/shared-calendar.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

/** Asked again now and then: a synchronisation makes no event of its own. */
export const sharedCalendarQuery = queryOptions({
  queryKey: ['shared-calendar'],
  staleTime: 0,
  refetchInterval: 20_000,
  queryFn: () => request<SharedCalendarState>('GET', '/shared-calendar'),
})

export async function synchroniseCalendar(): Promise<void> {
  queryClient.setQueryData(sharedCalendarQuery.queryKey, await request<SharedCalendarState>('POST', '/shared-calendar/synchronise'))
}

export const tryCalendar = (trial: CalendarTrial) => request<CalendarTrialled>('POST', '/shared-calendar/trial', trial)

export async function keepCalendarPassword(address: string, login: string, password: string): Promise<void> {
  await request<null>('PUT', '/shared-calendar/password', { address, login, password })
  await queryClient.invalidateQueries({ queryKey: sharedCalendarQuery.queryKey })
}
