import { addWorking } from '../calendar/hours.ts'
import type { ClockStep, RunningClock, TicketClock } from '../contract/clocks.ts'
import type { Ticket } from '../contract/entities.ts'
import { accepted, signed } from './journal.ts'
import { clockMail } from './clock-mail.ts'
import { mailable } from './text.ts'
import type { TicketContext, TicketDecision, TicketMail, TicketPolicy } from './model.ts'

/*
 * What a delay makes known, each step once: a warning to whoever has the ticket while there is time, that it is over, and a while later
 * to people named for it. A warning that comes too late is left out; nothing else is.
 */
type Told = { readonly name: string; readonly mail: string | null }
export type ClockHearers = {
  /** Whoever has the ticket: its owner, or its group's list, or its people where it has none; none: nobody by mail. */
  readonly keepers: readonly (string | null)[]
  /** Those named under « Réglages ». */
  readonly named: readonly Told[]
}

const ranks: Readonly<Record<ClockStep, number>> = { running: 0, warned: 1, late: 2, escalated: 3 }

function escalatesAt({ dueAt }: RunningClock, { calendar, clocks }: TicketPolicy): string | null {
  const { escalateMinutes, escalateTo, escalateMailTo } = clocks
  if (dueAt === null || escalateMinutes === null || escalateTo.length + escalateMailTo.length === 0) return null
  const at = addWorking(calendar, Date.parse(dueAt), escalateMinutes * 60_000)
  return at === null ? null : new Date(at).toISOString()
}

const momentsOf = (clock: RunningClock, policy: TicketPolicy): readonly (readonly [ClockStep, string | null])[] => [
  ['warned', clock.warnAt],
  ['late', clock.dueAt],
  ['escalated', escalatesAt(clock, policy)],
]

const earliest = (moments: readonly (string | null)[]): string | null =>
  moments.reduce((first, at) => (first === null || (at !== null && at < first) ? at : first), null)

function nextStepAt(clock: RunningClock | null, policy: TicketPolicy): string | null {
  if (clock === null) return null
  const ahead = momentsOf(clock, policy).filter(([step, at]) => at !== null && ranks[step] > ranks[clock.step])
  return earliest(ahead.map(([, at]) => at))
}

/** When a ticket's delays have something to make known next, ISO 8601; null: nothing. */
export const nextNewsAt = ({ takeUp, solve }: TicketClock, policy: TicketPolicy): string | null =>
  earliest([nextStepAt(takeUp, policy), nextStepAt(solve, policy)])

function reached(clock: RunningClock | null, { now, policy }: TicketContext): readonly ClockStep[] {
  if (clock === null) return []
  const steps = momentsOf(clock, policy)
    .filter(([step, at]) => at !== null && at <= now && ranks[step] > ranks[clock.step])
    .map(([step]) => step)
  return steps.length > 1 ? steps.filter((step) => step !== 'warned') : steps
}

/** What is due to be made known by now; null when nothing is. */
export function clockNews(ticket: Ticket, hearers: ClockHearers, context: TicketContext): TicketDecision | null {
  const { clock } = ticket
  if (clock === null) return null
  const told = [clock.takeUp, clock.solve].flatMap((one) => reached(one, context).map((step) => ({ clock: one, step })))
  if (told.length === 0) return null
  const stepped = (one: RunningClock | null) => {
    const step = told.findLast((news) => news.clock === one)?.step
    return one === null || step === undefined ? one : { ...one, step }
  }
  const next: Ticket = { ...ticket, clock: { ...clock, takeUp: stepped(clock.takeUp), solve: stepped(clock.solve) } }
  const named = hearers.named.map(({ name }) => name)
  const silent = hearers.named.filter(({ mail }) => mailable(mail) === null).map(({ name }) => name)
  const lines = told.flatMap(({ clock: of, step }) =>
    of === null || of.dueAt === null
      ? []
      : [
          signed(context, 'clock', '', {
            detail: {
              clock: {
                name: of.name,
                step,
                dueAt: of.dueAt,
                to: step === 'escalated' ? named : [],
                ...(step === 'escalated' && silent.length > 0 && { unreached: silent }),
              },
            },
          }),
        ],
  )
  return accepted(
    next,
    context,
    lines,
    told.flatMap(({ clock: of, step }) => mailsOf(next, of, step, hearers, context)),
  )
}

function mailsOf(
  ticket: Ticket,
  clock: RunningClock | null,
  step: ClockStep,
  { keepers, named }: ClockHearers,
  context: TicketContext,
): readonly TicketMail[] {
  if (clock === null) return []
  const to = step === 'escalated' ? named.map(({ mail }) => mail) : keepers
  return [...new Set(to)].flatMap((address) => clockMail(ticket, clock, step, address, context))
}
