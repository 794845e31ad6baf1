import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { type Ari, segment } from './ari.ts'
import { application } from './commands.ts'
import type { AriEvent } from './events.ts'
import type { Listener } from './listener.ts'
import type { SideRole } from './telephony.ts'

export type DemoCaller = { readonly number: string | null; readonly who: string; readonly voice: string; readonly dialled: string | null }
type Placed = DemoCaller & { readonly channel: string; readonly atMs: number }

const kept = 50

/** Sample callers, inside Asterisk: they come in by the public's door and say what a caller would. They stand in for a person with a telephone. */
export class DemoCallers implements SideRole {
  readonly #ari: Ari
  readonly #log: Logger
  readonly #listener: Listener
  readonly #placed = new Map<string, Placed>()

  constructor(ari: Ari, log: Logger, listener: Listener) {
    this.#ari = ari
    this.#log = log
    this.#listener = listener
  }

  /** Place a call to the desk line. @returns the caller's own channel id @throws AriError */
  async place(caller: DemoCaller, nowMs: number): Promise<string> {
    const channel = `demo-${randomUUID()}`
    this.#placed.set(channel, { ...caller, channel, atMs: nowMs })
    for (const old of [...this.#placed.keys()].slice(0, -kept)) this.#placed.delete(old)
    const digits = caller.number?.replace(/^ext:/, '') ?? 'anonymous'
    await this.#ari.request('POST', `/channels/${segment(channel)}`, {
      endpoint: `Local/${caller.dialled ?? 'guichet'}@demo-callers/n`,
      app: application,
      appArgs: 'demo-caller',
      callerId: `"${caller.who.replace(/["\\]/g, '')}" <${digits}>`,
      timeout: 120,
    })
    return channel
  }

  who(channel: string): Placed | null {
    return this.#placed.get(channel) ?? null
  }

  /** Hang up a sample caller. */
  async hangUp(channel: string): Promise<void> {
    await this.#ari.request('DELETE', `/channels/${segment(channel)}`).catch(() => undefined)
  }

  /** The far side has answered: listen, then speak. */
  readonly onStart = ({ channel }: Extract<AriEvent, { type: 'StasisStart' }>): void => {
    const placed = this.#placed.get(channel.id)
    if (placed === undefined) return
    void (async () => {
      try {
        await this.#listener.listen(channel.id, channel.id, 'caller')
        await this.#ari.request('POST', `/channels/${segment(channel.id)}/play`, {
          media: Array.from({ length: 20 }, () => `sound:guichet/${placed.voice}`).join(','),
          lang: 'fr',
        })
      } catch (error) {
        this.#log.warn({ reason: (error as Error).message }, 'A demo caller could not speak')
      }
    })()
  }
}
