import { seeded } from '../support/seeded.ts'

/** One measured figure. `value` is what the goal is about; the goal is an upper bound; null where there is nothing to compare. */
export type Figure = {
  readonly name: string
  readonly value: number
  readonly unit: 'ms' | 's' | '%' | '×' | 'kB' | 'calls'
  readonly p50: number | null
  readonly p95: number | null
  readonly goal: number | null
  readonly met: boolean | null
  readonly tries: number
  /** The same on app_queue, where it was measured beside. */
  readonly peer?: { readonly p50: number; readonly p95: number; readonly tries: number }
  /** Ours over app_queue's (medians, or means where only they are known), with its 95 % interval. */
  readonly ratio?: Ratio
}
export type Ratio = { readonly value: number; readonly low: number; readonly high: number }

/** The nearest-rank percentile: the smallest value that at least `share` of all do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new Error('a percentile of nothing')
  return value
}

/** To a hundredth. */
export const rounded = (value: number) => Math.round(value * 100) / 100

/** A figure of many tries, judged by one of its percentiles; without a goal it explains another one. */
export function spread(name: string, tries: readonly number[], judged: 'p50' | 'p95', goal: number | null): Figure {
  const [p50, p95] = [rounded(percentile(tries, 0.5)), rounded(percentile(tries, 0.95))]
  const value = judged === 'p50' ? p50 : p95
  return { name, value, unit: 'ms', p50, p95, goal, met: goal === null ? null : value <= goal, tries: tries.length }
}

/** A total shared out among tries, of which only the mean is known. */
export const mean = (name: string, totalMs: number, tries: number): Figure => ({
  name,
  value: rounded(totalMs / tries),
  unit: 'ms',
  p50: null,
  p95: null,
  goal: null,
  met: null,
  tries,
})

const resamples = 2_000

/**
 * The ratio of two medians, with its 95 % interval by the percentile bootstrap (Efron & Tibshirani, An Introduction to the Bootstrap,
 * 1993, ch. 13). Whole runs are drawn, not tries: those of one run resemble each other.
 */
export function ratioOfMedians(ours: readonly (readonly number[])[], theirs: readonly (readonly number[])[], seed = 1): Ratio {
  const random = seeded(seed)
  const drawn = (runs: readonly (readonly number[])[]) => runs.flatMap(() => runs[Math.floor(random() * runs.length)] ?? [])
  const ratio = (a: readonly number[], b: readonly number[]) => percentile(a, 0.5) / percentile(b, 0.5)
  const resampled = Array.from({ length: resamples }, () => ratio(drawn(ours), drawn(theirs)))
  const [low, high] = [percentile(resampled, 0.025), percentile(resampled, 0.975)]
  return { value: thousandth(ratio(ours.flat(), theirs.flat())), low: thousandth(low), high: thousandth(high) }
}
const thousandth = (value: number) => Math.round(value * 1_000) / 1_000

const cell = (value: number | null) => (value === null ? '–' : value.toLocaleString('fr-FR', { maximumFractionDigits: 3 }))

/** Figures as a person reads them, in columns. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((f) => [
    f.name,
    `${cell(f.value)} ${f.unit}`,
    cell(f.p50),
    cell(f.p95),
    f.goal === null ? '–' : `≤ ${cell(f.goal)}`,
    f.met === null ? '–' : f.met ? 'oui' : 'NON',
    String(f.tries),
    f.peer === undefined ? '–' : `${cell(f.peer.p50)} / ${cell(f.peer.p95)}`,
    f.ratio === undefined ? '–' : `${cell(f.ratio.value)} [${cell(f.ratio.low)} ; ${cell(f.ratio.high)}]`,
  ])
  return inColumns([['mesure', 'valeur', 'p50', 'p95', 'objectif', 'tenu', 'essais', 'app_queue p50 / p95', 'rapport [95 %]'], ...rows])
}

/** Rows of text, the first being the heads, each column as wide as its widest. */
export function inColumns(all: readonly (readonly string[])[]): string {
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  return all
    .map((row) => row.map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0))).join('  '))
    .join('\n')
}
