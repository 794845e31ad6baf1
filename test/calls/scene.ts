import { nextDeadline } from '../../server/calls/deadlines.ts'
import { decide, type Decision } from '../../server/calls/decide.ts'
import type { Effect } from '../../server/calls/effects.ts'
import type { Fact, FactType } from '../../server/calls/facts.ts'
import type { Input, Inventory, ListedChannel } from '../../server/calls/inputs.ts'
import { type Call, type DeskState, emptyDesk, type Operator } from '../../server/calls/model.ts'
import { defaultSettings, type Settings } from '../../server/calls/settings.ts'
import type { Person } from '../../server/contract/entities.ts'
import type { OperatorChange } from '../../server/contract/http.ts'

export const settings = defaultSettings
const everybodys = { numbers: [], aheadMs: 0, operators: null, overflowMs: null, welcome: null, recording: 'off', limitCuts: null } as const
/** Beside the usual line, one that is ahead by a minute, which Chloe alone serves for half a minute. */
export const twoLines: Settings = {
  ...defaultSettings,
  lines: [
    { ...everybodys, id: 'guichet' },
    { ...everybodys, id: 'vip', numbers: ['+33561550002'], aheadMs: 60_000, operators: ['chloe'], overflowMs: 30_000 },
  ],
}
/** Two lines that have nobody in common. */
export const apart: Settings = {
  ...twoLines,
  lines: [
    { ...everybodys, id: 'guichet', operators: ['alice', 'bruno'] },
    { ...everybodys, id: 'vip', numbers: ['+33561550002'], operators: ['chloe'] },
  ],
}
/** What is dialled for the second of them. */
export const secondLine = '+33561550002'

/** Everybody free is rung at once. */
export const ringAll: Settings = { ...defaultSettings, ringMost: 10 }
/** A Monday at 9 in Paris. */
export const nine = Date.parse('2026-11-23T08:00:00Z')

export const roster = ['alice', 'bruno', 'chloe'].map((id, i) => ({ id, name: id, extension: String(6101 + i) }))

export const claire: Person = {
  id: 'p1',
  name: 'Claire Dubois',
  email: 'claire.dubois@univ.example',
  phones: ['+33561551234'],
  affiliation: 'staff',
  unit: null,
  place: null,
  title: null,
}

type EffectType = Effect['type']

/** The desk line through one test: inputs at moments of the test's choosing, and what each of them brought about. */
export class Scene {
  state: DeskState = emptyDesk
  now = nine
  #settings: Settings = settings
  last: Decision = { state: emptyDesk, facts: [], effects: [] }

  /** Open, with these operators ready, each since a second after the one before. */
  static open(...ready: readonly string[]): Scene {
    const scene = new Scene()
    scene.give({ type: 'roster', operators: roster })
    scene.give({ type: 'hours', open: true })
    for (const operatorId of ready) scene.after(1_000).asks(operatorId, 'ready')
    return scene.after(60_000)
  }

  /** From now on with these settings. */
  under(other: Settings): this {
    this.#settings = other
    return this
  }

  after(ms: number): this {
    this.now += ms
    return this
  }

  give(input: Input): Decision {
    this.last = decide(this.state, input, this.now, this.#settings)
    this.state = this.last.state
    return this.last
  }

  arrives(channel: string, number: string | null = '+33561551234', dialled: string | null = null): Decision {
    return this.give({ type: 'call-arrived', channel, number, dialled, people: number === null ? [] : [claire] })
  }

  hangsUp(channel: string): Decision {
    return this.give({ type: 'phone-hung-up', channel })
  }

  gone(channel: string, cause = 16): Decision {
    return this.give({ type: 'channel-gone', channel, cause })
  }

  asks(operatorId: string, state: OperatorChange['state'], by?: string): Decision {
    const change = state === 'paused' ? { state, reason: 'Repas' } : { state }
    return this.give({ type: 'operator-asks', operatorId, change, ...(by !== undefined && { by }) })
  }

  /** The phone now rung for a call is picked up. */
  answers(callId: string): Decision {
    return this.give({ type: 'leg-answered', leg: this.leg(callId) })
  }

  /** The announcement under way ends. */
  played(callId: string): Decision {
    return this.give({ type: 'playback-ended', playback: this.playback(callId) })
  }

  /** Time passes up to the next deadline, which falls. */
  falls(): Decision {
    const due = nextDeadline(this.state, this.#settings)
    if (due === null) throw new Error('nothing is due')
    this.now = Math.max(this.now, due)
    return this.give({ type: 'tick' })
  }

  finds(
    channels: readonly Partial<ListedChannel>[],
    bridges: Readonly<Record<string, readonly string[]>> = {},
    recordings: readonly string[] = [],
    startedAt: string | null = null,
    talks: Inventory['talks'] = [],
  ): Decision {
    const listed = channels.map(
      (c): ListedChannel => ({ id: '', state: 'up', role: 'caller', number: null, dialled: null, people: [], ...c }),
    )
    const inventory: Inventory = { startedAt, channels: listed, bridges: new Map(Object.entries(bridges)), recordings, talks }
    return this.give({ type: 'inventory', inventory })
  }

  call(id: string): Call {
    const call = this.state.calls.get(id)
    if (call === undefined) throw new Error(`no call ${id}`)
    return call
  }

  operator(id: string): Operator {
    const operator = this.state.operators.get(id)
    if (operator === undefined) throw new Error(`no operator ${id}`)
    return operator
  }

  /** The id of the phone that is rung for the call, or is in conversation with it. */
  leg(callId: string): string {
    const { offers, status } = this.call(callId)
    const leg = offers[0]?.leg ?? (status.kind === 'talking' ? status.leg : undefined)
    if (leg === undefined) throw new Error(`no phone for ${callId}`)
    return leg
  }

  playback(callId: string): string {
    const { status } = this.call(callId)
    const playing = 'playing' in status ? status.playing : null
    if (playing === null) throw new Error(`nothing is played to ${callId}`)
    return playing.playback
  }

  /** What is said by the last input's commands to play, in order. */
  get said(): readonly string[] {
    return this.effects('play').flatMap((effect) => effect.sounds.map((s) => s.replace('sound:guichet/', '')))
  }

  effects<T extends EffectType>(type: T): readonly Extract<Effect, { type: T }>[] {
    return this.last.effects.filter((e): e is Extract<Effect, { type: T }> => e.type === type)
  }

  facts<T extends FactType>(type: T): readonly Extract<Fact, { type: T }>[] {
    return this.last.facts.filter((f): f is Extract<Fact, { type: T }> => f.type === type)
  }

  /** Channels the last input hangs up. */
  get hungUp(): readonly string[] {
    return this.effects('hang-up').map((e) => e.channel)
  }
}
