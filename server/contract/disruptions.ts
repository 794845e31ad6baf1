import { z } from 'zod'
import { attachmentIds } from './attachments.ts'
import { categoryId } from './categories.ts'
import { moment, requester } from './entities.ts'
import { mostObservers, observerOrder } from './observers.ts'
import { handMedia } from './vocabulary.ts'

/*
 * « Perturbations »: what hampers many at once, broken or planned. On the telephone a disruption is told of when it has a text to speak and
 * a parent ticket, to which callers are attached.
 */
const disruptionKind = z.enum(['incident', 'planned'])
export type DisruptionKind = z.infer<typeof disruptionKind>
/** `public`: anybody reads it on the public page. */
const audience = z.enum(['public', 'staff'])
export type Audience = z.infer<typeof audience>

const words = (most: number) => z.string().trim().max(most).default('')
/** What callers hear of it, in a breath. */
const spokenText = z.string().trim().min(1).max(300)

export const disruptionContent = z.object({
  kind: disruptionKind.default('incident'),
  title: z.string().trim().min(1).max(120),
  /** Where, in words, and as tickets are sorted. */
  place: words(120),
  placeId: categoryId.nullable().default(null),
  categoryId: categoryId.nullable().default(null),
  /** Who is touched. */
  touched: words(200),
  workaround: words(1_000),
  audience: audience.default('public'),
  startsAt: moment,
  expectedEndAt: moment.nullable().default(null),
  /** Said to callers, first of all; null: nothing is. */
  spoken: z.object({ fr: spokenText, en: spokenText }).nullable().default(null),
})
export type DisruptionContent = z.output<typeof disruptionContent>

/** Number of the ticket to which callers are attached; `new`: one is opened with it. */
const parentTicket = z.union([z.int().min(1).max(2_147_483_647), z.literal('new')]).nullable()
export const announcing = disruptionContent.extend({ ticket: parentTicket.default(null) })
export type Announcing = z.input<typeof announcing>
/** `version`: the one that was read. */
export const updating = announcing.extend({ version: z.int().min(1) })
export type Updating = z.input<typeof updating>
export const ending = z.object({ version: z.int().min(1), resolution: z.string().trim().max(1_000).default('') })
export type Ending = z.input<typeof ending>
export const takingBack = z.object({ version: z.int().min(1) })

/** `ahead`: has yet to begin. `overdue`: under way past its expected end. `called-off`: was over before it began. */
const phase = z.enum(['ahead', 'under-way', 'overdue', 'ended', 'called-off'])
export type Phase = z.infer<typeof phase>

export const disruption = disruptionContent.extend({
  id: z.string(),
  version: z.int(),
  phase,
  ticket: z.int().nullable(),
  announcedBy: z.string(),
  announcedAt: moment,
  /** Whoever changed it last. */
  by: z.string(),
  at: moment,
  endedAt: moment.nullable(),
  resolution: z.string(),
  /** The monitoring that opened it, by name; null when somebody did. */
  monitor: z.string().nullable(),
  /** Callers hear of it: its sound is ready, or being made; `unheard`: this service cannot put sounds where the telephone plays them from. */
  telephone: z.enum(['off', 'preparing', 'on', 'unheard']),
  /** Requesters attached, those of them who freed their line by a key, and those told of its end. */
  children: z.int(),
  absorbed: z.int(),
  informed: z.int(),
})
export type Disruption = z.infer<typeof disruption>
/** Those that go on or are to come first, then the ended ones, the newest first. */
export const disruptions = z.array(disruption)
export const disruptionQuery = z.object({ ended: z.enum(['true', 'false']).default('false') })

export const disruptionVersion = z.object({
  version: z.int(),
  at: moment,
  by: z.string(),
  what: z.enum(['announced', 'updated', 'ended', 'resumed']),
  content: disruptionContent,
  resolution: z.string(),
})
export type DisruptionVersion = z.infer<typeof disruptionVersion>

/** A requester who joins: the light child ticket of the disruption's own. */
export const joining = z.object({
  requester,
  /** What was said besides. */
  text: z.string().trim().max(20_000).default(''),
  /** The conversation that it ends, if there is one. */
  callId: z.string().max(100).nullable().default(null),
  /** By which way they came, without a call. */
  medium: z.enum(handMedia).default('walk-in'),
  /** Who is in copy of it. */
  observers: z.array(observerOrder).max(mostObservers).default([]),
  /** Files brought while it was written. */
  attachments: attachmentIds.default([]),
})
export type Joining = z.input<typeof joining>

/** What anybody may read of a disruption. */
const publicDisruption = disruption.pick({
  id: true,
  kind: true,
  title: true,
  place: true,
  touched: true,
  workaround: true,
  startsAt: true,
  expectedEndAt: true,
  endedAt: true,
  resolution: true,
  phase: true,
  at: true,
})
export type PublicDisruption = z.infer<typeof publicDisruption>
/** Those that go on or are to come, then those of the last days. */
export const publicDisruptions = z.array(publicDisruption)

/** More people than usual speak of the same thing: who, and what about. */
const suggestion = z.object({
  categoryId: z.string(),
  placeId: z.string().nullable(),
  nature: z.string(),
  place: z.string().nullable(),
  people: z.int(),
  since: moment,
  /** How many usually do within so long. */
  usual: z.number(),
  signs: z.array(z.object({ at: moment, kind: z.enum(['ticket', 'call']), ref: z.string(), title: z.string() })),
})
export type DisruptionSuggestion = z.infer<typeof suggestion>
export const suggestions = z.array(suggestion)
