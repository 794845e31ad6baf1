import type { Category } from '../contract/categories.ts'
import { categoryName } from '../contract/category-tree.ts'
import { entityPath, type Entity } from '../contract/partition.ts'
import type { ListedTicket } from '../contract/ticket-lists.ts'

type Named = { readonly entities: readonly Entity[]; readonly categories: readonly Category[] }
type Column = readonly [string, (ticket: ListedTicket, named: Named) => string | number | null]
const columns: readonly Column[] = [
  ['numero', (t) => t.number],
  ['titre', (t) => t.title],
  ['etat', (t) => t.status],
  ['bloque', (t) => t.stuck],
  ['nature', (t) => t.nature],
  ['lieu', (t, { categories }) => categoryName(categories, t.placeId)],
  ['urgence', (t) => t.urgency],
  ['impact', (t) => t.impact],
  ['priorite', (t) => t.priority],
  ['moyen', (t) => t.medium],
  ['usager', (t) => t.requester.name],
  ['suivi_par', (t) => t.owner?.name ?? null],
  ['groupe', (t) => t.groupId],
  ['entite', (t, { entities }) => entityPath(entities, t.entityId) || null],
  ['ouvert_le', (t) => t.openedAt],
  ['ouvert_par', (t) => t.openedBy],
  ['clos_le', (t) => t.closedAt],
  ['clos_par', (t) => t.closedHow],
]

/** A spreadsheet takes a cell that begins with one of these for a formula. */
const formula = /^[=+\-@\t\r]/
const cell = (value: string | number | null): string => {
  const text = value === null ? '' : String(value)
  return `"${(typeof value === 'string' && formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
}

/** Tickets as a spreadsheet reads them: semicolons, and a mark that says UTF-8. Where there is but the whole, nothing is said of entities. */
export function csvOf(tickets: readonly ListedTicket[], named: Named): string {
  const shown = columns.filter(([name]) => name !== 'entite' || named.entities.length > 0)
  const rows = [shown.map(([name]) => cell(name)), ...tickets.map((ticket) => shown.map(([, of]) => cell(of(ticket, named))))]
  return `\uFEFF${rows.map((row) => row.join(';')).join('\r\n')}\r\n`
}
