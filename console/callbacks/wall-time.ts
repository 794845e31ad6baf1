const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'short' })

/** A moment (ms) as the field of a date and a time wants it, by the desk's clock whatever this computer's zone: `2026-11-23T10:15`. */
export const wallTime = (ms: number): string => wall.format(ms).replace(' ', 'T')

/** The moment (ms) of a desk's wall time; NaN when it is none. One that the change of clocks skips is the hour after. */
export function momentAt(written: string): number {
  const asUtc = Date.parse(`${written}Z`)
  if (!Number.isFinite(asUtc)) return Number.NaN
  const offset = (ms: number) => Date.parse(`${wallTime(ms)}Z`) - ms
  return asUtc - offset(asUtc - offset(asUtc))
}
