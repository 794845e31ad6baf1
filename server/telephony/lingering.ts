/** A channel that was hung up ends within a few ms; a loaded Asterisk takes its time. */
const longestMs = 2_000

/**
 * Channels that were hung up and do not end. Asterisk waits up to ten minutes with whoever hangs up in the very millisecond in which a
 * sound begins in a bridge (22.10.1: what plays holds on to what it waits for): their channel stays in its lists, and nothing ends it.
 * The person is gone all the same.
 */
export class Lingering {
  readonly #waits = new Map<string, NodeJS.Timeout>()
  readonly #gone = new Set<string>()
  readonly #onGone: (channel: string) => void
  readonly #longestMs: number

  constructor(onGone: (channel: string) => void, ms = longestMs) {
    this.#onGone = onGone
    this.#longestMs = ms
  }

  hungUp(channel: string): void {
    if (this.#waits.has(channel) || this.#gone.has(channel)) return
    const late = setTimeout(() => {
      this.#waits.delete(channel)
      this.#gone.add(channel)
      this.#onGone(channel)
    }, this.#longestMs)
    this.#waits.set(channel, late.unref())
  }

  ended(channel: string): void {
    clearTimeout(this.#waits.get(channel))
    this.#waits.delete(channel)
    this.#gone.delete(channel)
  }

  /** Whether it was told as gone, and may still be listed. */
  has(channel: string): boolean {
    return this.#gone.has(channel)
  }

  /** Nothing is heard for a while: what Asterisk lists afterwards tells who is there. */
  forget(): void {
    for (const late of this.#waits.values()) clearTimeout(late)
    this.#waits.clear()
  }
}
