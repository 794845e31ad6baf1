import { yearFrom } from '../calendar/ahead.ts'
import { senderAddress } from '../mail/compose.ts'
import { absenceStore, type AbsenceStore } from './absence-store.ts'
import { accountStore, type AccountStore } from './account-store.ts'
import { bulkStore, type BulkStore } from './bulk-store.ts'
import { type CallSoundStore, callSoundStore } from './call-sound-store.ts'
import { callStore, type CallStore } from './call-store.ts'
import { articleStore, type ArticleStore } from './article-store.ts'
import { closedTicketSearch, type ClosedTicketSearch } from './closed-tickets.ts'
import { textOf } from '../clean-html.ts'
import { attachmentStore, type AttachmentStore } from './attachment-store.ts'
import { announcementStore, type AnnouncementStore } from './announcement-store.ts'
import type { Db } from './connection.ts'
import { disruptionStore, type DisruptionStore } from './disruption-store.ts'
import { draftStore, type DraftStore } from './draft-store.ts'
import { factStore, type FactStore } from './fact-store.ts'
import { translating } from './failures.ts'
import { groupStore, type GroupStore } from './group-store.ts'
import { listCheckStore, type ListCheckStore } from './list-check-store.ts'
import { handOverStore, type HandOverStore } from './hand-over-store.ts'
import { identityStore, type IdentityStore } from './identity-store.ts'
import { incomingStore, type IncomingStore } from './incoming-store.ts'
import { type IndicatorMailStore, indicatorMailStore } from './indicator-mail-store.ts'
import { indicatorStore, type IndicatorStore } from './indicator-store.ts'
import { messageStore, type MessageStore } from './message-store.ts'
import { monitorStore, type MonitorStore } from './monitor-store.ts'
import { mailStore, type MailStore } from './outbox.ts'
import { recordingStore, type RecordingRows } from './recording-store.ts'
import type { DueAfter } from './owed-projection.ts'
import { owedStore, type OwedStore } from './owed-store.ts'
import { partitionStore, type PartitionStore } from './partition-store.ts'
import { entityOf } from '../tickets/partition.ts'
import { peopleStore, type PeopleStore } from './people-store.ts'
import { personStore, type PersonStore } from './person-store.ts'
import { privacyStore, type PrivacyStore } from './privacy-store.ts'
import { promiseStore, type PromiseStore } from './promise-store.ts'
import { readStore, type ReadStore } from './read-store.ts'
import { calendarFeedStore, type CalendarFeedStore } from './calendar-feed-store.ts'
import { retentionStore, type RetentionStore } from './retention-store.ts'
import { rotaStore, type RotaStore } from './rota-store.ts'
import { routingStore, type RoutingStore } from './routing-store.ts'
import { subscriberStore, type SubscriberStore } from './subscriber-store.ts'
import { sharedCalendarStore, type SharedCalendarStore } from './shared-calendar-store.ts'
import { settingsStore, type SettingsStore } from './settings-store.ts'
import { glpiStore, type GlpiStore } from './glpi-store.ts'
import { machineStore, type MachineStore } from './machine-store.ts'
import { neighbourSecretStore, type NeighbourSecretStore } from './neighbour-secret-store.ts'
import { keyStore, type KeyStore } from './key-store.ts'
import { secondFactorStore, type SecondFactorStore } from './second-factor-store.ts'
import { ruleProposalStore, type RuleProposalStore } from './rule-proposal-store.ts'
import { ticketSaving, type TicketSettings } from './ticket-saving.ts'
import { exchangeStore, type ExchangeStore } from './exchange-store.ts'
import { remoteStore, type RemoteStore } from './remote-store.ts'
import { sharedPageStore, type SharedPageStore } from './shared-page-store.ts'
import { callbackSlotStore, type CallbackSlotStore } from './callback-slot-store.ts'
import { talkStore, type TalkStore } from './talk-store.ts'
import { surveyStore, type SurveyStore } from './survey-store.ts'
import { wallStore, type WallStore } from './wall-store.ts'
import { preferenceStore, type PreferenceStore } from './preference-store.ts'
import { trainingStore, type TrainingStore } from './training-store.ts'
import { viewStore, type ViewStore } from './view-store.ts'
import { webhookStore, type WebhookStore } from './webhook-store.ts'
import { ticketStore, type TicketStore } from './ticket-store.ts'

export type Stores = {
  readonly people: PeopleStore
  readonly accounts: AccountStore
  readonly secondFactors: SecondFactorStore
  readonly keys: KeyStore
  readonly webhooks: WebhookStore
  readonly groups: GroupStore
  readonly partition: PartitionStore
  readonly listChecks: ListCheckStore
  readonly absences: AbsenceStore
  readonly rota: RotaStore
  readonly ruleProposals: RuleProposalStore
  readonly disruptions: DisruptionStore
  readonly monitors: MonitorStore
  readonly calendarFeeds: CalendarFeedStore
  readonly sharedCalendar: SharedCalendarStore
  readonly glpi: GlpiStore
  readonly machines: MachineStore
  readonly neighbourSecrets: NeighbourSecretStore
  readonly subscribers: SubscriberStore
  readonly tickets: TicketStore
  readonly attachments: AttachmentStore
  readonly sharedPages: SharedPageStore
  readonly exchanges: ExchangeStore
  readonly remote: RemoteStore
  readonly talks: TalkStore
  readonly callbackSlots: CallbackSlotStore
  readonly bulk: BulkStore
  readonly views: ViewStore
  readonly preferences: PreferenceStore
  readonly calls: CallStore
  readonly drafts: DraftStore
  readonly messages: MessageStore
  readonly recordings: RecordingRows
  readonly owed: OwedStore
  readonly mails: MailStore
  readonly incoming: IncomingStore
  readonly facts: FactStore
  readonly announcements: AnnouncementStore
  readonly promises: PromiseStore
  readonly callSound: CallSoundStore
  readonly indicators: IndicatorStore
  readonly indicatorMails: IndicatorMailStore
  readonly settings: SettingsStore
  readonly handOvers: HandOverStore
  readonly survey: SurveyStore
  readonly persons: PersonStore
  readonly identity: IdentityStore
  readonly reads: ReadStore
  readonly routing: RoutingStore
  readonly walls: WallStore
  readonly training: TrainingStore
  readonly retention: RetentionStore
  readonly privacy: PrivacyStore
  readonly articles: ArticleStore
  readonly closedTickets: ClosedTicketSearch
}

/** `MAIL_FROM`'s domain: « Guichet <guichet@univ.example> » → `univ.example`. */
export const domainOf = (address: string): string => /@([^\s<>@]+)>?\s*$/.exec(address)?.[1] ?? 'localhost'

/** One store per aggregate. A PostgreSQL that does not answer is `ServiceError('database_away')` from any of them. */
export function createStores(
  db: Db,
  settings: {
    readonly publicUrl: string
    readonly mailFrom: string
    readonly timeZone: string
    readonly dueAfter: DueAfter
    readonly now?: () => Date
    /** The addresses whose mail is read here, in lower case; undefined: none is. */
    readonly ownAddresses?: readonly string[] | undefined
    /** After how many months an article is to be read again; 12 without. */
    readonly reviewMonths?: () => number
    /** Whether a requester has their request's page before them. */
    readonly isReader?: (number: number) => boolean
  } & Pick<TicketSettings, 'policy' | 'answerUrl' | 'followUrl' | 'confirmUrl' | 'groupUrl' | 'threads'>,
): Stores {
  const now = settings.now ?? (() => new Date())
  const today = () => yearFrom(settings.timeZone, now().getTime()).today
  const ticketSettings: TicketSettings = {
    portalUrl: `${settings.publicUrl}/demande`,
    publicUrl: settings.publicUrl,
    senderMail: senderAddress(settings.mailFrom),
    threads: settings.threads,
    answerable: settings.ownAddresses !== undefined,
    policy: settings.policy,
    isReader: settings.isReader ?? (() => false),
    answerUrl: settings.answerUrl,
    followUrl: settings.followUrl,
    confirmUrl: settings.confirmUrl,
    groupUrl: settings.groupUrl,
    now,
  }
  const ofGroups = groupStore(db, now, today)
  const ofTickets = ticketStore(db, ticketSettings)
  return {
    people: translating(peopleStore(db, now, (person) => entityOf(person, settings.policy().partition ?? { entities: [], rules: [] }))),
    accounts: translating(accountStore(db, now)),
    secondFactors: translating(secondFactorStore(db, now)),
    keys: translating(keyStore(db, now)),
    webhooks: translating(webhookStore(db, now)),
    groups: translating(ofGroups),
    partition: translating(partitionStore(db)),
    listChecks: translating(listCheckStore(db, { now, mailDomain: domainOf(settings.mailFrom), groups: ofGroups })),
    absences: translating(absenceStore(db)),
    ruleProposals: translating(ruleProposalStore(db, now)),
    rota: translating(rotaStore(db)),
    disruptions: translating(disruptionStore(db, now)),
    monitors: translating(monitorStore(db, now)),
    calendarFeeds: translating(calendarFeedStore(db, () => new Date())),
    sharedCalendar: translating(sharedCalendarStore(db, now)),
    machines: translating(machineStore(db, now)),
    glpi: translating(glpiStore(db, ticketSaving(db, ticketSettings), now, ofTickets.opening)),
    neighbourSecrets: translating(neighbourSecretStore(db, now)),
    subscribers: translating(subscriberStore(db, { now, mailDomain: domainOf(settings.mailFrom) })),
    tickets: translating(ofTickets),
    incoming: translating(
      incomingStore(db, {
        saving: ticketSaving(db, ticketSettings),
        threads: settings.threads,
        ownAddresses: settings.ownAddresses ?? [],
        mark: () => settings.policy().mails.mark,
        now,
        open: ofTickets.opening,
      }),
    ),
    attachments: translating(attachmentStore(db, now)),
    sharedPages: translating(sharedPageStore(db, now)),
    exchanges: translating(exchangeStore(db, now)),
    remote: translating(remoteStore(db, now)),
    talks: translating(talkStore(db, now)),
    callbackSlots: translating(
      callbackSlotStore(db, {
        now,
        mailDomain: domainOf(settings.mailFrom),
        sender: () => ({ name: settings.policy().deskName, mail: ticketSettings.senderMail }),
        timeZone: settings.timeZone,
      }),
    ),
    bulk: translating(bulkStore(db, ticketSaving(db, ticketSettings), ofTickets, now)),
    views: translating(viewStore(db, now)),
    preferences: translating(preferenceStore(db, now)),
    calls: translating(callStore(db, now)),
    drafts: translating(draftStore(db)),
    callSound: translating(callSoundStore(db, now)),
    recordings: translating(recordingStore(db, now)),
    messages: translating(messageStore(db, now, settings.dueAfter)),
    owed: translating(owedStore(db, now)),
    mails: translating(mailStore(db, { now, domain: domainOf(settings.mailFrom) })),
    facts: translating(factStore(db)),
    announcements: translating(announcementStore(db, now)),
    promises: translating(promiseStore(db, now)),
    indicators: translating(indicatorStore(db, settings.timeZone, now)),
    indicatorMails: translating(indicatorMailStore(db, { timeZone: settings.timeZone, mailDomain: domainOf(settings.mailFrom), now })),
    settings: translating(settingsStore(db)),
    survey: translating(surveyStore(db, now)),
    handOvers: translating(
      handOverStore(db, {
        mails: () => settings.policy().mails,
        publicUrl: settings.publicUrl,
        mailDomain: domainOf(settings.mailFrom),
        threads: settings.threads,
        now,
      }),
    ),
    persons: translating(personStore(db, now)),
    identity: translating(identityStore(db, { now, mailDomain: domainOf(settings.mailFrom), timeZone: settings.timeZone })),
    reads: translating(readStore(db, now)),
    routing: translating(routingStore(db, now)),
    walls: translating(wallStore(db, settings.timeZone, now)),
    training: translating(trainingStore(db)),
    retention: translating(retentionStore(db, now)),
    privacy: translating(privacyStore(db, now)),
    articles: translating(
      articleStore(db, {
        now,
        today,
        reviewMonths: settings.reviewMonths ?? (() => 12),
        publicUrl: settings.publicUrl,
        mailDomain: domainOf(settings.mailFrom),
        mails: () => settings.policy().mails,
        textOf,
      }),
    ),
    closedTickets: translating(closedTicketSearch(db)),
  }
}
