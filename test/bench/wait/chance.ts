/** Durations drawn by chance. */
export type Random = () => number

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
