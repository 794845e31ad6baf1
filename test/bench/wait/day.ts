import { evolve } from '../../../server/calls/evolve.ts'
import type { Fact } from '../../../server/calls/facts.ts'
import type { DeskState } from '../../../server/calls/model.ts'
import { draw, type Random } from '../../../server/indicators/chance.ts'
import { type Day, inSpan, thereFrom, type University } from './university.ts'

/** A caller in line. Who has left keeps the place as a shadow: what the wait would have been is measured as well. */
type Waiter = { readonly id: string; readonly sinceMs: number; readonly leavesMs: number; gone: boolean }
export type Server = {
  readonly id: string
  readonly phase: 'away' | 'free' | 'talking' | 'wrap-up'
  readonly callId: string
  readonly sinceMs: number
  readonly untilMs: number
}

/** What can be seen when a caller comes into the line, behind `ahead`. Moments in ms since opening. */
export type Seen = {
  readonly state: DeskState
  readonly nowMs: number
  readonly callId: string
  /** In a breakdown's hour. */
  readonly surge: boolean
  readonly ahead: readonly { readonly sinceMs: number }[]
  readonly servers: readonly Server[]
}
/** A caller came into service after having waited; a shadow when it would have been their turn. */
type Served = { readonly callId: string; readonly waitMs: number; readonly shadow: boolean }
export type Watcher = { readonly waits: (seen: Seen) => void; readonly served: (served: Served) => void }
type Happening = { readonly ms: number; readonly run: () => void }

const silence = { playback: '', sounds: [] }
const never = Number.POSITIVE_INFINITY
const roster = ({ shifts }: University) => shifts.map((_, i) => ({ id: `op${i + 1}`, name: `op${i + 1}`, extension: '' }))

/**
 * One simulated day at the desk, by discrete events. What happens is told in the desk line's own facts, so that its state, and what
 * is foreseen from it, are the service's. A phone is answered as it rings; who came before closing is served.
 */
export class DayAtTheDesk {
  /** At the day's end: what the desk remembers the morning after. */
  state: DeskState
  readonly #university: University
  readonly #day: Day
  readonly #openingMs: number
  readonly #random: Random
  readonly #watcher: Watcher
  readonly #arrivals: number[]
  readonly #servers: Server[]
  readonly #line: Waiter[] = []
  #now = 0

  /** @param openingMs the moment of opening in the facts' time */
  constructor(university: University, day: Day, before: DeskState, openingMs: number, random: Random, watcher: Watcher) {
    this.#university = university
    this.#day = day
    this.state = before
    this.#openingMs = openingMs
    this.#random = random
    this.#watcher = watcher
    this.#arrivals = [...day.arrivals]
    this.#servers = roster(university).map(({ id }, i) => ({
      id,
      phase: 'away',
      callId: '',
      sinceMs: 0,
      untilMs: thereFrom(university.shifts[i] ?? [], 0),
    }))
  }

  run(): void {
    this.#record({ type: 'roster-set', at: this.#at, operators: roster(this.#university) })
    this.#record({ type: 'desk-opened', at: this.#at })
    for (let next = this.#next(); next !== null; next = this.#next()) {
      this.#now = next.ms
      next.run()
    }
    this.state = { ...this.state, calls: new Map() }
  }

  get #at(): number {
    return this.#openingMs + this.#now
  }

  #record(fact: Fact): void {
    this.state = evolve(this.state, fact)
  }

  #next(): Happening | null {
    const [arrival] = this.#arrivals
    const happenings: Happening[] = [
      ...(arrival === undefined ? [] : [{ ms: arrival, run: () => this.#arrive() }]),
      ...this.#servers.map((server, i) => ({ ms: server.untilMs, run: () => this.#turn(server, i) })),
      ...this.#line.filter((w) => !w.gone).map((waiter) => ({ ms: waiter.leavesMs, run: () => this.#leave(waiter) })),
    ]
    const first = happenings.reduce<Happening | null>((a, b) => (a === null || b.ms < a.ms ? b : a), null)
    return first === null || first.ms === never ? null : first
  }

  #arrive(): void {
    this.#arrivals.shift()
    const id = String(this.#at)
    this.#record({ type: 'call-arrived', at: this.#at, callId: id, number: null, people: [] })
    const free = this.#free()
    if (free !== null) return this.#answer(free, id)
    this.#record({ type: 'call-queued', at: this.#at, callId: id, announcement: silence })
    this.#watcher.waits({
      state: this.state,
      nowMs: this.#now,
      callId: id,
      surge: inSpan(this.#day.surge, this.#now),
      ahead: this.#line.filter((w) => !w.gone),
      servers: [...this.#servers],
    })
    this.#line.push({ id, sinceMs: this.#now, leavesMs: this.#now + draw(this.#university.patience, this.#random), gone: false })
  }

  #leave(waiter: Waiter): void {
    waiter.gone = true
    this.#record({ type: 'call-ended', at: this.#at, callId: waiter.id, reason: 'abandoned', by: 'caller' })
  }

  /** Who is free for the longest time. */
  #free(): number | null {
    const free = this.#servers.map((s, i) => ({ s, i })).filter(({ s }) => s.phase === 'free')
    return free.toSorted((a, b) => a.s.sinceMs - b.s.sinceMs)[0]?.i ?? null
  }

  #answer(server: number, callId: string): void {
    const operatorId = this.#become(server, 'talking', this.#now + draw(this.#university.talk, this.#random), callId).id
    const capAt = this.#at + this.#university.talk.mostMs
    this.#record({ type: 'offer-made', at: this.#at, callId, operatorId, leg: '' })
    this.#record({ type: 'call-answered', at: this.#at, callId, operatorId, leg: '', bridge: '', capAt })
  }

  #turn({ phase, callId, id }: Server, i: number): void {
    if (phase !== 'talking') return this.#rest(i)
    this.#record({ type: 'call-ended', at: this.#at, callId, reason: 'completed', by: 'caller' })
    this.#become(i, 'wrap-up', this.#now + draw(this.#university.wrapUp, this.#random))
    this.#record({ type: 'wrap-up-timed', at: this.#at, operatorId: id, until: this.#at + this.#university.wrapUp.mostMs })
  }

  /** Ready, or away until the next shift. */
  #rest(i: number): void {
    const spans = this.#university.shifts[i] ?? []
    const there = thereFrom(spans, this.#now)
    const away = there > this.#now
    const shiftEnds = spans.find(({ toMs }) => toMs > this.#now)?.toMs ?? never
    const { id } = this.#become(i, away ? 'away' : 'free', away ? there : shiftEnds)
    this.#record({ type: away ? 'operator-left' : 'operator-ready', at: this.#at, operatorId: id })
    if (!away) this.#serve(i)
  }

  #serve(free: number): void {
    for (let next = this.#line.shift(); next !== undefined; next = this.#line.shift()) {
      this.#watcher.served({ callId: next.id, waitMs: this.#now - next.sinceMs, shadow: next.gone })
      if (!next.gone) return this.#answer(free, next.id)
    }
  }

  #become(i: number, phase: Server['phase'], untilMs: number, callId = ''): Server {
    const server = { id: this.#servers[i]?.id ?? '', phase, callId, sinceMs: this.#now, untilMs }
    this.#servers[i] = server
    return server
  }
}
