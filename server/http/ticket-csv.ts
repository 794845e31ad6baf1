import { entityPath, type Entity } from '../contract/partition.ts'
import type { ListedTicket } from '../contract/ticket-lists.ts'

type Column = readonly [string, (ticket: ListedTicket, entities: readonly Entity[]) => string | number | null]
const columns: readonly Column[] = [
  ['numero', (t) => t.number],
  ['titre', (t) => t.title],
  ['etat', (t) => t.status],
  ['bloque', (t) => t.stuck],
  ['nature', (t) => t.nature],
  ['urgence', (t) => t.urgency],
  ['moyen', (t) => t.medium],
  ['usager', (t) => t.requester.name],
  ['suivi_par', (t) => t.owner?.name ?? null],
  ['groupe', (t) => t.groupId],
  ['entite', (t, entities) => entityPath(entities, t.entityId) || null],
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
export function csvOf(tickets: readonly ListedTicket[], entities: readonly Entity[]): string {
  const shown = columns.filter(([name]) => name !== 'entite' || entities.length > 0)
  const rows = [shown.map(([name]) => cell(name)), ...tickets.map((ticket) => shown.map(([, of]) => cell(of(ticket, entities))))]
  return `\uFEFF${rows.map((row) => row.join(';')).join('\r\n')}\r\n`
}
