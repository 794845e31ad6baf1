/*
 * « Pas pour nous » speaks for another rule: what was given back, sorted as it was, to whom it belonged. A proposal is derived from the
 * journal each time, and replayed on what came in before anybody takes it.
 */
import type { Category, RedirectionRule } from '../contract/categories.ts'
import type { Replayed, RuleToGroup } from '../contract/rule-proposals.ts'
import { ruleFor, type Sorted } from './redirection.ts'

export type Past = Sorted & {
  readonly number: number
  readonly title: string
  /** The group that it is, or ended, with; null: level 1. */
  readonly ended: string | null
  /** A group said that it was not theirs, and whose it was, as far as is known. */
  readonly left: { readonly from: string; readonly to: string | null; readonly reason: string } | null
}
export type Proposed = {
  readonly id: string
  readonly rule: RuleToGroup
  readonly from: string
  readonly to: string
  readonly tickets: readonly number[]
  readonly reason: string
  /** The rules with this one put before that which decides now. */
  readonly rules: readonly RedirectionRule[]
}
const shown = 20

/** @param past what came in, the latest first */
export function replay(
  before: readonly RedirectionRule[],
  after: readonly RedirectionRule[],
  categories: readonly Category[],
  past: readonly Past[],
): Replayed {
  const moved = past.flatMap((ticket) => {
    const [from, to] = [ruleFor(before, categories, ticket)?.groupId ?? null, ruleFor(after, categories, ticket)?.groupId ?? null]
    return from === to ? [] : [{ ticket, from, to }]
  })
  return {
    total: past.length,
    moved: moved.length,
    right: moved.filter(({ ticket, to }) => to === ticket.ended).length,
    wrong: moved.filter(({ ticket, from }) => from === ticket.ended).length,
    examples: moved.slice(0, shown).map(({ ticket, from, to }) => ({
      number: ticket.number,
      title: ticket.title,
      from,
      to,
      right: to === ticket.ended,
    })),
  }
}

/** What the tickets that were given back speak for; one proposal for each sorting, group left and group meant. @param past the latest first */
export function proposalsOf(
  rules: readonly RedirectionRule[],
  categories: readonly Category[],
  past: readonly Past[],
): readonly Proposed[] {
  const speaking = past.flatMap((ticket) => {
    const rule = ruleFor(rules, categories, ticket)
    const { left, categoryId } = ticket
    return left === null || left.to === null || left.to === left.from || categoryId === null || rule?.groupId !== left.from
      ? []
      : [{ ticket, rule, categoryId, from: left.from, to: left.to, reason: left.reason }]
  })
  return [...Map.groupBy(speaking, ({ from, to, categoryId }) => `${from}/${to}/${categoryId}`).values()].flatMap((same) => {
    const [first] = same
    if (first === undefined) return []
    const places = new Set(same.map(({ ticket }) => ticket.placeId))
    const placeId = places.size === 1 ? first.ticket.placeId : null
    const key = [first.from, first.to, first.categoryId, placeId ?? ''].join('.')
    const rule: RuleToGroup = { id: ruleId(key), categoryId: first.categoryId, placeId, affiliation: null, groupId: first.to }
    const at = rules.indexOf(first.rule)
    return [
      {
        id: key,
        rule,
        from: first.from,
        to: first.to,
        tickets: same.map(({ ticket }) => ticket.number),
        reason: first.reason,
        rules: [...rules.slice(0, at), rule, ...rules.slice(at)],
      },
    ]
  })
}

/** Short enough for a rule's id, and the same for the same proposal. */
function ruleId(key: string): string {
  let mark = 7
  for (const letter of key) mark = (mark * 31 + (letter.codePointAt(0) ?? 0)) % 2_147_483_647
  return `retour-${mark.toString(36)}`
}
