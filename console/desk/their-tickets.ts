import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { Ticket, TicketSummary } from '../../server/contract/entities.ts'
import { categoryName } from '../../server/contract/category-tree.ts'
import { alikeTicketsQuery, ticketQuery, ticketsQuery } from '../api/queries.ts'
import { settingsQuery } from '../api/settings.ts'
import { useLive } from '../live/use-live.ts'
import { dateOf, today } from '../ui/format.ts'
import { usePop } from './pops.ts'

const none: readonly TicketSummary[] = []

/** The number of the request from whose page a call comes; null: none, or by a telephone. */
export function usePageTicket(callId: string | null): number | null {
  const { desk } = useLive()
  const popped = usePop(callId)?.call
  return ((callId !== null && desk?.calls.find(({ id }) => id === callId)) || popped)?.page?.ticket ?? null
}

/**
 * What a person has asked already: what came ahead of the call until the server has answered. The request from whose page they call is the
 * first, be it theirs by name or by its code alone.
 */
export function useTheirTickets(
  callId: string | null,
  personId: string | null,
): { open: readonly TicketSummary[]; closed: readonly Ticket[] } {
  const came = usePop(callId)?.openTickets ?? none
  const all = useQuery({ ...ticketsQuery({ personId: personId ?? '', limit: 30 }), enabled: personId !== null })
  const tickets = personId === null || all.isPlaceholderData ? undefined : all.data?.tickets
  const open = tickets?.filter((x) => x.status !== 'closed') ?? came
  const from = usePageTicket(callId)
  const theirs = open.find(({ number }) => number === from)
  const found = useQuery({ ...ticketQuery(from ?? 0), enabled: from !== null && theirs === undefined }).data
  const first = theirs ?? (from !== null && found !== undefined && found.status !== 'closed' ? found : undefined)
  return {
    open: first === undefined ? open : [first, ...open.filter(({ id }) => id !== first.id)],
    closed: tickets?.filter((x) => x.status === 'closed') ?? [],
  }
}

/** Open tickets that may be about the same: their titles say so, or they are of the same nature and from today; whoever asked. */
export function useAlike(title: string, categoryId: string | null): readonly TicketSummary[] {
  const [typed] = useDebouncedValue(title.trim(), 300)
  const byTitle = useQuery(alikeTicketsQuery(typed))
  const ofNature = useOfNature(categoryId)
  const alike: readonly TicketSummary[] = typed.length < 4 ? [] : (byTitle.data ?? [])
  return [...alike, ...ofNature.filter(({ id }) => alike.every((one) => one.id !== id))]
}

/** Those of the same nature that were opened today; none while the nature is not known. */
function useOfNature(categoryId: string | null): readonly Ticket[] {
  const nature = categoryName(useQuery(settingsQuery).data?.categories.value.categories ?? [], categoryId)
  const found = useQuery({ ...ticketsQuery({ nature: nature ?? '', status: 'open', limit: 50 }), enabled: nature !== null })
  if (nature === null || found.isPlaceholderData) return []
  return found.data?.tickets.filter(({ openedAt }) => dateOf(openedAt) === today()) ?? []
}
