import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import type { LineName, Role } from '../../server/contract/entities.ts'
import type { ClientEvents, DeskChange, DeskSnapshot, ServerEvents } from '../../server/contract/live.ts'
import { heard, listOf } from '../../server/contract/rights.ts'
import type { Turned } from '../../server/engine/engine.ts'
import { positions, viewCall, viewOperator } from '../../server/engine/view.ts'
import { Realtime } from '../../server/realtime/realtime.ts'
import { Scene } from '../calls/scene.ts'

const roles: readonly Role[] = ['operator', 'supervisor', 'administrator', 'level2', 'referent', 'user']
const seesLine: readonly Role[] = ['operator', 'supervisor', 'administrator']
/** Who hears that a list has changed, written out apart from the table. */
const hears: Readonly<Record<string, readonly Role[]>> = {
  tickets: ['operator', 'supervisor', 'administrator', 'level2', 'referent'],
  messages: seesLine,
  owed: seesLine,
  calls: seesLine,
  drafts: seesLine,
  announcements: ['supervisor', 'administrator'],
  settings: ['operator', 'supervisor', 'administrator', 'level2', 'referent'],
  groups: ['operator', 'supervisor', 'administrator', 'level2', 'referent'],
  rota: seesLine,
  disruptions: ['operator', 'supervisor', 'administrator', 'level2', 'referent'],
  articles: ['operator', 'supervisor', 'administrator', 'level2', 'referent'],
  pages: ['operator', 'supervisor'],
  talks: ['operator', 'supervisor', 'level2'],
  exchanges: ['operator', 'supervisor'],
}

type Console = Socket<ServerEvents, ClientEvents>
type Heard = { readonly snapshot: DeskSnapshot; readonly changes: DeskChange[]; readonly events: string[]; readonly socket: Console }

/** The live side with a desk line that a test leads; only sign-in, drafts and tickets are doubles. */
class Line {
  readonly scene = Scene.open('operator')
  readonly #listeners: ((turned: Turned) => void)[] = []
  readonly realtime: Realtime
  #n = 0

  constructor(http: Server) {
    this.scene.give({ type: 'roster', operators: [{ id: 'operator', name: 'An operator', extension: '6101' }] })
    this.scene.asks('operator', 'ready')
    this.realtime = new Realtime({
      http,
      engine: this,
      desk: {
        epoch,
        view: () => ({ ...opening, calls: this.calls(), operators: [...this.scene.state.operators.values()].map(viewOperator) }),
      },
      demo: false,
      build: null,
      log: pino({ level: 'silent' }),
      now: () => this.scene.now,
      authenticate: async (cookie) => {
        const role = ended.has(cookie ?? '') ? undefined : roles.find((one) => one === cookie)
        return role === undefined ? null : { id: role, login: role, name: role, role, extension: null, demo: false }
      },
      openTicketsOf: () => [],
      draftOf: () => null,
    })
  }

  get state() {
    return this.scene.state
  }

  onTurn(listener: (turned: Turned) => void): () => void {
    this.#listeners.push(listener)
    return () => undefined
  }

  calls() {
    const where = positions(this.scene.state)
    return [...this.scene.state.calls.values()].map((call) => viewCall(call, where.get(call.id) ?? null))
  }

  does(work: () => readonly Fact[]): void {
    const before = this.scene.state
    const logged = work().map((fact) => ({ n: ++this.#n, fact }))
    for (const listener of this.#listeners) listener({ before, state: this.scene.state, logged })
  }
}

/** Whose sessions are over. */
const ended = new Set<string>()
const epoch = '00000000-0000-4000-8000-000000000000'
const lines: LineName[] = [{ id: 'guichet', name: 'Guichet', recording: 'off' }]
const opening = { open: true, hours: 'Ouvert jusqu’à 16 h 30', opening: null, telephony: true, lines }
const http = createServer()
let line: Line
const consoles = new Map<Role, Heard>()

function connect(role: string): Console {
  const { port } = http.address() as AddressInfo
  return io(`http://127.0.0.1:${port}`, { extraHeaders: { cookie: role }, transports: ['websocket'], forceNew: true, reconnection: false })
}

async function listening(role: Role): Promise<Heard> {
  const socket = connect(role)
  const events: string[] = []
  const changes: DeskChange[] = []
  socket.on('pop', () => events.push('pop'))
  socket.on('dialRefused', () => events.push('dialRefused'))
  socket.on('stale', (what) => events.push(`stale ${what}`))
  socket.on('change', (change) => changes.push(change))
  const snapshot = await new Promise<DeskSnapshot>((resolve, reject) => {
    socket.once('desk', resolve)
    socket.once('connect_error', reject)
  })
  return { snapshot, changes, events, socket }
}

/** Everything sent before has been heard: a socket's messages keep their order, and a snapshot can be asked for. */
const caughtUp = () =>
  Promise.all(
    [...consoles.values()].map(({ socket }) => {
      const answered = new Promise((resolve) => socket.once('desk', resolve))
      socket.emit('again')
      return answered
    }),
  )

beforeAll(async () => {
  line = new Line(http)
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  line.scene.arrives('before')
  for (const role of roles.filter((one) => one !== 'user')) consoles.set(role, await listening(role))
})
afterAll(async () => {
  for (const { socket } of consoles.values()) socket.disconnect()
  await line.realtime.close()
})

describe('live events', () => {
  it('are for those who work here: a user, or somebody unknown, has no ear at all', async () => {
    for (const who of ['user', 'nobody'])
      await expect(new Promise((_, reject) => connect(who).once('connect_error', reject))).rejects.toThrow(
        who === 'user' ? 'forbidden' : 'not_signed_in',
      )
  })

  it('have an entry each in the table, as have the lists whose change is told', () => {
    expect(Object.keys(heard).toSorted()).toEqual(['change', 'desk', 'dialRefused', 'line', 'pop'])
    expect(Object.keys(listOf).toSorted()).toEqual(Object.keys(hears).toSorted())
  })

  it.each(roles.filter((one) => one !== 'user'))('show %s the line, or only that the desk is open', (role) => {
    const { snapshot } = consoles.get(role) as Heard
    expect(snapshot).toMatchObject(opening)
    expect([snapshot.calls.length, snapshot.operators.length]).toEqual(seesLine.includes(role) ? [1, 1] : [0, 0])
  })

  it('tell of calls, and how many changes there were, those who see the line alone', async () => {
    line.does(() => line.scene.arrives('after', '+33561551235').facts)
    line.does(() => line.scene.asks('operator', 'paused').facts)
    line.realtime.deskChanged()
    await caughtUp()
    for (const [role, { changes }] of consoles) {
      const told = changes.flatMap((change) => [...change.calls, ...change.operators, ...change.ended])
      expect(told.length > 0, role).toBe(seesLine.includes(role))
      if (!seesLine.includes(role)) expect(changes).toMatchObject([{ n: 1, open: true, hours: opening.hours }])
    }
  })

  it('bring a pop to the operator concerned alone, and a refused call to supervisors and administrators', async () => {
    for (const heardBy of consoles.values()) heardBy.events.length = 0
    line.does(() => [{ type: 'outgoing-refused', at: line.scene.now, operatorId: 'operator', number: '+338', reason: 'not-allowed' }])
    const [callId = ''] = line.scene.state.calls.keys()
    line.does(() => [{ type: 'offer-made', at: line.scene.now, callId, operatorId: 'operator', leg: 'l1', why: { kind: 'only-free' } }])
    await caughtUp()
    const expected: Readonly<Record<string, readonly string[]>> = {
      operator: ['pop'],
      supervisor: ['dialRefused'],
      administrator: ['dialRefused'],
      level2: [],
      referent: [],
    }
    for (const [role, { events }] of consoles) expect([...new Set(events)], role).toEqual(expected[role])
  })

  it('say that a list has changed to those who may ask for it', async () => {
    for (const heardBy of consoles.values()) heardBy.events.length = 0
    for (const what of Object.keys(listOf)) line.realtime.stale(what as keyof typeof listOf)
    await caughtUp()
    for (const [role, { events }] of consoles) {
      const lists = Object.keys(listOf).filter((what) => hears[what]?.includes(role))
      expect(
        events.filter((event) => event.startsWith('stale')),
        role,
      ).toEqual(lists.map((what) => `stale ${what}`))
    }
  })
})

it('an open page is cut once its session has ended, and the others go on', async () => {
  const { socket } = await listening('operator')
  const other = await listening('supervisor')
  const cut = new Promise((resolve) => socket.once('disconnect', resolve))
  await line.realtime.judge()
  expect([socket.connected, other.socket.connected]).toEqual([true, true])
  ended.add('operator')
  await line.realtime.judge()
  expect(await cut).toBe('io server disconnect')
  expect(other.socket.connected).toBe(true)
  other.socket.disconnect()
  ended.clear()
})
