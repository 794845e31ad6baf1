/**
 * The desk line's live state: the calls present now and the operators. Moments are milliseconds since 1970 (UTC), durations
 * milliseconds unless named otherwise. A call's id is its caller's channel id; every other id is made from it, so that a
 * command said twice is harmless.
 */
import type { Person } from '../contract/entities.ts'
import type { PhoneKind } from '../contract/phones.ts'
import type { Language } from './announcements.ts'
import { noStays, type Stays } from './patience.ts'

export type Announcement = { readonly playback: string; readonly sounds: readonly string[] }

/** Why this operator's phone was rung for a call. `among`: of how many who were free. */
export type OfferReason =
  | { readonly kind: 'longest-idle'; readonly idleMs: number; readonly among: number }
  /** Everybody free is rung at once. */
  | { readonly kind: 'ring-all'; readonly among: number }
  | { readonly kind: 'only-free' }
  /** Passed on the call before, but nobody else is free. */
  | { readonly kind: 'nobody-else' }
  | { readonly kind: 'last-spoke'; readonly at: number }
  | { readonly kind: 'speaks-english' }
  /** Serves another line, and nobody of the call's own is free. */
  | { readonly kind: 'overflow' }

/** An operator's phone that is being rung for a call. */
export type Offer = {
  readonly operatorId: string
  readonly leg: string
  readonly madeAt: number
  /** Null when somebody chose to: then it rings alone. */
  readonly why: OfferReason | null
}

/** What was announced to somebody who waits: the place, and between how long and how long. */
export type Told = { readonly position: number; readonly lowMs: number; readonly highMs: number }

/**
 * What a caller with an open ticket is told of it, never what it is about. `several`: it is the latest of theirs.
 * `next`: the day of its next step; null when none is set.
 */
export type TicketNews = {
  /** Its number. */
  readonly number: number
  readonly state: 'received' | 'in-hand' | 'with-team' | 'waits' | 'waits-for-you' | 'proposed'
  readonly next: NextDay | null
  readonly several: boolean
}
export const nextDays = [
  'late',
  'today',
  'tomorrow',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
  'later',
] as const
/** A day within the next week by its name. */
export type NextDay = (typeof nextDays)[number]

/** Somebody's phone: a colleague's at the desk, or any other. */
export type Reachable =
  | { readonly kind: 'operator'; readonly operatorId: string; readonly name: string }
  | { readonly kind: 'number'; readonly number: string; readonly name: string }

/** The group for which somebody is rung, and who of it is rung next when nobody picks up there. */
type AskedGroup = { readonly id: string; readonly name: string; readonly others: readonly Reachable[] }

/** Whom an operator hands the caller to, or asks. `group`: absent when it is this very person. */
export type Target = Reachable & { readonly group?: AskedGroup }

/**
 * Somebody else asked during a conversation, the caller hearing music meanwhile: their phone rings, then they talk to the operator.
 * `joined`: all three talk.
 */
export type Consult = {
  readonly target: Target
  readonly leg: string
  readonly since: number
  readonly phase: 'ringing' | 'talking' | 'joined'
  /** The playback by which the operator hears that it rings. */
  readonly tone: string
}

/** A supervisor at a conversation: hears both, is heard by the operator alone (`whisper`), or by both (`join`). */
export type Watch = {
  readonly supervisorId: string
  readonly leg: string
  readonly mode: 'listen' | 'whisper' | 'join'
  readonly since: number
  readonly phase: 'ringing' | 'up'
}

/**
 * unanswered   nobody answered whom we called
 * withdrawn    the operator who wanted to call did not, or gave up
 * got-through  a kept place that is needed no more: the person called again and was answered, or keeps another
 * attached     freed the line by joining a disruption, of whose end they will hear
 */
export type EndReason =
  | 'abandoned'
  | 'completed'
  | 'message'
  | 'closed'
  | 'capped'
  | 'cut'
  | 'unanswered'
  | 'withdrawn'
  | 'got-through'
  | 'attached'

/**
 * A number is asked for: confirmed, or keyed. Of a caller who wants the place kept, or is to leave a message; `joins`: to join the
 * disruption of these days instead.
 */
export type Keeping =
  | { readonly step: 'confirm'; readonly number: string }
  | { readonly step: 'keying'; readonly digits: string; readonly joins?: true }

/**
 * ringing    the caller hears ringback (from the dialplan), unanswered, while an operator's phone rings
 * waiting    answered, in the queue's bridge with music and announcements; an operator's phone may ring meanwhile
 * closed     hears the closed message
 * message    is leaving a voice message; may be asked first for the number to call back
 * kept       has hung up (or is being told goodbye) and keeps the place in the queue; an operator's phone may ring for it
 * placing    an operator calls out: the operator's own phone rings first
 * dialling   the operator has picked up, and the phone of whom we call is dialled
 * talking    with an operator, or with somebody outside to whom they were handed over
 * transferring  hears music while the phone of whom they are handed over to rings; the operator has left
 * ending     hears a last sentence, then is hung up
 */
export type CallStatus =
  | { readonly kind: 'ringing'; readonly since: number }
  | {
      readonly kind: 'waiting'
      readonly since: number
      readonly playing: Announcement | null
      readonly nextAnnouncementAt: number
      readonly keeping: Keeping | null
      /** What was said last is of the caller's ticket: a message would join it. */
      readonly aboutTicket: boolean
    }
  | { readonly kind: 'closed'; readonly since: number; readonly playing: Announcement }
  | {
      readonly kind: 'message'
      readonly since: number
      readonly recording: string
      readonly playing: Announcement | null
      /** The number to call back is asked for, until `nextAt` at the latest; absent: it is not. */
      readonly asking?: { readonly keeping: Keeping; readonly nextAt: number }
    }
  | {
      readonly kind: 'kept'
      readonly since: number
      /** Goodbye, while the caller is still there. */
      readonly playing: Announcement | null
      /** How often the person was called in vain. */
      readonly attempts: number
      /** Not called before this moment. */
      readonly nextAt: number
    }
  | { readonly kind: 'placing'; readonly since: number; readonly operatorId: string }
  | {
      readonly kind: 'dialling'
      readonly since: number
      readonly operatorId: string
      readonly leg: string
      readonly bridge: string
      /** The playback by which the operator hears that it rings. */
      readonly tone: string
      /** For a kept place, how often the person was called in vain before; null for a call that an operator asked for. */
      readonly attempts: number | null
    }
  | {
      readonly kind: 'talking'
      readonly since: number
      /** Null after a transfer out of the desk. */
      readonly operatorId: string | null
      readonly outside: Extract<Target, { kind: 'number' }> | null
      readonly leg: string
      readonly bridge: string
      readonly capAt: number
      /** How often the limit was put off. */
      readonly extensions: number
      /** Which warning of the limit was given last. */
      readonly warned: 'none' | 'whispered' | 'announced' | 'passed'
      /** The caller is apart, with music. */
      readonly onHold: boolean
      /** The operator is not heard. */
      readonly muted: boolean
      readonly consult: Consult | null
      readonly watch: Watch | null
      /** Kept as a sound, see recording.ts; null: it is not. */
      readonly recording: TalkRecording | null
      /** The operator's browser has lost the conversation, see rejoining.ts; null or absent: it has not. */
      readonly rejoining?: Rejoining | null
    }
  | {
      readonly kind: 'transferring'
      readonly since: number
      /** Who handed the caller over, and has them back when nobody answers. */
      readonly from: string
      readonly target: Target
      readonly leg: string
    }
  | {
      readonly kind: 'ending'
      readonly since: number
      readonly playing: Announcement
      readonly reason: EndReason
      /** The sentence is a question, answered by a key. */
      readonly asks: boolean
    }
export type Talking = Extract<CallStatus, { kind: 'talking' }>

/** @property leg the phone that rings to take the conversation up again; null: not yet */
export type Rejoining = { readonly since: number; readonly leg: string | null }

/** @property name Asterisk's own for it @property playback of the sentence that tells of it, said before it begins */
export type TalkRecording = {
  readonly name: string
  readonly playback: string
  readonly phase: 'announcing' | 'on' | 'paused'
}

/**
 * A call from the desk's own page. `id`: the page's own, by which it finds its call again; `signedIn`: the people are whose account it
 * is; `ticket`: the number of the request whose page it was; null: none.
 */
export type PageCall = { readonly id: string; readonly signedIn: boolean; readonly ticket: number | null }

export type Call = {
  readonly id: string
  /** The person's channel: the call's own id for whoever calls us, one of its own for whom we call. */
  readonly channel: string
  /** `out`: an operator asked for it. */
  readonly direction: 'in' | 'out'
  /** The answer owed that an operator calls about. */
  readonly owedId: string | null
  /** The line that was called. */
  readonly line: string
  /** A moment: the lowest is served first. Who calls again while their place is kept has that place's. */
  readonly rank: number
  /** Order of arrival, likewise: it decides between equal ranks. */
  readonly order: number
  readonly arrivedAt: number
  /** Normalised, or null. For a kept place, the number to call. */
  readonly number: string | null
  readonly people: readonly Person[]
  readonly status: CallStatus
  /** At most one for each operator. */
  readonly offers: readonly Offer[]
  /** Operators who declined or missed this call: not rung again for it while another is free. */
  readonly passedBy: readonly string[]
  /** What announcements are said in. */
  readonly language: Language
  /** What is known of the caller's open ticket, and whether they were told. */
  readonly ticket: { readonly news: TicketNews; readonly told: boolean } | null
  /** Makes the ids of legs and playbacks. */
  readonly serial: number
  /** The latest moment announced as the end of the wait; it never silently moves later. */
  readonly promisedBy: number | null
  /** The sound of the disruption that they were told of last; absent: of none. */
  readonly toldOf?: string
  /** Those of all that they were told of; absent: of none. */
  readonly heardOf?: readonly string[]
  /** When the wait became an alarm. */
  readonly alarmedAt: number | null
  /** Why whoever answered was chosen; before that, whoever was rung last. */
  readonly why: OfferReason | null
  /** Absent: by a telephone. */
  readonly page?: PageCall
}

export type OperatorStatus =
  | AtRest
  | { readonly kind: 'offered'; readonly since: number; readonly callId: string; readonly before: AtRest }
  | { readonly kind: 'talking'; readonly since: number; readonly callId: string; readonly then: Resting | null }
  /** A supervisor at somebody else's conversation. */
  | { readonly kind: 'watching'; readonly since: number; readonly callId: string; readonly before: AtRest }

/** An operator's telephone is free. */
export type AtRest =
  | { readonly kind: 'offline'; readonly since: number }
  | { readonly kind: 'ready'; readonly since: number }
  /** `until` null: until the operator says ready. */
  | { readonly kind: 'wrap-up'; readonly since: number; readonly callId: string; readonly until: number | null }
  | { readonly kind: 'paused'; readonly since: number; readonly reason: string }
  /** With somebody who came in person. */
  | { readonly kind: 'front-desk'; readonly since: number }

/** What an operator asked for during a call, to come after it. */
export type Resting = { readonly kind: 'offline' } | { readonly kind: 'front-desk' } | { readonly kind: 'paused'; readonly reason: string }

export type RosterEntry = {
  readonly id: string
  readonly name: string
  readonly extension: string
  /** The phone that the operator chose; null, or absent from older logs: whichever there is. */
  readonly phone?: PhoneKind | null
}

export type Operator = RosterEntry & {
  readonly status: OperatorStatus
  /** Calls in a row that rang without an answer. */
  readonly misses: number
  /** No new call before this moment. */
  readonly restUntil: number
  /** Who put the operator into the present state, by name, when it was somebody else. */
  readonly orderedBy: string | null
  /** Whether the browser that is this operator's phone is there; means nothing for other phones. */
  readonly browserHere?: boolean
}

/** Somebody's order that overrides the calendar. `until` null: until it is taken back. */
type OpeningOrder = { readonly open: boolean; readonly by: string; readonly at: number; readonly until: number | null }

export type DeskState = {
  /** When the Asterisk that has the calls was started, by its own clock; null before the first. */
  readonly serverStartedAt: string | null
  readonly open: boolean
  readonly opening: OpeningOrder | null
  readonly nextOrder: number
  readonly calls: ReadonlyMap<string, Call>
  readonly operators: ReadonlyMap<string, Operator>
  /** Callers who asked for English, by number, with when they called last: asked once, remembered; the latest 1,000. */
  readonly english: Readonly<Record<string, number>>
  /** Outside numbers dialled within the last hour: the ceilings' measure. `by` null: for a kept place. */
  readonly dialled: readonly { readonly at: number; readonly by: string | null }[]
  /** Durations of the last conversations, newest last; at most 1,000. */
  readonly talks: readonly number[]
  /** Durations of the last wrap-ups that ended in readiness, likewise. */
  readonly wrapUps: readonly number[]
  /** How the waits in line ended; some 4,000 count. */
  readonly stayed: Stays
  /** Whom a number talked to last; the latest 1,000 numbers. */
  readonly lastSpoke: Readonly<Record<string, { readonly operatorId: string; readonly at: number }>>
  /** Where calls of pages stood that nobody of the desk ended, the latest last; at most 200, a minute each. */
  readonly pagePlaces: readonly PagePlace[]
}

/** Where the call of a page stood when it ended. @property page the page's own id @property at when it ended */
export type PagePlace = { readonly page: string; readonly rank: number; readonly at: number }

export const emptyDesk: DeskState = {
  serverStartedAt: null,
  open: false,
  opening: null,
  nextOrder: 1,
  calls: new Map(),
  operators: new Map(),
  dialled: [],
  talks: [],
  wrapUps: [],
  stayed: noStays,
  lastSpoke: {},
  pagePlaces: [],
  english: {},
}
