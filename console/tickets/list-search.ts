import type { TicketFilters, TicketSort } from '../../server/contract/ticket-lists.ts'
import { dues, media, priorities, ticketSorts, ticketViews, urgencies, wordOf } from '../../server/contract/vocabulary.ts'

export const lists = [...ticketViews, 'open', 'closed', 'all'] as const
export type List = (typeof lists)[number]

/** A list as its address says it, so that it can be sent to a colleague, kept, and found again by going back. */
export type ListSearch = {
  readonly liste?: List
  readonly q?: string
  readonly groupe?: string
  readonly nature?: string
  readonly entite?: string
  readonly branche?: string
  readonly lieu?: string
  readonly priorite?: number
  readonly urgence?: TicketFilters['urgency']
  readonly moyen?: TicketFilters['medium']
  readonly echeance?: TicketFilters['due']
  readonly tri?: TicketSort
}

const word = (value: unknown): string | undefined =>
  (typeof value === 'string' || typeof value === 'number') && String(value) !== '' ? String(value).slice(0, 200) : undefined

/** What the service would not take as a category asks for nothing. */
const categoryWord = (value: unknown): string | undefined => {
  const found = word(value)
  return found !== undefined && /^[a-z0-9-]{1,40}$/.test(found) ? found : undefined
}

/** What an address holds that a list understands; anything else is left out. */
export function readSearch(search: Readonly<Record<string, unknown>>): ListSearch {
  const liste = wordOf(lists, search['liste'])
  const [q, groupe, nature, entite] = [word(search['q']), word(search['groupe']), word(search['nature']), word(search['entite'])]
  const [branche, lieu] = [categoryWord(search['branche']), categoryWord(search['lieu'])]
  const priorite = priorities.find((one) => one === Number(search['priorite']))
  const urgence = wordOf(urgencies, search['urgence'])
  const moyen = wordOf(media, search['moyen'])
  const echeance = wordOf(dues, search['echeance'])
  const tri = wordOf(ticketSorts, search['tri'])
  return {
    ...(liste && { liste }),
    ...(q !== undefined && { q }),
    ...(groupe !== undefined && { groupe }),
    ...(nature !== undefined && { nature }),
    ...(entite !== undefined && { entite }),
    ...(branche !== undefined && { branche }),
    ...(lieu !== undefined && { lieu }),
    ...(priorite !== undefined && { priorite }),
    ...(urgence && { urgence }),
    ...(moyen && { moyen }),
    ...(echeance && { echeance }),
    ...(tri && { tri }),
  }
}

/** The address of a list that was kept by what is asked of the server. */
export function searchOf({
  view,
  status,
  search,
  groupId,
  nature,
  entityId,
  categoryId: branche,
  placeId: lieu,
  priority: priorite,
  urgency: urgence,
  medium: moyen,
  due,
  sort,
}: TicketFilters): ListSearch {
  const liste = view ?? (status === 'closed' ? 'closed' : status === undefined ? 'all' : undefined)
  return {
    ...(liste && { liste }),
    ...(search !== undefined && { q: search }),
    ...(groupId !== undefined && { groupe: groupId }),
    ...(nature !== undefined && { nature }),
    ...(entityId !== undefined && { entite: entityId }),
    ...(branche !== undefined && { branche }),
    ...(lieu !== undefined && { lieu }),
    ...(priorite !== undefined && { priorite }),
    ...(urgence && { urgence }),
    ...(moyen && { moyen }),
    ...(due && { echeance: due }),
    ...(sort && sort !== 'newest' && { tri: sort }),
  }
}

/** What is asked of the server for it. */
export function filtersOf({
  liste = 'open',
  q,
  groupe,
  nature,
  entite,
  branche,
  lieu,
  priorite,
  urgence,
  moyen,
  echeance,
  tri,
}: ListSearch): TicketFilters {
  const view = wordOf(ticketViews, liste)
  return {
    ...(view && { view }),
    ...((liste === 'open' || liste === 'closed') && { status: liste }),
    ...(q !== undefined && { search: q }),
    ...(groupe !== undefined && { groupId: groupe }),
    ...(nature !== undefined && { nature }),
    ...(entite !== undefined && { entityId: entite }),
    ...(branche !== undefined && { categoryId: branche }),
    ...(lieu !== undefined && { placeId: lieu }),
    ...(priorite !== undefined && { priority: priorite }),
    ...(urgence && { urgency: urgence }),
    ...(moyen && { medium: moyen }),
    ...(echeance && { due: echeance }),
    ...(tri && { sort: tri }),
  }
}
