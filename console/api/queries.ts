import { keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { LateTickets } from '../../server/contract/clocks.ts'
import type { Person } from '../../server/contract/entities.ts'
import type { AlikeTicket, TicketCounts, TicketFilters, TicketList } from '../../server/contract/ticket-lists.ts'
import type { demoState, mail, PhoneAccount, portal, Session, ticketPage } from '../../server/contract/http.ts'
import { ApiError, query, request } from './client.ts'

export type TicketPage = z.infer<typeof ticketPage>
export type Mail = z.infer<typeof mail>
export type DemoState = z.infer<typeof demoState>
export type Portal = z.infer<typeof portal>
export type TicketFilter = TicketFilters & { limit?: number; before?: number }

/** Retry what may pass (nobody answered, our side failed), never what was refused. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (count, error) => count < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
    },
  },
})

/** Null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async (): Promise<Session | null> => {
    try {
      return await request<Session>('GET', '/session')
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null
      throw error
    }
  },
})

export const ticketsQuery = (filter: TicketFilter) =>
  queryOptions({
    queryKey: ['tickets', filter],
    // Delays shown go on by themselves.
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
    queryFn: () => request<TicketList>('GET', `/tickets${query(filter)}`),
  })

/** How many wait in each of my lists. */
export const ticketCountsQuery = queryOptions({
  queryKey: ['tickets', 'counts'],
  queryFn: () => request<TicketCounts>('GET', '/tickets/counts'),
})

/** What is past its delay; open time goes on while nothing else changes. */
export const lateTicketsQuery = queryOptions({
  queryKey: ['tickets', 'late'],
  refetchInterval: 60_000,
  queryFn: () => request<LateTickets>('GET', '/tickets/late'),
})

export const ticketQuery = (number: number) =>
  queryOptions({
    queryKey: ['ticket', number],
    refetchInterval: 60_000,
    queryFn: () => request<TicketPage>('GET', `/tickets/${number}`),
  })

export const peopleQuery = (search: string) =>
  queryOptions({
    queryKey: ['people', search],
    placeholderData: keepPreviousData,
    enabled: search.trim().length >= 2,
    queryFn: () => request<Person[]>('GET', `/people${query({ search: search.trim() })}`),
  })

/** Holds a password: read each time it is shown, forgotten at once after. */
export const phoneQuery = queryOptions({
  queryKey: ['phone'],
  gcTime: 0,
  staleTime: 0,
  queryFn: () => request<PhoneAccount>('GET', '/operators/me/phone'),
})

/** The public page's facts; null where the service does not tell them. */
export const portalQuery = queryOptions({
  queryKey: ['portal'],
  refetchInterval: 60_000,
  queryFn: () => nullWhenAbsent<Portal>('/portal'),
})

/** Null outside the demonstration. */
export const demoQuery = queryOptions({
  queryKey: ['demo'],
  queryFn: () => nullWhenAbsent<DemoState>('/demo'),
})

async function nullWhenAbsent<T>(path: string): Promise<T | null> {
  try {
    return await request<T>('GET', path)
  } catch (error) {
    if (error instanceof ApiError && [401, 403, 404].includes(error.status)) return null
    throw error
  }
}

/** Open tickets whose titles are like one that is being typed. */
export const alikeTicketsQuery = (title: string) =>
  queryOptions({
    queryKey: ['tickets', 'alike', title],
    enabled: title.length >= 4,
    placeholderData: keepPreviousData,
    queryFn: () => request<AlikeTicket[]>('GET', `/tickets/alike${query({ title })}`),
  })
