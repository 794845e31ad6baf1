import type { Server as HttpServer } from 'node:http'
import type { Logger } from 'pino'
import { Server, type Socket } from 'socket.io'
import type { Fact } from '../calls/facts.ts'
import type { Call } from '../calls/model.ts'
import { showNumber } from '../calls/number.ts'
import { rungFor } from '../calls/parties.ts'
import { role, type CallView, type Role, type TicketSummary } from '../contract/entities.ts'
import type { Session } from '../contract/http.ts'
import type { Draft } from '../contract/drafts.ts'
import type { ClientEvents, DeskSnapshot, ServerEvents, Stale } from '../contract/live.ts'
import { heard, listOf, rights, verdict, type Access } from '../contract/rights.ts'
import type { Engine, Turned } from '../engine/engine.ts'
import type { LiveDesk } from '../engine/live-desk.ts'
import { viewCall } from '../engine/view.ts'
import { changeFrom, noChange, type PendingChange } from './changes.ts'

type SocketData = { session: Session }
type Console = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>

export type RealtimePorts = {
  readonly http: HttpServer
  readonly engine: Pick<Engine, 'state' | 'onTurn'>
  readonly desk: Pick<LiveDesk, 'epoch' | 'view'>
  readonly demo: boolean
  /** The console's build that the server has. */
  readonly build: string | null
  readonly log: Logger
  readonly now: () => number
  readonly authenticate: (cookie: string | undefined) => Promise<Session | null>
  /** From memory: a pop never waits. */
  readonly openTicketsOf: (call: CallView) => readonly TicketSummary[]
  readonly draftOf: (callId: string) => Draft | null
}

/** Changes of one burst travel together. The pop does not wait for them. */
const burstMs = 10

/**
 * The live side of the console: a numbered stream of the desk for whoever works here, and the pop for the operator concerned. Those who
 * may not see the line have a stream of their own, without calls and operators, whose numbers do not count them either.
 */
export class Realtime {
  readonly #ports: RealtimePorts
  readonly #io: Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>
  readonly #positions = new Map<string, number>()
  readonly #n = { line: 0, opening: 0 }
  readonly #watchers = new Set<(what: Stale | 'desk') => void>()
  #pending: PendingChange = noChange
  #timer: NodeJS.Timeout | null = null

  constructor(ports: RealtimePorts) {
    this.#ports = ports
    this.#io = new Server(ports.http, {
      path: '/socket.io',
      serveClient: false,
      pingInterval: 10_000,
      pingTimeout: 5_000,
      maxHttpBufferSize: 100_000,
    })
    this.#io.use((socket, next) => {
      void ports.authenticate(socket.handshake.headers.cookie).then(
        (session) => {
          if (session === null) return next(new Error('not_signed_in'))
          if (!may(session, heard.desk)) return next(new Error('forbidden'))
          socket.data.session = session
          next()
        },
        () => next(new Error('database_away')),
      )
    })
    this.#io.on('connection', (socket) => this.#welcome(socket))
    ports.engine.onTurn((turned) => this.#turned(turned))
  }

  /** Hours, opening or the telephone's state have changed. */
  deskChanged(): void {
    const { open, hours, opening, telephony, lines } = this.#ports.desk.view()
    this.#later({ ...this.#pending, desk: { open, hours, opening, telephony, lines } })
  }

  /** Be told of whatever is told to lists, and that the desk has changed. */
  watch(watcher: (what: Stale | 'desk') => void): void {
    this.#watchers.add(watcher)
  }

  /** The server itself, for screens that are not the console's. */
  get sockets(): Pick<Server, 'of'> {
    return this.#io
  }

  stale(what: Stale): void {
    for (const watcher of this.#watchers) watcher(what)
    this.#io.to(roomsOf(rights[listOf[what]])).emit('stale', what)
  }

  /** Send the pop again: the caller's name or tickets have become known. */
  popAgain(callId: string): void {
    const call = this.#ports.engine.state.calls.get(callId)
    for (const operatorId of call === undefined ? [] : concerned(call)) this.#pop(operatorId, callId)
  }

  /** Cut the sockets of a session that has ended. */
  signedOut(accountId: string): void {
    this.#io.in(roomOf(accountId)).disconnectSockets(true)
  }

  /** Cut whoever's session has ended since they came, by its hours most often, or is of another role now. */
  async judge(): Promise<void> {
    for (const socket of this.#io.of('/').sockets.values()) {
      const { session: admitted } = socket.data
      const session = await this.#ports.authenticate(socket.handshake.headers.cookie)
      if (session?.id !== admitted.id || session.role !== admitted.role) socket.disconnect(true)
    }
  }

  async close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#io.close()
  }

  #welcome(socket: Console): void {
    const { session } = socket.data
    void socket.join(roomOf(session.id))
    void socket.join(roomOfRole(session.role))
    const snapshot = () => {
      this.#flush()
      socket.emit('desk', this.#snapshot(session))
      for (const call of this.#ports.engine.state.calls.values()) {
        if (concerned(call).includes(session.id)) this.#pop(session.id, call.id)
      }
    }
    socket.on('again', snapshot)
    snapshot()
  }

  #snapshot(session: Session): DeskSnapshot {
    const { desk, demo, build, now } = this.#ports
    const { calls, operators, lines, ...opening } = desk.view()
    const line = may(session, heard.line)
    return {
      epoch: desk.epoch,
      n: line ? this.#n.line : this.#n.opening,
      now: new Date(now()).toISOString(),
      me: session.id,
      build,
      demo,
      ...opening,
      lines: [...lines],
      calls: line ? [...calls] : [],
      operators: line ? [...operators] : [],
    }
  }

  #turned(turned: Turned): void {
    for (const { fact } of turned.logged) {
      const called = calledBy(fact)
      if (called !== null) this.#pop(called.operatorId, called.callId)
      if (fact.type === 'caller-identified') this.popAgain(fact.callId)
      if (fact.type === 'outgoing-refused') this.#alarm(fact)
    }
    this.#later(changeFrom(this.#pending, turned, this.#positions))
  }

  #alarm({ operatorId, number, reason }: Extract<Fact, { type: 'outgoing-refused' }>): void {
    const operator = this.#ports.engine.state.operators.get(operatorId)?.name ?? operatorId
    this.#io.to(roomsOf(heard.dialRefused)).emit('dialRefused', { operator, numberShown: showNumber(number), reason })
  }

  #pop(operatorId: string, callId: string): void {
    const call = this.#ports.engine.state.calls.get(callId)
    if (call === undefined) return
    const view = viewCall(call, this.#positions.get(callId) ?? null)
    this.#io.to(roomOf(operatorId)).emit('pop', {
      call: view,
      openTickets: [...this.#ports.openTicketsOf(view)],
      draft: this.#ports.draftOf(callId),
    })
  }

  #later(pending: PendingChange): void {
    for (const watcher of this.#watchers) watcher('desk')
    this.#pending = pending
    this.#timer ??= setTimeout(() => this.#flush(), burstMs)
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const { calls, ended, operators, desk } = this.#pending
    if (calls.size + ended.size + operators.size === 0 && desk === null) return
    this.#pending = noChange
    const told = {
      epoch: this.#ports.desk.epoch,
      now: new Date(this.#ports.now()).toISOString(),
      ...(desk !== null && { ...desk, lines: [...desk.lines] }),
    }
    this.#n.line += 1
    this.#io.to(roomsOf(heard.line)).emit('change', {
      ...told,
      n: this.#n.line,
      calls: [...calls.values()],
      ended: [...ended.values()],
      operators: [...operators.values()],
    })
    if (desk === null) return
    this.#n.opening += 1
    const others = heard.change.filter((one) => !heard.line.includes(one))
    this.#io.to(roomsOf(others)).emit('change', { ...told, n: this.#n.opening, calls: [], ended: [], operators: [] })
  }
}

const roomOf = (accountId: string) => `account:${accountId}`

const roomOfRole = (of: Role) => `role:${of}`
const may = ({ role: of }: Session, access: Access) => verdict(access, of, false) === 'allowed'
/** Where those are whom something may be sent to. */
const roomsOf = (access: Access) => role.options.filter((of) => verdict(access, of, false) === 'allowed').map(roomOfRole)

/** Whose phone begins to ring by this fact. */
function calledBy(fact: Fact): { readonly operatorId: string; readonly callId: string } | null {
  if (fact.type === 'offer-made') return fact
  if (fact.type !== 'consult-started' && fact.type !== 'transfer-started' && fact.type !== 'target-passed') return null
  return fact.target.kind === 'operator' ? { operatorId: fact.target.operatorId, callId: fact.callId } : null
}

/** Whose screen shows the call: whoever is rung for it, talks, or is asked. */
function concerned(call: Call): readonly string[] {
  const { status } = call
  const talking = status.kind === 'talking' && status.operatorId !== null ? [status.operatorId] : []
  const asked = status.kind === 'talking' && status.consult?.target.kind === 'operator' ? [status.consult.target.operatorId] : []
  return [...new Set([...rungFor(call).map((r) => r.operatorId), ...talking, ...asked])]
}
