import type { RotaDay } from '../../server/contract/rota.ts'

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

/** What is shown of a date: its week, or its month. */
export type Span = 'week' | 'month'
export const spanOf = (date: string, span: Span): { readonly from: string; readonly days: number } =>
  span === 'week' ? { from: mondayOf(date), days: 7 } : monthSpan(date)

/** Days that are not all read: of the others nothing is told, not even that they are closed. */
export const framed = (read: readonly RotaDay[], from: string, days: number): readonly RotaDay[] =>
  Array.from({ length: days }, (_, i) => {
    const date = daysLater(from, i)
    return (
      read.find((day) => day.date === date) ?? { date, open: [{ from: '00:00', to: '24:00' }], shifts: [], gaps: [], cover: [], short: [] }
    )
  })
