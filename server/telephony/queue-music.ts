import { type Ari, segment } from './ari.ts'

/** The holding bridge of everybody who waits. */
export const queueBridge = 'guichet-queue'
const path = `/bridges/${segment(queueBridge)}`

/**
 * Puts callers into the queue's bridge, and sees that there is music. Asterisk's music falls silent for good once a holding bridge
 * has been empty, and it says nothing of that: where nobody is left of those who were there at the last look, it is started anew.
 * Started for each, it would jump for those who hear it already. Looks follow one another, or two who come together would each
 * believe the other had seen to it; one look does for all who came before it began, so that a crowd does not wait for one another.
 */
export class QueueMusic {
  readonly #ari: Ari
  /** Who has been there ever since the last look, as far as we know. */
  #here = new Set<string>()
  /** Who came since the last look began: it may have seen them on their way out before. */
  readonly #came = new Set<string>()
  #looking: Promise<void> = Promise.resolve()
  /** A look is to come that has not begun. */
  #due = false

  constructor(ari: Ari) {
    this.#ari = ari
  }

  /**
   * Who is there does not wait until the music has been seen to: mostly something is said to them first.
   * @throws AriError when the channel cannot be put there
   */
  async join(channel: string): Promise<void> {
    // Whoever comes back has been away, and the bridge may have been empty meanwhile.
    this.#here.delete(channel)
    this.#came.add(channel)
    await this.#ari.request('POST', `${path}/addChannel`, { channel })
    this.#look()
  }

  #look(): void {
    if (this.#due) return
    this.#due = true
    this.#looking = this.#looking
      .then(() => {
        this.#due = false
        return this.#startWhereEmpty()
      })
      // One that fails is as good as none: whoever comes next has the bridge looked at again.
      .catch(() => undefined)
  }

  async #startWhereEmpty(): Promise<void> {
    const before = this.#here
    this.#came.clear()
    const { channels } = (await this.#ari.request('GET', path)) as { channels: readonly string[] }
    if (!channels.some((channel) => before.has(channel))) await this.#ari.request('POST', `${path}/moh`)
    this.#here = new Set(channels.filter((channel) => !this.#came.has(channel)))
  }
}
