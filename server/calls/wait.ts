/**
 * The wait of the caller at `position`, as an honest range.
 *
 * With c operators each freeing every m ms, the k-th departure ahead falls after an Erlang(k, c/m) time; its 20 % and 80 %
 * quantiles are taken by Wilson and Hilferty's approximation (Proc. Natl. Acad. Sci. 17, 1931), which is within 3 % for k ≥ 1.
 * Conversations are not exponential, but bounded by the limit, so the range errs on the wide side.
 */
export type WaitRange = { readonly lowMs: number; readonly highMs: number }

/** Fewer conversations than this say nothing about how long the next will be. */
export const fewestTalks = 5
const z80 = 0.8416

const erlangQuantile = (k: number, mean: number, z: number): number => {
  const ninth = 1 / (9 * k)
  return k * mean * Math.max(0, 1 - ninth + z * Math.sqrt(ninth)) ** 3
}

/** @returns null when nobody serves the queue or the data is too thin for an honest figure. */
export function estimateWait(input: {
  readonly position: number
  readonly operators: number
  readonly talks: readonly number[]
}): WaitRange | null {
  const { position, operators, talks } = input
  if (operators < 1 || position < 1 || talks.length < fewestTalks) return null
  const mean = talks.reduce((sum, t) => sum + t, 0) / talks.length / operators
  return { lowMs: erlangQuantile(position, mean, -z80), highMs: erlangQuantile(position, mean, z80) }
}
