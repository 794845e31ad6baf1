import { z } from 'zod'
import {
  callView,
  journalEntry,
  lineName,
  moment,
  operatorView,
  person,
  requester,
  role,
  ticket,
  urgency,
  medium,
  openingOrder,
  watchMode,
} from './entities.ts'
import { attachment, attachmentIds } from './attachments.ts'
import { categoryId, impact } from './categories.ts'
import { outOfScope } from './out-of-scope.ts'
import { mostObservers, observerOrder } from './observers.ts'
import { visibility } from './ticket-states.ts'
import { mostKeys } from './vocabulary.ts'
import { errorCatalogue, type ErrorCode } from './errors.ts'

/** Bodies of the HTTP interface, by resource. Errors are always `errorBody`. */
export const errorBody = z.object({ code: z.enum(Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]]), message: z.string() })

export const signIn = z.object({ login: z.string().min(1).max(100), password: z.string().min(1).max(200) })
export const session = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  role,
  extension: z.string().nullable(),
  demo: z.boolean(),
})
export type Session = z.infer<typeof session>

/** `ready` also ends wrap-up. A pause has a reason. */
export const operatorChange = z.discriminatedUnion('state', [
  z.object({ state: z.literal('ready') }),
  z.object({ state: z.literal('paused'), reason: z.string().trim().min(1).max(100) }),
  /** With somebody who came in person: the phone does not ring. */
  z.object({ state: z.literal('front-desk') }),
  z.object({ state: z.literal('offline') }),
])
export type OperatorChange = z.infer<typeof operatorChange>

export const ticketCreation = z.object({
  title: z.string().trim().min(1).max(200),
  summary: z.string().max(20_000).default(''),
  requester,
  medium: medium.default('phone'),
  urgency: urgency.default('normal'),
  impact: impact.default('low'),
  categoryId: categoryId.nullable().default(null),
  placeId: categoryId.nullable().default(null),
  /** In words, where no category says it. */
  nature: z.string().max(100).nullable().default(null),
  callId: z.string().max(100).nullable().default(null),
  /** A solution given at once closes the ticket in the same gesture. */
  solution: z.string().trim().min(1).max(20_000).nullable().default(null),
  /** What was given is the answer to what is not for this desk. */
  outOfScope: outOfScope.optional(),
  /** Whoever asks stands there, and their card was seen: as sure as a code that is read aloud. Of somebody whom the directory knows. */
  cardSeen: z.boolean().optional(),
  /** Who is in copy from the beginning. */
  observers: z.array(observerOrder).max(mostObservers).default([]),
  /** Files brought before, for this draft. */
  attachments: attachmentIds.default([]),
  /** Chosen by the client, so that a save repeated after a lost answer makes one ticket. */
  idempotencyKey: z.uuid().optional(),
})
export type TicketCreation = z.input<typeof ticketCreation>

/** `message`: the voice message that it came from; `addedMessages`: those that its requester left since; `leftMs`: as in lists. */
export const ticketPage = ticket.extend({
  leftMs: z.int().nullable(),
  journal: z.array(journalEntry),
  message: z.object({ id: z.string(), seconds: z.number() }).nullable(),
  addedMessages: z.array(z.object({ id: z.string(), at: moment, seconds: z.number() })),
  attachments: z.array(attachment),
})
export const contribution = z.object({
  /** May be empty when files come with it. */
  text: z.string().trim().max(20_000),
  /** What is public is sent to the requester. */
  visibility: visibility.default('internal'),
  /** The line of the journal that this one corrects. */
  cites: z.int().min(1).nullable().default(null),
  /** Files brought before, which go with it. */
  attachments: attachmentIds.default([]),
})
export type Contribution = z.input<typeof contribution>
/** `solution` null: the one that was proposed. */
export const closing = z.object({
  solution: z.string().trim().min(1).max(20_000).nullable().default(null),
  /** It is not for this desk: the solution says to whom to turn. */
  outOfScope: outOfScope.optional(),
})
export type Closing = z.input<typeof closing>

export const peopleQuery = z.object({ phone: z.string().max(300).optional(), search: z.string().max(200).optional() })
export const people = z.array(person)

export const callList = z.object({ waiting: z.array(callView), others: z.array(callView), operators: z.array(operatorView) })

/** Open or close now, whatever the hours say; `open` null goes back to the hours. */
export const openingChange = z.object({ open: z.boolean().nullable(), until: moment.nullable().default(null) })

export const openingView = z.object({ open: z.boolean(), hours: z.string(), opening: openingOrder.nullable() })

/** Call somebody: the caller's own phone rings first. `owedId`: the answer owed that it is about. */
export const outgoingCall = z.object({ number: z.string().trim().min(1).max(40), owedId: z.uuid().nullable().default(null) })
/** `cancel`: stop recording what was recorded on demand. */
const recordingOrder = z.enum(['start', 'pause', 'resume', 'cancel'])
export type RecordingOrder = z.infer<typeof recordingOrder>
export const recordingChange = z.object({ order: recordingOrder })

export const outgoingCallPlaced = z.object({ callId: z.string() })

/** Whom to transfer to, or to ask: a colleague at the desk, a number that may be dialled, or whoever picks up of a group. */
const transferTo = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('operator'), operatorId: z.string().max(100) }),
  z.object({ kind: z.literal('number'), number: z.string().trim().min(1).max(40), name: z.string().trim().max(200).default('') }),
  z.object({ kind: z.literal('group'), groupId: z.string().max(100) }),
])
export type TransferTo = z.input<typeof transferTo>
export const consultation = z.object({ to: transferTo })
/** Without `to`: to whom is being asked. */
export const transfer = z.object({ to: transferTo.nullable().default(null) })
export const muting = z.object({ on: z.boolean() })
/** Telephone keys, sent to the other side. */
export const keysSent = z.object({
  keys: z
    .string()
    .max(mostKeys)
    .regex(/^[0-9*#]+$/),
})
export const watching = z.object({ mode: watchMode })

/** One more stretch of conversation, and why: it is written down. */
export const extension = z.object({ reason: z.string().trim().min(1).max(200) })
export const holding = z.object({ on: z.boolean() })

/** A voice message left by a caller, an answer owed. */
export const voiceMessage = z.object({
  id: z.string(),
  callId: z.string(),
  at: moment,
  number: z.string().nullable(),
  numberShown: z.string(),
  people: z.array(person),
  seconds: z.number(),
  settledBy: z.string().nullable(),
  settledAt: moment.nullable(),
})
export type VoiceMessage = z.infer<typeof voiceMessage>
export const voiceMessages = z.array(voiceMessage)
export const messageChange = z.object({ settled: z.literal(true) })

/** Why somebody is to be called back; one for each call. */
const owedOrigin = z.object({
  kind: z.enum(['message', 'place', 'abandoned', 'closed', 'cut', 'capped', 'slot']),
  at: moment,
  callId: z.string(),
  /** Its sound is at `/api/messages/:id/sound`; null without a message, or until the sound has been brought in. */
  messageId: z.string().nullable(),
  /** The message's length, how long the caller had waited, or how long the call had lasted. */
  seconds: z.number().nullable(),
  /** What whoever chose a half hour said that it is about; null when they said nothing. */
  subject: z.string().nullable(),
  /** The ticket that it has become. */
  ticket: z.int().nullable(),
  /** The desk is closed at the half hour promised: whoever chose it is told in some minutes, was told, or left no address. Absent: it is open. */
  shut: z.enum(['soon', 'told', 'unreachable']).optional(),
  /** When the desk opens again after that half hour: nobody is called before, and the call is due within half an hour of it. */
  reopensAt: moment.optional(),
})
const owedOutcomeKind = z.enum(['reached', 'no-answer', 'busy', 'wrong-number', 'later'])
const owedAttempt = z.object({
  at: moment,
  by: z.string(),
  outcome: owedOutcomeKind,
  note: z.string().nullable(),
  laterAt: moment.nullable(),
})

/** An answer owed: all that one number is to be called back for. A withheld number's calls are each on their own. */
export const owedEntry = z.object({
  id: z.string(),
  number: z.string().nullable(),
  numberShown: z.string(),
  people: z.array(person),
  origins: z.array(owedOrigin),
  firstAt: moment,
  lastAt: moment,
  dueAt: moment,
  /** A conversation that we ended comes before everything else. */
  priority: z.boolean(),
  takenBy: z.object({ id: z.string(), name: z.string(), at: moment }).nullable(),
  attempts: z.array(owedAttempt),
  /** Who was told that it is late, and when: the supervisors, then addresses by mail. */
  escalations: z.array(z.object({ at: moment, step: z.enum(['supervisors', 'mail']), to: z.array(z.string()) })),
  /** What the person was written, and when: that their call was missed, that they were called back in vain. */
  told: z.array(z.object({ at: moment, about: z.enum(['missed', 'attempted']) })),
  /** It is late, and was taken further for the due time that holds. */
  escalated: z.boolean(),
  settledAt: moment.nullable(),
  /** `got-through`: the person called again and was answered. */
  settledHow: z.enum(['reached', 'wrong-number', 'message', 'got-through', 'withdrawn']).nullable(),
  /** Null when the person got through. */
  settledBy: z.string().nullable(),
})
export type OwedEntry = z.infer<typeof owedEntry>
export const owedQuery = z.object({ state: z.enum(['open', 'settled']).optional() })
/** `open` counts those still owed, whichever are listed. */
export const owedList = z.object({ entries: z.array(owedEntry), open: z.int() })
export type OwedList = z.infer<typeof owedList>
const owedNote = z.string().trim().min(1).max(1_000).nullable().default(null)
export const owedOutcome = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.enum(['reached', 'no-answer', 'busy', 'wrong-number']), note: owedNote }),
  z.object({ outcome: z.literal('later'), note: owedNote, laterAt: moment }),
])
export type OwedOutcome = z.input<typeof owedOutcome>

/** The SIP account that an operator's own phone registers with. */
export const phoneAccount = z.object({ extension: z.string(), login: z.string(), password: z.string(), server: z.string() })
export type PhoneAccount = z.infer<typeof phoneAccount>

/** A mail in the outbox, as the demo shows it. */
export const mail = z.object({
  id: z.string(),
  at: moment,
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  state: z.enum(['pending', 'sending', 'sent', 'failed', 'uncertain']),
  /** Why it has not arrived, or may not have. */
  problem: z.string().nullable(),
  ticketNumber: z.int().nullable(),
  /** Who said what became of it, when nothing else could. */
  settledBy: z.string().nullable(),
  settledAt: moment.nullable(),
})
export const mails = z.array(mail)
/** Those that wait to leave, or that a person must say something of; all of them otherwise. */
export const mailsQuery = z.object({ only: z.enum(['waiting', 'to-settle']).optional() })
/** How sending goes: whether the mail server answers, since when, and what waits for it. */
export const mailSending = z.object({
  /** `files`: none is set, mails are kept as files. */
  server: z.enum(['up', 'down', 'starting', 'files']),
  since: moment,
  /** Why it was not reached, in its own words or the network's. */
  problem: z.string().nullable(),
  waiting: z.int(),
  /** Since when the oldest waits, and when the first is tried next. */
  oldestAt: moment.nullable(),
  nextAt: moment.nullable(),
  uncertain: z.int(),
  failed: z.int(),
})
export type MailSending = z.infer<typeof mailSending>
/** What the mailer itself knows of it. */
export type MailReach = Pick<MailSending, 'server' | 'since' | 'problem'>
/** `sent`: it did arrive; `again`: it did not, or was refused for a reason that is mended. */
export const mailSettling = z.object({ as: z.enum(['sent', 'again']) })

const part = z.object({
  name: z.string(),
  state: z.enum(['up', 'down', 'starting', 'off']),
  since: moment,
  version: z.string().nullable(),
  detail: z.string().nullable(),
})
export type Part = z.infer<typeof part>
export const health = z.object({
  status: z.enum(['ready', 'starting', 'unable', 'standby']),
  version: z.string(),
  since: moment,
  parts: z.array(part),
})
export type Health = z.infer<typeof health>

/** The demo: place a call as a sample person, hear both sides. */
export const demoCall = z.object({
  personId: z.string().max(100).nullable().default(null),
  number: z.string().max(40).nullable().default(null),
  /** The id of the line that is called; null: the usual one. */
  line: z.string().max(40).nullable().default(null),
})
export const demoCallPlaced = z.object({ callId: z.string() })
const demoRecording = z.object({
  callId: z.string(),
  at: moment,
  who: z.string(),
  side: z.enum(['caller', 'operator']),
  url: z.string(),
  seconds: z.number(),
})
export const demoState = z.object({
  closed: z.boolean(),
  deskLine: z.string(),
  lines: z.array(lineName),
  callers: z.array(person),
  recordings: z.array(demoRecording),
})
export type DemoState = z.infer<typeof demoState>
export const demoSwitch = z.object({ closed: z.boolean() })

/** What the public page says of the desk; no sign-in needed. `phone` as a person reads it, null when no number is configured. */
export const portal = z.object({
  name: z.string(),
  /** Where the site's own picture is; null: it has none. */
  logo: z.string().nullable(),
  open: z.boolean(),
  hours: z.string(),
  /** The usual week, a line for each run of days alike, and what the coming days hold that is not as usual. */
  week: z.object({ fr: z.array(z.string()), en: z.array(z.string()) }),
  notices: z.object({ fr: z.array(z.string()), en: z.array(z.string()) }),
  phone: z.string().nullable(),
  form: z.boolean(),
  demo: z.boolean(),
})
