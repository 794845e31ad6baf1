import type { callbackMails } from '../contract/mail-callbacks.ts'
import type { disruptionMails } from '../contract/mail-disruptions.ts'
import type { z } from 'zod'
import type { MailSettings, MailTemplateName } from '../contract/mail-templates.ts'
import type { ClockName, ClockSettings } from '../contract/clocks.ts'
import type { PartitionSettings } from '../contract/partition.ts'
import type { CategorySettings } from '../contract/settings.ts'
import type { OpeningCalendar } from '../calendar/calendar.ts'
import type { Asked, JournalEntry, Medium, Requester, Ticket } from '../contract/entities.ts'
import type { ticketCreation } from '../contract/http.ts'

/** How long things take here: days are days on which the desk is open. */
export type TicketPolicy = CategorySettings & {
  /** What the site calls its desk: the name of what it does by itself. */
  readonly deskName: string
  /** What the mails say. */
  readonly mails: MailSettings
  readonly calendar: OpeningCalendar
  /** A solution without an answer closes the ticket after so many days. */
  readonly closeAfterDays: number
  /** The requester is reminded of it once, after so many; null: never. */
  readonly remindAfterDays: number | null
  /** A closed ticket can be reopened for so many days. */
  readonly reopenWithinDays: number
  /** One that nobody has touched for so many days is stuck; so is one whose requester is silent for so many. */
  readonly forgottenAfterDays: number
  readonly silentAfterDays: number
  /** A request that nobody confirms nor accepts is closed after so many days. */
  readonly unconfirmedDays: number
  readonly clocks: ClockSettings
  /** Of groups that promise a delay of their own, its minutes of open time. */
  readonly groupMinutes?: ReadonlyMap<string, number>
  /** The parts of the university; absent: there is but the whole. */
  readonly partition?: PartitionSettings
}

/** A delay that is over, held or not: what figures count. Durations are open time, in ms. */
export type ClockEnd = {
  readonly name: ClockName
  readonly whose: string
  readonly startedAt: string
  readonly endedAt: string
  readonly usedMs: number
  /** Null: as long as it takes, which is always held. */
  readonly allowedMs: number | null
  readonly held: boolean
}

/** Where tickets can be redirected to. `mail`: the list that hears of it; without one, `people` are written to one by one. */
export type TargetGroup = {
  readonly id: string
  readonly name: string
  readonly mail: string | null
  readonly people?: readonly { readonly accountId: string; readonly mail: string | null }[]
  /** Where those who keep its list are written to. */
  readonly referents?: readonly string[]
}

/** What a group answers to a ticket that came by mail, and whom that mail went to: its list, or one of its people. */
export type GroupGesture = 'take' | 'giveBack' | 'ask'
export type Holder = { readonly groupId: string; readonly accountId: string | null }

/** What of a ticket its links are made of. */
type FollowedTicket = Pick<Ticket, 'id' | 'number'>

/** What the outside world brings to a decision: the core has neither clock, nor sequence, nor randomness. */
export type TicketContext = {
  /** ISO 8601, UTC. */
  readonly now: string
  /** The account that acts. */
  readonly by: string
  readonly operatorName: string
  /** In what name: of the desk, of a group, of the requester, or of nobody (a clock). */
  readonly side: 'level1' | 'level2' | 'requester' | 'clock'
  /** Where the next request is better made. */
  readonly portalUrl: string
  readonly policy: TicketPolicy
  /** Whether somebody has made sure who asks; absent where the ticket's category does not want to know. */
  readonly isVerified?: boolean
  /** Where the requester follows it, without signing in. */
  readonly followUrl: (ticket: FollowedTicket) => string
  /** Where somebody who is not known confirms that a request is theirs. */
  readonly confirmUrl: (ticket: FollowedTicket) => string
  /** Where the requester answers the solution proposed at that moment, without signing in. */
  readonly answerUrl: (ticket: Pick<Ticket, 'id' | 'number'>, proposedAt: string) => string
  /** Where those who work here read it. */
  readonly ticketUrl: (ticket: Pick<Ticket, 'number'>) => string
  /** Where whoever is mailed a ticket for their group takes it, gives it back, or says what is missing. */
  readonly groupUrl: (ticket: FollowedTicket, holder: Holder, gesture: GroupGesture) => string
}
export type OpeningContext = TicketContext & { readonly id: string; readonly number: number }

/** What somebody outside the staff asks for. */
export type OpenRequest = {
  readonly title: string
  readonly summary: string
  readonly medium: Medium
  readonly requester: Requester
  readonly asked: Asked | null
  /** Whether it is sure who sent it: signed in, or a known sender. */
  readonly confirmed: boolean
}

export type OpenTicket = Omit<z.output<typeof ticketCreation>, 'idempotencyKey' | 'observers' | 'attachments'>

/** What an operator fills in of what was noted by somebody else. */
export type Completed = Pick<
  Ticket,
  'title' | 'summary' | 'requester' | 'urgency' | 'impact' | 'priority' | 'nature' | 'categoryId' | 'placeId'
>

/** A journal line with its signature: the account, and the name as it was that day. */
export type SignedEntry = Omit<JournalEntry, 'id'> & { readonly byId: string }

/** Mails about a ticket, to its requester or to those who work on it. */
export type TemplatedMail = Exclude<
  MailTemplateName,
  'handed-over' | 'late' | 'list-check' | 'article-review' | keyof typeof disruptionMails | keyof typeof callbackMails
>
/** What a calendar is told with a mail. `of`: a visit unless said otherwise. */
export type CalendarEvent = {
  readonly of?: 'callback'
  readonly id: string
  readonly sequence: number
  readonly startsAt: string
  readonly endsAt: string
  readonly place: string
  readonly title: string
  readonly text: string
  readonly cancelled: boolean
  readonly invited: readonly { readonly name: string; readonly mail: string }[]
}
export type TicketMail = {
  readonly kind: TemplatedMail
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly event?: CalendarEvent
}

/** A decision as data: what to store, and the mails that are owed for it. */
export type Accepted = {
  readonly kind: 'accepted'
  readonly ticket: Ticket
  readonly journal: readonly SignedEntry[]
  readonly mails: readonly TicketMail[]
  /** Delays that are over by it. */
  readonly ends: readonly ClockEnd[]
}
export type Refused = { readonly kind: 'refused'; readonly code: 'conflict' | 'invalid_body'; readonly detail: string }
export type TicketDecision = Accepted | Refused

export const refused = (code: Refused['code'], detail: string): Refused => ({ kind: 'refused', code, detail })
