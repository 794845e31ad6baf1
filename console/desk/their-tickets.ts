import { useQuery } from '@tanstack/react-query'
import type { Ticket, TicketSummary } from '../../server/contract/entities.ts'
import { categoryName } from '../../server/contract/category-tree.ts'
import { ticketsQuery } from '../api/queries.ts'
import { settingsQuery } from '../api/settings.ts'
import { dateOf, today } from '../ui/format.ts'
import { usePop } from './pops.ts'

const none: readonly TicketSummary[] = []

/** What a person has asked already: what came ahead of the call until the server has answered. */
export function useTheirTickets(
  callId: string | null,
  personId: string | null,
): { open: readonly TicketSummary[]; closed: readonly Ticket[] } {
  const came = usePop(callId)?.openTickets ?? none
  const all = useQuery({ ...ticketsQuery({ personId: personId ?? '', limit: 30 }), enabled: personId !== null })
  const tickets = personId === null || all.isPlaceholderData ? undefined : all.data?.tickets
  return {
    open: tickets?.filter((x) => x.status !== 'closed') ?? came,
    closed: tickets?.filter((x) => x.status === 'closed') ?? [],
  }
}

/** Open tickets of the same nature that were opened today, whoever asked; none while the nature is not known. */
export function useAlike(categoryId: string | null): readonly Ticket[] {
  const nature = categoryName(useQuery(settingsQuery).data?.categories.value.categories ?? [], categoryId)
  const found = useQuery({ ...ticketsQuery({ nature: nature ?? '', status: 'open', limit: 50 }), enabled: nature !== null })
  if (nature === null || found.isPlaceholderData) return []
  return found.data?.tickets.filter(({ openedAt }) => dateOf(openedAt) === today()) ?? []
}
