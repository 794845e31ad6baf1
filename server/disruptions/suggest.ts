/**
 * « Cela ressemble à une perturbation »: more people than chance would bring speak of the same nature within minutes. How many are too many
 * follows from how many there usually are: by Poisson's law, the fewest whose coming together by chance is rarer than `chance`, never
 * fewer than `fewest`. Places sharpen it: three from one building say more than three from anywhere.
 */
import type { Category } from '../contract/categories.ts'
import { categoryName, isWithin, pathOf } from '../contract/category-tree.ts'

/** Somebody speaks of something: a ticket, or a call whose ticket is being written. Moments in ms. */
export type Sign = {
  readonly at: number
  readonly kind: 'ticket' | 'call'
  /** The ticket's number, or the call's id. */
  readonly ref: string
  /** Tells people apart: who says it twice counts once. */
  readonly who: string
  readonly categoryId: string | null
  readonly placeId: string | null
  readonly title: string
}
/** How many people usually speak of a nature in an hour of opening. */
export type Usual = ReadonlyMap<string, number>

export type Suggestion = {
  readonly categoryId: string
  /** Null: from several places, or places are not known. */
  readonly placeId: string | null
  readonly nature: string
  readonly place: string | null
  readonly people: number
  readonly since: number
  /** People who usually speak of it within so long. */
  readonly usual: number
  readonly signs: readonly Sign[]
}

export const windowMs = 15 * 60_000
const fewest = 4
const fewestOfPlace = 3
/** Looked at each time somebody speaks, some hundred times a day for some ten natures: about one false alarm in a hundred days. */
const chance = 1e-5
/** What share of a nature one place usually has, when nothing else is known. */
const placeShare = 0.25
/** A nature nobody ever spoke of is as rare as this, per hour. */
const rarest = 0.05

/** The fewest arrivals that chance brings together more rarely than `chance`. @param expected within the window */
export function tooMany(expected: number, atLeast: number): number {
  let term = Math.exp(-expected)
  let upTo = 0
  let n = 0
  // 1 - P(N < n) ≤ chance
  while (1 - upTo > chance || n < atLeast) {
    upTo += term
    n += 1
    term *= expected / n
    if (n > 10_000) break
  }
  return n
}

const root = (categories: readonly Category[], id: string | null): string | null => pathOf(categories, id)[0]?.id ?? null

/**
 * @param now ms
 * @param known natures and places of disruptions that go on: what they explain is not suggested again
 */
export function suggest(
  signs: readonly Sign[],
  now: number,
  categories: readonly Category[],
  usual: Usual,
  known: readonly { readonly categoryId: string | null; readonly placeId: string | null }[] = [],
): readonly Suggestion[] {
  const recent = signs.filter(({ at, categoryId }) => at > now - windowMs && at <= now && root(categories, categoryId) !== null)
  const explained = (sign: Sign) =>
    known.some(
      ({ categoryId, placeId }) =>
        categoryId !== null &&
        (isWithin(categories, sign.categoryId, categoryId) || isWithin(categories, categoryId, sign.categoryId ?? '')) &&
        (placeId === null || sign.placeId === null || isWithin(categories, sign.placeId, placeId)),
    )
  const byNature = Map.groupBy(
    recent.filter((sign) => !explained(sign)),
    ({ categoryId }) => root(categories, categoryId) ?? '',
  )
  const found = [...byNature].flatMap(([nature, of]) => {
    const expected = (Math.max(rarest, usual.get(nature) ?? 0) * windowMs) / 3_600_000
    const whole = judged(nature, null, of, expected, fewest, categories)
    const placed = [
      ...Map.groupBy(
        of.filter(({ placeId }) => placeId !== null),
        ({ placeId }) => placeId ?? '',
      ),
    ].flatMap(([place, there]) => {
      const one = judged(nature, place, there, expected * placeShare, fewestOfPlace, categories)
      return one === null ? [] : [one]
    })
    // A place that has nearly all of them says where.
    const [most] = placed.toSorted((a, b) => b.people - a.people)
    if (most !== undefined && (whole === null || most.people >= whole.people * 0.7)) return [most]
    return whole === null ? [] : [whole]
  })
  return found.toSorted((a, b) => b.people - a.people)
}

function judged(
  nature: string,
  placeId: string | null,
  signs: readonly Sign[],
  expected: number,
  atLeast: number,
  categories: readonly Category[],
): Suggestion | null {
  const first = [...Map.groupBy(signs, ({ who }) => who).values()].flatMap(([one]) => one ?? []).toSorted((a, b) => a.at - b.at)
  if (first.length < tooMany(expected, atLeast)) return null
  return {
    categoryId: nature,
    placeId,
    nature: categoryName(categories, nature) ?? nature,
    place: categoryName(categories, placeId),
    people: first.length,
    since: first[0]?.at ?? 0,
    usual: expected,
    signs: first,
  }
}
