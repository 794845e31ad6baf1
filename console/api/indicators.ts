import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  CallIndicators,
  CallKind,
  CallList,
  FigureEntities,
  IndicatorFileQuery,
  Period,
  TicketCriterion,
  TicketIndicators,
  TicketKind,
  TicketList,
} from '../../server/contract/indicators.ts'
import type { SheetFormat } from '../../server/contract/sheets.ts'
import { query, request } from './client.ts'

export const callIndicatorsQuery = (period: Period, entityId: string | null) =>
  queryOptions({
    queryKey: ['indicators', 'calls', period, entityId],
    placeholderData: keepPreviousData,
    queryFn: () => request<CallIndicators>('GET', `/indicators/calls${query({ ...period, ...said({ entityId }) })}`),
  })

export const ticketIndicatorsQuery = (period: Period, by: TicketCriterion, across: TicketCriterion | null, entityId: string | null) =>
  queryOptions({
    queryKey: ['indicators', 'tickets', period, by, across, entityId],
    placeholderData: keepPreviousData,
    queryFn: () => request<TicketIndicators>('GET', `/indicators/tickets${query({ ...period, ...said({ by, across, entityId }) })}`),
  })

export const figureEntitiesQuery = queryOptions({
  queryKey: ['indicators', 'entities'],
  queryFn: () => request<FigureEntities>('GET', '/indicators/entities'),
})

export type CallChoice = {
  readonly kind: CallKind
  readonly weekday?: number
  readonly hour?: number
  readonly entityId?: string | null
}
const callChoice = ({ entityId, ...choice }: CallChoice) => ({ ...choice, ...said({ entityId }) })
export const callListQuery = (period: Period, choice: CallChoice) =>
  queryOptions({
    queryKey: ['indicators', 'list', period, choice],
    queryFn: () => request<CallList>('GET', `/indicators/calls/list${query({ ...period, ...callChoice(choice) })}`),
  })
export type SheetChoice = { readonly format: SheetFormat; readonly language: 'fr' | 'en' }
export const callListFileUrl = (period: Period, choice: CallChoice, as: SheetChoice) =>
  `/api/indicators/calls/list/file${query({ ...period, ...callChoice(choice), ...as })}`

/** Of one value of a criterion or of a crossing; a value null: those of which it is not said. */
export type TicketChoice = {
  readonly kind: TicketKind
  readonly by?: TicketCriterion
  readonly value?: string | null
  readonly across?: TicketCriterion | null
  readonly acrossValue?: string | null
  readonly entityId?: string | null
  readonly weekday?: number
  readonly hour?: number
}
export const ticketListQuery = (period: Period, choice: TicketChoice) =>
  queryOptions({
    queryKey: ['indicators', 'tickets', 'list', period, choice],
    queryFn: () => request<TicketList>('GET', `/indicators/tickets/list${query({ ...period, ...said(choice) })}`),
  })

export const ticketListFileUrl = (period: Period, choice: TicketChoice, as: SheetChoice) =>
  `/api/indicators/tickets/list/file${query({ ...period, ...said(choice), ...as })}`

/** Where a browser fetches one side of the indicators as a file. */
export const indicatorFileUrl = (
  asked: Omit<IndicatorFileQuery, 'by' | 'across' | 'entityId'> &
    Partial<Record<'by' | 'across', TicketCriterion | null>> & { readonly entityId?: string | null },
) => `/api/indicators/file${query(said(asked))}`

const said = (of: Readonly<Record<string, string | number | null | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(of).flatMap(([name, value]) => (value == null ? [] : [[name, String(value)]])))
