import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Staffing } from '../../server/contract/staffing.ts'
import { query, request } from './client.ts'

export type Aims = {
  readonly weeks: number
  readonly serviceLevel: number
  readonly withinS: number
  readonly occupancy: number
  readonly calls: number
  readonly handling: number
}

/** @param from the week's Monday, ISO date */
export const staffingQuery = (from: string, aims: Aims) =>
  queryOptions({
    queryKey: ['staffing', from, aims],
    queryFn: () => request<Staffing>('GET', `/staffing${query({ from, ...aims })}`),
    placeholderData: keepPreviousData,
  })
