import { z } from 'zod'
import { outOfScope } from './out-of-scope.ts'
import { sharedKind } from './shared-kind.ts'
import { clockName, clockStep } from './clocks.ts'

const moment = z.iso.datetime()
const line = z.string().trim().min(1)

/**
 * What a ticket waits for. `level3`: somebody outside, with their own reference; `instance`: whoever decides on a service request;
 * `parent`: the end of the ticket whose light child it is, which nobody asks for otherwise than by that link.
 * `remindAt`, `dueAt`, `until`: when it comes back to its owner's eyes; a date alone ends the waiting by itself.
 */
export const waitingFor = z.discriminatedUnion('for', [
  z.object({ for: z.literal('user'), remindAt: moment.nullable().default(null) }),
  z.object({ for: z.literal('level3'), name: line.max(100), reference: line.max(100), dueAt: moment.nullable().default(null) }),
  z.object({ for: z.literal('date'), until: moment }),
  z.object({ for: z.literal('instance'), name: line.max(100), dueAt: moment.nullable().default(null) }),
  z.object({ for: z.literal('parent'), ticket: z.int() }),
])
export type WaitingFor = z.infer<typeof waitingFor>

/** Who ended a ticket, and in what name (R47). `expired`: the solution got no answer in time. */
export const closure = z.enum(['user', 'level1', 'level2', 'expired'])
export type Closure = z.infer<typeof closure>

/** A solution that the requester is to confirm: when it was proposed, when they are reminded, when silence closes the ticket. */
export const proposal = z.object({ at: moment, remindAt: moment.nullable(), closesAt: moment })
export type Proposal = z.infer<typeof proposal>

const groupRef = z.object({ id: z.string(), name: z.string() })

export const journalKind = z.enum([
  'opened',
  'confirmed',
  'completed',
  'taken-up',
  'contribution',
  'redirected',
  'given-back',
  'waiting',
  'resumed',
  'proposed',
  'reminded',
  'refused',
  'closed',
  'reopened',
  'mail',
  'clock',
  'undone',
  'linked',
  'unlinked',
  'entity',
  'missing',
  'visit',
  'observer',
  'shared',
  'remote',
])
export type JournalKind = z.infer<typeof journalKind>

/** `public`: the requester reads it too. */
export const visibility = z.enum(['public', 'internal'])
export type Visibility = z.infer<typeof visibility>

/** How one ticket is bound to another, read from the first. */
export const linkKind = z.enum(['child-of', 'same-cause', 'duplicate-of', 'follows'])
export type LinkKind = z.infer<typeof linkKind>

/** What a line of the journal says besides its text; only what its kind needs. */
export const journalDetail = z.object({
  group: groupRef.optional(),
  /** Whose it is, said who gave it back. */
  suggested: groupRef.optional(),
  waiting: waitingFor.optional(),
  how: closure.optional(),
  /** It was closed as being not for this desk. */
  outOfScope: outOfScope.optional(),
  /** A solution was noted though nobody had made sure who asks, as its category wants. */
  unverified: z.boolean().optional(),
  /** The conversation in which the requester said so. */
  callId: z.string().optional(),
  /** The mail that the line was taken from; `cut`: it repeats more. */
  mail: z.object({ id: z.string(), from: z.string(), cut: z.boolean() }).optional(),
  /** The fields that were completed, and what stood there before. */
  before: z.record(z.string(), z.string().nullable()).optional(),
  /** Which delay has come how far, and who was named to hear of it. */
  /** `to`: whom it was taken to; `unreached`: those of them of whom no address is known, told on their screen alone. */
  clock: z
    .object({ name: clockName, step: clockStep, dueAt: moment, to: z.array(z.string()), unreached: z.array(z.string()).optional() })
    .optional(),
  /** Who was named in it, and told. */
  mentions: z.array(z.object({ id: z.string(), name: z.string() })).optional(),
  /** Who watches it from then on, or no longer; `own`: by their own wish. Their name is the line's text. */
  observer: z.object({ id: z.string(), step: z.enum(['added', 'removed']), own: z.boolean() }).optional(),
  /** What was written on the page shared during a call. */
  page: z
    .object({
      kind: sharedKind,
      side: z.enum(['operator', 'caller']),
      /** Its text was not kept. */
      confidential: z.boolean(),
      language: z.string().nullable(),
    })
    .optional(),
  /** A remote control of a machine: begun, or over after so long. */
  remote: z.object({ step: z.enum(['started', 'ended']), machine: z.string().nullable(), seconds: z.int().nullable() }).optional(),
  /** The number of the ticket whose messages this one shares. */
  shared: z.int().optional(),
  /** A visit on site, and what became of it. */
  visit: z
    .object({
      id: z.string(),
      step: z.enum(['planned', 'moved', 'cancelled', 'accepted', 'declined', 'tentative']),
      startsAt: moment,
      endsAt: moment,
      visitor: z.string(),
    })
    .optional(),
  /** The other ticket, and whether the link goes out from this one. */
  link: z.object({ kind: linkKind, ticket: z.int(), outward: z.boolean() }).optional(),
  /** Where it went, by the names of that day; an empty one is the whole. */
  entity: z.object({ from: groupRef, to: groupRef }).optional(),
})
export type JournalDetail = z.infer<typeof journalDetail>

const text = z.string().trim().min(1).max(20_000)
/** Whom to, and why; `reason` is for the group. */
export const redirection = z.object({ groupId: z.string().min(1).max(100), reason: z.string().trim().max(20_000).default('') })
/** `groupId`: whose it is, in the opinion of whoever gives it back. */
export const givingBack = z.object({ reason: text, groupId: z.string().min(1).max(100).nullable().default(null) })
export type GivingBack = z.input<typeof givingBack>
/** « Il manque… »: asked of the requester, who is written to and waited for, or of the desk, which completes it and sends it again. */
export const missing = z.object({ of: z.enum(['user', 'desk']), text })
export type Missing = z.infer<typeof missing>
const askedFor = waitingFor.refine((what) => what.for !== 'parent')
export const waitingOrder = z.object({ waiting: askedFor, text: z.string().trim().max(20_000).default('') })
export type WaitingOrder = z.input<typeof waitingOrder>
export const proposing = z.object({ solution: text })
/** The requester's own answer, told to an operator: on the phone, the call is the proof. */
export const answerGiven = z.object({ callId: z.string().max(100).nullable().default(null) })
export const refusing = z.object({ reason: text, callId: z.string().max(100).nullable().default(null) })
export const reopening = z.object({ reason: text })
