import type { Logger } from 'pino'
import { type Ari, segment } from './ari.ts'
import type { AriEvent } from './events.ts'
import type { Listener } from './listener.ts'
import type { SideRole } from './telephony.ts'

type DemoPhonesPorts = {
  readonly ari: Ari
  readonly log: Logger
  readonly listener: Listener
  /** The call an operator is being rung for now. */
  readonly callOffered: (extension: string) => { readonly callId: string; readonly leg: string } | null
}

/**
 * Sample operators' phones, inside Asterisk: the far half of a Local channel that rings until the console's Answer key picks it
 * up, then speaks with a recorded voice. They stand in for a person with a telephone, and for nothing else.
 */
export class DemoPhones implements SideRole {
  readonly #ports: DemoPhonesPorts
  /** Ringing phones by the leg they belong to. */
  readonly #ringing = new Map<string, { readonly channel: string; readonly callId: string }>()

  constructor(ports: DemoPhonesPorts) {
    this.#ports = ports
  }

  readonly onStart = ({ channel, args }: Extract<AriEvent, { type: 'StasisStart' }>): void => {
    const offered = this.#ports.callOffered(args[1] ?? '')
    const { ari } = this.#ports
    if (offered === null) return void ari.request('DELETE', `/channels/${segment(channel.id)}`).catch(() => undefined)
    this.#ringing.set(offered.leg, { channel: channel.id, callId: offered.callId })
    void ari.request('POST', `/channels/${segment(channel.id)}/ring`).catch(() => undefined)
  }

  readonly onEvent = (event: AriEvent): void => {
    if (event.type !== 'ChannelDestroyed') return
    for (const [leg, { channel }] of this.#ringing) if (channel === event.channel.id) this.#ringing.delete(leg)
  }

  /** @returns false when no phone of ours rings for that leg. */
  pickUp(leg: string): boolean {
    const ringing = this.#ringing.get(leg)
    if (ringing === undefined) return false
    this.#ringing.delete(leg)
    void this.#speak(ringing.channel, ringing.callId)
    return true
  }

  async #speak(channel: string, callId: string): Promise<void> {
    const { ari, listener, log } = this.#ports
    try {
      await ari.request('POST', `/channels/${segment(channel)}/answer`)
      await listener.listen(channel, callId, 'operator')
      await ari.request('POST', `/channels/${segment(channel)}/play`, { media: 'sound:guichet/demo-operator', lang: 'fr' })
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'A demo phone could not be picked up')
    }
  }
}
