import { Temporal } from 'temporal-polyfill'
import type { NextDay, TicketNews } from '../calls/model.ts'
import type { Ticket } from '../contract/entities.ts'
import type { WaitingFor } from '../contract/ticket-states.ts'

type Open = Pick<Ticket, 'number' | 'status' | 'openedAt' | 'waiting'>
type NewsPorts = {
  readonly nowMs: number
  readonly timeZone: string
  /** When what came in at a moment (ms) is to be taken up. */
  readonly dueAfter: (ms: number) => number
}

/** Where a ticket stands, and the moment of its next step (ms) when one is set. */
function standing(
  { status, openedAt, waiting }: Open,
  dueAfter: NewsPorts['dueAfter'],
): readonly [TicketNews['state'] | null, number | null] {
  switch (status) {
    case 'pre-ticket':
    case 'new':
      return ['received', dueAfter(Date.parse(openedAt))]
    case 'in-progress':
    case 'reopened':
      return ['in-hand', null]
    case 'redirected':
      return ['with-team', null]
    case 'waiting':
      return waiting === null ? ['in-hand', null] : waitingFor(waiting.what)
    case 'solution-proposed':
      return ['proposed', null]
    case 'closed':
      return [null, null]
    default:
      return status satisfies never
  }
}

function waitingFor(what: WaitingFor): readonly [TicketNews['state'], number | null] {
  if (what.for === 'user') return ['waits-for-you', null]
  if (what.for === 'parent') return ['with-team', null]
  const at = what.for === 'date' ? what.until : what.dueAt
  return ['waits', at === null ? null : Date.parse(at)]
}

/** What somebody who calls again is told of their open tickets, the newest first; null when there is nothing to tell. */
export function newsOf(open: readonly Open[], { nowMs, timeZone, dueAfter }: NewsPorts): TicketNews | null {
  const [latest] = open
  if (latest === undefined) return null
  const [state, at] = standing(latest, dueAfter)
  if (state === null) return null
  return { number: latest.number, state, next: at === null ? null : dayOf(at, nowMs, timeZone), several: open.length > 1 }
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
