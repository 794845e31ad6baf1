import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { CallIndicators, CallKind, CallList, Period, TicketCriterion, TicketIndicators } from '../../server/contract/indicators.ts'
import { query, request } from './client.ts'

export const callIndicatorsQuery = (period: Period) =>
  queryOptions({
    queryKey: ['indicators', 'calls', period],
    placeholderData: keepPreviousData,
    queryFn: () => request<CallIndicators>('GET', `/indicators/calls${query(period)}`),
  })

export const ticketIndicatorsQuery = (period: Period, by: TicketCriterion, across: TicketCriterion | null) =>
  queryOptions({
    queryKey: ['indicators', 'tickets', period, by, across],
    placeholderData: keepPreviousData,
    queryFn: () => request<TicketIndicators>('GET', `/indicators/tickets${query({ ...period, by, ...(across !== null && { across }) })}`),
  })

export type CallChoice = { readonly kind: CallKind; readonly weekday?: number; readonly hour?: number }
export const callListQuery = (period: Period, choice: CallChoice) =>
  queryOptions({
    queryKey: ['indicators', 'list', period, choice],
    queryFn: () => request<CallList>('GET', `/indicators/calls/list${query({ ...period, ...choice })}`),
  })
