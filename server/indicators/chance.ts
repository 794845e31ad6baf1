/** Chance and durations drawn by it: whoever calls brings the seed, so that the same question has the same answer. */
export type Random = () => number

/**
 * Chance that can be run again: the same seed, the same numbers. Mulberry32 (Tommy Ettinger, public domain).
 * @returns numbers in [0, 1)
 */
export function seeded(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A lognormal duration; `most` cuts it. */
export type Duration = { readonly medianMs: number; readonly sigma: number; readonly mostMs: number }

/** Box and Muller. */
const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

export const draw = ({ medianMs, sigma, mostMs }: Duration, random: Random): number =>
  Math.min(mostMs, medianMs * Math.exp(sigma * normal(random)))

const triesBeforeCut = 200

/** What is left of a duration of which `forMs` are over: by refusal, the whole is drawn until it is long enough. */
export function drawRest(duration: Duration, forMs: number, random: Random): number {
  for (let tries = 0; tries < triesBeforeCut; tries += 1) {
    const whole = draw(duration, random)
    if (whole > forMs) return whole - forMs
  }
  return 0
}
export const exponential = (meanMs: number, random: Random): number => -Math.log(1 - random()) * meanMs

/** How many come while a mean of `mean` is expected: gaps between them are exponential. */
export function poisson(mean: number, random: Random): number {
  let [n, gone] = [0, exponential(1, random)]
  while (gone < mean) {
    n += 1
    gone += exponential(1, random)
  }
  return n
}
