import type { Logger } from 'pino'
import { type Ari, segment } from './ari.ts'
import { callIdOf } from '../calls/ids.ts'
import { application } from './commands.ts'
import type { AriChannel, AriEvent } from './events.ts'
import type { Listener } from './listener.ts'
import type { SideRole } from './telephony.ts'

type DemoPhonesPorts = {
  readonly ari: Ari
  readonly log: Logger
  readonly listener: Listener
}

type Speak = (channel: string) => Promise<void>

/** The far half of a leg that is a Local channel bears the leg's id and `;2`. */
const legOf = (channel: string): string => channel.replace(/;2$/, '')

/**
 * Sample operators' phones, inside Asterisk: the far half of a Local channel that rings until the console's Answer key picks it
 * up, then speaks with a recorded voice. They stand in for a person with a telephone, and for nothing else.
 */
export class DemoPhones implements SideRole {
  readonly #ports: DemoPhonesPorts
  /** Channels of ringing phones by the leg they belong to. */
  readonly #ringing = new Map<string, string>()
  /** What is said at legs answered before they rang. */
  readonly #early = new Map<string, Speak>()

  constructor(ports: DemoPhonesPorts) {
    this.#ports = ports
  }

  readonly onStart = ({ channel }: Extract<AriEvent, { type: 'StasisStart' }>): void => {
    if (!this.#rings(channel.id)) void this.#ports.ari.request('POST', `/channels/${segment(channel.id)}/ring`).catch(() => undefined)
  }

  readonly onEvent = (event: AriEvent): void => {
    if (event.type !== 'ChannelDestroyed') return
    this.#ringing.delete(legOf(event.channel.id))
    this.#early.delete(legOf(event.channel.id))
  }

  /** Phones that were ringing when the service was restarted ring on. */
  readonly onOpen = async (): Promise<void> => {
    const channels = (await this.#ports.ari.request('GET', '/channels')) as readonly AriChannel[]
    for (const { id, state, dialplan } of channels) {
      if (dialplan.app_data.startsWith(`${application},phone`) && state !== 'Up') this.#rings(id)
    }
  }

  /** @returns whether it has been picked up already. */
  #rings(channel: string): boolean {
    const leg = legOf(channel)
    this.#ringing.set(leg, channel)
    const speak = this.#early.get(leg)
    this.#early.delete(leg)
    if (speak !== undefined) this.#answer(leg, speak)
    return speak !== undefined
  }

  /** Pick up one of our phones: at once, or as soon as it rings. */
  pickUp(leg: string): void {
    this.#answer(leg, async (channel) => {
      await this.#ports.listener.listen(channel, callIdOf(leg), 'operator')
      await this.#play(channel, 'sound:guichet/demo-operator')
    })
  }

  /** The same for a phone that is rung for an announcement: keep quiet while it speaks, say one if there is one to record, keep quiet again. */
  pickUpForAnnouncement(leg: string, records: boolean): void {
    this.#answer(leg, async (channel) => {
      if (records) await this.#play(channel, 'sound:silence/7,sound:guichet/demo-announcer,sound:silence/9')
    })
  }

  #answer(leg: string, speak: Speak): void {
    const channel = this.#ringing.get(leg)
    if (channel === undefined) {
      this.#early.set(leg, speak)
      return
    }
    this.#ringing.delete(leg)
    void this.#speak(channel, speak)
  }

  async #play(channel: string, media: string): Promise<void> {
    await this.#ports.ari.request('POST', `/channels/${segment(channel)}/play`, { media, lang: 'fr' })
  }

  async #speak(channel: string, speak: Speak): Promise<void> {
    const { ari, log } = this.#ports
    try {
      await ari.request('POST', `/channels/${segment(channel)}/answer`)
      await speak(channel)
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'A demo phone could not be picked up')
    }
  }
}
