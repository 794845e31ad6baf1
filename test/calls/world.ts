/** The desk line and its telephone server, through histories of what people do and of what becomes of the service. */
import fc from 'fast-check'
import { nextDeadline } from '../../server/calls/deadlines.ts'
import { decide } from '../../server/calls/decide.ts'
import { isLeg } from '../../server/calls/ids.ts'
import type { Input } from '../../server/calls/inputs.ts'
import { type Call, type DeskState, emptyDesk, type Target } from '../../server/calls/model.ts'
import { rungFor } from '../../server/calls/parties.ts'
import type { Settings } from '../../server/calls/settings.ts'
import { Asterisk } from './asterisk.ts'
import { nine, roster } from './scene.ts'

const operators = roster.map(({ id }) => id)
const numbers = ['+33561551234', '+33612345678']
const switchboard = { kind: 'number', number: '+33561556611', name: 'Standard' } as const
const bruno = { kind: 'operator', operatorId: 'bruno', name: 'Bruno' } as const
const chloe = { kind: 'operator', operatorId: 'chloe', name: 'Chloé' } as const
const targets: readonly Target[] = [bruno, chloe, switchboard, { ...switchboard, group: { id: 'psn', name: 'PSN', others: [bruno] } }]

/** What may happen, each to whom `pick` says. */
const happenings: Readonly<Record<string, (world: World) => Input | null>> = {
  'somebody calls': (w) => {
    const channel = w.newId('c')
    w.asterisk.arrive(channel)
    return { type: 'call-arrived', channel, number: w.pick([...numbers, null]) ?? null, dialled: null, people: [] }
  },
  'a phone is picked up': (w) => {
    const leg = w.pick(w.ringing())
    const channel = w.asterisk.alive(leg ?? '')
    if (leg === undefined || channel === undefined) return null
    channel.up = true
    return { type: 'leg-answered', leg }
  },
  'a phone is busy': (w) => {
    const leg = w.pick(w.ringing())
    if (leg !== undefined) w.asterisk.end(leg, w.now, w.pick([17, 19, 1, 16]))
    return null
  },
  'somebody hangs up': (w) => {
    const channel = w.pick([...w.asterisk.channels.keys()].filter((id) => w.asterisk.alive(id)?.up === true))
    if (channel === undefined) return null
    w.asterisk.end(channel, w.now)
    return { type: 'phone-hung-up', channel }
  },
  'a message ends': (w) => {
    const recording = w.pick([...w.asterisk.messages.keys()])
    if (recording === undefined) return null
    w.asterisk.messages.delete(recording)
    return { type: 'recording-ended', recording, durationMs: w.pick([500, 5_000]) ?? null }
  },
  'a key is pressed': (w) => {
    const channel = w.pick([...w.state.calls.values()].filter((c) => w.asterisk.alive(c.channel) !== undefined))?.channel
    return channel === undefined ? null : { type: 'key-pressed', channel, key: w.pick([...'331124*#5']) ?? '1' }
  },
  'an operator is there, or not': (w) => {
    const [state, operatorId] = [w.pick(['ready', 'ready', 'ready', 'front-desk', 'offline'] as const), w.pick(operators)]
    return { type: 'operator-asks', operatorId: operatorId ?? 'alice', change: { state: state ?? 'ready' } }
  },
  'a page goes, or comes': (w) => ({
    type: 'browser-phone',
    operatorId: w.pick(operators) ?? 'alice',
    here: w.pick([true, true, false]) ?? true,
  }),
  'the desk opens, or closes': (w) => ({ type: 'hours', open: w.pick([true, true, true, false]) ?? true }),
  'an operator calls': (w) => {
    const about = { operatorId: w.pick(operators) ?? 'alice', callId: w.newId('o'), number: w.pick(numbers) ?? '' }
    return { type: 'operator-calls', ...about, people: [], owedId: null }
  },
  'a caller is taken': (w) => w.about((callId) => ({ type: 'call-taken', callId, operatorId: w.pick(operators) ?? 'alice' })),
  'a call is passed on': (w) =>
    w.about((callId, _, call) => ({ type: 'operator-declines', callId, operatorId: rungFor(call)[0]?.operatorId ?? 'alice' })),
  'a call is stopped': (w) => w.about((callId) => ({ type: 'call-stopped', callId })),
  'a supervisor comes': (w) => {
    const mode = w.pick(['listen', 'whisper', 'join', 'join'] as const) ?? 'listen'
    return w.about((callId) => ({ type: 'call-watched', callId, operatorId: w.pick(operators) ?? 'alice', mode }))
  },
  'a supervisor leaves': (w) =>
    w.about((callId, _, { status }) => {
      const there = status.kind === 'talking' ? status.watch?.supervisorId : undefined
      return { type: 'watch-left', callId, operatorId: there ?? 'alice' }
    }),
  'somebody is asked': (w) =>
    w.about((callId, operatorId) => ({ type: 'operator-consults', callId, operatorId, target: w.pick(targets) ?? bruno })),
  'nobody is asked any more': (w) => w.about((callId, operatorId) => ({ type: 'consult-cancelled', callId, operatorId })),
  'all three talk': (w) => w.about((callId, operatorId) => ({ type: 'conference-asked', callId, operatorId })),
  'a caller is handed over': (w) =>
    w.about((callId, operatorId) => ({ type: 'operator-transfers', callId, operatorId, target: w.pick([null, null, ...targets]) ?? null })),
  'a caller is held, or taken back': (w) =>
    w.about((callId, operatorId) => ({ type: 'operator-holds', callId, operatorId, on: w.pick([true, false]) ?? true })),
  'an operator is muted, or not': (w) =>
    w.about((callId, operatorId) => ({ type: 'operator-mutes', callId, operatorId, on: w.pick([true, false]) ?? true })),
  'the limit is put off': (w) => w.about((callId, operatorId) => ({ type: 'operator-extends', callId, operatorId, reason: 'Diagnostic' })),
  'an operator ends it': (w) => w.about((callId, operatorId) => ({ type: 'operator-hangs-up', callId, operatorId })),
  'what is said is recorded': (w) => {
    const order = w.pick(['start', 'start', 'pause', 'resume', 'cancel'] as const) ?? 'start'
    return w.about((callId, operatorId) => ({ type: 'operator-records', callId, operatorId, order }))
  },
  'a page is loaded anew': (w) => w.about((callId, operatorId) => ({ type: 'operator-rejoins', callId, operatorId })),
}
const often = ['a phone is picked up', 'somebody calls', 'somebody is asked', 'a caller is handed over', 'all three talk']

/** @property n says to whom it happens, and how */
export type Happening = { readonly waitMs: number; readonly what: string; readonly n: number }
const kill = 'the service is killed'

const happening = (what: readonly string[]) =>
  fc.record({
    waitMs: fc.oneof({ weight: 9, arbitrary: fc.nat(2_000) }, { weight: 1, arbitrary: fc.nat(100_000) }),
    what: fc.constantFrom(...what, ...often, ...often, ...often),
    n: fc.nat(1_000_000),
  })
const history = (what: readonly string[]) => fc.array(happening(what), { minLength: 1, maxLength: 100, size: 'max' })
export const histories = history(Object.keys(happenings))
export const historiesWithKills = history([...Object.keys(happenings), kill, kill])

export class World {
  readonly asterisk = new Asterisk()
  state: DeskState = emptyDesk
  now = nine
  wasKilled = false
  readonly settings: Settings
  #n = 0
  #ids = 0
  #isDown = false

  constructor(settings: Settings) {
    this.settings = settings
    this.#give({ type: 'roster', operators: roster.map((o) => ({ ...o, phone: o.id === 'chloe' ? null : 'browser' })) })
    this.#give({ type: 'hours', open: true })
    for (const operatorId of operators) {
      this.#give({ type: 'browser-phone', operatorId, here: true })
      this.#give({ type: 'operator-asks', operatorId, change: { state: 'ready' } })
    }
  }

  live({ waitMs, what, n }: Happening): void {
    this.#n = n
    this.asterisk.lagMs = this.pick([0, 50, 1_500]) ?? 0
    this.pass(waitMs)
    // Once in a history: what two of them do together is not tried.
    if (what !== kill) this.#happen(what)
    else if (!this.wasKilled) this.#kill()
  }

  /** Time passes, and what falls due in it happens. */
  pass(ms: number): void {
    const until = this.now + ms
    for (;;) {
      const due = nextDeadline(this.state, this.settings) ?? Number.POSITIVE_INFINITY
      const next = Math.min(due, this.asterisk.next())
      if (next > until) break
      this.now = Math.max(this.now, next)
      const heard = this.asterisk.report(this.now)
      if (heard !== null) this.#give(heard)
      else if (due <= this.now) this.#give({ type: 'tick' })
    }
    this.now = until
  }

  /** Everybody goes, and nobody comes to the desk. */
  everybodyLeaves(): void {
    this.#give({ type: 'hours', open: false })
    while (this.asterisk.channels.size > 0) {
      for (const id of this.asterisk.channels.keys()) this.asterisk.end(id, this.now)
      this.pass(10_000)
    }
  }

  pick<T>(all: readonly T[]): T | undefined {
    const one = all[this.#n % Math.max(1, all.length)]
    this.#n = Math.floor(this.#n / Math.max(1, all.length))
    return one
  }

  newId(prefix: string): string {
    this.#ids += 1
    return `${prefix}${this.#ids}`
  }

  ringing(): readonly string[] {
    return [...this.asterisk.channels.keys()].filter((id) => isLeg(id) && this.asterisk.alive(id)?.up === false)
  }

  /** Something of a call, by the operator who has it. */
  about(of: (callId: string, operatorId: string, call: Call) => Input): Input | null {
    const call = this.pick([...this.state.calls.values()])
    const its = call !== undefined && 'operatorId' in call.status ? call.status.operatorId : null
    return call === undefined ? null : of(call.id, its ?? 'alice', call)
  }

  #happen(what: string): void {
    const input = happenings[what]?.(this) ?? null
    if (input !== null) this.#give(input)
  }

  #give(input: Input): void {
    const { state, effects } = decide(this.state, input, this.now, this.settings)
    this.state = state
    // Killed between the word and the deed: it is written down, and was not said to Asterisk.
    if (!this.#isDown) for (const effect of effects) this.asterisk.perform(effect, this.now)
  }

  /** In the middle of something; people pick up and hang up meanwhile, of which nothing is heard; then it looks at what there is. */
  #kill(): void {
    this.wasKilled = true
    this.#isDown = true
    this.#happen(this.pick(Object.keys(happenings)) ?? '')
    const leg = this.pick([...this.ringing(), undefined])
    const picked = leg === undefined ? undefined : this.asterisk.alive(leg)
    if (picked !== undefined) picked.up = true
    const left = this.pick([...this.asterisk.channels.keys(), undefined, undefined])
    if (left !== undefined) this.asterisk.end(left, this.now)
    this.asterisk.hearNothing()
    this.#isDown = false
    this.now += this.pick([100, 3_000]) ?? 0
    const isServed = (callId: string) => !['waiting', 'ringing', undefined].includes(this.state.calls.get(callId)?.status.kind)
    this.#give({ type: 'inventory', inventory: this.asterisk.inventory(this.now, isServed) })
    this.pass(0)
  }
}
