import type { Logger } from 'pino'
import { type Ari, segment } from './ari.ts'
import type { AriEvent } from './events.ts'
import type { SideRole } from './telephony.ts'

/** How long a sample person lets the telephone ring. */
const ringsMs = 3_000

/** Sample people whom the desk calls, inside Asterisk: a phone that rings, is picked up and speaks. They stand in for a person with a telephone. */
export class DemoPeople implements SideRole {
  readonly #ari: Ari
  readonly #log: Logger
  readonly #voiceOf: (digits: string) => string

  /** @param voiceOf the sound that whoever has that number speaks with */
  constructor(ari: Ari, log: Logger, voiceOf: (digits: string) => string) {
    this.#ari = ari
    this.#log = log
    this.#voiceOf = voiceOf
  }

  readonly onStart = ({ channel, args }: Extract<AriEvent, { type: 'StasisStart' }>): void => {
    const about = (path: string) => `/channels/${segment(channel.id)}/${path}`
    void this.#ari.request('POST', about('ring')).catch(() => undefined)
    const timer = setTimeout(() => void this.#speak(about, this.#voiceOf(args[1] ?? '')), ringsMs)
    timer.unref()
  }

  async #speak(about: (path: string) => string, voice: string): Promise<void> {
    try {
      await this.#ari.request('POST', about('answer'))
      await this.#ari.request('POST', about('play'), {
        media: Array.from({ length: 20 }, () => `sound:guichet/${voice}`).join(','),
        lang: 'fr',
      })
    } catch (error) {
      // Whoever called may have given up while it rang.
      this.#log.info({ reason: (error as Error).message }, 'A demo person could not answer')
    }
  }
}
