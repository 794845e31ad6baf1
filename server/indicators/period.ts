import { Temporal } from 'temporal-polyfill'

/** Days, both included, as « 2026-11-24 ». */
type Period = { readonly from: string; readonly to: string }

export const longestDays = 366

/** How many days a period has; less than 1 when it ends before it begins. */
export const daysOf = ({ from, to }: Period): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days + 1

/** As many days, just before. */
export function previousOf(period: Period): Period {
  const days = daysOf(period)
  const from = Temporal.PlainDate.from(period.from)
  return { from: from.subtract({ days }).toString(), to: from.subtract({ days: 1 }).toString() }
}

/** What a series of bars goes by. */
export function stepFor(period: Period): 'day' | 'week' | 'month' {
  const days = daysOf(period)
  return days <= 62 ? 'day' : days <= 190 ? 'week' : 'month'
}
