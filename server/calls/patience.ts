/**
 * How long those in line stay, learnt from those who were: whoever left tells how long, whoever was answered that they stayed as
 * long as that. Leaving has a rate for each stretch of the wait, since the first minute is not the tenth (the piecewise exponential
 * law of Friedman, Annals of Statistics 10, 1982); a stretch of which little is known is drawn towards the rate of all. All that the law
 * needs of the past is two sums for each stretch, so that thousands of waits cost no more than a few: the longest, which count most in a
 * breakdown, are rare.
 */

/** One wait that is over. @property left whether the caller gave up, or did what takes them out of the line */
export type Stay = { readonly ms: number; readonly left: boolean }

/** By stretch of the wait: how many left in it, and for how long, in ms, all were in it together. */
export type Stays = { readonly left: readonly number[]; readonly stayedMs: readonly number[] }

/** How much longer somebody stays, in ms; infinity when for good. @param chance in [0, 1) */
export type Patience = (chance: number) => number

const minuteMs = 60_000
const stretchEndsMs = [0.5, 1, 2, 3, 4, 6, 8, 12, 16, 24, Number.POSITIVE_INFINITY].map((minutes) => minutes * minuteMs)
const startOf = (stretch: number): number => stretchEndsMs[stretch - 1] ?? 0
/** The rate of all counts for as much as this many who left, in each stretch. */
const prior = 2
/** Each wait takes this share from those before: some 4,000 count, weeks of a small desk. */
const forgotten = 1 / 4_000

export const noStays: Stays = { left: stretchEndsMs.map(() => 0), stayedMs: stretchEndsMs.map(() => 0) }

export const withStay = ({ left, stayedMs }: Stays, stay: Stay): Stays => {
  const isIn = (stretch: number) => stay.ms > startOf(stretch)
  const lastIn = stretchEndsMs.findIndex((end) => stay.ms <= end)
  return {
    left: left.map((known, i) => known * (1 - forgotten) + (stay.left && i === lastIn && isIn(i) ? 1 : 0)),
    stayedMs: stayedMs.map((known, i) => known * (1 - forgotten) + (isIn(i) ? Math.min(stay.ms, stretchEndsMs[i] ?? 0) - startOf(i) : 0)),
  }
}

export const staysOf = (waits: readonly Stay[]): Stays => waits.reduce(withStay, noStays)

/** Sums by other stretches, as another version may have written them, tell nothing here. */
export const areBySameStretches = ({ left, stayedMs }: Stays): boolean =>
  left.length === stretchEndsMs.length && stayedMs.length === stretchEndsMs.length

/** Who never leaves. */
export const endless: Patience = () => Number.POSITIVE_INFINITY
const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0)

/** @returns by how long they have stayed, in ms */
export function patienceOf({ left, stayedMs }: Stays): (waitedMs: number) => Patience {
  const [leavers, total] = [sum(left), sum(stayedMs)]
  if (leavers === 0 || total === 0) return () => endless
  const rates = stretchEndsMs.map((_, i) => ((left[i] ?? 0) + prior) / ((stayedMs[i] ?? 0) + (prior * total) / leavers))
  return (waitedMs) => {
    const now = stretchEndsMs.findIndex((end) => waitedMs < end)
    return (chance) => {
      let owed = -Math.log(1 - chance)
      let at = waitedMs
      for (let i = now; i < rates.length; i += 1) {
        const rate = rates[i] ?? 0
        const end = stretchEndsMs[i] ?? 0
        if (owed <= rate * (end - at)) return at + owed / rate - waitedMs
        owed -= rate * (end - at)
        at = end
      }
      return Number.POSITIVE_INFINITY
    }
  }
}
