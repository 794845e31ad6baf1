import type { Person } from '../contract/entities.ts'
import type { Language } from './announcements.ts'
import type { FromPage } from './inputs.ts'
import type { Announcement, EndReason, Keeping, OfferReason, Resting, RosterEntry, Target, TicketNews, Told, Watch } from './model.ts'

/** Written with every fact, so that a later version can still fold the log of an earlier one. */
export const factsVersion = 1

/** Why an operator's phone stopped ringing for a call without an answer. */
export type OfferEnd =
  | 'no-answer'
  | 'declined'
  | 'unreachable'
  /** Somebody else who was rung as well has answered. */
  | 'taken'
  | 'caller-gone'
  | 'operator-left'
  | 'closed'
  | 'lost'
  | 'own-phone'

/** Why somebody who was asked, or was to have the caller, is not (any more): `left` after having talked. */
export type ConsultEnd = 'no-answer' | 'busy' | 'unreachable' | 'cancelled' | 'left'

/** Why whom we called was not reached. */
export type DialEnd = 'no-answer' | 'busy' | 'unallocated' | 'unreachable' | 'cancelled' | 'lost'

/** @property by who ordered it, by name; absent when it was the operator or the desk itself */
type Ordered = { readonly by?: string }

/** What happened at the desk line; the state is their fold. `at` is milliseconds since 1970. */
export type Fact = { readonly at: number } & (
  | { readonly type: 'roster-set'; readonly operators: readonly RosterEntry[] }
  /** Asterisk, told from the one before by when it was started. */
  | { readonly type: 'server-met'; readonly startedAt: string }
  | { readonly type: 'desk-opened' }
  | { readonly type: 'desk-closed' }
  | { readonly type: 'opening-ordered'; readonly open: boolean; readonly by: string; readonly until: number | null }
  /** `by` is absent from older logs. */
  | { readonly type: 'opening-order-over'; readonly by?: string }
  | ({ readonly type: 'operator-ready'; readonly operatorId: string } & Ordered)
  | ({ readonly type: 'operator-paused'; readonly operatorId: string; readonly reason: string } & Ordered)
  | ({ readonly type: 'operator-at-front-desk'; readonly operatorId: string } & Ordered)
  | ({ readonly type: 'operator-left'; readonly operatorId: string } & Ordered)
  | ({ readonly type: 'operator-will-rest'; readonly operatorId: string; readonly then: Resting | null } & Ordered)
  /** The browser that is an operator's phone has come, or gone. */
  | { readonly type: 'browser-phone'; readonly operatorId: string; readonly here: boolean }
  | { readonly type: 'wrap-up-timed'; readonly operatorId: string; readonly until: number }
  | {
      readonly type: 'call-arrived'
      readonly callId: string
      readonly number: string | null
      readonly people: readonly Person[]
      /** The line called, and where its caller ranks; absent from older logs, when there was one. */
      readonly line?: string
      readonly rank?: number
      /** From the desk's own page; absent: by a telephone. */
      readonly page?: FromPage
      /** Found in conversation, having arrived before anybody here knew: where ids made for it go on. */
      readonly serial?: number
    }
  | { readonly type: 'caller-identified'; readonly callId: string; readonly people: readonly Person[] }
  | { readonly type: 'ticket-found'; readonly callId: string; readonly ticket: TicketNews }
  | { readonly type: 'ticket-told'; readonly callId: string; readonly announcement: Announcement }
  /** `disruption`, here and below: the sound of the disruption that is told of in it; absent: of none. */
  | { readonly type: 'call-queued'; readonly callId: string; readonly announcement: Announcement; readonly disruption?: string }
  | {
      readonly type: 'announcement-started'
      readonly callId: string
      readonly announcement: Announcement
      readonly promisedBy: number | null
      readonly told?: Told | null
      readonly disruption?: string
    }
  | { readonly type: 'wait-alarm'; readonly callId: string }
  | { readonly type: 'announcement-ended'; readonly callId: string; readonly nextAt: number }
  | { readonly type: 'closed-message-started'; readonly callId: string; readonly announcement: Announcement; readonly disruption?: string }
  /** A caller joins a disruption, under the number they called from or keyed; null: they withhold it. */
  | { readonly type: 'disruption-joined'; readonly callId: string; readonly disruptionId: string; readonly number: string | null }
  | {
      readonly type: 'message-invited'
      readonly callId: string
      readonly recording: string
      readonly announcement: Announcement
      /** The number of the ticket that the message is to join; absent when it is to join none. */
      readonly ticket?: number
      /** The number to call back is asked for first; absent: it is not. */
      readonly asks?: Keeping
    }
  | { readonly type: 'message-number-asked'; readonly callId: string; readonly keeping: Keeping; readonly announcement: Announcement }
  /** Speaking comes next. `number` null: none was given, and the caller's own stands. */
  | { readonly type: 'message-numbered'; readonly callId: string; readonly number: string | null; readonly announcement: Announcement }
  | { readonly type: 'message-started'; readonly callId: string; readonly recording: string }
  | { readonly type: 'message-left'; readonly callId: string; readonly recording: string; readonly durationMs: number }
  | {
      readonly type: 'offer-made'
      readonly callId: string
      readonly operatorId: string
      readonly leg: string
      /** Absent from what earlier versions wrote, and when the operator rang themselves. */
      readonly why?: OfferReason
    }
  | {
      readonly type: 'offer-ended'
      readonly callId: string
      readonly operatorId: string
      readonly reason: OfferEnd
      readonly restUntil: number
    }
  | {
      readonly type: 'call-answered'
      readonly callId: string
      readonly operatorId: string
      readonly leg: string
      readonly bridge: string
      readonly capAt: number
      /** Of a call that was thought to wait: see `call-arrived`. */
      readonly serial?: number
    }
  | {
      readonly type: 'place-asked'
      readonly callId: string
      readonly keeping: Keeping
      readonly announcement: Announcement
    }
  | { readonly type: 'number-keyed'; readonly callId: string; readonly digits: string; readonly nextAt: number }
  | { readonly type: 'place-kept'; readonly callId: string; readonly number: string; readonly announcement: Announcement }
  | { readonly type: 'place-left'; readonly callId: string }
  | { readonly type: 'place-due'; readonly callId: string }
  | {
      readonly type: 'call-placed'
      readonly callId: string
      readonly operatorId: string
      readonly number: string
      readonly people: readonly Person[]
      readonly owedId: string | null
      /** See `call-arrived`. */
      readonly serial?: number
    }
  | {
      readonly type: 'dialling-started'
      readonly callId: string
      readonly operatorId: string
      readonly leg: string
      readonly bridge: string
      readonly channel: string
      readonly tone: string
    }
  | {
      readonly type: 'dialling-ended'
      readonly callId: string
      readonly operatorId: string
      readonly reason: DialEnd
      /** When a kept place is called again; null when it is not. */
      readonly nextAt: number | null
    }
  | {
      readonly type: 'outgoing-refused'
      readonly operatorId: string
      readonly number: string
      readonly reason: 'not-allowed' | 'ceiling'
    }
  | { readonly type: 'language-chosen'; readonly callId: string; readonly language: Language }
  | {
      readonly type: 'limit-extended'
      readonly callId: string
      readonly operatorId: string
      readonly reason: string
      readonly capAt: number
    }
  /**
   * What is remembered of numbers goes: since a moment before `before` (0: of none), or since one of these, where somebody is erased, whose
   * numbers no fact may name.
   */
  | { readonly type: 'numbers-forgotten'; readonly before: number; readonly remembered: readonly number[] }
  | { readonly type: 'limit-warned'; readonly callId: string; readonly how: 'whispered' | 'announced' | 'passed' }
  | { readonly type: 'operator-muted'; readonly callId: string; readonly on: boolean }
  | {
      readonly type: 'consult-started'
      readonly callId: string
      readonly operatorId: string
      readonly target: Target
      readonly leg: string
      readonly tone: string
    }
  /** Nobody picked up at the one of a group who was rung, for a question or a transfer: the next one's phone rings. */
  | { readonly type: 'target-passed'; readonly callId: string; readonly reason: ConsultEnd; readonly target: Target; readonly leg: string }
  | { readonly type: 'consult-answered'; readonly callId: string }
  | { readonly type: 'consult-ended'; readonly callId: string; readonly reason: ConsultEnd }
  | { readonly type: 'conference-joined'; readonly callId: string; readonly bridge: string }
  | {
      readonly type: 'transfer-started'
      readonly callId: string
      readonly operatorId: string
      readonly target: Target
      readonly leg: string
    }
  | { readonly type: 'transfer-failed'; readonly callId: string; readonly reason: ConsultEnd; readonly announcement: Announcement }
  | {
      readonly type: 'call-transferred'
      readonly callId: string
      /** Who handed the caller over. */
      readonly operatorId: string
      readonly target: Target
      readonly leg: string
      readonly bridge: string
      readonly capAt: number
    }
  | {
      readonly type: 'watch-started'
      readonly callId: string
      readonly supervisorId: string
      readonly leg: string
      readonly mode: Watch['mode']
    }
  | { readonly type: 'watch-answered'; readonly callId: string }
  | { readonly type: 'watch-changed'; readonly callId: string; readonly mode: Watch['mode'] }
  | { readonly type: 'watch-ended'; readonly callId: string }
  /** A conversation is to be recorded: everybody in it is being told. `operatorId` null: by the line's own rule. */
  | {
      readonly type: 'recording-announced'
      readonly callId: string
      readonly operatorId: string | null
      readonly recording: string
      readonly playback: string
    }
  | { readonly type: 'recording-started'; readonly callId: string; readonly recording: string }
  | { readonly type: 'recording-paused'; readonly callId: string; readonly on: boolean }
  /** `company`: paused when somebody joined, who was not told. */
  | { readonly type: 'recording-stopped'; readonly callId: string; readonly reason: 'operator' | 'company' | 'failed' }
  /** The operator's browser has lost the conversation, which waits for it. */
  | { readonly type: 'operator-lost'; readonly callId: string }
  /** The browser is back, and is rung to take it up; `leg` null: it could not be. */
  | { readonly type: 'operator-rung-again'; readonly callId: string; readonly leg: string | null }
  | { readonly type: 'operator-back'; readonly callId: string; readonly leg: string }
  /** It did not come back: the caller waits for somebody, first in line. */
  | { readonly type: 'caller-requeued'; readonly callId: string; readonly announcement: Announcement }
  | { readonly type: 'caller-held'; readonly callId: string }
  | { readonly type: 'caller-resumed'; readonly callId: string }
  | {
      readonly type: 'farewell-started'
      readonly callId: string
      readonly announcement: Announcement
      readonly reason: EndReason
      /** The sentence is a question, answered by a key; absent when it is none. */
      readonly asks?: true
    }
  /** From 1 to 5. */
  | { readonly type: 'survey-answered'; readonly callId: string; readonly rating: number }
  | {
      readonly type: 'call-ended'
      readonly callId: string
      readonly reason: EndReason
      readonly by: 'caller' | 'operator' | 'desk' | 'unknown'
    }
)
export type FactType = Fact['type']
