import { z } from 'zod'
import { callUnits, ticketUnits } from '../indicators/tallies.ts'
import { moment, ticketStatus } from './entities.ts'
import { sheetQuery } from './sheets.ts'

export { valueIn } from '../indicators/sheet.ts'
export { figureWords, sourceOf } from '../indicators/words.ts'
export { type CallFigure, callUnits, type TicketFigure, ticketUnits, type Unit } from '../indicators/tallies.ts'

const day = z.iso.date()
/** Days in the desk's own time, both included; at most a year. */
const periodQuery = z.object({ from: day, to: day })
export type Period = z.infer<typeof periodQuery>

const figuresOf = <N extends string>(units: Readonly<Record<N, unknown>>) =>
  z.record(z.enum(Object.keys(units) as [N, ...N[]]), z.number().nullable())
/** Of the period, and of as many days just before it. Shares between 0 and 1, durations in s; null when there is nothing to count. */
const compared = <N extends string>(units: Readonly<Record<N, unknown>>) => ({
  period: periodQuery,
  previous: periodQuery,
  figures: figuresOf(units),
  before: figuresOf(units),
  of: wholesOf(units),
})
/** Over how many calls or tickets each share and mean is taken; absent of plain counts. */
const wholesOf = <N extends string>(units: Readonly<Record<N, unknown>>) =>
  z.partialRecord(z.enum(Object.keys(units) as [N, ...N[]]), z.number())

export const callIndicatorQuery = periodQuery.extend({
  /** Of that entity alone, and all below it; whoever is held to entities is given their own whatever is asked. */
  entityId: z.string().max(100).optional(),
})
export const callIndicators = z.object({
  ...compared(callUnits),
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
  /** By name, the entities whose calls alone are counted for whoever asks; null: those of all. */
  theirs: z.object({ entities: z.array(z.string()) }).nullable(),
})
export type CallIndicators = z.infer<typeof callIndicators>

/** What tickets are sorted by (III-D-3), each by itself or across another. */
export const ticketCriteria = [
  'medium',
  'group',
  'entity',
  'category',
  'nature',
  'place',
  'affiliation',
  'unit',
  'urgency',
  'impact',
  'priority',
  'status',
  'closedHow',
  'sentTo',
  'link',
] as const
export type TicketCriterion = (typeof ticketCriteria)[number]
export const ticketIndicatorQuery = periodQuery.extend({
  by: z.enum(ticketCriteria).default('medium'),
  /** A second criterion: the table of both. */
  across: z.enum(ticketCriteria).optional(),
  /** Of that entity alone, and all below it; whoever is held to entities is given their own whatever is asked. */
  entityId: z.string().max(100).optional(),
})
export const ticketIndicators = z.object({
  ...compared(ticketUnits),
  by: z.enum(ticketCriteria),
  across: z.enum(ticketCriteria).nullable(),
  /** What the values of a criterion that the site names itself are called. */
  names: z.partialRecord(z.enum(ticketCriteria), z.record(z.string(), z.string())),
  /** `value` null: not said. The commonest first; at most 500. */
  rows: z.array(
    z.object({
      value: z.string().nullable(),
      across: z.string().nullable(),
      figures: figuresOf(ticketUnits),
      of: wholesOf(ticketUnits),
    }),
  ),
  /** By weekday (1: Monday) and hour at which they were opened. */
  hours: z.array(z.object({ weekday: z.int(), hour: z.int(), opened: z.int() })),
  /** Those open at the period's end, by age in days; null: older. */
  ages: z.array(z.object({ upToDays: z.int().nullable(), tickets: z.int() })),
  steps: z.array(z.object({ from: day, opened: z.int(), closed: z.int() })),
  step: z.enum(['day', 'week', 'month']),
  /** By name, the entities and the groups whose tickets alone are counted for whoever asks; null: those of all. */
  theirs: z.object({ entities: z.array(z.string()), groups: z.array(z.string()) }).nullable(),
})
/** One side of the indicators as a file. */
export const indicatorFileQuery = ticketIndicatorQuery.extend({
  side: z.enum(['calls', 'tickets']).default('calls'),
  ...sheetQuery,
})
export type IndicatorFileQuery = z.output<typeof indicatorFileQuery>
export type TicketIndicators = z.infer<typeof ticketIndicators>

/** What a list of tickets stands behind: the figure's numerator, or the delays it counts that were missed. */
const ticketKinds = [
  'opened',
  'closed',
  'firstContact',
  'byPhone',
  'redirected',
  'bounced',
  'reopened',
  'refused',
  'takeUpMissed',
  'level1Missed',
  'level2Missed',
  'backlog',
  'stale',
] as const
export type TicketKind = (typeof ticketKinds)[number]
export const ticketListQuery = periodQuery.extend({
  kind: z.enum(ticketKinds).default('opened'),
  /** Of one value of a criterion, or of a crossing; without the value: those of which it is not said. */
  by: z.enum(ticketCriteria).optional(),
  value: z.string().max(200).optional(),
  entityId: z.string().max(100).optional(),
  across: z.enum(ticketCriteria).optional(),
  acrossValue: z.string().max(200).optional(),
  /** Opened on that day of the week (1: Monday), at that hour. */
  weekday: z.coerce.number().int().min(1).max(7).optional(),
  hour: z.coerce.number().int().min(0).max(23).optional(),
})
export const ticketListFileQuery = ticketListQuery.extend(sheetQuery)
export const ticketList = z.object({
  total: z.int(),
  /** The latest opened first; at most 200. */
  tickets: z.array(
    z.object({
      /** Null: a call that was refused, of which there is no ticket; its title says why. */
      number: z.int().nullable(),
      callId: z.string().nullable(),
      title: z.string(),
      status: ticketStatus.nullable(),
      /** Of a call, the number. */
      requester: z.string(),
      openedAt: moment,
      closedAt: moment.nullable(),
      group: z.string().nullable(),
      owner: z.string().nullable(),
      /** To whom those were sent on whom it is not for this desk to help. */
      sentTo: z.string().nullable(),
    }),
  ),
})
export type TicketList = z.infer<typeof ticketList>

/** What a list of calls stands behind: what the figure counts, or, of a share that is to be high, the calls that it lacks. */
const callKinds = [
  'offered',
  'fromPage',
  'answered',
  'answeredLate',
  'abandoned',
  'shortAbandoned',
  'held',
  'transferred',
  'afterHours',
  'missed',
  'capped',
  'extended',
  'alarmed',
  'kept',
  'owed',
  'owedLate',
  'messages',
  'placedOut',
] as const
export type CallKind = (typeof callKinds)[number]
export const callListQuery = periodQuery.extend({
  kind: z.enum(callKinds).default('offered'),
  weekday: z.coerce.number().int().min(1).max(7).optional(),
  hour: z.coerce.number().int().min(0).max(23).optional(),
  entityId: z.string().max(100).optional(),
})
export const callListFileQuery = callListQuery.extend(sheetQuery)
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
      /** `slot`: no call, but a half hour that was chosen to be called back in. */
      outcome: z.enum(['answered', 'abandoned', 'closed', 'message', 'kept', 'slot', 'other']),
      ticket: z.int().nullable(),
      /** From the desk's own page, by a browser: it may have no number. */
      fromPage: z.boolean(),
    }),
  ),
})
export type CallList = z.infer<typeof callList>

/** Of which entities somebody may ask figures, by their whole names; `whole`: of all the university together too. */
export const figureEntities = z.object({ whole: z.boolean(), entities: z.array(z.object({ id: z.string(), name: z.string() })) })
export type FigureEntities = z.infer<typeof figureEntities>
