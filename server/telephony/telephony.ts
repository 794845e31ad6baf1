import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Callee, Effect } from '../calls/effects.ts'
import type { Input, ListedChannel } from '../calls/inputs.ts'
import { normaliseNumber } from '../calls/number.ts'
import type { Person } from '../contract/entities.ts'
import { Ari, type AriAccount, AriError, type MayCommand, segment } from './ari.ts'
import {
  admitSpy,
  application,
  commandApplications,
  failureOf,
  isWhisper,
  laneOf,
  type LegTarget,
  perform,
  sayWhisper,
  spyRole,
  whisperRole,
  ringsFirst,
} from './commands.ts'
import { CommandSocket } from './command-socket.ts'
import { type AriEvent, eventsRead } from './events.ts'
import { type Identify, readInventory } from './inventory.ts'
import { Lanes } from './lanes.ts'
import { Lingering } from './lingering.ts'
import { LeavingPhones } from './leaving-phones.ts'
import { Link } from './link.ts'
import { queueBridge, QueueMusic } from './queue-music.ts'

export type TelephonyPorts = {
  readonly log: Logger
  /** The engine's inbox. */
  submit(input: Input): void
  connected(up: boolean): void
  /** From memory; a withheld number, null, is nobody's. */
  findPeople(number: string | null): readonly Person[]
  /** Who calls from the desk's own page, by what was dialled; null: by a telephone. */
  pageCaller?(dialled: string): Pick<ListedChannel, 'number' | 'people' | 'page' | 'rank'> | null
  isCall(id: string): boolean
  /** Of a call, whether its caller is thought to wait for an operator. */
  isInLine(id: string): boolean
  target(to: Callee): LegTarget | null
  /** Another service has taken the application over. */
  replaced?(): void
  readonly mayCommand?: MayCommand
}

/** A hung-up channel reports its end within this of leaving the application. */
const hangUpMs = 100
/** How often a refusal looks for such an end: a loaded Asterisk takes its time. */
const goneLooks = 10
/** Gone, or back in the dialplan. */
const notHere = new Set([404, 409, 422])

type StasisStart = Extract<AriEvent, { type: 'StasisStart' }>
/** A part that looks after channels of its own (the demo's, the self-test's), told apart by the first Stasis argument. */
export type SideRole = {
  readonly onStart?: (event: StasisStart) => void
  readonly onEvent?: (event: AriEvent) => void
  readonly onOpen?: () => Promise<void>
}

/** Asterisk, seen from the engine: plain inputs one way, effects the other. */
export class Telephony {
  readonly ari: Ari
  readonly #ports: TelephonyPorts
  readonly #link: Link
  readonly #commands: readonly CommandSocket[]
  readonly #lanes = new Lanes()
  readonly #queue: QueueMusic
  readonly #leaving = new LeavingPhones()
  readonly #lingering = new Lingering((channel) => this.#lingers(channel))
  readonly #roles = new Map<string, SideRole>()
  #up = false
  #version: string | null = null
  /** When the Asterisk that was last connected was started, by its own clock. */
  #startedAt: string | null = null
  #sinceMs = Date.now()
  #comparing: Promise<void> | null = null

  constructor(account: AriAccount, ports: TelephonyPorts) {
    this.#ports = ports
    this.ari = new Ari(account, ports.mayCommand)
    const socket = (application: string) => new CommandSocket({ connect: () => this.ari.events(application), log: ports.log })
    this.ari.commands = { ring: socket(commandApplications.ring), talk: socket(commandApplications.talk) }
    this.#commands = Object.values(this.ari.commands)
    this.#queue = new QueueMusic(this.ari)
    this.#link = new Link(this.ari, application, ports.log, {
      onOpen: () => this.#opened(),
      onEvent: (event) => this.#event(event),
      onLost: () => {
        for (const socket of this.#commands) socket.close()
        this.#set(false)
      },
      onStandstill: () => void this.resync(),
      onReplaced: () => {
        ports.log.error('Another service has taken the telephone application over; this one stops commanding')
        for (const socket of this.#commands) socket.close()
        this.#set(false)
        ports.replaced?.()
      },
    })
  }

  role(name: string, role: SideRole): void {
    this.#roles.set(name, role)
  }

  start(): void {
    this.#link.start()
  }

  get state(): { readonly up: boolean; readonly version: string | null; readonly sinceMs: number } {
    return { up: this.#up, version: this.#version, sinceMs: this.#sinceMs }
  }

  /** Follow a source of events besides the application's own channels. */
  async follow(eventSource: string): Promise<void> {
    await this.ari.request('POST', `/applications/${application}/subscription`, { eventSource })
  }

  /** Whether Asterisk still takes this service for the application's owner. */
  confirm(): Promise<boolean> {
    return this.#link.confirm()
  }

  /**
   * Have what Asterisk holds compared with the state again: after a freeze, memory and events may disagree. Whoever asks meanwhile
   * waits for the same.
   */
  resync(): Promise<void> {
    this.#comparing ??= this.#compare().finally(() => {
      this.#comparing = null
    })
    return this.#comparing
  }

  async #compare(): Promise<void> {
    if (!this.#up) return
    try {
      await this.#link.resync(() => this.#inventory())
    } catch (error) {
      this.#ports.log.warn({ reason: (error as Error).message }, 'Asterisk could not be read again')
    }
  }

  perform(effects: readonly Effect[]): void {
    if (!this.#up) return
    const waited = new Map(effects.map((effect) => [effect, this.#leftFor(effect)]))
    for (const effect of ringsFirst(effects)) {
      const left = waited.get(effect) ?? null
      this.#lanes.run(laneOf(effect), () => (left === null ? this.#perform(effect) : left.then(() => this.#perform(effect))))
    }
  }

  async stop(): Promise<void> {
    this.#link.close()
    for (const socket of this.#commands) socket.close()
    this.#up = false
    await this.ari.close()
  }

  /** Until when the telephone that is to ring is being let go; null: not. */
  #leftFor(effect: Effect): Promise<unknown> | null {
    if (effect.type === 'hang-up') this.#leaving.letGo(effect.channel)
    if (effect.type !== 'ring' || effect.to.kind !== 'operator') return null
    const left = this.#leaving.left(effect.to.operatorId)
    this.#leaving.rung(effect.leg, effect.to.operatorId)
    return left
  }

  async #perform(effect: Effect): Promise<void> {
    try {
      await perform(effect, { ari: this.ari, queue: this.#queue, target: this.#ports.target })
    } catch (error) {
      const refused = error instanceof AriError
      if (effect.type === 'ring') this.#leaving.gone(effect.leg)
      this.#ports.log[refused ? 'info' : 'warn'](
        { effect: effect.type, lane: laneOf(effect), reason: (error as Error).message },
        'A telephone command failed',
      )
      if (refused && notHere.has(error.status) && 'channel' in effect) this.#look(effect.channel)
      const gone = refused && effect.type === 'connect' ? await this.#goneOf([effect.caller, effect.leg]) : null
      if (!this.#up) return
      const input: Input | null = gone === null ? failureOf(effect) : { type: 'channel-gone', channel: gone, cause: 16 }
      if (input !== null) this.#ports.submit(input)
    }
  }

  /** Which of two that could not be joined has hung up just then: a conversation that somebody ended is not one that we cut. */
  async #goneOf(channels: readonly string[]): Promise<string | null> {
    for (let looks = 0; looks < goneLooks && this.#up; looks += 1) {
      if (looks > 0) await delay(hangUpMs)
      for (const channel of channels) {
        const answer = await this.ari.request('GET', `/channels/${segment(channel)}`).catch((error: unknown) => error)
        if (answer instanceof AriError && answer.status === 404) return channel
      }
    }
    return null
  }

  async #opened(): Promise<void> {
    for (const socket of this.#commands) socket.open()
    const info = (await this.ari.request('GET', '/asterisk/info', { only: 'system,status' })) as {
      system?: { version?: string }
      status?: { startup_time?: string }
    }
    this.#startedAt = info.status?.startup_time ?? null
    this.#version = info.system?.version ?? null
    // All channels: phones enter the application only when they are picked up, and callers may be back in the dialplan.
    await this.follow('channel:')
    await this.ari.request('POST', `/bridges/${queueBridge}`, { type: 'holding', name: queueBridge }).catch(existing)
    await this.ari.request('POST', `/bridges/${queueBridge}/moh`)
    await this.ari.request('PUT', `/applications/${application}/eventFilter`, {}, { allowed: eventsRead.map((type) => ({ type })) })
    for (const role of this.#roles.values()) await role.onOpen?.()
    this.#up = true
    await this.#inventory()
    this.#sinceMs = Date.now()
    this.#ports.connected(true)
  }

  async #inventory(): Promise<void> {
    const listed = await readInventory(this.ari, this.#identify, this.#ports, (id) => this.#lingering.has(id))
    this.#ports.submit({ type: 'inventory', inventory: { ...listed, startedAt: this.#startedAt } })
  }

  readonly #identify: Identify = (channel, dialled) => {
    const page = this.#ports.pageCaller?.(dialled) ?? null
    if (page !== null) return { ...page, dialled: null }
    const number = normaliseNumber(channel.caller.number)
    return { number, dialled: normaliseNumber(dialled), people: this.#ports.findPeople(number) }
  }

  #set(up: boolean): void {
    if (this.#up === up) return
    this.#leaving.forget()
    this.#lingering.forget()
    this.#up = up
    this.#sinceMs = Date.now()
    this.#ports.connected(up)
  }

  #event(event: AriEvent): void {
    const { submit } = this.#ports
    switch (event.type) {
      case 'StasisStart': {
        const [role = '', dialled = ''] = event.args
        if (role === 'caller') {
          // The dialplan's net may have started music for a caller it kept while we were away.
          if (event.channel.state === 'Up') this.#quiet(event.channel.id)
          submit({ type: 'call-arrived', channel: event.channel.id, ...this.#identify(event.channel, dialled) })
        } else if (role === spyRole) this.#lanes.run(event.channel.id, () => this.#spy(event.channel.id, event.args[1] ?? ''))
        else if (role === whisperRole) this.#lanes.run(event.channel.id, () => this.#whisper(event.channel.id))
        else if (role === 'leg') submit({ type: 'leg-answered', leg: event.channel.id })
        else this.#roles.get(role)?.onStart?.(event)
        break
      }
      case 'ChannelHangupRequest':
        this.#lingering.hungUp(event.channel.id)
        // `soft`: by a command, ours or somebody's; the telephone has yet to be told.
        if (event.soft !== true) submit({ type: 'phone-hung-up', channel: event.channel.id })
        break
      case 'ChannelDestroyed':
        this.#lingering.ended(event.channel.id)
        this.#leaving.gone(event.channel.id)
        submit({ type: 'channel-gone', channel: event.channel.id, cause: event.cause })
        break
      case 'ChannelDtmfReceived':
        submit({ type: 'key-pressed', channel: event.channel.id, key: event.digit })
        break
      case 'PlaybackFinished':
        if (isWhisper(event.playback.id)) this.#silence(event.playback.id)
        else if (event.playback.state === 'failed') submit({ type: 'command-failed', command: 'play', target: event.playback.id })
        else submit({ type: 'playback-ended', playback: event.playback.id })
        break
      case 'RecordingFinished':
      case 'RecordingFailed': {
        const { name, duration, silence_duration: silence } = event.recording
        const spokenS = duration === undefined ? null : duration - (silence ?? 0)
        submit({
          type: 'recording-ended',
          recording: name,
          durationMs: event.type === 'RecordingFailed' ? 0 : spokenS === null ? null : spokenS * 1000,
        })
        break
      }
      default:
        break
    }
    for (const role of this.#roles.values()) role.onEvent?.(event)
  }

  #lingers(channel: string): void {
    this.#ports.log.warn({ channel }, 'Asterisk does not end a channel that was hung up; whoever it was counts as gone')
    this.#leaving.gone(channel)
    this.#ports.submit({ type: 'channel-gone', channel, cause: 16 })
  }

  async #spy(channel: string, bridge: string): Promise<void> {
    await admitSpy(this.ari, channel, bridge).catch((error: Error) =>
      this.#ports.log.info({ reason: error.message }, 'A supervisor could not be let in'),
    )
  }

  async #whisper(channel: string): Promise<void> {
    await sayWhisper(this.ari, channel).catch((error: Error) =>
      this.#ports.log.info({ reason: error.message }, 'A tone could not be whispered'),
    )
  }

  #silence(whisper: string): void {
    this.#lanes.run(whisper, async () => {
      await this.ari.request('DELETE', `/channels/${segment(whisper)}`).catch(() => undefined)
    })
  }

  #quiet(channel: string): void {
    this.#lanes.run(channel, async () => {
      await this.ari.request('DELETE', `/channels/${segment(channel)}/moh`).catch(() => undefined)
    })
  }

  /** A caller of whom nothing more can be asked: back in the dialplan, or gone. */
  #look(channel: string): void {
    if (!this.#ports.isCall(channel)) return
    this.#lanes.run(channel, async () => {
      try {
        await this.ari.request('GET', `/channels/${segment(channel)}`)
      } catch (error) {
        if (error instanceof AriError) this.#ports.submit({ type: 'channel-gone', channel, cause: 16 })
      }
    })
  }
}

const existing = (error: unknown) => {
  if (!(error instanceof AriError && error.status === 409)) throw error
}
