import type { Logger } from 'pino'

export type RoundsPorts = {
  readonly everyMs: number
  /** @param stopping whether to leave the rest to the next start */
  readonly look: (stopping: () => boolean) => Promise<unknown>
  /** What the log says when a look fails (PostgreSQL away, most often); the next one tries again. */
  readonly failing: string
  readonly log: Pick<Logger, 'warn'>
}

/** Something looked at again and again: at the start, every so often and when woken; one look at a time, none refused. */
export class Rounds {
  readonly #ports: RoundsPorts
  #timer: NodeJS.Timeout | null = null
  #looking: Promise<void> = Promise.resolve()
  /** The look that has not begun: whoever asks meanwhile waits for the same. */
  #next: Promise<void> | null = null
  #stopping = false

  constructor(ports: RoundsPorts) {
    this.#ports = ports
  }

  /** What is looked at is there. */
  start(): void {
    if (this.#timer !== null || this.#stopping) return
    this.#timer = setInterval(() => this.wake(), this.#ports.everyMs)
    this.#timer.unref()
    this.wake()
  }

  /** Something has changed: look now, when started. */
  wake(): void {
    if (this.#timer !== null) void this.look()
  }

  /** Resolves after a look that began after this was asked. */
  look(): Promise<void> {
    this.#next ??= this.#looking.then(() => {
      this.#next = null
      return this.#look()
    })
    this.#looking = this.#next
    return this.#next
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    this.#stopping = true
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    await this.#looking
  }

  async #look(): Promise<void> {
    if (this.#stopping) return
    const { look, failing, log } = this.#ports
    try {
      await look(() => this.#stopping)
    } catch (error) {
      log.warn({ reason: (error as Error).message }, failing)
    }
  }
}
