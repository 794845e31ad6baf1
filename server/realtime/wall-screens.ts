import type { Logger } from 'pino'
import type { Namespace, Server } from 'socket.io'
import type { Fact } from '../calls/facts.ts'
import { wallBoard, type WallBoard, type WallEvents, wallNamespace } from '../contract/walls.ts'
import type { StoredWall, WallStore } from '../database/wall-store.ts'
import type { DeskView } from '../engine/desk.ts'
import type { Change } from '../calendar/hours.ts'
import { inTimeS, shortS } from '../indicators/tallies.ts'
import { queueOf, todaysCalls, wallOperators } from '../indicators/wall.ts'
import type { SecretLinks } from '../secret-links.ts'

type Screens = Namespace<Record<string, never>, WallEvents, Record<string, never>, { wall: StoredWall }>
type Counted = Awaited<ReturnType<WallStore['counts']>> & { readonly at: number }

export type WallPorts = {
  readonly walls: Pick<WallStore, 'find' | 'counts'>
  readonly links: Pick<SecretLinks, 'idOf'>
  readonly view: () => DeskView
  readonly deskName: () => string
  readonly logo: () => string | null
  /** A wait this long, in ms, is an alarm. */
  readonly alarmMs: () => number
  /** When the desk next closes or opens, by order or calendar; null: not known. */
  readonly nextChange: () => Change | null
  /** What goes on now, the first to begin first. */
  readonly disruptions: () => Promise<WallBoard['disruptions']>
  readonly build: string | null
  readonly now: () => number
  readonly log: Logger
}

/** Changes of one burst travel together. */
const burstMs = 200
/** A screen that hears nothing for much longer than this says that it is stale. */
const beatMs = 10_000
/** The database is asked at most so often, and so often even when nothing is heard: what is late becomes so by itself. */
const countBurstMs = 1_000
const countEveryMs = 30_000

/** The big screens: each hears the whole board, without anything personal, whenever it changes and at least every ten seconds. */
export class WallScreens {
  readonly #ports: WallPorts
  readonly #screens: Screens
  /** When calls that are under way were first answered. */
  readonly #firstAnswers = new Map<string, number>()
  /** Calls whose place was kept: being reached afterwards is not being answered. */
  readonly #kept = new Set<string>()
  readonly #beat: NodeJS.Timeout
  #counted: Counted | null = null
  #disruptions: WallBoard['disruptions'] = []
  #telling: NodeJS.Timeout | null = null
  #counting: NodeJS.Timeout | null = null
  #lastCount = 0

  constructor(io: Pick<Server, 'of'>, ports: WallPorts) {
    this.#ports = ports
    this.#screens = io.of(wallNamespace)
    this.#screens.use((socket, next) => {
      const key: unknown = socket.handshake.auth['key']
      const id = typeof key === 'string' ? ports.links.idOf(key) : null
      if (id === null) return next(new Error('not_found'))
      ports.walls.find(id).then(
        (wall) => {
          if (wall === null) return next(new Error('not_found'))
          socket.data.wall = wall
          next()
        },
        () => next(new Error('database_away')),
      )
    })
    this.#screens.on('connection', (socket) => {
      void socket.join(socket.data.wall.id)
      socket.emit('board', this.#board(socket.data.wall))
      if (this.#counted === null || ports.now() - this.#counted.at > countBurstMs) this.countsChanged()
    })
    this.#beat = setInterval(() => {
      this.#tell()
      if (ports.now() - this.#lastCount > countEveryMs) this.countsChanged()
    }, beatMs)
    this.#beat.unref()
  }

  /** How many screens show a wall now. */
  screensOf(id: string): number {
    return this.#screens.adapter.rooms.get(id)?.size ?? 0
  }

  onFact(fact: Fact): void {
    if (fact.type === 'call-answered' && !this.#firstAnswers.has(fact.callId)) this.#firstAnswers.set(fact.callId, fact.at)
    if (fact.type === 'place-kept') this.#kept.add(fact.callId)
    if (fact.type !== 'call-ended') return
    this.#firstAnswers.delete(fact.callId)
    this.#kept.delete(fact.callId)
  }

  /** Calls, operators, hours or the telephone's state have changed. */
  deskChanged(): void {
    this.#telling ??= setTimeout(() => this.#tell(), burstMs)
  }

  /** What is counted in the database may have changed. */
  countsChanged(): void {
    if (this.#screens.sockets.size === 0) return
    this.#counting ??= setTimeout(() => void this.#count(), Math.max(20, this.#lastCount + countBurstMs - this.#ports.now()))
  }

  /** Its settings were changed. */
  changed(wall: StoredWall): void {
    for (const socket of this.#screens.sockets.values()) if (socket.data.wall.id === wall.id) socket.data.wall = wall
    this.#tell()
  }

  /** Its address was taken back. */
  revoked(id: string): void {
    this.#screens.in(id).disconnectSockets(true)
  }

  stop(): void {
    clearInterval(this.#beat)
    for (const timer of [this.#telling, this.#counting]) if (timer !== null) clearTimeout(timer)
  }

  async #count(): Promise<void> {
    const { walls, disruptions, now, log } = this.#ports
    this.#lastCount = now()
    try {
      const [counts, goingOn] = await Promise.all([walls.counts(), disruptions()])
      this.#counted = { ...counts, at: this.#lastCount }
      this.#disruptions = goingOn
      this.deskChanged()
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'The big screens’ figures could not be counted')
    } finally {
      this.#counting = null
    }
  }

  #tell(): void {
    if (this.#telling !== null) clearTimeout(this.#telling)
    this.#telling = null
    const told = new Set<string>()
    for (const { data } of this.#screens.sockets.values()) {
      if (told.has(data.wall.id)) continue
      told.add(data.wall.id)
      this.#screens.to(data.wall.id).emit('board', this.#board(data.wall))
    }
  }

  #board({ names, scheme, sound }: StoredWall): WallBoard {
    const { view, deskName, logo, alarmMs, nextChange, build, now } = this.#ports
    const desk = view()
    const next = nextChange()
    const counted = this.#counted
    return wallBoard.parse({
      now: iso(now()),
      build,
      desk: deskName(),
      logo: logo(),
      scheme,
      sound,
      open: desk.open,
      telephony: desk.telephony,
      next: next === null ? null : { at: iso(next.atMs), opens: next.opens },
      ...queueOf(desk),
      attentionS: inTimeS,
      alarmS: alarmMs() / 1_000,
      operators: wallOperators(desk, names),
      inTimeS,
      shortS,
      counts:
        counted === null
          ? null
          : {
              at: iso(counted.at),
              ...todaysCalls(
                counted.calls,
                desk.calls.filter(({ id }) => !this.#kept.has(id)),
                this.#firstAnswers,
              ),
              owed: counted.owed,
              owedLate: counted.owedLate,
              toTakeUp: counted.toTakeUp,
            },
      disruptions: this.#disruptions,
    } satisfies WallBoard)
  }
}

const iso = (ms: number) => new Date(ms).toISOString()
