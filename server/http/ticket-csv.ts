import type { ListedTicket } from '../contract/ticket-lists.ts'

const columns: readonly (readonly [string, (ticket: ListedTicket) => string | number | null])[] = [
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

/** Tickets as a spreadsheet reads them: semicolons, and a mark that says UTF-8. */
export const csvOf = (tickets: readonly ListedTicket[]): string =>
  `\uFEFF${[columns.map(([name]) => cell(name)), ...tickets.map((ticket) => columns.map(([, of]) => cell(of(ticket))))].map((row) => row.join(';')).join('\r\n')}\r\n`
