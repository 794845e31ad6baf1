const dayMs = 86_400_000

/** A date so many days later. @param date `2026-11-24` */
export const daysLater = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

/** The Monday of a date's week. */
export const mondayOf = (date: string): string => daysLater(date, -((new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7))

/** The weeks that a date's month lies in, from the Monday of its first day to the Sunday of its last. */
export function monthSpan(date: string): { readonly from: string; readonly days: number } {
  const first = `${date.slice(0, 7)}-01`
  const from = mondayOf(first)
  const next = monthsLater(first, 1)
  const weeks = Math.ceil((Date.parse(next) - Date.parse(from)) / (7 * dayMs))
  return { from, days: weeks * 7 }
}

/** The first day of the month so many months later. */
export function monthsLater(date: string, months: number): string {
  const [year = 0, month = 1] = date.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + months, 1, 12)).toISOString().slice(0, 10)
}
