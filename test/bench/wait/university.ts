/** The desks that are simulated: what an oracle may know of them, and what nobody can foresee of one day. */
import { draw, type Duration, exponential, type Random } from '../../../server/indicators/chance.ts'

const minute = 60_000
const hour = 60 * minute

/** From `fromMs` to `toMs` after opening. */
export type Span = { readonly fromMs: number; readonly toMs: number }
export type University = {
  readonly name: string
  readonly talk: Duration
  readonly wrapUp: Duration
  readonly patience: Duration
  /** Calls an hour in each half hour from opening; the last one ends the day. */
  readonly perHour: readonly number[]
  /** When each operator is there. Whoever is talking at the end of a span finishes. */
  readonly shifts: readonly (readonly Span[])[]
}
/** @property dayFactor how busy the day is; @property surge when a breakdown makes the telephone ring, and how much */
export type Day = { readonly arrivals: readonly number[]; readonly surge: (Span & { readonly factor: number }) | null }

const at = (clock: number): number => (clock - 8.5) * hour
const span = (from: number, to: number): Span => ({ fromMs: at(from), toMs: at(to) })
/** A Monday to Friday of a university's desk: the morning's peak, lunch, the afternoon. */
const profile = [0.9, 1.2, 1.4, 1.5, 1.4, 1.2, 1, 0.7, 0.5, 0.6, 0.9, 1.2, 1.2, 1.1, 0.8, 0.5]

const talk: Duration = { medianMs: 4 * minute, sigma: 0.8, mostMs: 15 * minute }
const wrapUp: Duration = { medianMs: 0.6 * minute, sigma: 0.7, mostMs: 2 * minute }
const patience: Duration = { medianMs: 9 * minute, sigma: 1, mostMs: hour }

const small: University = {
  name: 'three',
  talk,
  wrapUp,
  patience,
  perHour: profile.map((share) => 27 * share),
  shifts: [
    [span(8.5, 12), span(13, 17)],
    [span(8.5, 12.5), span(13.5, 17)],
    [span(9, 13), span(14, 17)],
    [span(10, 12), span(14, 16)],
  ],
}
const large: University = {
  ...small,
  name: 'eight',
  perHour: profile.map((share) => 66 * share),
  shifts: [...small.shifts, ...small.shifts],
}
/** Short, alike conversations, and people in a hurry. */
const brisk: University = {
  ...small,
  name: 'brisk',
  talk: { medianMs: 2.5 * minute, sigma: 0.5, mostMs: 15 * minute },
  patience: { ...patience, medianMs: 4 * minute },
  perHour: profile.map((share) => 44 * share),
}
export const universities: readonly University[] = [small, large, brisk]

const surgeShare = 0.3
const halfHour = 30 * minute

/** One day's arrivals: busy or not by a lognormal factor, with a breakdown on some days. */
export function drawDay({ perHour }: University, random: Random): Day {
  const factor = draw({ medianMs: 1, sigma: 0.2, mostMs: 2 }, random)
  const endMs = perHour.length * halfHour
  const surgeFrom = random() * (endMs - hour)
  const surge =
    random() < surgeShare ? { fromMs: surgeFrom, toMs: surgeFrom + (20 + 25 * random()) * minute, factor: 2 + 2 * random() } : null
  const busiest = Math.max(...perHour) * factor * (surge?.factor ?? 1)
  const arrivals: number[] = []
  for (let ms = exponential(hour / busiest, random); ms < endMs; ms += exponential(hour / busiest, random)) {
    const rate = (perHour[Math.floor(ms / halfHour)] ?? 0) * factor * (inSpan(surge, ms) ? (surge?.factor ?? 1) : 1)
    if (random() * busiest < rate) arrivals.push(ms)
  }
  return { arrivals, surge }
}

export const inSpan = (of: Span | null, ms: number): boolean => of !== null && ms >= of.fromMs && ms < of.toMs

/** The first moment from `ms` on at which somebody with these spans is there; never: infinity. */
export function thereFrom(spans: readonly Span[], ms: number): number {
  const next = spans.find(({ toMs }) => toMs > ms)
  return next === undefined ? Number.POSITIVE_INFINITY : Math.max(ms, next.fromMs)
}
