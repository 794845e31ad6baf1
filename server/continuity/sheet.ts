import { counted } from '../contract/in-words.ts'

/** What a duty officer needs when neither screens nor network answer. */
export type SheetData = {
  readonly desk: string
  readonly at: string
  readonly owed: readonly {
    readonly number: string
    readonly who: string
    readonly since: string
    readonly due: string
    readonly priority: boolean
  }[]
  /** Half hours at which somebody is promised a call, the next first. */
  readonly promised: readonly {
    readonly when: string
    readonly number: string
    readonly who: string
    readonly subject: string
    /** When the desk, closed then, opens again; '' when it is open. */
    readonly reopens: string
  }[]
  /** Open ones, the most urgent first. */
  readonly tickets: readonly {
    readonly number: number
    readonly title: string
    readonly summary: string
    readonly requester: string
    readonly phone: string
    readonly openedAt: string
    readonly owner: string
  }[]
  /** How many tickets are open, if not all of them fit; `more`: there are more than that. */
  readonly open: number
  readonly more: boolean
  readonly numbers: readonly { readonly name: string; readonly reach: string }[]
}

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (mark) => marks[mark] ?? '')

const row = (cells: readonly string[]) => `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`
const table = (heads: readonly string[], rows: readonly string[], none: string) =>
  rows.length === 0
    ? `<p>${escapeHtml(none)}</p>`
    : `<table><thead><tr>${heads.map((head) => `<th scope="col">${escapeHtml(head)}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`

const longestSummary = 240
const short = (text: string) => (text.length > longestSummary ? `${text.slice(0, longestSummary)}…` : text)

/** The sheet's body, to be read on paper: what presses first. */
export function sheetHtml({ desk, at, owed, promised, tickets, open, more, numbers }: SheetData): string {
  const owedRows = owed.map((o) => row([o.number, o.who, o.since, o.due, o.priority ? 'coupé par nous' : '']))
  const promisedRows = promised.map((p) =>
    row([p.when, p.number, p.who, p.subject, p.reopens === '' ? '' : `fermé alors, rouvre ${p.reopens}`]),
  )
  const ticketRows = tickets.map((t) => row([String(t.number), t.title, short(t.summary), t.requester, t.phone, t.openedAt, t.owner]))
  const rest =
    open > tickets.length
      ? `<p>${more ? 'Plus de ' : ''}${counted(open - tickets.length, 'ticket moins prioritaire ne tient', 'tickets moins prioritaires ne tiennent')} pas ici.</p>`
      : ''
  return [
    `<h1>${escapeHtml(desk)} : feuille de continuité</h1><p>Situation du ${escapeHtml(at)}.</p>`,
    `<h2>À rappeler (${owed.length})</h2>`,
    table(['Numéro', 'Qui', 'Depuis', 'Promis avant', ''], owedRows, 'Personne n’attend de rappel.'),
    `<h2>Rappels promis à une demi-heure choisie (${promised.length})</h2>`,
    table(['Quand', 'Numéro', 'Qui', 'Sujet', ''], promisedRows, 'Aucun.'),
    `<h2>Tickets ouverts (${more ? 'plus de ' : ''}${open})</h2>`,
    table(['N°', 'Titre', 'Résumé', 'Demandeur', 'Téléphone', 'Ouvert', 'Suivi par'], ticketRows, 'Aucun ticket ouvert.'),
    rest,
    '<h2>Numéros utiles</h2>',
    table(
      ['Groupe ou service', 'Joindre'],
      numbers.map((n) => row([n.name, n.reach])),
      'Aucun groupe n’est renseigné.',
    ),
  ].join('\n')
}
