import { z } from 'zod'
import { callUnits, ticketUnits } from '../indicators/tallies.ts'
import { moment } from './entities.ts'

export { type CallFigure, callUnits, type TicketFigure, ticketUnits, type Unit } from '../indicators/tallies.ts'

const day = z.iso.date()
/** Days in the desk's own time, both included; at most a year. */
export const periodQuery = z.object({ from: day, to: day })
export type Period = z.infer<typeof periodQuery>

const figuresOf = <N extends string>(units: Readonly<Record<N, unknown>>) =>
  z.record(z.enum(Object.keys(units) as [N, ...N[]]), z.number().nullable())
/** Of the period, and of as many days just before it. Shares between 0 and 1, durations in s; null when there is nothing to count. */
const compared = <S extends z.ZodType>(figures: S) => ({ period: periodQuery, previous: periodQuery, figures, before: figures })

export const callIndicators = z.object({
  ...compared(figuresOf(callUnits)),
  /** How long callers waited who were answered, and who left: so many up to each bound; null: longer. */
  waits: z.array(z.object({ upToS: z.number().nullable(), answered: z.int(), abandoned: z.int() })),
  /** By weekday (1: Monday) and hour of arrival. */
  hours: z.array(z.object({ weekday: z.int(), hour: z.int(), offered: z.int(), answered: z.int() })),
  /** By day, week or month of arrival, whichever makes no more than about two months of bars. */
  step: z.enum(['day', 'week', 'month']),
  steps: z.array(z.object({ from: day, offered: z.int(), answered: z.int(), abandoned: z.int() })),
  operators: z.array(
    z.object({ id: z.string(), name: z.string(), answered: z.int(), talkS: z.number(), occupancy: z.number().nullable() }),
  ),
})
export type CallIndicators = z.infer<typeof callIndicators>

export const ticketCriteria = ['medium', 'nature', 'urgency', 'status', 'affiliation', 'unit'] as const
export type TicketCriterion = (typeof ticketCriteria)[number]
export const ticketIndicatorQuery = periodQuery.extend({
  by: z.enum(ticketCriteria).default('medium'),
  /** A second criterion: the table of both. */
  across: z.enum(ticketCriteria).optional(),
})
export const ticketIndicators = z.object({
  ...compared(figuresOf(ticketUnits)),
  by: z.enum(ticketCriteria),
  across: z.enum(ticketCriteria).nullable(),
  /** `value` null: not said. */
  rows: z.array(z.object({ value: z.string().nullable(), across: z.string().nullable(), opened: z.int(), closed: z.int() })),
  steps: z.array(z.object({ from: day, opened: z.int(), closed: z.int() })),
  step: z.enum(['day', 'week', 'month']),
})
export type TicketIndicators = z.infer<typeof ticketIndicators>

export const callKinds = ['offered', 'answered', 'abandoned', 'afterHours', 'missed', 'capped', 'alarmed', 'kept', 'messages'] as const
export type CallKind = (typeof callKinds)[number]
export const callListQuery = periodQuery.extend({
  kind: z.enum(callKinds).default('offered'),
  weekday: z.coerce.number().int().min(1).max(7).optional(),
  hour: z.coerce.number().int().min(0).max(23).optional(),
})
export const callList = z.object({
  total: z.int(),
  /** The latest first; at most 200. */
  calls: z.array(
    z.object({
      id: z.string(),
      at: moment,
      number: z.string().nullable(),
      operator: z.string().nullable(),
      waitS: z.number(),
      talkS: z.number(),
      outcome: z.enum(['answered', 'abandoned', 'closed', 'message', 'kept', 'other']),
      ticket: z.int().nullable(),
    }),
  ),
})
export type CallList = z.infer<typeof callList>
