import { z } from 'zod'
import { openSpan } from './settings.ts'

/** Within what both the calendar and the database can count. */
const day = z.iso.date().refine((date) => date >= '2000-01-01' && date < '2100-01-01')

/** Where somebody is expected: to answer the telephone, at the counter, or both as whoever comes first asks. */
const rotaPost = z.enum(['both', 'phone', 'counter'])
export type RotaPost = z.infer<typeof rotaPost>

/** Somebody's presence at the desk on a day, in wall time. */
const rotaShift = openSpan.extend({
  id: z.string(),
  operatorId: z.string(),
  name: z.string(),
  day: z.iso.date(),
  post: rotaPost,
  /** Its holder seeks somebody who takes it. */
  offered: z.boolean(),
})
export type RotaShift = z.infer<typeof rotaShift>

/** How many operators a half hour needs, as whoever plans took it from the staffing. */
const coverSlot = z.object({ from: z.string().regex(/^([01]\d|2[0-3]):[03]0$/), needed: z.int().min(0).max(500) })
export type CoverSlot = z.infer<typeof coverSlot>
/** A part of a day with fewer on the telephone than it needs. */
const rotaShort = z.object({ from: z.string(), to: z.string(), missing: z.int() })
export type RotaShort = z.infer<typeof rotaShort>

/** `open`: the desk's own hours of that day. `gaps`: the parts of them for which nobody is down who is not away. */
const rotaDay = z.object({
  date: z.iso.date(),
  open: z.array(openSpan),
  /** `awayFor`: parts of a shift for which its holder is away. */
  shifts: z.array(rotaShift.extend({ away: z.boolean(), awayFor: z.array(openSpan) })),
  gaps: z.array(openSpan),
  /** What was proposed from the staffing, and where it is not met; empty where nothing was. */
  cover: z.array(coverSlot).default([]),
  short: z.array(rotaShort).default([]),
})
export type RotaDay = z.output<typeof rotaDay>

const named = z.object({ id: z.string(), name: z.string() })
const expectedNow = named.extend({ from: openSpan.shape.from, to: openSpan.shape.to })
export const rota = z.object({
  days: z.array(rotaDay),
  /** Those who may be put down. */
  operators: z.array(named),
  /** At this moment: who is expected, and who of them is not signed in at the desk; `gap`: the opening for which nobody is put down, where a rota is kept. */
  now: z.object({ expected: z.array(expectedNow), missing: z.array(expectedNow), gap: openSpan.nullable() }),
})
export type Rota = z.infer<typeof rota>

export const rotaQuery = z.object({ from: day, days: z.coerce.number().int().min(1).max(42).default(7) })

/** The same shift each week, `weeks` times. */
export const shiftCreation = openSpan
  .extend({ operatorId: z.string().max(100), day, post: rotaPost.default('both'), weeks: z.int().min(1).max(52).default(1) })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'to' })
export type ShiftCreation = z.input<typeof shiftCreation>

/** A shift as who plans wants it. */
const shiftEdit = z
  .strictObject({ operatorId: z.string().max(100), day, ...openSpan.shape, post: rotaPost })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'to' })

/** Offering a shift or withdrawing the offer; giving it to somebody; or putting it down otherwise. */
export const shiftChange = z.union([
  z.strictObject({ offered: z.boolean() }),
  z.strictObject({ operatorId: z.string().max(100) }),
  shiftEdit,
])
export type ShiftChange = z.infer<typeof shiftChange>

/** The shifts of a week, put down again in another one; who is down there already at that time stays as they are. */
export const weekCopy = z.object({ from: day, to: day }).refine(({ from, to }) => from !== to, { path: ['to'], message: 'to' })
export const weekCopied = z.object({ added: z.int(), skipped: z.int() })

/** An address that calendars read the rota from: one's own presences, or everybody's. Whoever knows it may read. */
export const calendarFeed = z.object({ id: z.string(), everybody: z.boolean(), url: z.string(), readAt: z.string().nullable() })
export type CalendarFeed = z.infer<typeof calendarFeed>
export const calendarFeedCreation = z.object({ everybody: z.boolean() })

const shiftState = rotaShift.omit({ id: true })
/** What became of a shift, the oldest first; `before` is null for its beginning, `after` for its end. */
export const shiftHistory = z.array(
  z.object({ at: z.string(), by: z.string(), before: shiftState.nullable(), after: shiftState.nullable() }),
)
export type ShiftHistory = z.infer<typeof shiftHistory>

/** The needs of a week's half hours, in place of what was written down of them; a day that is not named has none. */
export const coverWrite = z.object({ from: day, slots: z.array(coverSlot.extend({ day })).max(7 * 48) })
export type CoverWrite = z.infer<typeof coverWrite>

const proposedShift = openSpan.extend({ operatorId: z.string(), name: z.string(), day: z.iso.date() })
export type ProposedShift = z.infer<typeof proposedShift>
/** Presences that would meet the needs of a week, nothing of which is written down, and what nobody is free for. */
export const rotaProposal = z.object({
  shifts: z.array(proposedShift),
  unfilled: z.array(rotaShort.extend({ day: z.iso.date() })),
})
export type RotaProposal = z.infer<typeof rotaProposal>
export const rotaProposalQuery = z.object({ from: day })
