import type { ConfigurationHistory, ConfigurationPreview } from '../../server/contract/configuration.ts'
import { preferences, preferencesChange, type Preferences } from '../../server/contract/preferences.ts'
import type { IncomingMail } from '../../server/contract/incoming-mails.ts'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { Server } from 'socket.io'
import type { CallView, LineName, OpeningOrder, OperatorView, TicketSummary } from '../../server/contract/entities.ts'
import type { LateTickets } from '../../server/contract/clocks.ts'
import { errorCatalogue, type ErrorCode } from '../../server/contract/errors.ts'
import { extension, holding, type MailReach, type PhoneAccount, type Session } from '../../server/contract/http.ts'
import type { PhoneChoice } from '../../server/contract/phones.ts'
import type { ClientEvents, DeskChange, ServerEvents, Stale, DialRefused } from '../../server/contract/live.ts'
import type { CallWithoutTicket } from '../../server/contract/dispositions.ts'
import type { Draft } from '../../server/contract/drafts.ts'
import type { Listening } from '../../server/contract/messages.ts'
import type { NextThing } from '../../server/contract/next.ts'
import type { SharedPage } from '../../server/contract/shared-page.ts'
import type { Talk } from '../../server/contract/talks.ts'
import { accessRoutes, FakeAccess } from './fake-access.ts'
import { accountRoutes, FakeAccounts } from './fake-accounts.ts'
import { announcementRoutes, FakeAnnouncements } from './fake-announcements.ts'
import { FakeNeighbours } from './fake-neighbours.ts'
import { FakeTraining } from './fake-training.ts'
import { FakeWall } from './fake-wall.ts'
import { afterCallRoutes } from './fake-after-calls.ts'
import { callingRoutes } from './fake-calling.ts'
import { conversationRoutes } from './fake-conversation.ts'
import { FakeGroups, groupRoutes } from './fake-groups.ts'
import { FakeRota, rotaRoutes } from './fake-rota.ts'
import { indicatorRoutes } from './fake-indicators.ts'
import { personRoutes } from './fake-people.ts'
import { listRoutes } from './fake-lists.ts'
import { mailRoutes } from './fake-mails.ts'
import { messageRoutes } from './fake-messages.ts'
import { owedRoutes, sampleOwed } from './fake-owed.ts'
import { sampleSettings, settingsRoutes } from './fake-settings.ts'
import { ticketRoutes } from './fake-tickets.ts'
import { noAccuracy, waitingRoutes } from './fake-waiting.ts'
import { everybody, operator, sampleMails, sampleRecordings, sampleTickets, type KeptTicket } from './fake-world.ts'

const builtConsole = join(import.meta.dirname, '../../console/dist')
/** Up to how many ms answers shall take: what a test does not wait for comes to light. */
const slowAnswers = Number(process.env['GUICHET_SLOW_ANSWERS'] ?? 0)
const cookie = 'fake-session=yes'
const alice: Session = { id: 'alice', login: 'alice', name: 'Alice Martin', role: 'operator', extension: '6101', demo: true }

/**
 * A server that speaks the console's contract with no telephone, database or directory behind it: a fake for the world of the
 * telephone, whose calls are what a test says they are. The console under test is the built one, in a real browser.
 */
export class FakeServer {
  readonly #app: FastifyInstance = Fastify({ forceCloseConnections: true })
  readonly #io: Server<ClientEvents, ServerEvents>
  #epoch = 'epoch-1'
  #n = 0
  calls = new Map<string, CallView>()
  operators: OperatorView[] = [
    operator('alice', 'Alice Martin', 'ready'),
    operator('bruno', 'Bruno Petit', 'ready'),
    operator('chloe', 'Chloé Faure', 'offline'),
  ]
  tickets: KeptTicket[] = sampleTickets()
  /** Past their delay. */
  late: LateTickets['tickets'] = []
  owed = sampleOwed()
  settings = sampleSettings()
  lines: LineName[] = [{ id: 'guichet', name: 'Guichet', recording: 'off' }]
  readonly wall: FakeWall
  readonly announcements = new FakeAnnouncements()
  readonly groups = new FakeGroups()
  readonly rota = new FakeRota()
  readonly training = new FakeTraining()
  readonly neighbours = new FakeNeighbours()
  readonly accounts = new FakeAccounts()
  readonly access = new FakeAccess()
  accuracy = noAccuracy()
  mails = sampleMails()
  mailReach: MailReach = { server: 'files', since: new Date().toISOString(), problem: null }
  settingsChanges: ConfigurationHistory = []
  importPreview: ConfigurationPreview = { desk: '', at: new Date().toISOString(), by: '', changes: [], problems: [], versions: {} }
  received: IncomingMail[] = []
  preferences: Preferences = preferences.parse({ tourDone: true })
  unwritten: CallWithoutTicket[] = []
  drafts: Draft[] = []
  readonly draftsOver: string[] = []
  /** Drafts are refused with this while it is set. */
  draftsFail: ErrorCode | null = null
  readonly dispositions: { readonly callId: string; readonly order: unknown }[] = []
  next: NextThing[] = []
  /** Who waits for a written answer. */
  talks: Talk[] = []
  /** What is shared with the caller, during whatever call. */
  page: SharedPage | null = null
  readonly listened = new Map<string, Listening[]>()
  soundFails = false
  open = true
  opening: OpeningOrder | null = null
  /** What the public page calls the desk. */
  deskName = 'Guichet unique du Numérique'
  /** The SIP account of the operator's own phone; null for those reached through an exchange. */
  phoneChoice: PhoneChoice = { kind: 'registered', offered: ['browser', 'registered', 'extension'] }
  phone: PhoneAccount | null = { extension: '6101', login: 'alice-a1', password: 'correct-horse-7', server: '127.0.0.1:5060' }
  recordings = sampleRecordings()
  /** Every save fails with this while it is set. */
  saveFails: ErrorCode | null = null
  /** A file that is brought is answered once this has come. */
  fileHeld: Promise<void> = Promise.resolve()
  readonly contributions: unknown[] = []
  readonly closings: unknown[] = []
  /** What is asked of a call fails with this while it is set. */
  callFails: ErrorCode | null = null
  readonly extensionReasons: string[] = []
  /** What the console asked for, in order: `POST /api/calls/c1/answer`. */
  readonly asked: string[] = []
  readonly creations: unknown[] = []
  /** Calls that were asked for: number and answer owed. */
  readonly placed: unknown[] = []
  readonly sentKeys: string[] = []
  /** Whom calls were handed over to; null: to whom was being asked. */
  readonly transfers: unknown[] = []
  /** How many snapshots were asked for by `again`. */
  again = 0
  url = ''

  constructor() {
    this.#io = new Server(this.#app.server)
    this.wall = new FakeWall(this.#io)
    this.#routes()
    this.#io.use((socket, next) =>
      next(socket.handshake.headers.cookie?.includes(cookie) === true ? undefined : new Error('not_signed_in')),
    )
    this.#io.on('connection', (socket) => {
      socket.emit('desk', this.#snapshot())
      socket.on('again', () => {
        this.again += 1
        socket.emit('desk', this.#snapshot())
      })
    })
  }

  /** @returns the address to open. */
  async start(port = 0): Promise<string> {
    await this.#app.register(fastifyStatic, { root: builtConsole, wildcard: true, index: false, maxAge: '1h', immutable: true })
    for (const page of ['/', '/console', '/console/*', '/demo', '/demande', '/mot-de-passe', '/mur/*', '/avis/*'])
      this.#app.get(page, (_request, reply) => reply.sendFile('index.html', { maxAge: 0, immutable: false }))
    this.url = await this.#app.listen({ port, host: '127.0.0.1' })
    return this.url
  }

  async close(): Promise<void> {
    const closed = this.#io.close()
    // Chromium opens connections ahead of need, and a server waits a minute for their first word.
    this.#app.server.closeAllConnections()
    await closed
    await this.#app.close()
  }

  /** The ticket's content reaches the operator's screen before anything rings. */
  pop(
    call: CallView,
    openTickets: readonly TicketSummary[] = this.tickets.filter(
      (t) => t.status !== 'closed' && call.people.some((p) => p.id === t.requester.personId),
    ),
  ): void {
    this.#io.emit('pop', {
      call,
      draft: this.drafts.find((draft) => draft.key === call.id) ?? null,
      openTickets: openTickets.map(({ id, number, title, status, openedAt }) => ({ id, number, title, status, openedAt })),
    })
  }

  change({ calls = [], ended = [], operators = [] }: Partial<Pick<DeskChange, 'calls' | 'ended' | 'operators'>>): void {
    this.#hold(calls, ended, operators)
    this.#n += 1
    this.#io.emit('change', { epoch: this.#epoch, n: this.#n, now: new Date().toISOString(), calls, ended, operators })
  }

  /** Something happens whose event gets lost on the way. */
  lose({ calls = [], ended = [], operators = [] }: Partial<Pick<DeskChange, 'calls' | 'ended' | 'operators'>>): void {
    this.#hold(calls, ended, operators)
    this.#n += 1
  }

  /** The service starts again: another epoch, and every link is cut. */
  restart(): void {
    this.#epoch = `${this.#epoch}+`
    this.#n = 0
    this.#io.disconnectSockets(true)
  }

  #hold(calls: readonly CallView[], ended: DeskChange['ended'], operators: readonly OperatorView[]): void {
    for (const c of calls) this.calls.set(c.id, c)
    for (const e of ended) this.calls.delete(e.id)
    this.operators = this.operators.map((o) => operators.find((x) => x.id === o.id) ?? o)
  }

  #snapshot() {
    return {
      epoch: this.#epoch,
      n: this.#n,
      now: new Date().toISOString(),
      open: this.open,
      hours: 'Ouvert jusqu’à 16 h 30',
      opening: this.opening,
      me: this.me.id,
      build: this.build,
      demo: true,
      telephony: true,
      lines: this.lines,
      calls: [...this.calls.values()],
      operators: this.operators,
    }
  }

  readonly stale = (what: Stale = 'owed') => void this.#io.emit('stale', what)
  readonly dialRefused = (refused: DialRefused) => void this.#io.emit('dialRefused', refused)
  me: Session = alice
  /** Of the console that the server has; null: the one that is opened. */
  build: string | null = null

  #refuse(reply: FastifyReply, code: ErrorCode) {
    return reply.code(errorCatalogue[code].status).send({ code, message: errorCatalogue[code].fr })
  }

  #routes(): void {
    const app = this.#app
    if (slowAnswers > 0)
      app.addHook('onRequest', async (request) => {
        if (request.url.startsWith('/api/')) await new Promise((later) => setTimeout(later, Math.random() * slowAnswers))
      })
    app.addHook('onRequest', async (request, reply) => {
      const publicly = ['/api/session', '/api/portal', '/api/health', '/api/demo', '/api/passwords', '/api/sign-in']
      if (
        !request.url.startsWith('/api/') ||
        publicly.some((p) => request.url.startsWith(p)) ||
        request.headers.cookie?.includes(cookie) === true
      )
        return
      await this.#refuse(reply, 'not_signed_in')
    })
    app.addHook('onRequest', async (request) => {
      if (request.method !== 'GET' && !request.url.startsWith('/api/drafts/')) this.asked.push(`${request.method} ${request.url}`)
    })
    app.get('/api/session', (request, reply) =>
      request.headers.cookie?.includes(cookie) === true ? this.me : this.#refuse(reply, 'not_signed_in'),
    )
    app.post<{ Body: { password: string } }>('/api/session', (request, reply) =>
      ['guichet-demo', ...this.accounts.chosen].includes(request.body.password)
        ? reply.header('set-cookie', `${cookie}; Path=/; HttpOnly; SameSite=Lax`).send(alice)
        : this.#refuse(reply, 'bad_credentials'),
    )
    app.delete('/api/session', (_request, reply) => reply.header('set-cookie', 'fake-session=; Path=/; Max-Age=0').code(204).send())
    app.get('/api/portal', () => ({
      logo: null,
      name: this.deskName,
      open: this.open,
      hours: 'Ouvert jusqu’à 16 h 30',
      week: { fr: ['Du lundi au vendredi, 8 h 30 – 16 h 30'], en: ['Monday to Friday, 8:30 a.m. – 4:30 p.m.'] },
      notices: { fr: ['Fermé le vendredi 25 décembre : Noël'], en: ['Closed on Friday 25 December: Christmas Day'] },
      phone: '05 61 55 00 00',
      form: false,
      demo: true,
    }))
    app.put<{ Body: Partial<OperatorView> & { state: OperatorView['state'] } }>('/api/operators/me', (request) => {
      const me = operator(alice.id, alice.name, request.body.state, {
        since: new Date().toISOString(),
        reason: request.body.reason ?? null,
      })
      this.change({ operators: [me] })
      return me
    })
    app.post('/api/operators/me/wrap-up', () => {
      const me = this.operators.find((o) => o.id === alice.id) ?? operator(alice.id, alice.name, 'wrap-up')
      const longer = { ...me, until: new Date(Date.parse(me.until ?? '') + 60_000).toISOString() }
      this.change({ operators: [longer] })
      return longer
    })
    app.put<{ Params: { id: string }; Body: { state: OperatorView['state']; reason?: string } }>(
      '/api/operators/:id',
      ({ params, body }) => {
        const known = this.operators.find((o) => o.id === params.id)
        const ordered = operator(params.id, known?.name ?? '', body.state, { reason: body.reason ?? null, orderedBy: this.me.name })
        this.change({ operators: [ordered] })
        return ordered
      },
    )
    conversationRoutes(app, this, (reply, code) => this.#refuse(reply, code))
    callingRoutes(app, this, (reply, code) => this.#refuse(reply, code))
    app.post<{ Params: { id: string; action: string } }>('/api/calls/:id/:action', (request, reply) => {
      if (this.callFails !== null) return this.#refuse(reply, this.callFails)
      const call = this.calls.get(request.params.id)
      if (call !== undefined && request.params.action === 'hold')
        this.change({ calls: [{ ...call, onHold: holding.parse(request.body).on }] })
      if (call !== undefined && request.params.action === 'extend') {
        this.extensionReasons.push(extension.parse(request.body).reason)
        const capAt = new Date(Date.parse(call.capAt ?? '') + 300_000).toISOString()
        this.change({ calls: [{ ...call, capAt, extensions: call.extensions + 1 }] })
      }
      return reply.code(204).send()
    })
    app.get('/api/operators/me/phone/choice', () => this.phoneChoice)
    app.put<{ Body: { kind: PhoneChoice['kind'] } }>('/api/operators/me/phone/choice', ({ body: asked }) => {
      this.phoneChoice = { ...this.phoneChoice, kind: asked.kind }
      return this.phoneChoice
    })
    app.get('/api/operators/me/phone', (_request, reply) => this.phone ?? this.#refuse(reply, 'not_found'))
    ticketRoutes(app, this, (reply, code) => this.#refuse(reply, code))
    app.get('/api/preferences', () => this.preferences)
    app.put('/api/preferences', ({ body }) => (this.preferences = { ...this.preferences, ...preferencesChange.parse(body) }))
    app.get('/api/views', () => [])
    app.get('/api/colleagues', () => [{ id: 'nadia', name: 'Nadia Roussel', login: 'nadia' }])
    app.get('/api/talks', () => ({ talks: this.talks }))
    this.neighbours.routes(app)
    app.get<{ Params: { number: string } }>('/api/tickets/:number/presence', ({ params }) => {
      const talk = this.talks.find(({ number }) => number === Number(params.number))
      return { here: talk?.here ?? false, types: false, waits: talk !== undefined }
    })
    app.get('/api/calls/:id/page', () => ({ page: this.page }))
    app.get<{ Querystring: { search?: string } }>('/api/people', ({ query }) =>
      everybody.filter((p) => p.name.toLowerCase().includes((query.search ?? '').toLowerCase())),
    )
    personRoutes(app, this, (reply, code) => this.#refuse(reply, code))
    owedRoutes(app, this, (reply, code) => this.#refuse(reply, code))
    announcementRoutes(app, this.announcements, (reply, code) => this.#refuse(reply, code))
    waitingRoutes(app, this)
    rotaRoutes(app, this.rota)
    indicatorRoutes(app)
    accountRoutes(app, this.accounts, (reply, code) => this.#refuse(reply, code))
    listRoutes(app)
    accessRoutes(app, this.access, (reply, code) => this.#refuse(reply, code))
    groupRoutes(
      app,
      this.groups,
      () => this.me,
      (reply, code) => this.#refuse(reply, code),
    )
    settingsRoutes(app, this, (reply, code) => this.#refuse(reply, code))
    messageRoutes(app, this, (reply, code) => this.#refuse(reply, code))
    afterCallRoutes(app, this, (reply, code) => this.#refuse(reply, code))
    mailRoutes(app, this)
    app.get('/api/health', () => ({ status: 'ready', version: 'fake', since: new Date().toISOString(), parts: [] }))
    app.get('/api/demo', () => ({
      closed: !this.open,
      deskLine: 'sip:guichet@127.0.0.1:5060',
      lines: this.lines,
      callers: everybody,
      recordings: this.recordings,
    }))
    app.put<{ Body: { closed: boolean } }>('/api/demo', ({ body }) => {
      this.open = !body.closed
      return {}
    })
    app.post('/api/demo/calls', (_request, reply) => reply.code(201).send({ callId: 'c-demo' }))
    this.training.routes(app)
    app.get('/api/demo/recordings/:id', (_request, reply) => this.#refuse(reply, 'not_found'))
  }
}
