import type { FastifyBaseLogger } from 'fastify'
import type { Config } from '../config.ts'
import type { PhoneProgress, PhoneTask } from '../contract/announcements.ts'
import type { Person, Ticket } from '../contract/entities.ts'
import type { DemoState, Health, MailReach, PhoneAccount, Session } from '../contract/http.ts'
import type { BrowserPhone, PhoneKind } from '../contract/phones.ts'
import type { TrainingDebrief, TrainingState } from '../contract/training.ts'
import type { ScriptName } from '../training/model.ts'
import type { Stores } from '../database/stores.ts'
import type { Desk } from '../engine/desk.ts'
import type { Disruptions } from '../engine/disruptions.ts'
import type { Directory } from '../directory/directory.ts'
import type { NumberBook } from '../directory/ports.ts'
import type { SharedPages } from '../engine/shared-pages.ts'
import type { DraftBook } from '../engine/draft-book.ts'
import type { SettingsBook } from '../settings/book.ts'
import type { ContinuityKeeper } from '../continuity/keeper.ts'
import type { Announcements } from '../sounds/announcements.ts'
import type { AttachmentKeeper } from '../attachments/keeper.ts'
import type { AnswerLinks } from '../answer-links.ts'
import type { GroupLinks } from '../group-links.ts'
import type { FormTokens } from '../portal/tokens.ts'
import type { RequestLinks } from '../request-links.ts'
import type { Invitations } from './invitations.ts'
import type { Webhooks } from '../webhooks/sender.ts'
import type { ApiKeys } from './api-keys.ts'
import type { Providers } from './providers.ts'
import type { SecondFactor } from './second-factor.ts'
import type { Sessions } from './sessions.ts'
import type { WallScreens } from '../realtime/wall-screens.ts'
import type { SecretLinks } from '../secret-links.ts'
import type { PageCallTokens } from '../page-call-tokens.ts'
import type { SharedCalendar } from '../shared-calendar/synchroniser.ts'
import type { Glpi } from '../neighbours/glpi/glpi.ts'
import type { Ocs } from '../neighbours/ocs/ocs.ts'
import type { Metrics } from '../metrics.ts'
import type { Traces } from '../traces.ts'
import type { SignIn } from './sign-in.ts'
import type { SignInSteps } from './sign-in-steps.ts'

export interface Readers {
  isHere(number: number): boolean
  types(number: number): boolean
}

/** Who may be behind a number, from memory. */
interface CallerDirectory {
  /** @param raw a number in any writing, or already normalised */
  findByPhone(raw: string): readonly Person[]
}

/** The phones registered here. */
interface PhoneBook {
  /** How this operator's own phone signs in; null when the phone is elsewhere, or there is none. */
  accountOf(operatorId: string): PhoneAccount | null
  /** How this operator's browser registers; null while another phone is chosen. */
  browserOf(operatorId: string): BrowserPhone | null
  /** What can be chosen here. */
  offered(): PhoneKind[]
}

/** A telephone at which announcements are recorded and listened to, one task at a time for each account. */
interface RecordingPhone {
  progress(accountId: string): PhoneProgress | null
  /** @throws ServiceError `no_phone`, `conflict`, `not_found` */
  begin(accountId: string, task: PhoneTask): PhoneProgress
  end(accountId: string): Promise<void>
}

/** Training days, in the demonstration alone. */
export interface TrainingPort {
  state(): Promise<TrainingState>
  /** @throws ServiceError `not_found`, `conflict` while a day is being played */
  begin(script: ScriptName, by: Session): Promise<TrainingState>
  /** @throws ServiceError `conflict` when none is */
  end(): Promise<TrainingDebrief>
  /** @throws ServiceError `not_found` */
  debrief(id: string): Promise<TrainingDebrief>
}

/** What only the demonstration can do. */
export interface DemoPort {
  state(): DemoState | Promise<DemoState>
  /** Show the closed side of the desk, whatever the hour; or the open one. */
  setClosed(closed: boolean): void | Promise<void>
  /** Place a real call as a sample person, or from a number. @throws ServiceError `not_found`, `telephony_away` */
  placeCall(caller: {
    readonly personId: string | null
    readonly number: string | null
    /** The id of the line that is called. */
    readonly line: string | null
  }): Promise<{ readonly callId: string }>
  /** The absolute path of what one side heard; null when there is no such recording. */
  recording(id: string): string | null | Promise<string | null>
  readonly training: TrainingPort
}

/** What the HTTP side is assembled from. */
export type HttpParts = {
  readonly config: Pick<Config, 'publicUrl' | 'demo' | 'timeZone' | 'trustProxy' | 'metricsToken'>
  readonly desk: Desk
  /** In ms. */
  readonly now: () => number
  readonly stores: Stores
  readonly sessions: Sessions
  readonly signIn: SignIn
  readonly secondFactor: SecondFactor
  readonly steps: SignInSteps
  readonly providers: Providers
  readonly apiKeys: ApiKeys
  readonly webhooks: Pick<Webhooks, 'create' | 'deliver'>
  readonly directory: CallerDirectory & Pick<Directory, 'trial' | 'report' | 'synchronise'>
  readonly numbers: NumberBook
  readonly invitations: Invitations
  readonly drafts: Pick<DraftBook, 'seenBy' | 'write' | 'end'>
  readonly phones: PhoneBook
  readonly announcements: Announcements
  readonly studio: RecordingPhone
  /** Null outside the demonstration: its routes do not exist then. */
  readonly demo: DemoPort | null
  readonly callbackLinks: SecretLinks
  /** What pages call with. */
  readonly pageCallTokens: PageCallTokens
  /** Requesters who have their request's page before them. */
  readonly readers: Readers
  readonly sharedPages: Pick<SharedPages, 'open' | 'close' | 'ofCall' | 'ofId' | 'enter' | 'entered' | 'say' | 'write' | 'done'>
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>
  /** Absent: nobody collects traces. */
  readonly traces?: Pick<Traces, 'follow'>
  readonly settings: SettingsBook
  /** The big screens' addresses, and the screens that show them. */
  readonly disruptions: Pick<Disruptions, 'telephone' | 'changed'>
  readonly sharedCalendar: Pick<SharedCalendar, 'state' | 'keepPassword' | 'trial' | 'synchronise'>
  readonly glpi: Pick<
    Glpi,
    'state' | 'keepSecrets' | 'trial' | 'preview' | 'round' | 'retry' | 'heard' | 'ofTicket' | 'openOf' | 'imports' | 'import'
  >
  readonly ocs: Pick<Ocs, 'forget' | 'state' | 'keepPassword' | 'trial' | 'machinesOf' | 'linkToTicket' | 'linkToCall'>
  readonly walls: Pick<SecretLinks, 'newId' | 'url'> & Pick<WallScreens, 'screensOf' | 'changed' | 'revoked'>
  readonly continuity: Pick<ContinuityKeeper, 'state' | 'choose' | 'file'>
  /** The links that are mailed with a solution. */
  readonly links: AnswerLinks
  /** The links that are mailed to groups. */
  readonly groupLinks: GroupLinks
  /** The links and codes by which requests are followed. */
  readonly requests: RequestLinks
  /** Signs what comes back with the portal's forms. */
  readonly tokens: FormTokens
  /** The files that come with messages. */
  readonly attachments: Pick<AttachmentKeeper, 'expect' | 'keep' | 'fileOf'>
  /** The file of a mail that came in. @param raw the name by which the store knows it */
  rawMail(raw: string): string
  health(): Health
  mailReach(): MailReach
  /** A ticket was opened, completed or closed: live lists are to hear `stale`. */
  onTicketSaved(ticket: Ticket): void
  /** An exchange has told of a call. */
  onExchangeCall(): void
  /** Something is to be done to several tickets. */
  onBulk(): void
  /** A mail waits to be sent that is no ticket's, or waits again. */
  onMailOwed(): void
  onMessageSettled(messageId: string): void
  /** What became of a call has been written: it waits for nothing more. */
  onCallSettled(callId: string): void
  /** Answers owed have changed, and maybe the messages among them. */
  onOwedChanged(): void
  /** Resolves once settled voice messages have left what they leave; when that cannot be written now, it is later. */
  messagesTraced(): Promise<void>
  /** Resolves once a transfer to a group reaches whom it now is. */
  onGroupsChanged(): Promise<void>
  onRotaChanged(): void
  onArticleSaved(): void
  readonly calendarLinks: SecretLinks
  readonly subscriberLinks: SecretLinks
  /** Where whoever keeps a list says whether it is still right. */
  readonly listLinks: SecretLinks
  /** Accounts were made or changed: who takes calls is to be read again. */
  /** Resolves once it is the one that rings. */
  onPhoneChosen(): Promise<void>
  onAccountsChanged(accountIds: readonly string[]): void
  readonly log: FastifyBaseLogger
  /** Whether messages are written down by a machine. */
  readonly transcribes: boolean
  /** The folder that holds the sounds of voice messages. */
  readonly messagesFolder: string
  /** The folder that holds recorded conversations. */
  readonly recordingsFolder: string
  /** The built console; the project's `console/dist` by default. */
  readonly consoleFolder?: string
}
