import type { Ticket, Urgency } from '../../contract/entities.ts'
import { glpiField, type GlpiField, type GlpiPair, type GlpiSettings, type GlpiSide, type GlpiWinners } from '../../contract/glpi.ts'

/** What both sides hold of a ticket, in GLPI's words. `category`, `group`: 0 is none. */
export type GlpiFields = Readonly<Record<Exclude<GlpiField, 'title'>, number>> & { readonly title: string }
/** What is not there cannot be said in GLPI's words: nobody changes it there. */
export type SaidFields = Partial<GlpiFields>

const urgencies: Readonly<Record<Urgency, number>> = { low: 2, normal: 3, high: 4 }
export const urgencyFrom = (theirs: number): Urgency => (theirs <= 2 ? 'low' : theirs === 3 ? 'normal' : 'high')

const theirsOf = (pairs: readonly GlpiPair[], ours: string | null): number | undefined =>
  ours === null ? 0 : pairs.find((pair) => pair.ours === ours)?.theirs
/** Null: none, undefined: one that nothing here stands for. */
export const oursOf = (pairs: readonly GlpiPair[], theirs: number): string | null | undefined =>
  theirs === 0 ? null : pairs.find((pair) => pair.theirs === theirs)?.ours

export function saidOf(
  { title, status, urgency, categoryId, groupId }: Pick<Ticket, 'title' | 'status' | 'urgency' | 'categoryId' | 'groupId'>,
  { statuses, categories, groups }: Pick<GlpiSettings, 'statuses' | 'categories' | 'groups'>,
): SaidFields {
  const [category, group] = [theirsOf(categories, categoryId), theirsOf(groups, groupId)]
  return {
    title,
    status: statuses[status],
    urgency: urgencies[urgency],
    ...(category !== undefined && { category }),
    ...(group !== undefined && { group }),
  }
}

/** What of a value counts: both « en cours » are one, and so are the two highest urgencies, for there is no more of them here. */
function weighed(field: GlpiField, value: string | number): string | number {
  if (field === 'title') return String(value).replace(/\s+/g, ' ').trim()
  if (field === 'status') return value === 3 ? 2 : value
  if (field === 'urgency') return urgencyFrom(Number(value))
  return value
}
export const isSame = (field: GlpiField, a: string | number, b: string | number): boolean => weighed(field, a) === weighed(field, b)

export type Lost = {
  readonly field: GlpiField
  readonly winner: GlpiSide
  readonly ours: string | number
  readonly theirs: string | number
}
export type Merged = {
  /** What GLPI is to be told, and what is to be done here. */
  readonly give: SaidFields
  readonly take: SaidFields
  /** Both had changed it: what the loser said is not to be forgotten. */
  readonly lost: readonly Lost[]
  /** What both agree upon from then on. */
  readonly agreed: GlpiFields
}

/**
 * What follows from what each side says, and what they agreed upon last: whoever changed something is followed; where both did, the
 * settings say who wins.
 */
export function merge(agreed: GlpiFields, ours: SaidFields, theirs: GlpiFields, winners: GlpiWinners): Merged {
  const [give, take, next]: Record<string, string | number>[] = [{}, {}, { ...theirs }]
  const lost: Lost[] = []
  for (const field of glpiField.options) {
    const [mine, other] = [ours[field], theirs[field]]
    if (mine === undefined || isSame(field, mine, other)) continue
    const [weChanged, theyChanged] = [!isSame(field, mine, agreed[field]), !isSame(field, other, agreed[field])]
    const winner: GlpiSide = weChanged && theyChanged ? winners[field] : weChanged ? 'guichet' : 'glpi'
    if (weChanged && theyChanged) lost.push({ field, winner, ours: mine, theirs: other })
    if (winner === 'guichet') {
      if (give !== undefined) give[field] = mine
      if (next !== undefined) next[field] = mine
    } else if (take !== undefined) take[field] = other
  }
  return { give: give as SaidFields, take: take as SaidFields, lost, agreed: next as unknown as GlpiFields }
}

/** Where GLPI keeps the tickets, it wins. */
export const winnersOf = ({ mode, winners }: Pick<GlpiSettings, 'mode' | 'winners'>): GlpiWinners =>
  mode === 'pop' ? { title: 'glpi', status: 'glpi', urgency: 'glpi', category: 'glpi', group: 'glpi' } : winners
