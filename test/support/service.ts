import { join } from 'node:path'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import pino from 'pino'
import type { Person } from '../../server/contract/entities.ts'
import type { DirectoryState } from '../../server/contract/directory.ts'
import type { Health, MailReach } from '../../server/contract/http.ts'
import type { Cas, Oidc } from '../../server/config-providers.ts'
import { answerLinks } from '../../server/answer-links.ts'
import { groupLinks } from '../../server/group-links.ts'
import { antivirus } from '../../server/attachments/antivirus.ts'
import { attachmentKeeper, type AttachmentKeeper } from '../../server/attachments/keeper.ts'
import { callbackLinks, calendarLinks, subscriberLinks, listLinks, wallLinks } from '../../server/secret-links.ts'
import { pageCallTokens } from '../../server/page-call-tokens.ts'
import { mailThreads } from '../../server/mail-threads.ts'
import { openDatabase, type Database } from '../../server/database/connection.ts'
import { seedDemo } from '../../server/database/demo-data.ts'
import { demoPassword } from '../../server/database/demo-people.ts'
import { createStores, type Stores } from '../../server/database/stores.ts'
import { ContinuityKeeper } from '../../server/continuity/keeper.ts'
import { bulkRunner } from '../../server/engine/bulk-runner.ts'
import { messageTickets } from '../../server/engine/message-tickets.ts'
import { SharedPages } from '../../server/engine/shared-pages.ts'
import { DraftBook } from '../../server/engine/draft-book.ts'
import { GroupDelays } from '../../server/engine/group-delays.ts'
import { NumberIndex } from '../../server/directory/number-index.ts'
import { normaliseNumber } from '../../server/calls/number.ts'
import { ServiceError } from '../../server/errors.ts'
import { createAccess } from '../../server/http/access-parts.ts'
import { buildHttp } from '../../server/http/build.ts'
import type { DemoPort, HttpParts } from '../../server/http/ports.ts'
import { createInvitations } from '../../server/http/invitations.ts'
import { createSessions } from '../../server/http/sessions.ts'
import { formTokens } from '../../server/portal/tokens.ts'
import { requestLinks } from '../../server/request-links.ts'
import { SettingsBook } from '../../server/settings/book.ts'
import { defaultSettings } from '../../server/settings/defaults.ts'
import { derive } from '../../server/settings/derived.ts'
import type { SoundPlaces } from '../../server/sounds/sounds.ts'
import { networks } from '../../server/webhooks/addresses.ts'
import { createSealing } from '../../server/sealing.ts'
import { SharedCalendar } from '../../server/shared-calendar/synchroniser.ts'
import { createNeighbours, type Neighbours } from '../../server/assembly/neighbours.ts'
import type { Resolve } from '../../server/webhooks/post.ts'
import { createWebhooks, type Webhooks } from '../../server/webhooks/sender.ts'
import { DeskDouble } from './desk-double.ts'
import { removeTestFolder, testFolder } from './folders.ts'
import { accountStore } from '../../server/database/account-store.ts'
import { translating } from '../../server/database/failures.ts'
import { createDatabase, type TestDatabase } from './postgres.ts'
import { announcementsOf } from './test-announcements.ts'

/** An hour later, whatever the calendar says. */
export const dueAfter = (ms: number) => ms + 3_600_000

export type TestHttp = {
  readonly app: FastifyInstance
  readonly desk: DeskDouble
  readonly database: Database
  readonly stores: Stores
  readonly settings: SettingsBook
  readonly webhooks: Webhooks
  /** Not started: a test says when it is synchronised. */
  readonly sharedCalendar: SharedCalendar
  /** Not started: a test says when a neighbour is asked. */
  readonly neighbours: Neighbours
  readonly sharedPages: SharedPages
  /** Numbers of the requests whose author has the page before them. */
  readonly readers: Set<number>
  readonly attachments: AttachmentKeeper
  /** Where files are kept. */
  readonly varDir: string
  /** The database's address, for a test that looks behind the service. */
  readonly url: string
  /** Number and status of each ticket that live lists were told of. */
  readonly told: string[]
  /** The `Cookie` header of a demo account, signed in. */
  cookieOf(login: string): Promise<string>
  /** A request in the name of a demo account, or of nobody. */
  as(login: string | null, request: InjectOptions): Promise<LightMyRequestResponse>
  close(): Promise<void>
}

export type TestHttpOptions = {
  /** Where mails that came in are kept. */
  readonly incomingFolder?: string
  /** Addresses whose mail is read. */
  readonly ownAddresses?: readonly string[]
  readonly demo?: DemoPort | null
  readonly publicUrl?: string
  /** The desk's; Paris's without. */
  readonly timeZone?: string
  readonly trustProxy?: string
  /** Who vouches for people, beside passwords. */
  readonly oidc?: Oidc
  readonly cas?: Cas
  /** Networks of our own that webhooks may reach, and who finds addresses. */
  readonly webhookNetworks?: readonly string[]
  readonly resolve?: Resolve
  readonly health?: () => Health
  readonly mailReach?: () => MailReach
  readonly messagesFolder?: string
  readonly recordingsFolder?: string
  /** Where announcements are really made; nothing is spoken without. */
  readonly sounds?: { readonly places: SoundPlaces; readonly varDir: string }
  readonly consoleFolder?: string
  /** A command that judges files. */
  readonly antivirus?: string
  /** In ms; sessions and sign-in live by it. */
  readonly now?: () => number
  /** An empty one of one's own, migrated, in place of one of the tests' server. */
  readonly database?: TestDatabase
  /** What stores sign and count time by; the real clock without. */
  readonly ticketNow?: () => Date
  /** The address the service is given in place of its database's own. */
  readonly metricsToken?: string
  readonly through?: (url: string) => Promise<string>
}

const noPhone = (): never => {
  throw new ServiceError('no_phone')
}

const noDirectory = {
  report: (): DirectoryState => ({
    configured: false,
    servers: [],
    people: 0,
    running: null,
    last: null,
    failure: null,
    roles: null,
    next: null,
  }),
  synchronise: async () => undefined,
}

/** The HTTP side on a database of its own, with the sample people, asked without a network. Only the desk is a double. */
export async function buildTestHttp(options: TestHttpOptions = {}): Promise<TestHttp> {
  const { url, drop } = options.database ?? (await createDatabase())
  const database = openDatabase(options.through ? await options.through(url) : url, undefined, options.timeZone ?? 'Europe/Paris')
  await seedDemo(database.db)
  const config = {
    publicUrl: options.publicUrl ?? 'http://127.0.0.1:8080',
    trustProxy: options.trustProxy ?? null,
    timeZone: options.timeZone ?? 'Europe/Paris',
    demo: options.demo !== undefined && options.demo !== null,
    metricsToken: options.metricsToken ?? null,
  }
  const readers = new Set<number>()
  const links = answerLinks('a secret of the tests', config.publicUrl)
  const requests = requestLinks('a secret of the tests', config.publicUrl)
  const ofGroups = groupLinks('a secret of the tests', config.publicUrl)
  const stores: Stores = createStores(database.db, {
    ...config,
    mailFrom: 'Guichet <guichet@univ.example>',
    dueAfter,
    policy: () => ({ ...derive(settings.values, config.timeZone).tickets, groupMinutes: groupDelays.minutes }),
    answerUrl: links.url,
    followUrl: requests.followUrl,
    confirmUrl: requests.confirmUrl,
    groupUrl: ofGroups.url,
    threads: mailThreads('a secret of the tests', 'univ.example'),
    ownAddresses: options.ownAddresses,
    isReader: (number) => readers.has(number),
    ...(options.ticketNow && { now: options.ticketNow }),
  })
  const index = new NumberIndex()
  index.load(await stores.people.all())
  const desk = new DeskDouble()
  const announcements = await announcementsOf(stores, options.sounds)
  const told: string[] = []
  const log = pino({ level: 'silent' })
  const groupDelays = new GroupDelays({ read: () => stores.groups.delays(), log })
  await groupDelays.refresh()
  const drafts = new DraftBook({ keep: stores.drafts, log, now: options.now ?? Date.now, onChange: () => told.push('drafts') })
  await drafts.start([])
  const varDir = testFolder()
  const defaults = defaultSettings({ limitMinutes: 15, demo: config.demo })
  const settings: SettingsBook = new SettingsBook({ varDir, defaults, store: stores.settings, log, now: options.now ?? Date.now })
  await settings.reconcile()
  settings.onChange((changed) => told.push(`settings ${changed.join(' ')}`))
  const continuity = new ContinuityKeeper({
    varDir,
    stores,
    desk: () => ({ name: settings.values.desk.name, targets: settings.values.outgoing.targets }),
    whoIs: (number) => index.find(number),
    timeZone: config.timeZone,
    log,
    now: options.now ?? Date.now,
  })
  const attachments = attachmentKeeper({
    folder: join(varDir, 'attachments'),
    store: stores.attachments,
    settings: () => settings.values.tickets,
    scan: options.antivirus === undefined ? null : antivirus(options.antivirus, log),
    log,
  })
  // One clock sets the end of sessions and judges it, however far ahead that of tickets jumps.
  const sessionNow = options.now ?? Date.now
  const sessions = createSessions(translating(accountStore(database.db, () => new Date(sessionNow()))), { ...config, now: sessionNow })
  const onSaved = ({ number, status }: { readonly number: number; readonly status: string }) => told.push(`${number} ${status}`)
  const bulk = bulkRunner({ step: () => stores.bulk.step(), onSaved, log })
  const messages = messageTickets({ tickets: stores.tickets, peopleOf: (number) => index.find(number), onSaved, log })
  const webhooks = createWebhooks({
    store: stores.webhooks,
    key: 'the key of the tests',
    allowed: networks(options.webhookNetworks ?? []),
    publicUrl: 'https://guichet.univ.example',
    log,
    now: options.now ?? Date.now,
    ...(options.resolve && { resolve: options.resolve }),
  })
  const sharedCalendar = new SharedCalendar({
    settings: () => settings.values.sharedCalendar,
    hours: () => settings.values.hours,
    store: stores.sharedCalendar,
    rota: stores.rota,
    disruptions: stores.disruptions,
    sealing: createSealing('the key of the tests', 'shared calendar'),
    publicUrl: config.publicUrl,
    timeZone: config.timeZone,
    onAbsences: () => told.push('absences'),
    onDisruptions: () => told.push('disruptions'),
    log,
    now: options.now ?? Date.now,
  })
  const neighbours = createNeighbours({
    settings,
    stores,
    key: 'the key of the tests',
    publicUrl: config.publicUrl,
    timeZone: config.timeZone,
    onSaved: (ticket) => told.push(`${ticket.number} ${ticket.status}`),
    log,
    now: options.now ?? Date.now,
  })
  const sharedPages = new SharedPages({
    store: stores.sharedPages,
    log,
    now: options.now ?? Date.now,
    publicUrl: config.publicUrl,
    remoteUrl: () => settings.values.portal.remote.operator,
    isCall: (id) => desk.calls.some((call) => call.id === id),
    onChange: ({ callId }) => told.push(`page ${callId}`),
    screensOf: () => 0,
    onDelivered: (number) => told.push(`page in ${number}`),
  })
  const parts: HttpParts = {
    sharedCalendar,
    glpi: neighbours.glpi,
    ocs: neighbours.ocs,
    subscriberLinks: subscriberLinks('a secret of the tests', config.publicUrl),
    config,
    now: options.now ?? Date.now,
    desk,
    stores,
    drafts,
    announcements,
    studio: { progress: () => null, begin: noPhone, end: async () => undefined },
    demo: options.demo ?? null,
    settings,
    continuity,
    walls: {
      ...wallLinks('a secret of the tests', config.publicUrl),
      screensOf: () => 0,
      changed: ({ id }) => told.push(`wall ${id}`),
      revoked: (id) => told.push(`no wall ${id}`),
    },
    disruptions: {
      telephone: ({ spoken }) => (spoken === null ? 'off' : 'on'),
      async changed() {
        told.push('disruptions')
      },
    },
    links,
    groupLinks: ofGroups,
    requests,
    sharedPages,
    callbackLinks: callbackLinks('a secret of the tests', config.publicUrl),
    pageCallTokens: pageCallTokens('a secret of the tests', options.now ?? Date.now),
    readers: { isHere: (number) => readers.has(number), types: () => false },
    tokens: formTokens('a secret of the tests'),
    attachments,
    rawMail: (raw) => join(options.incomingFolder ?? '/nowhere', raw.slice(0, 2), raw),
    transcribes: false,
    messagesFolder: options.messagesFolder ?? '/nowhere',
    recordingsFolder: options.recordingsFolder ?? '/nowhere',
    sessions,
    ...createAccess({
      stores,
      sessions,
      key: 'the key of the tests',
      config: { ...config, oidc: options.oidc ?? null, cas: options.cas ?? null },
      issuer: () => settings.values.desk.name,
      requiredFor: () => settings.values.signIn.secondFactorFor,
      resetHours: () => settings.values.signIn.secondFactorResetHours,
      rules: () => settings.values.directory.roles,
      onAccountChanged: (id) => told.push(`accounts ${id}`),
      now: options.now ?? Date.now,
    }),
    webhooks,
    directory: { findByPhone: (raw): readonly Person[] => index.find(normaliseNumber(raw)), trial: async () => null, ...noDirectory },
    numbers: {
      attached: (id, number) => index.attach(id, number),
      detached: (id, number) => index.detach(id, number),
      languageOf: () => null,
    },
    invitations: createInvitations(stores.accounts, { ...config, ...(options.now && { now: options.now }) }),
    phones: {
      accountOf: (id) =>
        id === 'alice' ? { extension: '6101', login: 'alice', password: 'of-this-start', server: 'sip:127.0.0.1:5060' } : null,
      browserOf: (id) => (id === 'alice' ? { login: 'browser-alice', password: 'of-this-start', realm: 'guichet' } : null),
      offered: () => ['browser', 'registered', 'demo'],
    },
    metrics: { contentType: 'text/plain', text: async () => 'guichet_up 1\n' },
    mailReach: options.mailReach ?? (() => ({ server: 'files', since: '2026-11-23T09:00:00.000Z', problem: null })),
    health: options.health ?? (() => ({ status: 'ready', version: '0.1.0', since: '2026-11-23T09:00:00.000Z', parts: [] })),
    onTicketSaved: (ticket) => {
      told.push(`${ticket.number} ${ticket.status}`)
      if (ticket.callId !== null) {
        void sharedPages.deliver(ticket.callId)
        void stores.remote.deliver(ticket.callId)
      }
    },
    onExchangeCall: () => told.push('exchanges'),
    onMailOwed: () => told.push('mail'),
    onBulk: () => void bulk.look(),
    onMessageSettled: (id) => told.push(`message ${id}`),
    onCallSettled: (id) => {
      drafts.end(id)
      told.push(`call ${id}`)
    },
    onOwedChanged: () => told.push('owed'),
    messagesTraced: () => messages.look(),
    onArticleSaved: () => told.push('articles'),
    onRotaChanged() {},
    calendarLinks: calendarLinks('a secret of the tests', config.publicUrl),
    listLinks: listLinks('a secret of the tests', config.publicUrl),
    async onGroupsChanged() {
      await groupDelays.refresh()
      told.push('groups')
    },
    async onPhoneChosen() {
      told.push('phone')
    },
    onAccountsChanged: (ids) => told.push(`accounts ${ids.join(' ')}`),
    log,
    ...(options.consoleFolder && { consoleFolder: options.consoleFolder }),
  }
  const app = buildHttp(parts)
  await app.ready()
  const cookies = new Map<string, Promise<string>>()
  async function signIn(login: string): Promise<string> {
    const answer = await app.inject({ method: 'POST', url: '/api/session', payload: { login, password: demoPassword } })
    return String(answer.headers['set-cookie']).split(';')[0] ?? ''
  }
  const cookieOf = (login: string): Promise<string> => {
    const cookie = cookies.get(login) ?? signIn(login)
    cookies.set(login, cookie)
    return cookie
  }
  return {
    app,
    desk,
    database,
    stores,
    settings,
    webhooks,
    sharedCalendar,
    neighbours,
    sharedPages,
    readers,
    attachments,
    varDir,
    url,
    told,
    cookieOf,
    async as(login, request) {
      const headers = login === null ? request.headers : { ...request.headers, cookie: await cookieOf(login) }
      return app.inject({ ...request, ...(headers && { headers }) })
    },
    async close() {
      await app.close()
      sharedPages.stop()
      await drafts.stop()
      await bulk.stop()
      await messages.stop()
      await database.close()
      await drop()
      removeTestFolder(varDir)
    },
  }
}
