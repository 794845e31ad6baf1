import { type Ari, segment } from './ari.ts'

/** The holding bridge of everybody who waits. */
export const queueBridge = 'guichet-queue'

/**
 * Puts callers into the queue's bridge, and sees that there is music. Asterisk's music falls silent for good once a holding bridge
 * has been empty, so that whoever comes into an empty one has it started anew; one at a time, or two who come together would
 * each believe the other had seen to it. Started for each, it would jump for those who hear it already.
 */
export class QueueMusic {
  readonly #ari: Ari
  #last: Promise<unknown> = Promise.resolve()

  constructor(ari: Ari) {
    this.#ari = ari
  }

  /** @throws AriError when the channel cannot be put there */
  join(channel: string): Promise<void> {
    const joined = this.#last.then(() => this.#join(channel))
    this.#last = joined.catch(() => undefined)
    return joined
  }

  async #join(channel: string): Promise<void> {
    const bridge = `/bridges/${segment(queueBridge)}`
    await this.#ari.request('POST', `${bridge}/addChannel`, { channel })
    const { channels } = (await this.#ari.request('GET', bridge)) as { channels: readonly string[] }
    if (channels.length <= 1) await this.#ari.request('POST', `${bridge}/moh`)
  }
}
