/** What a `datetime-local` field holds, as the desk's own wall time whatever the computer's zone. */
const zone = 'Europe/Paris'
const wall = new Intl.DateTimeFormat('sv-SE', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
})

/** `2026-11-23T10:00` */
export const toLocal = (iso: string): string => wall.format(new Date(iso)).replace(' ', 'T')

/** ISO 8601, UTC; null when nothing usable was typed. */
export function fromLocal(local: string): string | null {
  // Browsers read nearly anything as some date.
  const asUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) ? Date.parse(`${local}:00Z`) : Number.NaN
  if (Number.isNaN(asUtc)) return null
  // Twice: across a change of clocks the first guess may be an hour off.
  let at = asUtc
  for (let i = 0; i < 2; i += 1) at += asUtc - Date.parse(`${toLocal(new Date(at).toISOString())}:00Z`)
  return new Date(at).toISOString()
}

/** The moment typed; the one before, whole, where its field still says the same: the field knows neither seconds nor which of two hours it is. */
export const momentTyped = (local: string, before: string | null): string | null =>
  before !== null && local === toLocal(before) ? before : fromLocal(local)
