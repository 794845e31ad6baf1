import type { Invitation } from '../mail/invitation.ts'
import {
  bigint,
  boolean,
  customType,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import type { ClockName, TicketClock } from '../contract/clocks.ts'
import type { DispositionKind } from '../contract/dispositions.ts'
import type { DraftContent } from '../contract/drafts.ts'
import type { SpokenLanguage } from '../contract/announcements.ts'
import type { JournalEntry, Medium, Person, Role, Ticket, TicketStatus, Urgency } from '../contract/entities.ts'
import type { SettingsDomain } from '../contract/settings.ts'
import type { Closure, JournalDetail, Proposal, Visibility } from '../contract/ticket-states.ts'
import type { PhoneKind } from '../contract/phones.ts'
import type { Talk } from '../indicators/call-record.ts'
import type { OwedFact } from '../owed/facts.ts'
import type { EscalationStep, OriginKind, SettledHow } from '../owed/model.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

export type MailState = 'pending' | 'sending' | 'sent' | 'failed' | 'uncertain'

export const people = pgTable('people', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email'),
  phones: text('phones').array().notNull(),
  affiliation: text('affiliation').$type<Person['affiliation']>().notNull(),
  unit: text('unit'),
  place: text('place'),
  title: text('title'),
  login: text('login'),
  source: text('source').$type<'directory' | 'sample'>().notNull(),
  retiredAt: moment('retired_at'),
  updatedAt: moment('updated_at').notNull().defaultNow(),
  entityId: text('entity_id').notNull().default('root'),
  search: text('search').generatedAlwaysAs(''),
})

export const accounts = pgTable('accounts', {
  id: text('id').primaryKey(),
  login: text('login').notNull(),
  name: text('name').notNull(),
  role: text('role').$type<Role>().notNull(),
  extension: text('extension'),
  phone: text('phone').$type<PhoneKind>(),
  passwordHash: text('password_hash'),
  source: text('source').$type<'local' | 'directory'>().notNull().default('local'),
  personId: text('person_id'),
  roleBy: text('role_by').$type<'directory' | 'provider'>().notNull().default('directory'),
  disabledAt: moment('disabled_at'),
  createdAt: moment('created_at').notNull().defaultNow(),
})

export const sessions = pgTable('sessions', {
  idHash: text('id_hash').primaryKey(),
  id: uuid('id').notNull().defaultRandom(),
  accountId: text('account_id').notNull(),
  createdAt: moment('created_at').notNull(),
  expiresAt: moment('expires_at').notNull(),
  address: text('address'),
  browser: text('browser'),
  provider: jsonb('provider').$type<Readonly<Record<string, unknown>>>(),
  seenAt: moment('seen_at').notNull().defaultNow(),
})

export const passwordLinks = pgTable('password_links', {
  tokenHash: text('token_hash').primaryKey(),
  accountId: text('account_id'),
  expiresAt: moment('expires_at').notNull(),
})

export const facts = pgTable(
  'facts',
  {
    epoch: text('epoch').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    at: moment('at').notNull(),
    type: text('type').notNull(),
    body: jsonb('body').notNull(),
  },
  (table) => [primaryKey({ columns: [table.epoch, table.seq] })],
)

export const calls = pgTable('calls', {
  id: text('id').primaryKey(),
  line: text('line').notNull(),
  number: text('number'),
  arrivedAt: moment('arrived_at').notNull(),
  answeredAt: moment('answered_at'),
  endedAt: moment('ended_at'),
  operatorId: text('operator_id'),
  outcome: text('outcome'),
  waitMs: integer('wait_ms'),
  talkMs: integer('talk_ms'),
  direction: text('direction', { enum: ['in', 'out'] })
    .notNull()
    .default('in'),
  keptAt: moment('kept_at'),
  /** Number of the ticket that a message was left about. */
  aboutTicket: integer('about_ticket'),
  /** When the one question after the call was asked, and its answer from 1 to 5. */
  askedAt: moment('asked_at'),
  rating: smallint('rating'),
})

export const promises = pgTable(
  'promises',
  {
    callId: text('call_id').notNull(),
    at: moment('at').notNull(),
    position: integer('position').notNull(),
    lowMs: integer('low_ms').notNull(),
    highMs: integer('high_ms').notNull(),
    outcome: text('outcome').$type<'answered' | 'left'>(),
    afterMs: integer('after_ms'),
  },
  (table) => [primaryKey({ columns: [table.callId, table.at] })],
)

export const messages = pgTable('messages', {
  id: text('id').primaryKey(),
  callId: text('call_id').notNull(),
  at: moment('at').notNull(),
  number: text('number'),
  seconds: real('seconds').notNull(),
  file: text('file').notNull(),
  settledBy: text('settled_by'),
  settledAt: moment('settled_at'),
})

export const listenedSounds = pgTable('listened_sounds', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  at: moment('at').notNull(),
  accountId: text('account_id').notNull(),
  messageId: text('message_id').notNull(),
  how: text('how').$type<'heard' | 'downloaded'>().notNull().default('heard'),
})

export const transcripts = pgTable('transcripts', {
  messageId: text('message_id').primaryKey(),
  at: moment('at').notNull(),
  by: text('by').notNull(),
  text: text('text').notNull(),
})

export const owed = pgTable('owed', {
  id: uuid('id').primaryKey(),
  number: text('number'),
  firstAt: moment('first_at').notNull(),
  lastAt: moment('last_at').notNull(),
  dueAt: moment('due_at').notNull(),
  priority: boolean('priority').notNull(),
  takenBy: text('taken_by'),
  takenName: text('taken_name'),
  takenAt: moment('taken_at'),
  settledAt: moment('settled_at'),
  settledHow: text('settled_how').$type<SettledHow>(),
  settledBy: text('settled_by'),
  settledName: text('settled_name'),
  escalation: text('escalation').$type<EscalationStep>(),
})

export const owedOrigins = pgTable('owed_origins', {
  callId: text('call_id').primaryKey(),
  entryId: uuid('entry_id').notNull(),
  kind: text('kind').$type<OriginKind>().notNull(),
  at: moment('at').notNull(),
  messageId: text('message_id'),
  seconds: real('seconds'),
  dueAt: moment('due_at'),
  reopensAt: moment('reopens_at'),
})

export const owedFacts = pgTable('owed_facts', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  entryId: uuid('entry_id').notNull(),
  at: moment('at').notNull(),
  type: text('type').$type<OwedFact['type']>().notNull(),
  body: jsonb('body').$type<OwedFact>().notNull(),
})

export const tickets = pgTable('tickets', {
  id: uuid('id').primaryKey(),
  number: integer('number').notNull(),
  title: text('title').notNull(),
  summary: text('summary').notNull(),
  status: text('status').$type<TicketStatus>().notNull(),
  medium: text('medium').$type<Medium>().notNull(),
  urgency: text('urgency').$type<Urgency>().notNull(),
  impact: text('impact').$type<Urgency>().notNull(),
  priority: smallint('priority').notNull(),
  nature: text('nature'),
  categoryId: text('category_id'),
  placeId: text('place_id'),
  requesterPersonId: text('requester_person_id'),
  requesterName: text('requester_name').notNull(),
  requesterEmail: text('requester_email'),
  requesterPhone: text('requester_phone'),
  callId: text('call_id'),
  solution: text('solution'),
  openedBy: text('opened_by').notNull(),
  openedAt: moment('opened_at').notNull(),
  closedAt: moment('closed_at'),
  ownerId: text('owner_id'),
  ownerName: text('owner_name'),
  groupId: text('group_id'),
  waiting: jsonb('waiting').$type<Ticket['waiting']>(),
  proposal: jsonb('proposal').$type<Proposal>(),
  closedHow: text('closed_how').$type<Closure>(),
  statusSince: moment('status_since').notNull(),
  touchedAt: moment('touched_at').notNull(),
  unconfirmed: boolean('unconfirmed').notNull().default(false),
  asked: jsonb('asked').$type<Ticket['asked']>(),
  clock: jsonb('clock').$type<TicketClock>(),
  /** When the next of its delays is over, and when something about them is to be made known. */
  dueAt: moment('due_at'),
  alertAt: moment('alert_at'),
  light: boolean('light').notNull().default(false),
  entityId: text('entity_id').notNull().default('root'),
  idempotencyKey: uuid('idempotency_key'),
  commandHash: text('command_hash'),
  /** When what was written in it was erased. */
  erasedAt: moment('erased_at'),
  search: tsvector('search').generatedAlwaysAs(''),
})

export const ticketDelays = pgTable('ticket_delays', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  ticketId: uuid('ticket_id').notNull(),
  name: text('name').$type<ClockName>().notNull(),
  whose: text('whose').notNull(),
  startedAt: moment('started_at').notNull(),
  endedAt: moment('ended_at').notNull(),
  usedMs: bigint('used_ms', { mode: 'number' }).notNull(),
  allowedMs: bigint('allowed_ms', { mode: 'number' }),
  held: boolean('held').notNull(),
  categoryId: text('category_id'),
  priority: smallint('priority').notNull(),
})

export const ticketJournal = pgTable('ticket_journal', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  ticketId: uuid('ticket_id').notNull(),
  at: moment('at').notNull(),
  byId: text('by_id').notNull(),
  byName: text('by_name').notNull(),
  kind: text('kind').$type<JournalEntry['kind']>().notNull(),
  visibility: text('visibility').$type<Visibility>().notNull(),
  detail: jsonb('detail').$type<JournalDetail>(),
  cites: bigint('cites', { mode: 'number' }),
})

/** What people wrote, apart from the signed journal, so that it can be erased while the journal stays. */
export const ticketTexts = pgTable('ticket_texts', {
  entryId: bigint('entry_id', { mode: 'number' }).primaryKey(),
  text: text('text'),
})

export const dispositions = pgTable('dispositions', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  callId: text('call_id').notNull(),
  at: moment('at').notNull(),
  byId: text('by_id').notNull(),
  byName: text('by_name').notNull(),
  kind: text('kind').$type<DispositionKind>().notNull(),
  ticketId: uuid('ticket_id'),
  reason: text('reason'),
  targetName: text('target_name'),
  targetNumber: text('target_number'),
})

export const drafts = pgTable('drafts', {
  key: text('key').primaryKey(),
  callId: text('call_id'),
  ownerId: text('owner_id').notNull(),
  ownerName: text('owner_name').notNull(),
  version: integer('version').notNull(),
  startedAt: moment('started_at').notNull(),
  editedAt: moment('edited_at').notNull(),
  content: jsonb('content').$type<DraftContent>().notNull(),
})

export const ticketClaims = pgTable('ticket_claims', {
  ticketId: uuid('ticket_id').primaryKey(),
  byId: text('by_id').notNull(),
  byName: text('by_name').notNull(),
  at: moment('at').notNull(),
})

export const outbox = pgTable('outbox', {
  id: uuid('id').primaryKey(),
  at: moment('at').notNull(),
  ticketId: uuid('ticket_id'),
  kind: text('kind'),
  to: text('to_address').notNull(),
  subject: text('subject').notNull(),
  text: text('text').notNull(),
  html: text('html'),
  messageId: text('message_id').notNull(),
  headers: jsonb('headers').$type<Record<string, string>>().notNull(),
  /** The invitation that goes with it. */
  calendar: jsonb('calendar').$type<Invitation>(),
  state: text('state').$type<MailState>().notNull().default('pending'),
  attempts: integer('attempts').notNull().default(0),
  nextAttemptAt: moment('next_attempt_at').notNull(),
  lastError: text('last_error'),
  settledBy: text('settled_by'),
  settledName: text('settled_name'),
  settledAt: moment('settled_at'),
  /** Holds a code that whoever reads the list of mails is not to read. */
  secret: boolean('secret').notNull().default(false),
  /** Not sent once its reader has seen on the page what it says. */
  unlessRead: boolean('unless_read').notNull().default(false),
})

export const announcementVersions = pgTable(
  'announcement_versions',
  {
    name: text('name').notNull(),
    language: text('language').$type<SpokenLanguage>().notNull(),
    number: integer('number').notNull(),
    kind: text('kind').$type<'text' | 'upload' | 'phone'>().notNull(),
    address: text('address').notNull(),
    text: text('text'),
    at: moment('at').notNull(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
  },
  (table) => [primaryKey({ columns: [table.name, table.language, table.number] })],
)

export const announcementChoices = pgTable('announcement_choices', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  name: text('name').notNull(),
  language: text('language').$type<SpokenLanguage>().notNull(),
  number: integer('number').notNull(),
  at: moment('at').notNull(),
  byId: text('by_id').notNull(),
  byName: text('by_name').notNull(),
})

export const settingsVersions = pgTable(
  'settings_versions',
  {
    domain: text('domain').$type<SettingsDomain>().notNull(),
    version: integer('version').notNull(),
    value: jsonb('value').notNull(),
    at: moment('at').notNull(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
  },
  (table) => [primaryKey({ columns: [table.domain, table.version] })],
)

/** Written by `indicators/call-record.ts`, which says what each column means. */
export const callFigures = pgTable('call_figures', {
  callId: text('call_id').primaryKey(),
  direction: text('direction').$type<'in' | 'out'>().notNull(),
  arrivedAt: moment('arrived_at').notNull(),
  closed: boolean('closed').notNull(),
  answered: boolean('answered').notNull(),
  abandoned: boolean('abandoned').notNull(),
  waitMs: integer('wait_ms').notNull(),
  talkMs: integer('talk_ms').notNull(),
  holdMs: integer('hold_ms').notNull(),
  holds: integer('holds').notNull(),
  misses: integer('misses').notNull(),
  transfers: integer('transfers').notNull(),
  extended: integer('extended').notNull(),
  capped: boolean('capped').notNull(),
  alarmed: boolean('alarmed').notNull(),
  message: boolean('message').notNull(),
  kept: boolean('kept').notNull(),
  reached: boolean('reached').notNull(),
  operatorId: text('operator_id'),
  fromPage: boolean('from_page').notNull().default(false),
  talks: jsonb('talks').$type<readonly Talk[]>(),
})

export type SpanState = 'ready' | 'talking' | 'wrap-up' | 'paused' | 'front-desk' | 'offline'
export const operatorSpans = pgTable('operator_spans', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  operatorId: text('operator_id').notNull(),
  state: text('state').$type<SpanState>().notNull(),
  callId: text('call_id'),
  next: text('next').$type<'paused' | 'front-desk' | 'offline'>(),
  fromAt: moment('from_at').notNull(),
  toAt: moment('to_at'),
})
