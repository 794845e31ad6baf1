import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Spoken } from './calls/announcements.ts'
import type { Settings } from './calls/settings.ts'
import { dayTeller } from './calendar/days.ts'
import { rulesOf } from './calls/lines.ts'
import { normaliseNumber } from './calls/number.ts'
import { addWorking, isOpen, nextChange } from './calendar/hours.ts'
import { clockSentence, hoursSentence } from './calendar/sentences.ts'
import { createLinks } from './assembly/links.ts'
import { createMails } from './assembly/mails.ts'
import { createNeighbours } from './assembly/neighbours.ts'
import { createRounds } from './assembly/rounds.ts'
import { createPageCalls } from './assembly/page-calls.ts'
import { createTelephone } from './assembly/telephone.ts'
import type { Config } from './config.ts'
import type { SettingsDomain } from './contract/settings.ts'
import { Consequences } from './consequences.ts'
import { drawMissingCalls, keepFigureDays } from './database/indicator-projection.ts'
import { ContinuityKeeper } from './continuity/keeper.ts'
import { openDatabase } from './database/connection.ts'
import { factSink } from './database/fact-sink.ts'
import { OpenTickets } from './database/open-tickets.ts'
import { seedArticles } from './database/demo-articles.ts'
import { createStores } from './database/stores.ts'
import { openStore } from './database/open-store.ts'
import { demoUniversity } from './demo.ts'
import { createDirectory } from './directory/directory.ts'
import { numberBook } from './directory/number-book.ts'
import { NumberIndex } from './directory/number-index.ts'
import { Disruptions } from './engine/disruptions.ts'
import { DraftBook } from './engine/draft-book.ts'
import { Engine } from './engine/engine.ts'
import { GroupPhoneBook } from './engine/group-phone-book.ts'
import { FactLog } from './engine/fact-log.ts'
import { Hours } from './engine/hours.ts'
import { LiveDesk } from './engine/live-desk.ts'
import { MessageImport } from './engine/message-import.ts'
import { Shipper } from './engine/shipper.ts'
import { SharedPages } from './engine/shared-pages.ts'
import { type Transcriber, transcribeMessage } from './engine/transcription.ts'
import { Health } from './health.ts'
import { createAccess } from './http/access-parts.ts'
import { buildHttp } from './http/build.ts'
import { buildOf } from './http/pages.ts'
import { createInvitations } from './http/invitations.ts'
import { admitBrowser } from './http/browser-admission.ts'
import { createSessions } from './http/sessions.ts'
import { senderAddress } from './mail/compose.ts'
import { TrainingDays } from './training-days.ts'
import type { Fact } from './calls/facts.ts'
import { metricsOf } from './metrics.ts'
import { traceInto } from './traces.ts'
import { owedWithinMs } from './owed/model.ts'
import { createSealing } from './sealing.ts'
import { SharedCalendar } from './shared-calendar/synchroniser.ts'
import { callbackLinks } from './secret-links.ts'
import { type PublicVisitors, publicVisitors, roomOfPage } from './visitors.ts'
import { Realtime } from './realtime/realtime.ts'
import { wordsForSubscribers } from './portal/disruption-pages.ts'
import { logoAddress } from './portal/logo.ts'
import { type Walls, wallScreens } from './walls.ts'
import type { Mandate } from './standby/election.ts'
import { underMandate } from './standby/mandated.ts'
import { SettingsBook } from './settings/book.ts'
import { defaultSettings } from './settings/defaults.ts'
import { derive } from './settings/derived.ts'
import { lineNow, ownWords } from './settings/line-now.ts'
import { OwnSounds } from './settings/own-sounds.ts'
import { Announcements } from './sounds/announcements.ts'
import { type SoundPlaces, Sounds } from './sounds/sounds.ts'
import type { AriAccount } from './telephony/ari.ts'
import { BrowserGateway } from './telephony/browser-gateway.ts'
import type { PageCalls } from './telephony/page-calls.ts'
import { recordingStore } from './telephony/recordings.ts'
import { Telephony } from './telephony/telephony.ts'
import { createWebhooks } from './webhooks/sender.ts'
import { version } from './project.ts'

export type AppParts = {
  readonly config: Config
  readonly databaseUrl: string
  readonly ari: AriAccount
  /** Where phones and callers find the desk: `host:port`. */
  readonly sipAddress: string
  /** Derives the phones' passwords, and signs the links that are mailed. */
  readonly phoneKey: string
  /** What callers hear: where it is made and put, and the sentences that are nobody's to change. */
  readonly sounds: { readonly places: SoundPlaces; readonly voices: readonly Spoken[] }
  readonly log: Logger
  readonly consoleFolder?: string
  /** When this service is one of two, and was elected. */
  readonly mandate?: Mandate
  /** Writes down what voice messages say; none by default. */
  readonly transcriber?: Transcriber
}

export type App = {
  /** A link for the first administrator, where there is none; null otherwise. */
  firstLink(): Promise<string | null>
  readonly http: FastifyInstance
  readonly engine: Engine
  readonly telephony: Telephony
  /** What callers hear: `setWording` and `speak` change it while the desk works. */
  readonly sounds: Sounds
  start(): Promise<void>
  stop(): Promise<void>
}

/** What tickets' delays follow from. */
const timing: ReadonlySet<SettingsDomain> = new Set(['hours', 'clocks', 'categories'])

/** How long a computer that was away is still told that a draft has served. */
const draftsOverMs = 7 * 86_400_000

/** Put the parts together. Nothing runs before `start`; the telephone is served first, PostgreSQL is joined when it is there. */
export function createApp(parts: AppParts): App {
  const { config, log } = parts
  const now = Date.now
  const dueAfter = (ms: number) => addWorking(site.calendar, ms, owedWithinMs) ?? ms + owedWithinMs
  const database = openDatabase(parts.databaseUrl, (error) => log.warn({ reason: error.message }, 'A database connection was lost'))
  const dayAt = dayTeller(config.timeZone)
  const today = () => dayAt(now())
  const links = createLinks(parts.phoneKey, config)
  const stores = createStores(database.db, {
    publicUrl: config.publicUrl,
    mailFrom: config.mailFrom,
    timeZone: config.timeZone,
    dueAfter,
    policy: () => site.tickets,
    reviewMonths: () => settings.values.knowledge.reviewMonths,
    isReader: (number) => visitors.isHere(number),
    answerUrl: links.answers.url,
    followUrl: links.requests.followUrl,
    confirmUrl: links.requests.confirmUrl,
    groupUrl: links.groups.url,
    threads: links.threads,
    ownAddresses: config.imap === null ? undefined : [senderAddress(config.mailFrom).toLowerCase()],
  })
  const settings = new SettingsBook({ varDir: config.varDir, defaults: defaultSettings(config), store: stores.settings, log, now })
  let site = derive(settings.values, config.timeZone)
  const sink = factSink(database.db, {
    dueAfter,
    onOwed: () => consequences.owedChanged(),
    onEnded: () => realtime.stale('calls'),
    onJoined: () => disruptions.wake(),
  })
  const openTickets = new OpenTickets()
  const groupPhones = new GroupPhoneBook({ read: () => stores.groups.phones(), now, log })
  const index = new NumberIndex()
  const directory = createDirectory({
    config: config.ldap,
    mapping: () => settings.values.directory,
    people: stores.people,
    index,
    log,
    keepers: { accounts: stores.accounts, groups: stores.groups, onChange: (ids) => consequences.accountsChanged(ids) },
  })
  const messagesFolder = join(config.varDir, 'messages')
  const recordingsFolder = join(config.varDir, 'recordings')
  const mails = createMails({
    config,
    db: database.db,
    stores,
    settings,
    onTaken: (ticket) => consequences.ticketSaved(ticket),
    onOwedChanged: () => consequences.owedChanged(),
    log,
  })
  const { mailer, inbox } = mails
  const drafts = new DraftBook({ keep: stores.drafts, log, now, onChange: () => realtime.stale('drafts') })

  const facts = new FactLog(join(config.varDir, 'facts'))
  const engine: Engine = new Engine({
    log: facts,
    logger: log,
    settings: () => line(),
    now,
    perform: (effects) => telephony.perform(effects),
    resync: () => telephony.resync(),
  })
  const lineNames = () => settings.values.lines.lines.map(({ id, name, recording }) => ({ id, name, recording }))
  /** The desk line's settings, this very moment. */
  const line = (): Settings => ({
    ...lineNow(settings.values, site.line, ownSounds, today()),
    disruptions: disruptions.told(),
  })
  const shipper = new Shipper(facts, sink, log)

  const sounds = new Sounds({
    ...parts.sounds,
    wording: site.wording,
    varDir: config.varDir,
    log,
    onChange: () => realtime.stale('announcements'),
  })
  const ownSounds = new OwnSounds(sounds)
  const speakOwn = () => ownSounds.follow([...ownWords(settings.values), ...disruptions.words()])
  const subscriberWords = () => wordsForSubscribers(settings.values.mails, config, links.subscribers)
  const disruptions: Disruptions = new Disruptions({
    varDir: config.varDir,
    disruptions: stores.disruptions,
    tickets: stores.tickets,
    peopleOf: (number) => index.find(number),
    sounds: ownSounds,
    heard: () => sounds.heard,
    speak: () => speakOwn(),
    tellSubscribers: () => stores.subscribers.tell(subscriberWords()),
    onMails: () => mailer.wake(),
    onSaved: (ticket) => consequences.ticketSaved(ticket),
    onChange: () => {
      engine.settingsChanged()
      realtime.stale('disruptions')
    },
    log,
    now,
  })
  const announcements = new Announcements({ sounds, places: parts.sounds.places, varDir: config.varDir, store: stores.announcements })
  const { telephony, phones, selfTest, studio } = createTelephone({
    ...parts,
    settings,
    engine,
    index,
    announcements,
    demo: () => demo,
    browserHere: (id) => gateway.isHere(id),
    pageCaller: (dialled) => pageCalls.callerOf(dialled),
    onConnected: (up) => connected(up),
    onAnnouncementTaken: () => realtime.stale('announcements'),
  })
  const messages = new MessageImport({
    recordings: recordingStore(telephony.ari),
    folder: messagesFolder,
    logger: log,
    now,
    isCall: (id) => engine.state.calls.has(id),
    callOf: (id) => sink.callOf(id),
    talksFolder: recordingsFolder,
    addTalk: (recording) => stores.recordings.add(recording),
    add: async (message) => {
      const isNew = await stores.messages.add(message)
      if (message.ticket !== null) await consequences.joinTicket(message.ticket, message)
      if (!isNew) return
      consequences.owedChanged()
      const { transcriber } = parts
      const keep = stores.messages.keepTranscript
      if (transcriber !== undefined) void transcribeMessage({ transcriber, folder: messagesFolder, log, keep }, message.id, message.file)
    },
  })

  const slotLinks = callbackLinks(parts.phoneKey, config.publicUrl)
  const rounds = createRounds({
    config,
    stores,
    settings,
    calendar: () => site.calendar,
    opening: () => desk.view().opening,
    callbackLinks: slotLinks,
    drafts,
    links,
    folders: { messages: messagesFolder, recordings: recordingsFolder },
    peopleOf: (number) => index.find(number),
    onTicketSaved: (ticket) => consequences.ticketSaved(ticket),
    onTicketsRewound: () => realtime.stale('tickets'),
    onOwedChanged: () => consequences.owedChanged(),
    onMailOwed: () => mailer.wake(),
    today,
    now,
    log,
  })
  const hours = new Hours({
    engine,
    now,
    otherwise: () => (config.demo && settings.values.hours.alwaysOpen ? true : null),
    opening: {
      isOpen: (ms) => isOpen(site.calendar, ms),
      nextChangeMs: (ms) => nextChange(site.calendar, ms)?.atMs ?? null,
      sentence: (ms) => hoursSentence(site.calendar, ms, 'fr'),
    },
    clock: (ms) => clockSentence(site.calendar, ms, now()),
    onChange: () => realtime.deskChanged(),
  })
  const demo = config.demo
    ? demoUniversity({
        telephony,
        engine,
        hours,
        index,
        log,
        now,
        folder: join(config.varDir, 'heard'),
        deskLine: `sip:guichet@${parts.sipAddress}`,
        lines: () => lineNames().map((one) => ({ ...one, dialled: rulesOf(site.line, one.id).numbers[0] ?? null })),
      })
    : null
  const training =
    demo &&
    new TrainingDays({
      engine,
      calls: demo.calls,
      store: stores.training,
      stores,
      disruptions,
      categories: () => settings.values.categories.categories,
      onTicketSaved: (ticket) => consequences.ticketSaved(ticket),
      log,
      now,
    })
  const desk = new LiveDesk({
    engine,
    hours,
    telephonyUp: () => telephony.state.up,
    settings: line,
    lines: lineNames,
    groups: (id) => groupPhones.find(id),
    now,
    pickUp: (operatorId, leg) => {
      if (demo === null || !phones.isDemo(operatorId)) return false
      demo.pickUp(leg)
      return true
    },
  })
  const sessions = createSessions(stores.accounts, {
    publicUrl: config.publicUrl,
    demo: config.demo,
    ...(config.ldap !== null && { directory }),
    onChange: (accountId) => {
      realtime.signedOut(accountId)
      gateway.signedOut(accountId)
    },
  })
  const access = createAccess({
    stores,
    sessions,
    key: parts.phoneKey,
    config,
    issuer: () => settings.values.desk.name,
    requiredFor: () => settings.values.signIn.secondFactorFor,
    resetHours: () => settings.values.signIn.secondFactorResetHours,
    rules: () => settings.values.directory.roles,
    onAccountChanged: (id) => consequences.accountsChanged([id]),
    now,
  })
  const webhooks = createWebhooks({
    store: stores.webhooks,
    key: parts.phoneKey,
    allowed: config.webhookNetworks,
    publicUrl: config.publicUrl,
    log,
    now,
  })
  const invitations = createInvitations(stores.accounts, config)
  const sharedCalendar = new SharedCalendar({
    settings: () => settings.values.sharedCalendar,
    hours: () => settings.values.hours,
    store: stores.sharedCalendar,
    rota: stores.rota,
    disruptions: stores.disruptions,
    sealing: createSealing(parts.phoneKey, 'shared calendar'),
    publicUrl: config.publicUrl,
    timeZone: config.timeZone,
    onAbsences() {
      realtime.stale('rota')
      void consequences.groupsChanged()
    },
    onDisruptions: () => void disruptions.changed(),
    log,
    now,
  })
  const neighbours = createNeighbours({
    settings,
    stores,
    key: parts.phoneKey,
    publicUrl: config.publicUrl,
    timeZone: config.timeZone,
    onSaved: (ticket) => consequences.ticketSaved(ticket),
    log,
    now,
  })
  const health = new Health({
    version,
    now,
    selfTest: () => selfTest.run(),
    log,
    telephony: () => telephony.state,
    logTrouble: () => facts.trouble,
    backlog: () => shipper.backlog,
    directory: () => directory.state(),
    mail: () => mailer.state(),
    mailIn: () => inbox?.state() ?? null,
    calendar: () => sharedCalendar.part(),
    neighbours: () => neighbours.parts(),
    database: async () => (await database.pool.query<{ server_version: string }>('show server_version')).rows[0]?.server_version ?? '',
  })
  const continuity = new ContinuityKeeper({
    varDir: config.varDir,
    stores,
    desk: () => ({ name: settings.values.desk.name, targets: settings.values.outgoing.targets }),
    whoIs: (number) => index.find(number),
    timeZone: config.timeZone,
    log,
    now,
  })
  const watch = (listener: (facts: readonly Fact[]) => void) => void engine.onTurn(({ logged }) => listener(logged.map(({ fact }) => fact)))
  const traces = config.traces === null ? undefined : traceInto({ ...config.traces, version, log, watch })
  const metrics = metricsOf({
    engine,
    ari: telephony.ari,
    telephony: () => telephony.state,
    backlog: () => shipper.backlog,
    pool: database.pool,
    outbox: () => stores.mails.counts(),
    watch,
    version,
  })
  const sharedPages: SharedPages = new SharedPages({
    store: stores.sharedPages,
    log,
    now,
    publicUrl: config.publicUrl,
    remoteUrl: () => settings.values.portal.remote.operator,
    isCall: (id) => engine.state.calls.has(id),
    onChange: ({ id }) => {
      realtime.stale('pages')
      visitors.tell(roomOfPage(id))
    },
    screensOf: (id) => visitors.here(roomOfPage(id)),
    onDelivered: () => realtime.stale('tickets'),
  })
  const http = buildHttp({
    metrics,
    ...(traces && { traces }),
    config,
    now,
    desk,
    stores,
    drafts,
    sessions,
    ...access,
    webhooks,
    log,
    messagesFolder,
    recordingsFolder,
    transcribes: parts.transcriber !== undefined,
    demo: demo && training ? { ...demo.port, training } : null,
    settings,
    continuity,
    disruptions,
    directory: { ...directory, findByPhone: (raw) => index.find(normaliseNumber(raw)) },
    numbers: numberBook({ index, state: () => engine.state, changed: (number) => consequences.numberChanged(number) }),
    invitations,
    announcements,
    studio,
    sharedPages,
    callbackLinks: slotLinks,
    pageCallTokens: links.pageCalls,
    readers: { isHere: (number) => visitors.isHere(number), types: (number) => visitors.types(number) },
    phones: { accountOf: (id) => phones.account(id), browserOf: (id) => phones.browser(id), offered: () => phones.offered() },
    health: () => health.state(),
    mailReach: () => mailer.reach(),
    links: links.answers,
    groupLinks: links.groups,
    requests: links.requests,
    tokens: links.forms,
    attachments: mails.attachments,
    walls: {
      newId: () => walls.links.newId(),
      url: (id) => walls.links.url(id),
      screensOf: (id) => walls.screens.screensOf(id),
      changed: (wall) => walls.screens.changed(wall),
      revoked: (id) => walls.screens.revoked(id),
    },
    onTicketSaved: (ticket) => {
      consequences.ticketSaved(ticket)
      if (ticket.status === 'closed') disruptions.wake()
    },
    onMailOwed: () => mailer.wake(),
    onBulk: () => rounds.bulk.wake(),
    rawMail: mails.intake.fileOf,
    onMessageSettled: () => consequences.owedChanged(),
    onCallSettled: (callId) => consequences.callSettled(callId),
    onOwedChanged: () => consequences.owedChanged(),
    onArticleSaved: () => realtime.stale('articles'),
    onExchangeCall: () => realtime.stale('exchanges'),
    sharedCalendar,
    glpi: neighbours.glpi,
    ocs: neighbours.ocs,
    subscriberLinks: links.subscribers,
    onRotaChanged() {
      realtime.stale('rota')
      sharedCalendar.wake()
    },
    calendarLinks: links.calendars,
    listLinks: links.lists,
    onGroupsChanged() {
      sharedCalendar.wake()
      return consequences.groupsChanged()
    },
    onPhoneChosen: () => consequences.readRoster(),
    onAccountsChanged: (ids) => consequences.accountsChanged(ids),
    ...(parts.consoleFolder === undefined ? {} : { consoleFolder: parts.consoleFolder }),
  })
  const gateway: BrowserGateway = new BrowserGateway({
    http: http.server,
    asterisk: parts.ari.url,
    log,
    admit: admitBrowser({ authenticate: (cookie) => sessions.authenticate(cookie), publicUrl: config.publicUrl, phones }),
    onPresence: () => phones.browsersChanged(),
  })
  const pageCalls: PageCalls = createPageCalls({
    http: http.server,
    asterisk: parts.ari.url,
    key: parts.phoneKey,
    tokens: links.pageCalls,
    config,
    telephony,
    engine,
    line,
    settings,
    sessions,
    stores,
    sounds,
    log,
    now,
  })
  const realtime: Realtime = new Realtime({
    http: http.server,
    engine,
    desk,
    demo: config.demo,
    build: buildOf(parts.consoleFolder),
    log,
    now,
    authenticate: (cookie) => sessions.authenticate(cookie),
    openTicketsOf: (call) => openTickets.of(call.people).map(({ waiting: _what, ...summary }) => summary),
    draftOf: (callId) => drafts.of(callId),
  })

  const visitors: PublicVisitors = publicVisitors({
    realtime,
    sharedPages,
    tokens: links.forms,
    stores,
    sessions,
    requests: links.requests,
    now,
  })

  const walls: Walls = wallScreens({
    secret: parts.phoneKey,
    publicUrl: config.publicUrl,
    realtime,
    engine,
    walls: stores.walls,
    disruptions: stores.disruptions,
    view: () => desk.view(),
    settings: () => settings.values.desk,
    logo: () => logoAddress(settings),
    calendar: () => site.calendar,
    build: buildOf(parts.consoleFolder),
    now,
    log,
  })
  const consequences = new Consequences({
    log,
    now,
    timeZone: config.timeZone,
    dueAfter,
    settings,
    index,
    directory,
    openTickets,
    groupPhones,
    stores,
    drafts,
    engine,
    shipper,
    mailer,
    messages,
    realtime,
    telephony,
    phones,
    sessions,
    neighbours,
    sharedPages,
    visitors: { saved: (ticket) => visitors.saved(ticket) },
  })
  engine.onTurn(({ logged }) => {
    shipper.add(logged)
    consequences.ofTurn(logged)
  })

  settings.onChange((changed) => {
    if (changed.includes('directory')) void directory.synchronise()
    if (changed.includes('sharedCalendar')) sharedCalendar.settingsChanged()
    neighbours.settingsChanged(changed)
    site = derive(settings.values, config.timeZone)
    engine.settingsChanged()
    hours.start()
    void sounds.setWording(site.wording)
    void speakOwn()
    realtime.deskChanged()
    realtime.stale('settings')
    rounds.owed.wake()
    if (changed.some((domain) => timing.has(domain))) rounds.tickets.rewind()
  })

  function connected(up: boolean): void {
    engine.attend(up)
    realtime.deskChanged()
    if (!up) return
    void health.test()
    void shipper.settled().then(() => messages.wake())
  }

  const { mandate } = parts
  const pool = database.pool
  const confirm = () => telephony.confirm()
  const mandated = mandate && underMandate(mandate, { varDir: config.varDir, http, engine, facts, shipper, sink, pool, log, confirm })

  const store = openStore({
    url: parts.databaseUrl,
    db: database.db,
    demo: config.demo,
    log,
    async onOpen() {
      await consequences.readRoster()
      if (config.demo) await seedArticles(database.db, stores.articles)
      await keepFigureDays(database.db, config.timeZone)
      await drawMissingCalls(database.db).catch((error: unknown) => log.warn({ err: error }, 'Earlier calls’ figures could not be drawn'))
      await settings.reconcile()
      await stores.partition.follow(settings.values.entities)
      await announcements.reconcile()
      await openTickets.load(database.db)
      await drafts.start(await stores.calls.disposedSince(new Date(now() - draftsOverMs)))
      for (const { personId, number } of await stores.persons.attachedNumbers()) index.attach(personId, number)
      await directory.start()
      await shipper.start()
      webhooks.start()
      sharedCalendar.start()
      await neighbours.start()
      mails.start()
      rounds.start()
      await disruptions.start()
      await training?.start()
      await sharedPages.start()
      messages.wake()
      await mandated?.opened()
      await continuity.start()
    },
  })

  return {
    http,
    firstLink: async () => (config.demo ? null : ((await invitations.first())?.url ?? null)),
    engine,
    telephony,
    sounds,
    async start() {
      // Nothing is written of who answers here: whose the conversations are that Asterisk has is known by the accounts alone.
      if (engine.state.operators.size === 0)
        await consequences.readRoster().catch((error: unknown) => log.info({ err: error }, 'Who takes calls is not known yet'))
      phones.setOwners([...engine.state.operators.values()].map(({ id, extension, phone = null }) => ({ id, extension, phone })))
      hours.start()
      telephony.start()
      pageCalls.start()
      void sounds
        .start()
        .then(speakOwn)
        .then(() => engine.settingsChanged())
      await store.open()
      health.start()
    },
    async stop() {
      store.stop()
      mandated?.stop()
      continuity.stop()
      health.stop()
      hours.stop()
      walls.screens.stop()
      engine.stop()
      gateway.close()
      pageCalls.close()
      sharedPages.stop()
      await realtime.close()
      await http.close()
      await traces?.stop()
      await telephony.stop()
      await messages.stop()
      await sounds.settled()
      await disruptions.stop()
      await training?.stop()
      await sharedCalendar.stop()
      await neighbours.stop()
      await rounds.stop()
      await mails.stop()
      await Promise.all([shipper.stop(), webhooks.stop(), directory.stop(), drafts.stop()])
      facts.close()
      await database.close()
    },
  }
}
