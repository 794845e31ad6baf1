/* One file however long: which part is told what by which, and in which order they begin and end, is read and changed in one place. */
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Spoken } from './calls/announcements.ts'
import type { Settings } from './calls/settings.ts'
import { dayTeller } from './calendar/days.ts'
import { rulesOf } from './calls/lines.ts'
import { isOpen, nextChange } from './calendar/hours.ts'
import { clockSentence, hoursSentence } from './calendar/sentences.ts'
import { createDemonstration, type Demonstration } from './assembly/demonstration.ts'
import { createHttp } from './assembly/http.ts'
import { createLinks } from './assembly/links.ts'
import { createMails } from './assembly/mails.ts'
import { createMessages } from './assembly/messages.ts'
import { createNeighbours } from './assembly/neighbours.ts'
import { createRounds } from './assembly/rounds.ts'
import { createPageCalls } from './assembly/page-calls.ts'
import { createScreens, type Screens } from './assembly/screens.ts'
import { createSigningIn } from './assembly/signing-in.ts'
import { createSpoken } from './assembly/spoken.ts'
import { createTelephone } from './assembly/telephone.ts'
import { createWatched } from './assembly/watched.ts'
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
import { createDirectory } from './directory/directory.ts'
import { NumberIndex } from './directory/number-index.ts'
import { DraftBook } from './engine/draft-book.ts'
import { Engine } from './engine/engine.ts'
import { GroupDelays } from './engine/group-delays.ts'
import { GroupPhoneBook } from './engine/group-phone-book.ts'
import { FactLog } from './engine/fact-log.ts'
import { Hours } from './engine/hours.ts'
import { LiveDesk } from './engine/live-desk.ts'
import { presencesToday } from './engine/presences-today.ts'
import { Shipper } from './engine/shipper.ts'
import { SharedPages } from './engine/shared-pages.ts'
import type { Transcriber } from './engine/transcription.ts'
import { admitBrowser } from './http/browser-admission.ts'
import { connectionsOf } from './http/connections.ts'
import { senderAddress } from './mail/compose.ts'
import { owedAt } from './owed/model.ts'
import { createSealing } from './sealing.ts'
import { SharedCalendar } from './shared-calendar/synchroniser.ts'
import { callbackLinks } from './secret-links.ts'
import { roomOfPage } from './visitors.ts'
import type { Mandate } from './standby/election.ts'
import { underMandate } from './standby/mandated.ts'
import { SettingsBook } from './settings/book.ts'
import { defaultSettings } from './settings/defaults.ts'
import { derive } from './settings/derived.ts'
import { lineNow } from './settings/line-now.ts'
import { type SoundPlaces, Sounds } from './sounds/sounds.ts'
import type { AriAccount } from './telephony/ari.ts'
import { BrowserGateway } from './telephony/browser-gateway.ts'
import type { PageCalls } from './telephony/page-calls.ts'
import { Telephony } from './telephony/telephony.ts'
import { createWebhooks } from './webhooks/sender.ts'

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

/**
 * Put the parts together: how each group is made stands in `assembly`, what they tell one another and in which order they begin and end
 * is here, whole. Nothing runs before `start`; the telephone is served first, PostgreSQL is joined when it is there.
 */
export function createApp(parts: AppParts): App {
  const { config, log } = parts
  const now = Date.now
  const dueAfter = (ms: number) => owedAt(site.calendar, engine.state.opening, ms)
  const database = openDatabase(
    parts.databaseUrl,
    (error) => log.warn({ reason: error.message }, 'A database connection was lost'),
    config.timeZone,
  )
  const dayAt = dayTeller(config.timeZone)
  const today = () => dayAt(now())
  const links = createLinks(parts.phoneKey, config)
  const stores = createStores(database.db, {
    publicUrl: config.publicUrl,
    mailFrom: config.mailFrom,
    timeZone: config.timeZone,
    dueAfter,
    policy: () => ({ ...site.tickets, groupMinutes: groupDelays.minutes }),
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
  const groupDelays = new GroupDelays({ read: () => stores.groups.delays(), log })
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
  const folders = { messages: join(config.varDir, 'messages'), recordings: join(config.varDir, 'recordings') }
  const mails = createMails({
    config,
    db: database.db,
    stores,
    settings,
    onTaken: (ticket) => consequences.ticketSaved(ticket),
    onOwedChanged: () => consequences.owedChanged(),
    log,
  })
  const { mailer } = mails
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
  const presences = presencesToday({ rota: stores.rota, hours: () => settings.values.hours, timeZone: config.timeZone, today, log })
  const lineNames = () => settings.values.lines.lines.map(({ id, name, recording }) => ({ id, name, recording }))
  /** The desk line's settings, this very moment. */
  const line = (): Settings => ({
    ...lineNow(settings.values, site.line, own, today()),
    disruptions: disruptions.told(),
    // The sample rota says nothing of who tries the demonstration, at whatever hour.
    presences: config.demo && settings.values.hours.alwaysOpen ? [] : presences.known(),
  })
  const shipper = new Shipper(facts, sink, log)

  const { sounds, own, speakOwn, disruptions, announcements } = createSpoken({
    config,
    sounds: parts.sounds,
    wording: site.wording,
    settings,
    stores,
    index,
    links,
    onAnnouncements: () => realtime.stale('announcements'),
    onDisruptions() {
      engine.settingsChanged()
      realtime.stale('disruptions')
    },
    onMails: () => mailer.wake(),
    onTicketSaved: (ticket) => consequences.ticketSaved(ticket),
    log,
    now,
  })
  const { telephony, phones, selfTest, studio } = createTelephone({
    ...parts,
    settings,
    engine,
    index,
    announcements,
    demo: () => demo,
    browserHere: (id) => gateway.isHere(id),
    pageCaller: (dialled) => pageCalls.callerOf(dialled),
    ticketNews: (people) => consequences.ticketNews(people),
    onConnected: (up) => connected(up),
    onAnnouncementTaken: () => realtime.stale('announcements'),
  })
  const messages = createMessages({
    ari: telephony.ari,
    engine,
    sink,
    stores,
    folders,
    transcriber: parts.transcriber,
    joinTicket: (number, message) => consequences.joinTicket(number, message),
    onOwedChanged: () => consequences.owedChanged(),
    log,
    now,
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
    forgetNumbersBefore: (before) => engine.submit({ type: 'numbers-over', before }),
    links,
    folders,
    mailFile: mails.intake.fileOf,
    peopleOf: (number) => index.find(number),
    onTicketSaved: (ticket) => consequences.ticketSaved(ticket),
    onTicketsRewound: () => realtime.stale('tickets'),
    judgeConsoles: () => realtime.judge(),
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
  const demo: Demonstration | null = config.demo
    ? createDemonstration({
        config,
        telephony,
        engine,
        hours,
        index,
        stores,
        settings,
        disruptions,
        sipAddress: parts.sipAddress,
        dialledFor: (lineId) => rulesOf(site.line, lineId).numbers[0] ?? null,
        onTicketSaved: (ticket) => consequences.ticketSaved(ticket),
        log,
        now,
      })
    : null
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
  const { sessions, access, invitations } = createSigningIn({
    config,
    key: parts.phoneKey,
    stores,
    settings,
    directory,
    onSignedOut(accountId) {
      realtime.signedOut(accountId)
      gateway.signedOut(accountId)
    },
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
      presences.rounds.wake()
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
  const { health, traces, metrics } = createWatched({
    config,
    telephony,
    selfTest,
    engine,
    facts,
    shipper,
    directory,
    mails,
    sharedCalendar,
    neighbours,
    database,
    stores,
    log,
    now,
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
  const http = createHttp({
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
    messagesFolder: folders.messages,
    recordingsFolder: folders.recordings,
    transcribes: parts.transcriber !== undefined,
    demo: demo?.port ?? null,
    settings,
    continuity,
    invitations,
    announcements,
    studio,
    sharedPages,
    callbackLinks: slotLinks,
    engine,
    index,
    directory,
    phones,
    health,
    mails,
    rounds,
    presences,
    disruptions,
    sharedCalendar,
    neighbours,
    links,
    later: { consequences: () => consequences, realtime: () => realtime, visitors: () => visitors, walls: () => walls },
    ...(parts.consoleFolder === undefined ? {} : { consoleFolder: parts.consoleFolder }),
  })
  const connections = connectionsOf(http.server)
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
  const screens: Screens = createScreens({
    http: http.server,
    config,
    key: parts.phoneKey,
    consoleFolder: parts.consoleFolder,
    engine,
    desk,
    stores,
    sessions,
    settings,
    calendar: () => site.calendar,
    openTickets,
    drafts,
    sharedPages,
    links,
    log,
    now,
  })
  const { realtime, visitors, walls } = screens
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
    groupDelays,
    onDelaysChanged: () => rounds.tickets.rewind(),
    stores,
    drafts,
    engine,
    shipper,
    mailer,
    messages,
    messageTickets: rounds.messages,
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
    onOpen: [
      () => consequences.readRoster(),
      () => config.demo && seedArticles(database.db, stores.articles),
      () => keepFigureDays(database.db, config.timeZone),
      () => drawMissingCalls(database.db).catch((error: unknown) => log.warn({ err: error }, 'Earlier calls’ figures could not be drawn')),
      () => settings.reconcile(),
      () => stores.partition.follow(settings.values.entities),
      () => announcements.reconcile(),
      async () => {
        await openTickets.load(database.db)
        consequences.openTicketsKnown()
      },
      async () => drafts.start(await stores.calls.disposedSince(new Date(now() - draftsOverMs))),
      async () => {
        for (const { personId, number } of await stores.persons.attachedNumbers()) index.attach(personId, number)
      },
      () => directory.start(),
      () => shipper.start(),
      () => webhooks.start(),
      () => sharedCalendar.start(),
      () => neighbours.start(),
      () => mails.start(),
      () => rounds.start(),
      () => presences.rounds.start(),
      () => disruptions.start(),
      () => demo?.training.start(),
      () => sharedPages.start(),
      () => messages.wake(),
      () => mandated?.opened(),
      () => continuity.start(),
    ],
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
      await Promise.all([realtime.close(), connections.close()])
      await http.close()
      await traces?.stop()
      await telephony.stop()
      await messages.stop()
      await sounds.settled()
      await disruptions.stop()
      await demo?.training.stop()
      await sharedCalendar.stop()
      await neighbours.stop()
      await Promise.all([rounds.stop(), presences.rounds.stop()])
      await mails.stop()
      await Promise.all([shipper.stop(), webhooks.stop(), directory.stop(), drafts.stop()])
      facts.close()
      await database.close()
    },
  }
}
