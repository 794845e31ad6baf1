import { describe, expect, it } from 'vitest'
import { sampleCategories } from '../../server/contract/categories.ts'
import { suggest, tooMany, windowMs, type Sign } from '../../server/disruptions/suggest.ts'
import { seeded } from '../support/seeded.ts'

const nine = Date.parse('2026-11-23T08:00:00Z')
const dayMs = 8 * 3_600_000
const roots = sampleCategories.filter(({ tree, parentId }) => tree === 'nature' && parentId === null).map(({ id }) => id)
/** A desk of 120 requests a day, a third of them of the commonest nature. */
const perHour = new Map(roots.map((id, i) => [id, i === 0 ? 5 : 10 / (roots.length - 1)]))

/** One ordinary day: each nature as often as usual, by chance, from different people. */
function ordinary(random: () => number): Sign[] {
  const signs: Sign[] = []
  for (const [categoryId, rate] of perHour) {
    for (let at = nine; ; ) {
      at += (-Math.log(1 - random()) * 3_600_000) / rate
      if (at > nine + dayMs) break
      signs.push({ at, kind: 'ticket', ref: String(signs.length), who: `p${signs.length}`, categoryId, placeId: null, title: '' })
    }
  }
  return signs.toSorted((a, b) => a.at - b.at)
}
/** Looked at each time somebody speaks. @returns when it was first suggested, and how many times anew */
function looked(signs: readonly Sign[]): { readonly first: number | null; readonly times: number } {
  let [first, times, was]: [number | null, number, boolean] = [null, 0, false]
  for (const { at } of signs) {
    const is = suggest(signs, at, sampleCategories, perHour).length > 0
    if (is && !was) times += 1
    if (is) first ??= at
    was = is
  }
  return { first, times }
}

describe('what looks like a disruption', () => {
  it('is seldom one on ordinary days: no more than one false alarm in a hundred of them', () => {
    const random = seeded(17)
    let alarms = 0
    for (let day = 0; day < 300; day += 1) alarms += looked(ordinary(random)).times
    expect(alarms).toBeLessThanOrEqual(3)
  })

  it('is found within minutes when thirty people an hour more speak of one thing', () => {
    const random = seeded(23)
    const waits: number[] = []
    for (let day = 0; day < 100; day += 1) {
      const begins = nine + 2 * 3_600_000
      const more = Array.from({ length: 30 }, (_, i): Sign => {
        const at = begins + (i + random()) * 120_000
        return { at, kind: 'ticket', ref: `m${i}`, who: `m${i}`, categoryId: roots[1] ?? '', placeId: null, title: '' }
      })
      const { first } = looked([...ordinary(random), ...more].toSorted((a, b) => a.at - b.at).filter(({ at }) => at < begins + 3_600_000))
      if (first !== null && first >= begins) waits.push((first - begins) / 60_000)
    }
    expect(waits.length).toBeGreaterThan(95)
    expect(waits.toSorted((a, b) => a - b)[Math.floor(waits.length / 2)]).toBeLessThan(15)
  })

  it('counts a person once, forgets what is older than its window, and says where when most are from one place', () => {
    const of = (who: string, at: number, placeId: string | null = null): Sign => ({
      at: nine + at,
      kind: 'call',
      ref: `${who} ${at}`,
      who,
      categoryId: roots[1] ?? '',
      placeId,
      title: '',
    })
    const few = new Map([[roots[1] ?? '', 0.1]])
    const insistent = Array.from({ length: 9 }, (_, i) => of('one', i * 1_000))
    expect(suggest(insistent, nine + 60_000, sampleCategories, few)).toEqual([])
    const crowd = Array.from({ length: 6 }, (_, i) => of(`p${i}`, i * 1_000))
    expect(suggest(crowd, nine + 60_000, sampleCategories, few)).toMatchObject([{ people: 6, placeId: null }])
    expect(suggest(crowd, nine + windowMs + 60_000, sampleCategories, few)).toEqual([])
    const place = sampleCategories.find(({ tree }) => tree === 'place')?.id ?? null
    const there = Array.from({ length: 5 }, (_, i) => of(`q${i}`, i * 1_000, place))
    expect(suggest(there, nine + 60_000, sampleCategories, few)).toMatchObject([{ people: 5, placeId: place }])
    expect(suggest(there, nine + 60_000, sampleCategories, few, [{ categoryId: roots[1] ?? '', placeId: null }])).toEqual([])
  })

  it('needs the more people the more there usually are', () => {
    expect([0.01, 0.1, 1, 5].map((expected) => tooMany(expected, 4))).toEqual([4, 4, 9, 18])
  })
})
