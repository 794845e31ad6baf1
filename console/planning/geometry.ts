import type { RotaDay } from '../../server/contract/rota.ts'

/* Where shifts stand in a week drawn by the hour. Times of day are `08:30`; minutes count from midnight. */

type Span = { readonly from: string; readonly to: string }
type Shift = RotaDay['shifts'][number]

export const stepMinutes = 15
/** Nearer than this many pixels, a press is no drag. */
export const farEnough = 4
const dayMinutes = 24 * 60

export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
export const timeAt = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const snapped = (minutes: number) => Math.round(minutes / stepMinutes) * stepMinutes
const within = (minutes: number, least: number, most: number) => Math.min(most, Math.max(least, minutes))

/** What a week must show: its opening and its shifts, by whole hours, with half an hour around. */
export function shownHours(days: readonly RotaDay[]): { readonly first: number; readonly last: number } {
  const spans = days.flatMap(({ open, shifts }): readonly Span[] => [...open, ...shifts])
  if (spans.length === 0) return { first: 8, last: 18 }
  const first = Math.min(...spans.map(({ from }) => minutesOf(from)))
  const last = Math.max(...spans.map(({ to }) => minutesOf(to)))
  return { first: Math.max(0, Math.floor((first - 30) / 60)), last: Math.min(24, Math.ceil((last + 30) / 60)) }
}

/** Saturday and Sunday show only when something happens then. @param seen dates that stay all the same */
export const shownDays = (days: readonly RotaDay[], seen: readonly string[]): readonly RotaDay[] =>
  days.filter((day, i) => i % 7 < 5 || day.open.length > 0 || day.shifts.length > 0 || seen.includes(day.date))

/** Side by side what overlaps: each shift with its lane and how many lanes its cluster has. */
export function lanes(shifts: readonly Shift[]): readonly { readonly shift: Shift; readonly lane: number; readonly of: number }[] {
  const placed: { shift: Shift; lane: number; cluster: number }[] = []
  const widths: number[] = []
  let ends: string[] = []
  for (const shift of shifts.toSorted((a, b) => a.from.localeCompare(b.from) || b.to.localeCompare(a.to))) {
    if (ends.every((end) => end <= shift.from)) {
      ends = []
      widths.push(0)
    }
    const free = ends.findIndex((end) => end <= shift.from)
    const lane = free === -1 ? ends.length : free
    ends[lane] = shift.to
    widths[widths.length - 1] = ends.length
    placed.push({ shift, lane, cluster: widths.length - 1 })
  }
  return placed.map(({ shift, lane, cluster }) => ({ shift, lane, of: widths[cluster] ?? 1 }))
}

/** A span as long, begun so many minutes later, within the day. */
export function moved({ from, to }: Span, byMinutes: number): Span {
  const length = minutesOf(to) - minutesOf(from)
  const start = within(snapped(minutesOf(from) + byMinutes), 0, dayMinutes - length)
  return { from: timeAt(start), to: timeAt(start + length) }
}

/** A span that ends so many minutes later, a step long at least. */
export function stretched({ from, to }: Span, byMinutes: number): Span {
  return { from, to: timeAt(within(snapped(minutesOf(to) + byMinutes), minutesOf(from) + stepMinutes, dayMinutes)) }
}

/** The span between two points of a day, whichever comes first, a step long at least. */
export function between(a: number, b: number): Span {
  const from = within(snapped(Math.min(a, b)), 0, dayMinutes - stepMinutes)
  return { from: timeAt(from), to: timeAt(within(snapped(Math.max(a, b)), from + stepMinutes, dayMinutes)) }
}
