import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import type { TicketFilters, TicketList } from '../../server/contract/ticket-lists.ts'
import { query, request } from './client.ts'

/** The first page comes at once, and what goes on below in larger ones. */
const [firstPage, laterPages] = [50, 100]
/** Further down nobody reads: a search, or a spreadsheet, is what is meant. */
export const mostListed = 2_000

/** A list read page after page, whole again each time something changes in it. */
export const ticketPagesQuery = (filter: TicketFilters) =>
  infiniteQueryOptions({
    queryKey: ['tickets', 'pages', filter],
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
    initialPageParam: null as number | null,
    queryFn: ({ pageParam }) =>
      request<TicketList>(
        'GET',
        `/tickets${query({ ...filter, limit: pageParam === null ? firstPage : laterPages, ...(pageParam !== null && { after: pageParam }) })}`,
      ),
    getNextPageParam: (last, pages, from) => {
      const [size, read] = [from === null ? firstPage : laterPages, firstPage + laterPages * (pages.length - 1)]
      return last.tickets.length < size || read >= mostListed ? undefined : last.tickets.at(-1)?.number
    },
  })
