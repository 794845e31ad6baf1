import type { World } from './world.ts'

/** What one try of a fault came to. Times in ms. */
export type Outcome = {
  /** Calls or writes that were there, and are not, or not as they were. */
  readonly lost: number
  readonly duplicated: number
  /** From the moment the part was back until the desk was right again. */
  readonly recoveredMs: number
}

export type Draw = {
  /** In 0…1, the same for the same seed, fault and try. */
  next(): number
  /** A whole number within both. */
  between(low: number, high: number): number
}

export type Size = {
  /** How many callers there are besides those that the fault is about. */
  readonly crowd: number
  /** How many writes are acknowledged while PostgreSQL fails. */
  readonly writes: number
  /** How long a path stays silent. */
  readonly silenceMs: number
}

export type Drill = {
  readonly name: string
  /** Upper bound of the 95th percentile of `recoveredMs`. */
  readonly goalMs: number
  /** @throws when something is not as it must be, in words. */
  run(world: World, size: Size, draw: Draw): Promise<Outcome>
}

/** mulberry32, a small generator that is good enough to choose moments. */
export function drawOf(seed: number): Draw {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return { next, between: (low, high) => low + Math.floor(next() * (high - low + 1)) }
}

/** One seed of a run's, a fault's name and a try's number. */
export const seedOf = (seed: number, name: string, attempt: number): number =>
  [...`${name}#${attempt}`].reduce((hash, char) => (Math.imul(hash, 31) + char.charCodeAt(0)) | 0, seed)
