/** What a year leaves beside its calls: operators' states, answers owed, callers who joined a disruption. The same seed, the same year. */
import { seeded } from './seeded.ts'
import { type CallStory, operatorIds, pick, yearTargets } from './year.ts'

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
const iso = (at: number) => new Date(at).toISOString()

export type YearState = {
  readonly operatorId: string
  readonly state: 'ready' | 'talking' | 'wrap-up'
  readonly at: number
  readonly ms: number
}
/** Some states of each operator on each day of the year, one after the other. */
export function yearOfStates(year: number, seed: number): readonly YearState[] {
  const random = seeded(seed)
  return operatorIds.flatMap((operatorId) =>
    Array.from({ length: 365 }, (_, i) => {
      let at = Date.UTC(year, 0, 1, 8) + i * day
      return (['ready', 'talking', 'wrap-up', 'ready'] as const).map((state) => {
        const one = { operatorId, state, at, ms: Math.round((1 + random() * 9) * minute) }
        at += one.ms
        return one
      })
    }).flat(),
  )
}

export type YearOwed = { readonly id: string; readonly firstAt: string; readonly dueAt: string; readonly triedAt: string | null }
/** Answers owed, an hour each: three in four called back, some of them late. */
export function yearOfOwed(year: number, owed: number, seed: number): readonly YearOwed[] {
  const random = seeded(seed)
  return Array.from({ length: owed }, (_, i) => {
    const first = Date.UTC(year, 0, 2, 8) + Math.floor(random() * 360) * day + Math.floor(random() * 8 * hour)
    return {
      id: `00000000-0000-4000-9000-${String(seed * 1_000_000 + i).padStart(12, '0')}`,
      firstAt: iso(first),
      dueAt: iso(first + hour),
      triedAt: random() < 0.75 ? iso(first + Math.floor(random() * 90 * minute)) : null,
    }
  })
}

export type YearAbsorbed = { readonly callId: string; readonly at: string }
export function yearOfAbsorbed(year: number, calls: number, seed: number): readonly YearAbsorbed[] {
  const random = seeded(seed)
  return Array.from({ length: calls }, (_, i) => ({
    callId: `absorbed-${i}`,
    at: iso(Date.UTC(year, pick([0, 4, 9], random), 3, 10) + i * 1_000),
  }))
}

export type YearRefused = { readonly callId: string; readonly at: string; readonly target: string | null }
/** Calls refused as not for the desk, a minute after their end; some of them said twice. */
export function yearOfRefused(stories: readonly CallStory[], seed: number): readonly YearRefused[] {
  const random = seeded(seed)
  return stories.flatMap((story) => {
    const [first, last] = [story[0], story.at(-1)]
    if (first === undefined || !('callId' in first) || last === undefined || random() >= 0.05) return []
    const one = { callId: first.callId, at: iso(last.at + minute), target: pick(yearTargets, random) }
    return random() < 0.2 ? [one, { ...one, at: iso(last.at + 2 * minute), target: 'Encore ailleurs' }] : [one]
  })
}
