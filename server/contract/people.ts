import { z } from 'zod'
import { moment, person } from './entities.ts'

/** How sure one may be of who calls or writes, from the least to the most. `declared`: they said so; `presumed`: their number says so. */
export const confidence = z.enum(['unknown', 'declared', 'presumed', 'signed-in', 'verified'])
export type Confidence = z.infer<typeof confidence>

const checkMeans = z.enum(['code', 'card'])
export type CheckMeans = z.infer<typeof checkMeans>
/**
 * How somebody was made sure of: a code that was sent to an address the directory knows, or their card, seen by whoever they stood before.
 * `sentTo` is masked, and null of a card; `pending` while the code can still be keyed in.
 */
export const identityCheck = z.object({
  id: z.uuid(),
  personId: z.string(),
  at: moment,
  by: z.string(),
  means: checkMeans,
  sentTo: z.string().nullable(),
  expiresAt: moment,
  triesLeft: z.int(),
  state: z.enum(['pending', 'verified', 'failed', 'expired']),
  settledAt: moment.nullable(),
  settledBy: z.string().nullable(),
})
export type IdentityCheck = z.infer<typeof identityCheck>

/** The latest check in a call or about a ticket; null: none. */
export const identityQuery = z.object({ call: z.string().max(100).optional(), ticket: z.coerce.number().int().min(1).optional() })
export const identityView = z.object({ check: identityCheck.nullable() })

export const checkOrder = z.object({
  callId: z.string().min(1).max(100).nullable().default(null),
  ticket: z.int().min(1).max(2_147_483_647).nullable().default(null),
})
export type CheckOrder = z.input<typeof checkOrder>
/** Six digits, however they are grouped. */
export const codeKeyed = z.object({
  code: z
    .string()
    .max(20)
    .transform((typed) => typed.replaceAll(/[\s.-]/g, ''))
    .pipe(z.string().regex(/^\d{6}$/)),
})

const numberSource = z.enum(['directory', 'attached'])
const personNumber = z.object({
  number: z.string(),
  shown: z.string(),
  source: numberSource,
  /** Who attached it, and when; null for the directory's. */
  by: z.string().nullable(),
  at: moment.nullable(),
  /** Who else has it. */
  sharedWith: z.array(z.string()),
})
export type PersonNumber = z.infer<typeof personNumber>
export const numberAttachment = z.object({ number: z.string().trim().min(1).max(40), callId: z.string().max(100).nullable().default(null) })

/** Who may read a note: those who take calls, everybody who works here, supervisors and administrators. */
export const noteAudience = z.enum(['desk', 'staff', 'management'])
export type NoteAudience = z.infer<typeof noteAudience>
export const personNote = z.object({
  id: z.uuid(),
  at: moment,
  by: z.string(),
  reason: z.string(),
  audience: noteAudience,
  /** Null once it has been erased. */
  text: z.string().nullable(),
  erasedAt: moment.nullable(),
  erasedBy: z.string().nullable(),
  /** Whether whoever asks may erase it. */
  mayErase: z.boolean(),
})
export type PersonNote = z.infer<typeof personNote>
export const noteCreation = z.object({
  text: z.string().trim().min(1).max(2_000),
  /** Why this is remembered of somebody. */
  reason: z.string().trim().min(1).max(200),
  audience: noteAudience.default('desk'),
})
export type NoteCreation = z.input<typeof noteCreation>

const personCall = z.object({
  id: z.string(),
  at: moment,
  direction: z.enum(['in', 'out']),
  shown: z.string(),
  /** The number is somebody else's too. */
  shared: z.boolean(),
  answered: z.boolean(),
  operator: z.string().nullable(),
  waitS: z.number().nullable(),
  talkS: z.number().nullable(),
  ticket: z.int().nullable(),
})
export type PersonCall = z.infer<typeof personCall>

/** An answer owed to one of their numbers. */
const personOwed = z.object({ id: z.uuid(), shown: z.string(), dueAt: moment, late: z.boolean(), takenBy: z.string().nullable() })

/** What is known of somebody; `calls` and `owed` null for those who do not see the line. Their tickets are listed by `GET /api/tickets`. */
export const personPage = person.extend({
  retiredAt: moment.nullable(),
  /** The part of the university they belong to; absent: the whole. */
  entityId: z.string().optional(),
  /** What they asked to be spoken to in, from one of their numbers; null: nothing said. */
  language: z.enum(['fr', 'en']).nullable(),
  numbers: z.array(personNumber),
  /** Whether a code can be sent: the directory knows an address. `sentTo` is that address, masked. */
  sentTo: z.string().nullable(),
  /** The codes and cards of late, the latest first. */
  checks: z.array(identityCheck),
  notes: z.array(personNote),
  calls: z.array(personCall).nullable(),
  owed: z.array(personOwed).nullable(),
})
export type PersonPage = z.infer<typeof personPage>

export const readingsQuery = z.object({
  ticket: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  person: z.string().min(1).max(200).optional(),
})
/** Who read something, the latest first. */
export const readings = z.array(z.object({ at: moment, who: z.string() }))
export type Readings = z.infer<typeof readings>
