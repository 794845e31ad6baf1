/**
 * A telephone server in small: what Asterisk has of channels, bridges, sounds and recordings once it has done what the desk line says,
 * and what it reports of them, a while later.
 */
import type { Callee, Effect } from '../../server/calls/effects.ts'
import { bridgeOfLeg, callIdOf, isLeg, serialOf } from '../../server/calls/ids.ts'
import type { FoundTalk, Input, Inventory } from '../../server/calls/inputs.ts'

type Channel = {
  /** Whom we rang; null: they call. */
  readonly to: Callee | null
  /** What is written on it while a conversation is its. */
  talking: boolean
  up: boolean
  bridge: string | null
  /** When Asterisk ends it by itself, or the dialplan takes it back. */
  netAt: number | null
  /** When nobody has picked up for too long. */
  ringsUntil: number | null
  muted: boolean
  /** What was begun last to record the conversation, as is written on it. */
  recording: string | null
  /** It is gone, of which nobody has heard yet. */
  going: boolean
}
type Event = { readonly at: number; readonly input: Input; readonly of: string }

export const queue = 'guichet-queue'
const soundMs = 12_000
/** Sounds made after the last phone have numbers too. */
const unknownSerial = 1_000

export class Asterisk {
  readonly channels = new Map<string, Channel>()
  readonly bridges = new Set([queue])
  /** What each sound is played to: a channel, or a bridge. */
  readonly sounds = new Map<string, string>()
  /** What is kept as a sound of what is said in a bridge, with which it ends. */
  readonly talkRecordings = new Map<string, { readonly bridge: string; readonly phase: 'on' | 'paused' }>()
  /** Voice messages under way, and whose. */
  readonly messages = new Map<string, string>()
  /** Limits that fell: it is the desk line that ends conversations, and leaves nobody alone for so long. */
  readonly fallen: string[] = []
  /** Commands that Asterisk could not have carried out. */
  readonly refused: string[] = []
  /** How long it takes until the next events are heard of. */
  lagMs = 0
  #events: Event[] = []

  /** A channel that is there for all that the server knows. */
  alive(id: string): Channel | undefined {
    const channel = this.channels.get(id)
    return channel?.going === false ? channel : undefined
  }

  /** Whether a sentence or a tone is played to this channel, or its message recorded. */
  isPlayedTo(id: string): boolean {
    return [...this.sounds.values(), ...this.messages.values()].includes(id)
  }

  /** The next moment at which something is reported. */
  next(): number {
    const ends = [...this.channels.keys()].map((id) => this.#endOf(id))
    return Math.min(...ends, ...this.#events.map(({ at }) => at))
  }

  /** The moment at which a channel ends by itself. */
  #endOf(id: string): number {
    const { netAt = null, ringsUntil = null, up = true } = this.alive(id) ?? {}
    return (up ? netAt : (ringsUntil ?? netAt)) ?? Number.POSITIVE_INFINITY
  }

  /** What is reported by now, the earliest first. */
  report(now: number): Input | null {
    for (const [id, { up }] of this.channels) {
      if (this.#endOf(id) > now) continue
      if (up) this.fallen.push(id)
      this.end(id, now, up ? 16 : 19)
    }
    const event = this.#events.toSorted((a, b) => a.at - b.at)[0]
    if (event === undefined || event.at > now) return null
    this.#events = this.#events.filter((other) => other !== event)
    if (event.input.type === 'channel-gone') this.#forget(event.of)
    if (event.input.type === 'playback-ended') this.sounds.delete(event.of)
    return event.input
  }

  arrive(id: string, to: Callee | null = null, ringsUntil: number | null = null): void {
    this.channels.set(id, {
      to,
      talking: false,
      up: false,
      bridge: null,
      netAt: null,
      ringsUntil,
      muted: false,
      recording: null,
      going: false,
    })
  }

  /** It ends, of its own accord or not, which is reported later. */
  end(id: string, now: number, cause = 16): void {
    const channel = this.alive(id)
    if (channel === undefined) return
    channel.going = true
    channel.bridge = null
    this.#tell({ type: 'channel-gone', channel: id, cause }, id, now + this.lagMs)
  }

  /** The service is not there: nothing of what happened is heard. */
  hearNothing(): void {
    for (const [id, { going }] of this.channels) if (going) this.#forget(id)
    for (const { input, of } of this.#events) if (input.type === 'playback-ended') this.sounds.delete(of)
    this.#events = []
  }

  /** What is there, when somebody asks. @param isServed whether a call is known to be more than one who waits in line */
  inventory(now: number, isServed: (callId: string) => boolean): Inventory {
    const all = [...this.channels]
    const inside = (bridge: string) => all.flatMap(([id, channel]) => (channel.bridge === bridge ? [id] : []))
    const channels = all.map(([id, { up }]) => {
      const [state, role] = [up ? ('up' as const) : ('ringing' as const), isLeg(id) ? ('leg' as const) : ('caller' as const)]
      return { id, state, role, number: null, dialled: null, people: [] }
    })
    const bridges = new Map([...this.bridges].map((id) => [id, inside(id)]))
    const talks = all.flatMap(([id, channel]) => (isServed(callIdOf(id)) ? [] : this.#talkOf(id, channel, now)))
    return { startedAt: 'once', channels, bridges, recordings: [...this.messages.keys()], talks }
  }

  /** A conversation as telephony/inventory.ts finds it, by what its channels say of themselves. */
  #talkOf(channel: string, { to, talking, up, bridge, netAt, recording }: Channel, now: number): readonly FoundTalk[] {
    if (!up || !talking || to?.kind === 'operator') return []
    const legs = [...this.channels].flatMap(([leg, its]) =>
      callIdOf(leg) === callIdOf(channel) && its.up && its.to?.kind === 'operator' ? [{ leg, operatorId: its.to.operatorId }] : [],
    )
    const ours = legs.find(({ leg }) => bridgeOfLeg(leg) === bridge) ?? legs[0]
    if (ours === undefined) return []
    const called = to === null ? null : to.number
    const serial = Math.max(...legs.map(({ leg }) => serialOf(leg))) + unknownSerial
    const leftS = netAt === null ? null : Math.ceil((netAt - now) / 1_000)
    return [{ callId: callIdOf(channel), channel, ...ours, bridge: bridgeOfLeg(ours.leg), called, leftS, recording, serial }]
  }

  perform(effect: Effect, now: number): void {
    const netAt = 'limitS' in effect ? now + effect.limitS * 1_000 : null
    switch (effect.type) {
      case 'take-over':
        return this.#change(effect.channel, { netAt: null })
      case 'answer':
        return this.#change(effect.channel, { up: true })
      case 'hold':
        return this.#change(effect.channel, { bridge: queue, netAt })
      case 'play':
        if (this.alive(effect.channel) === undefined) return
        return this.#sound(effect.playback, effect.channel, now, effect.sounds.includes('tone:ring'))
      case 'announce':
        return this.#sound(effect.playback, effect.bridge, now)
      case 'stop-playing':
        if (this.sounds.delete(effect.playback)) this.#tell({ type: 'playback-ended', playback: effect.playback }, effect.playback, now)
        return
      case 'record': {
        if (this.alive(effect.channel) === undefined) return
        this.messages.set(effect.recording, effect.channel)
        return this.#change(effect.channel, { bridge: null, netAt: now + (effect.maxS + 60) * 1_000 })
      }
      case 'ring':
        if (this.channels.has(effect.leg)) this.refused.push(`${effect.leg} is there already`)
        this.arrive(effect.leg, effect.to, now + effect.timeoutS * 1_000)
        if (effect.bridge !== null) this.bridges.add(effect.bridge)
        return
      case 'connect':
        if (this.alive(effect.caller) === undefined || this.alive(effect.leg) === undefined) return
        this.bridges.add(effect.bridge)
        for (const id of [effect.caller, effect.leg]) this.#change(id, { bridge: effect.bridge, netAt })
        this.#change(effect.caller, { talking: true })
        return
      case 'limit':
        for (const id of [effect.channel, effect.leg]) if (id !== null) this.#change(id, { netAt })
        return
      case 'leave-bridge':
        if (this.channels.get(effect.channel)?.bridge === effect.bridge) this.#change(effect.channel, { bridge: null })
        return
      case 'mute':
        return this.#change(effect.channel, { muted: effect.on })
      case 'join':
        return this.#enter(effect.channel, effect.bridge)
      case 'spy':
        return this.#enter(effect.leg, effect.bridge)
      case 'record-talk':
        this.talkRecordings.set(effect.recording, { bridge: effect.bridge, phase: 'on' })
        return this.#change(effect.channel, { recording: effect.recording })
      case 'pause-recording': {
        const recorded = this.talkRecordings.get(effect.recording)
        if (recorded !== undefined) this.talkRecordings.set(effect.recording, { ...recorded, phase: effect.on ? 'paused' : 'on' })
        return
      }
      case 'stop-recording':
        this.talkRecordings.delete(effect.recording)
        return
      case 'hang-up':
        return this.end(effect.channel, now)
      case 'drop-bridge':
        this.bridges.delete(effect.bridge)
        for (const channel of this.channels.values()) if (channel.bridge === effect.bridge) channel.bridge = null
        for (const [name, { bridge }] of this.talkRecordings) if (bridge === effect.bridge) this.talkRecordings.delete(name)
        return
      case 'leave-talk':
        return this.#change(effect.channel, { talking: false })
      case 'send-keys':
      case 'stop-spying':
      case 'whisper':
        return
      default:
        return effect satisfies never
    }
  }

  #change(id: string, to: Partial<Channel>): void {
    const channel = this.alive(id)
    if (channel !== undefined) Object.assign(channel, to)
  }

  #enter(id: string, bridge: string): void {
    if (this.bridges.has(bridge)) this.#change(id, { bridge })
    else this.refused.push(`${id} into ${bridge}, which is not there`)
  }

  #sound(playback: string, on: string, now: number, endless = false): void {
    this.sounds.set(playback, on)
    if (!endless) this.#tell({ type: 'playback-ended', playback }, playback, now + soundMs)
  }

  #tell(input: Input, of: string, at: number): void {
    this.#events.push({ at, input, of })
  }

  #forget(id: string): void {
    this.channels.delete(id)
    for (const heard of [this.sounds, this.messages]) for (const [name, whose] of heard) if (whose === id) heard.delete(name)
  }
}
