import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Spoken } from './calls/announcements.ts'
import type { EndReason, Settings } from './calls/model.ts'
import { exceptionalOn, yearFrom } from './calendar/ahead.ts'
import { rulesOf } from './calls/lines.ts'
import { normaliseNumber } from './calls/number.ts'
import { addWorking, isOpen, nextChange } from './calendar/hours.ts'
import { clockSentence, hoursSentence } from './calendar/sentences.ts'
import { answerLinks } from './answer-links.ts'
import type { Config } from './config.ts'
import type { Person, Ticket } from './contract/entities.ts'
import { drawMissingCalls } from './database/indicator-projection.ts'
import { ContinuityKeeper } from './continuity/keeper.ts'
import { openDatabase } from './database/connection.ts'
import { factSink } from './database/fact-sink.ts'
import { OpenTickets } from './database/open-tickets.ts'
import type { Outside } from './database/hand-over-store.ts'
import { outboxStore } from './database/outbox-store.ts'
import { createStores, domainOf } from './database/stores.ts'
import { openStore } from './database/open-store.ts'
import { demoUniversity } from './demo.ts'
import { createDirectory } from './directory/directory.ts'
import { NumberIndex } from './directory/number-index.ts'
import { DraftBook } from './engine/draft-book.ts'
import { Engine } from './engine/engine.ts'
import { FactLog } from './engine/fact-log.ts'
import { Hours } from './engine/hours.ts'
import { LiveDesk } from './engine/live-desk.ts'
import { type ImportedMessage, MessageImport } from './engine/message-import.ts'
import { OwedWatch } from './engine/owed-watch.ts'
import { Shipper } from './engine/shipper.ts'
import { newsOf } from './engine/ticket-news.ts'
import { TicketClock } from './engine/ticket-clock.ts'
import { type Transcriber, transcribeMessage } from './engine/transcription.ts'
import { Health } from './health.ts'
import { buildHttp } from './http/build.ts'
import { buildOf } from './http/pages.ts'
import { createInvitations } from './http/invitations.ts'
import { createSessions } from './http/sessions.ts'
import { ServiceError } from './errors.ts'
import { createMailer } from './mail/mailer.ts'
import { owedWithinMs } from './owed/model.ts'
import { Realtime } from './realtime/realtime.ts'
import type { Mandate } from './standby/election.ts'
import { underMandate } from './standby/mandated.ts'
import { SettingsBook } from './settings/book.ts'
import { defaultSettings } from './settings/defaults.ts'
import { derive } from './settings/derived.ts'
import { closureWords, OwnSounds, welcomeWords } from './settings/own-sounds.ts'
import { Announcements } from './sounds/announcements.ts'
import { type SoundPlaces, Sounds } from './sounds/sounds.ts'
import type { AriAccount } from './telephony/ari.ts'
import { Phones } from './telephony/phones.ts'
import { recordingStore } from './telephony/recordings.ts'
import { SelfTest } from './telephony/self-test.ts'
import { Studio, studioRole } from './telephony/studio.ts'
import { Telephony } from './telephony/telephony.ts'

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

export const version = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version

/** Nobody was talked to: what was typed while it rang is of no call any more. */
const inVain: ReadonlySet<EndReason> = new Set(['abandoned', 'closed', 'message'])
/** How long a computer that was away is still told that a draft has served. */
const draftsOverMs = 7 * 86_400_000

/** Put the parts together. Nothing runs before `start`; the telephone is served first, PostgreSQL is joined when it is there. */
export function createApp(parts: AppParts): App {
  const { config, log } = parts
  const now = Date.now
  const dueAfter = (ms: number) => addWorking(site.calendar, ms, owedWithinMs) ?? ms + owedWithinMs
  const database = openDatabase(parts.databaseUrl, (error) => log.warn({ reason: error.message }, 'A database connection was lost'))
  const links = answerLinks(parts.phoneKey, config.publicUrl)
  const stores = createStores(database.db, {
    publicUrl: config.publicUrl,
    mailFrom: config.mailFrom,
    timeZone: config.timeZone,
    dueAfter,
    policy: () => site.tickets,
    answerUrl: links.url,
  })
  const settings = new SettingsBook({ varDir: config.varDir, defaults: defaultSettings(config), store: stores.settings, log, now })
  let site = derive(settings.values, config.timeZone)
  const sink = factSink(database.db, { dueAfter, onOwed: () => owedChanged(), onEnded: () => realtime.stale('calls') })
  const openTickets = new OpenTickets()
  const index = new NumberIndex()
  const directory = createDirectory({
    config: config.ldap,
    mapping: () => settings.values.directory,
    people: stores.people,
    index,
    log,
    keepers: { accounts: stores.accounts, groups: stores.groups, onChange: (ids) => accountsChanged(ids) },
  })
  const mailer = createMailer({
    smtpUrl: config.smtpUrl,
    from: config.mailFrom,
    outbox: outboxStore(database.db),
    mailDir: join(config.varDir, 'mails'),
    log,
  })
  const messagesFolder = join(config.varDir, 'messages')
  const drafts = new DraftBook({ keep: stores.drafts, log, now, onChange: () => realtime.stale('drafts') })

  const facts = new FactLog(join(config.varDir, 'facts'))
  const engine: Engine = new Engine({
    log: facts,
    logger: log,
    settings: line,
    now,
    perform: (effects) => telephony.perform(effects),
    resync: () => telephony.resync(),
  })
  /** The desk line's settings, this very moment: a closure has its days, and a sound is played once it is there. */
  function line(): Settings {
    const { hours, lines } = settings.values
    const closed = exceptionalOn(hours, yearFrom(config.timeZone, now()).today)
    const welcomes = new Map(lines.lines.map((one) => [one.id, ownSounds.of(welcomeWords(one))]))
    return {
      ...site.line,
      closure: closed === null ? null : ownSounds.of(closureWords(closed)),
      lines: site.line.lines.map((rules) => ({ ...rules, welcome: welcomes.get(rules.id) ?? null })),
    }
  }
  const lineNames = () => settings.values.lines.lines.map(({ id, name }) => ({ id, name }))
  const ownWords = () => [...settings.values.hours.exceptions.map(closureWords), ...settings.values.lines.lines.map(welcomeWords)]
  const shipper = new Shipper(facts, sink, log)

  const sounds = new Sounds({
    ...parts.sounds,
    wording: site.wording,
    varDir: config.varDir,
    log,
    onChange: () => realtime.stale('announcements'),
  })
  const ownSounds = new OwnSounds(sounds)
  const announcements = new Announcements({ sounds, places: parts.sounds.places, varDir: config.varDir, store: stores.announcements })
  const telephony: Telephony = new Telephony(parts.ari, {
    log,
    submit: (input) => engine.submit(input),
    connected: (up) => connected(up),
    findPeople: (number) => index.find(number),
    isCall: (id) => engine.state.calls.has(id),
    target: (to) => phones.target(to),
    ...(parts.mandate && { mayCommand: () => parts.mandate?.fence.pass(), replaced: () => parts.mandate?.relieve() }),
  })
  const phones = new Phones({
    ari: telephony.ari,
    follow: (source) => telephony.follow(source),
    log,
    key: parts.phoneKey,
    server: parts.sipAddress,
    trunks: config.sipTrunk.length,
    desk: () => ({ number: normaliseNumber(settings.values.desk.phone) ?? '', name: settings.values.desk.name }),
    demo: config.demo,
  })
  const selfTest = new SelfTest(telephony.ari)
  telephony.role('phones', { onEvent: (event) => phones.onEvent(event), onOpen: () => phones.provision() })
  telephony.role('selftest', selfTest)
  const studio = new Studio({
    ari: telephony.ari,
    log,
    target: (operatorId) => phones.target({ kind: 'operator', operatorId }),
    pickUp: (leg, kind) => demo?.pickUpForAnnouncement(leg, kind === 'record') ?? false,
    take: (wav) => announcements.bring(wav, 'phone'),
    mediaOf: (sound) => announcements.lend(sound),
    onChange: () => realtime.stale('announcements'),
  })
  telephony.role(studioRole, studio)
  const messages = new MessageImport({
    recordings: recordingStore(telephony.ari),
    folder: messagesFolder,
    logger: log,
    now,
    isCall: (id) => engine.state.calls.has(id),
    callOf: (id) => sink.callOf(id),
    add: async (message) => {
      const isNew = await stores.messages.add(message)
      if (message.ticket !== null) await joinTicket(message.ticket, message)
      if (!isNew) return
      owedChanged()
      const { transcriber } = parts
      const keep = stores.messages.keepTranscript
      if (transcriber !== undefined) void transcribeMessage({ transcriber, folder: messagesFolder, log, keep }, message.id, message.file)
    },
  })

  const owedWatch = new OwedWatch({
    log,
    owed: stores.owed,
    settings: () => settings.values.followUp,
    calendar: () => site.calendar,
    peopleOf: (number) => index.find(number),
    publicUrl: config.publicUrl,
    mailDomain: domainOf(config.mailFrom),
    onLate: () => {
      owedChanged()
      mailer.wake()
    },
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
  const desk = new LiveDesk({
    engine,
    hours,
    telephonyUp: () => telephony.state.up,
    settings: line,
    lines: lineNames,
    now,
    pickUp: (leg) => demo?.pickUp(leg) ?? false,
  })
  const sessions = createSessions(stores.accounts, {
    publicUrl: config.publicUrl,
    demo: config.demo,
    ...(config.ldap !== null && { directory }),
    onChange: (accountId) => realtime.signedOut(accountId),
  })
  const invitations = createInvitations(stores.accounts, config)
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
  const http = buildHttp({
    config,
    desk,
    stores,
    drafts,
    sessions,
    log,
    messagesFolder,
    transcribes: parts.transcriber !== undefined,
    demo: demo?.port ?? null,
    settings,
    continuity,
    directory: { findByPhone: (raw) => index.find(normaliseNumber(raw)), trial: directory.trial },
    invitations,
    announcements,
    studio,
    phones: { accountOf: (id) => phones.account(id) },
    health: () => health.state(),
    links,
    onTicketSaved: (ticket) => ticketSaved(ticket),
    onMessageSettled: () => owedChanged(),
    onCallSettled: (callId) => callSettled(callId),
    onOwedChanged: () => owedChanged(),
    onGroupsChanged: () => realtime.stale('groups'),
    onAccountsChanged: (ids) => accountsChanged(ids),
    ...(parts.consoleFolder === undefined ? {} : { consoleFolder: parts.consoleFolder }),
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

  engine.onTurn(({ logged }) => {
    shipper.add(logged)
    for (const { fact } of logged) {
      if (fact.type === 'call-arrived' && fact.people.length === 0 && fact.number !== null) void lookUp(fact.callId, fact.number)
      if (fact.type === 'call-arrived' || fact.type === 'caller-identified') tellTicket(fact.callId, fact.people)
      if (fact.type === 'call-transferred' && fact.target.kind === 'number') void tellHandedOver(fact.callId)
      if (fact.type === 'call-ended' && inVain.has(fact.reason) && drafts.of(fact.callId) !== null) drafts.end(fact.callId)
      if (fact.type === 'call-ended' && fact.reason === 'message') void shipper.settled().then(() => messages.wake())
    }
  })

  settings.onChange((changed) => {
    if (changed.includes('directory')) void directory.synchronise()
    site = derive(settings.values, config.timeZone)
    engine.settingsChanged()
    hours.start()
    void sounds.setWording(site.wording)
    void ownSounds.follow(ownWords())
    realtime.deskChanged()
    realtime.stale('settings')
    owedWatch.look()
  })

  const ticketClock = new TicketClock({ run: () => stores.tickets.runDue(), onSaved: ticketSaved, log })

  /** An answer owed and its voice messages are settled together. */
  function owedChanged(): void {
    realtime.stale('owed')
    realtime.stale('messages')
  }

  function callSettled(callId: string): void {
    drafts.end(callId)
    realtime.stale('calls')
    owedChanged()
    void tellHandedOver(callId)
  }

  /** Whom a caller was handed over to outside reads the ticket by mail, whether it was written before or after. */
  async function tellHandedOver(callId: string): Promise<void> {
    await shipper.settled()
    const { targets } = settings.values.outgoing
    const addressOf = ({ number }: Outside) => {
      const [only, another] = index.find(number)
      return targets.find((t) => normaliseNumber(t.number) === number)?.email ?? (another === undefined ? (only?.email ?? null) : null)
    }
    try {
      if (await stores.handOvers.tell(callId, addressOf)) mailer.wake()
    } catch (error) {
      log.warn({ reason: (error as Error).message, callId }, 'Whom a caller was handed over to could not be written to')
    }
  }

  /** What is known from memory alone; what comes too late is not told. */
  function tellTicket(callId: string, people: readonly Person[]): void {
    if (people.length !== 1 || !settings.values.followUp.tellTicket) return
    const ticket = newsOf(openTickets.of(people), { nowMs: now(), timeZone: config.timeZone, dueAfter })
    if (ticket !== null) engine.submit({ type: 'ticket-found', callId, ticket })
  }

  /** A message that was left about a ticket. The ticket may be gone: the message is then an answer owed like any other. */
  async function joinTicket(number: number, { callId, seconds }: ImportedMessage): Promise<void> {
    try {
      ticketSaved(await stores.tickets.addMessage(number, callId, seconds))
    } catch (error) {
      if (!(error instanceof ServiceError && error.code === 'not_found')) throw error
      log.warn({ ticket: number }, 'A voice message was left about a ticket that is no more')
    }
  }

  function ticketSaved(ticket: Ticket): void {
    openTickets.note(ticket)
    realtime.stale('tickets')
    mailer.wake()
  }

  /** Those who take calls, and their phones. */
  async function readRoster(): Promise<void> {
    const operators = (await stores.accounts.operators()).map(({ id, name, extension }) => ({ id, name, extension }))
    engine.submit({ type: 'roster', operators })
    phones.setOwners(operators)
    if (telephony.state.up) await phones.provision()
  }

  function accountsChanged(accountIds: readonly string[]): void {
    for (const id of accountIds) sessions.forget(id)
    realtime.stale('groups')
    void readRoster().catch((error: unknown) => log.warn({ err: error }, 'Who takes calls could not be read again'))
  }

  async function lookUp(callId: string, number: string): Promise<void> {
    const people = await directory.lookupNumber(number)
    if (people.length > 0) engine.submit({ type: 'caller-identified', callId, people })
  }

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
      await readRoster()
      await drawMissingCalls(database.db).catch((error: unknown) => log.warn({ err: error }, 'Earlier calls’ figures could not be drawn'))
      await settings.reconcile()
      await announcements.reconcile()
      await openTickets.load(database.db)
      await drafts.start(await stores.calls.disposedSince(new Date(now() - draftsOverMs)))
      await directory.start()
      await shipper.start()
      mailer.start()
      owedWatch.start()
      ticketClock.start()
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
      phones.setOwners([...engine.state.operators.values()])
      hours.start()
      telephony.start()
      void sounds.start().then(() => ownSounds.follow(ownWords()))
      await store.open()
      health.start()
    },
    async stop() {
      store.stop()
      mandated?.stop()
      continuity.stop()
      health.stop()
      hours.stop()
      engine.stop()
      await realtime.close()
      await http.close()
      await telephony.stop()
      await messages.stop()
      await owedWatch.stop()
      await sounds.settled()
      await ticketClock.stop()
      await Promise.all([shipper.stop(), mailer.stop(), directory.stop(), drafts.stop()])
      facts.close()
      await database.close()
    },
  }
}
