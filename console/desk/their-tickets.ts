import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { Ticket, TicketSummary } from '../../server/contract/entities.ts'
import { categoryName } from '../../server/contract/category-tree.ts'
import { alikeTicketsQuery, ticketsQuery } from '../api/queries.ts'
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
