import { Temporal } from 'temporal-polyfill'
import type { NextDay, TicketNews } from '../calls/model.ts'
import type { TicketStatus, TicketSummary } from '../contract/entities.ts'

type Open = Pick<TicketSummary, 'number' | 'status' | 'openedAt'>
type NewsPorts = {
  readonly nowMs: number
  readonly timeZone: string
  /** When what came in at a moment (ms) is to be taken up. */
  readonly dueAfter: (ms: number) => number
}

const states = {
  'pre-ticket': 'received',
  new: 'received',
  'in-progress': 'in-hand',
  redirected: 'in-hand',
  waiting: 'in-hand',
  'solution-proposed': 'in-hand',
  reopened: 'in-hand',
  closed: null,
} as const satisfies Record<TicketStatus, TicketNews['state'] | null>

/** What somebody who calls again is told of their open tickets, the newest first; null when there is nothing to tell. */
export function newsOf(open: readonly Open[], { nowMs, timeZone, dueAfter }: NewsPorts): TicketNews | null {
  const [latest] = open
  const state = latest === undefined ? null : states[latest.status]
  if (latest === undefined || state === null) return null
  const next = state === 'received' ? dayOf(dueAfter(Date.parse(latest.openedAt)), nowMs, timeZone) : null
  return { number: latest.number, state, next, several: open.length > 1 }
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** The day of a moment, as somebody would say it who speaks now. */
export function dayOf(atMs: number, nowMs: number, timeZone: string): NextDay {
  if (atMs <= nowMs) return 'late'
  const date = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate()
  const day = date(atMs)
  const { days } = date(nowMs).until(day, { largestUnit: 'days' })
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  return (days < 7 ? weekdays[day.dayOfWeek - 1] : undefined) ?? 'later'
}
