import { z } from 'zod'
import { ticketClock } from './clocks.ts'
import { closure, journalDetail, journalKind, proposal, visibility, waitingFor } from './ticket-states.ts'
import { media, urgencies } from './vocabulary.ts'

/** Moments cross the wire as ISO 8601 strings in UTC; durations as whole seconds or milliseconds, named so. */
export const moment = z.iso.datetime()

export const role = z.enum(['administrator', 'supervisor', 'operator', 'level2', 'referent', 'user'])
export type Role = z.infer<typeof role>

export const person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  /** Normalised: E.164 (`+33561551234`) or a short internal number (`ext:4242`). */
  phones: z.array(z.string()),
  affiliation: z.enum(['staff', 'student', 'hosted', 'unknown']),
  unit: z.string().nullable(),
  place: z.string().nullable(),
  /** Job title, as the directory says it. */
  title: z.string().nullable(),
})
export type Person = z.infer<typeof person>

export const ticketStatus = z.enum(['pre-ticket', 'new', 'in-progress', 'redirected', 'waiting', 'solution-proposed', 'reopened', 'closed'])
export type TicketStatus = z.infer<typeof ticketStatus>

export const medium = z.enum(media)
export type Medium = z.infer<typeof medium>

export const urgency = z.enum(urgencies)
export type Urgency = z.infer<typeof urgency>

export const requester = z.object({
  personId: z.string().nullable(),
  name: z.string().max(200),
  email: z.email().max(254).nullable(),
  phone: z.string().max(40).nullable(),
})
export type Requester = z.infer<typeof requester>

/** What the author of a request said besides, in their own words; of the desk's own lists nothing. */
const asked = z.object({
  /** From the form's own short list, by name as it was that day. */
  qualification: z.string().nullable(),
  place: z.string().nullable(),
  /** Another way to reach them. */
  contact: z.string().nullable(),
  /** Number of the article that was read before; absent: none. */
  article: z.int().optional(),
})
export type Asked = z.infer<typeof asked>

export const ticket = z.object({
  id: z.string(),
  number: z.int(),
  title: z.string(),
  summary: z.string(),
  status: ticketStatus,
  medium,
  urgency,
  /** How many people are hampered. */
  impact: urgency,
  /** 1 is served first. */
  priority: z.int(),
  /** What it is sorted by, by name as it was that day. */
  nature: z.string().nullable(),
  /** Ids of the settings' categories; null: not known yet. */
  categoryId: z.string().nullable(),
  placeId: z.string().nullable(),
  requester,
  callId: z.string().nullable(),
  solution: z.string().nullable(),
  openedBy: z.string(),
  openedAt: moment,
  closedAt: moment.nullable(),
  /** Who follows it; null while level 1 or a group has yet to take it up. */
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** The group that it was redirected to last. */
  groupId: z.string().nullable(),
  /** Since when it waits, and what for; null in any other status. */
  waiting: z.object({ since: moment, what: waitingFor }).nullable(),
  /** The solution that waits for the requester's word; null in any other status. */
  proposal: proposal.nullable(),
  /** Null while it is open. */
  closedHow: closure.nullable(),
  /** Nobody has made sure of who sent it: it waits in a tray of its own, and nothing but the request to confirm is written to its address. */
  unconfirmed: z.boolean(),
  /** Null when nobody but the desk wrote it. */
  asked: asked.nullable(),
  /** Since when it is where it is, and when somebody last did something about it. */
  statusSince: moment,
  touchedAt: moment,
  /** Its delays; null: not timed yet. */
  clock: ticketClock.nullable(),
  /** The part of the university that it belongs to; absent: the whole. */
  entityId: z.string().optional(),
  /** Lives with the ticket whose child it is: no list to work from holds it. Absent: it does not. */
  light: z.literal(true).optional(),
})
export type Ticket = z.infer<typeof ticket>

/** A dated, signed line of a ticket's journal; append-only. */
export const journalEntry = z.object({
  id: z.int(),
  at: moment,
  by: z.string(),
  kind: journalKind,
  /** Empty too when it has been erased. */
  text: z.string(),
  visibility,
  detail: journalDetail.nullable(),
  /** The line that this one corrects. */
  cites: z.int().nullable(),
})
export type JournalEntry = z.infer<typeof journalEntry>

export const ticketSummary = ticket.pick({ id: true, number: true, title: true, status: true, openedAt: true })
export type TicketSummary = z.infer<typeof ticketSummary>

/** Somebody's order to open or close that overrides the hours; `until` null: until it is taken back. */
export const openingOrder = z.object({ open: z.boolean(), by: z.string(), until: moment.nullable() })
export type OpeningOrder = z.infer<typeof openingOrder>

/** `watching`: a supervisor at somebody else's conversation. */
export const operatorState = z.enum(['offline', 'ready', 'ringing', 'talking', 'watching', 'wrap-up', 'paused', 'front-desk'])
export type OperatorState = z.infer<typeof operatorState>

export const operatorView = z.object({
  id: z.string(),
  name: z.string(),
  extension: z.string(),
  /** The browser that is this operator's phone is not there: nothing rings. Absent: no. */
  phoneAway: z.boolean().optional(),
  state: operatorState,
  since: moment,
  /** Why the operator is paused; `missed` or `unreachable` when the desk paused a phone that did not answer, or does not exist. */
  reason: z.string().nullable(),
  callId: z.string().nullable(),
  /** When wrap-up ends by itself; null when it does not, or in any other state. */
  until: moment.nullable(),
  /** Who put the operator into this state, by name, when it was somebody else. */
  orderedBy: z.string().nullable(),
  /** What comes after the conversation under way; null for wrap-up. */
  next: z.enum(['paused', 'front-desk', 'offline']).nullable(),
})
export type OperatorView = z.infer<typeof operatorView>

/** Why an operator's phone was rung for a call. `among`: of how many who were free. */
const offerReason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('longest-idle'), idleSeconds: z.int(), among: z.int() }),
  /** Everybody free is rung at once. */
  z.object({ kind: z.literal('ring-all'), among: z.int() }),
  z.object({ kind: z.literal('only-free') }),
  /** Passed on the call before, but nobody else is free. */
  z.object({ kind: z.literal('nobody-else') }),
  z.object({ kind: z.literal('last-spoke'), at: moment }),
  z.object({ kind: z.literal('speaks-english') }),
  /** Serves another line, and nobody of the call's own is free. */
  z.object({ kind: z.literal('overflow') }),
])
export type OfferReasonView = z.infer<typeof offerReason>

/**
 * `kept`: hung up, and keeps the place in the queue. `placing`: an operator calls out, whose own phone rings first. `dialling`: the
 * operator has picked up, the person's phone rings. `transferring`: the caller hears music while somebody else's phone rings.
 */
const callStatus = z.enum(['ringing', 'waiting', 'kept', 'placing', 'dialling', 'talking', 'transferring', 'message', 'closed', 'ending'])

/** Somebody besides the caller: a colleague, or a number outside. */
const otherParty = z.object({
  name: z.string(),
  operatorId: z.string().nullable(),
  /** Normalised; null for a colleague. */
  number: z.string().nullable(),
})
export type OtherParty = z.infer<typeof otherParty>

export const watchMode = z.enum(['listen', 'whisper', 'join'])
export type WatchMode = z.infer<typeof watchMode>

/** A line by which the desk is called. */
export const recordingMode = z.enum(['off', 'on-demand', 'always'])
/** @property recording whether its conversations are recorded */
export const lineName = z.object({ id: z.string(), name: z.string(), recording: recordingMode })
export type LineName = z.infer<typeof lineName>

export const callView = z.object({
  id: z.string(),
  status: callStatus,
  /** `out`: an operator asked for it. A kept place that is called back stays `in`. */
  direction: z.enum(['in', 'out']),
  /** The id of the line called; a call of our own is the usual line's. */
  line: z.string(),
  /** The answer owed that an operator calls about. */
  owedId: z.string().nullable(),
  /** For a kept place: how often the person was called in vain, and not before when again. */
  attempts: z.int().nullable(),
  nextAttemptAt: moment.nullable(),
  arrivedAt: moment,
  /** As normalised, or null when the caller's number is withheld or unusable. */
  number: z.string().nullable(),
  /** The number as a person reads it: `05 61 55 12 34`, `4242`, `numéro masqué`. */
  numberShown: z.string(),
  /** Everybody the number may be; empty when unknown. */
  people: z.array(person),
  /** 1 for the next to be served; null when not waiting. */
  position: z.int().nullable(),
  /** The operators whose phones ring for this call now. */
  offeredTo: z.array(z.string()),
  /** Why the operator rung last was chosen; null when nobody was yet. */
  why: offerReason.nullable(),
  /** When the wait became an alarm. */
  alarmedAt: moment.nullable(),
  /** The operator in conversation, or who calls out. */
  operatorId: z.string().nullable(),
  answeredAt: moment.nullable(),
  /** When the conversation's limit falls. */
  capAt: moment.nullable(),
  /** How often the limit was put off. */
  extensions: z.int(),
  /** What the caller asked to be spoken to in. */
  language: z.enum(['fr', 'en']),
  /** The caller hears music; the operator is apart. */
  onHold: z.boolean(),
  /** The operator's microphone is cut. */
  muted: z.boolean(),
  /**
   * Who is asked besides: their phone rings, or they talk to the operator while the caller hears music, or all three talk. During a
   * transfer, who is rung.
   */
  consult: otherParty.extend({ state: z.enum(['ringing', 'talking', 'joined']), since: moment }).nullable(),
  /** With whom the caller talks after a transfer out of the desk. */
  outside: otherParty.nullable(),
  /** The supervisor who listens, whispers or has joined. */
  watch: z.object({ supervisorId: z.string(), mode: watchMode, state: z.enum(['ringing', 'up']) }).nullable(),
  /** Whether the conversation is recorded; `announcing`: everybody is being told, it is not yet. */
  recording: z.enum(['announcing', 'on', 'paused']).nullable(),
  /** The operator's browser has lost the conversation and is waited for; absent: it has not. */
  rejoining: z.boolean().optional(),
  /**
   * From the desk's own page; absent: by a telephone. `signedIn`: the person is whose account it is. `ticket`: the request whose page it
   * was.
   */
  page: z.object({ signedIn: z.boolean(), ticket: z.int().nullable() }).optional(),
})
export type CallView = z.infer<typeof callView>
