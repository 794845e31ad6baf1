import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { SheetFormat } from '../../server/contract/sheets.ts'
import type { Staffing } from '../../server/contract/staffing.ts'
import { query, request } from './client.ts'

export type Aims = {
  readonly weeks: number
  readonly serviceLevel: number
  readonly withinS: number
  readonly occupancy: number
  readonly calls: number
  readonly handling: number
  /** Null: as the desk is set. */
  readonly limitMinutes: number | null
}

/** @param from the week's Monday, ISO date */
export const staffingQuery = (from: string, aims: Aims) =>
  queryOptions({
    queryKey: ['staffing', from, aims],
    queryFn: () => request<Staffing>('GET', `/staffing${query(asked(from, aims))}`),
    placeholderData: keepPreviousData,
  })
const asked = (from: string, { limitMinutes, ...aims }: Aims) => ({ from, ...aims, ...(limitMinutes !== null && { limitMinutes }) })
export const staffingFileUrl = (from: string, aims: Aims, as: { readonly format: SheetFormat; readonly language: 'fr' | 'en' }) =>
  `/api/staffing/file${query({ ...asked(from, aims), ...as })}`
