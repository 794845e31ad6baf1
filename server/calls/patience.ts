/**
 * How long those in line stay, learnt from those who were: whoever left tells how long, whoever was answered that they stayed as
 * long as that. Leaving has a rate for each stretch of the wait, since the first minute is not the tenth (the piecewise exponential
 * law of Friedman, Annals of Statistics 10, 1982); a stretch of which little is known is drawn towards the rate of all.
 */

/** One wait that is over. @property left whether the caller gave up, or did what takes them out of the line */
export type Stay = { readonly ms: number; readonly left: boolean }

/** @param waitedMs how long they have stayed @param chance in [0, 1) @returns how much longer they stay, in ms; infinity when for good */
export type Patience = (waitedMs: number, chance: number) => number

const stretchEndsMs = [30_000, 60_000, 120_000, 240_000, 480_000, 900_000, Number.POSITIVE_INFINITY]
/** The rate of all counts for as much as this many who left, in each stretch. */
const prior = 2

const endless: Patience = () => Number.POSITIVE_INFINITY

export function patienceOf(stays: readonly Stay[]): Patience {
  const left = stays.filter((s) => s.left).length
  const total = stays.reduce((sum, s) => sum + s.ms, 0)
  if (left === 0 || total === 0) return endless
  const rates = stretchEndsMs.map((end, i) => {
    const start = stretchEndsMs[i - 1] ?? 0
    const known = stays.filter((s) => s.ms > start)
    const leavers = known.filter((s) => s.left && s.ms <= end).length
    const stayedMs = known.reduce((sum, s) => sum + Math.min(s.ms, end) - start, 0)
    return (leavers + prior) / (stayedMs + (prior * total) / left)
  })
  return (waitedMs, chance) => {
    let owed = -Math.log(1 - chance)
    let at = waitedMs
    for (let i = 0; i < rates.length; i += 1) {
      const [end, rate] = [stretchEndsMs[i] ?? 0, rates[i] ?? 0]
      if (end <= at) continue
      if (owed <= rate * (end - at)) return at + owed / rate - waitedMs
      owed -= rate * (end - at)
      at = end
    }
    return Number.POSITIVE_INFINITY
  }
}
