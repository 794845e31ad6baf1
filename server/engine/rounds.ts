import type { Logger } from 'pino'

export type RoundsPorts = {
  /** Null: at the start and when woken alone. */
  readonly everyMs: number | null
  /** How soon after a look that failed; with the next one without. */
  readonly againMs?: number
  /** @param stopping whether to leave the rest to the next start */
  readonly look: (stopping: () => boolean) => Promise<unknown>
  /** What the log says when a look fails (PostgreSQL away, most often); the next one tries again. */
  readonly failing: string
  readonly log: Pick<Logger, 'warn'>
}

/** Something looked at again and again: at the start, every so often and when woken; one look at a time, none refused. */
export class Rounds {
  readonly #ports: RoundsPorts
  #started = false
  #timer: NodeJS.Timeout | null = null
  #again: NodeJS.Timeout | null = null
  #looking: Promise<void> = Promise.resolve()
  /** The look that has not begun: whoever asks meanwhile waits for the same. */
  #next: Promise<void> | null = null
  #stopping = false

  constructor(ports: RoundsPorts) {
    this.#ports = ports
  }

  /** What is looked at is there. */
  start(): void {
    if (this.#started || this.#stopping) return
    this.#started = true
    const { everyMs } = this.#ports
    if (everyMs !== null) this.#timer = setInterval(() => this.wake(), everyMs).unref()
    this.wake()
  }

  /** Something has changed: look now, when started. */
  wake(): void {
    if (this.#started) void this.look()
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
    for (const timer of [this.#timer, this.#again]) if (timer !== null) clearTimeout(timer)
    await this.#looking
  }

  async #look(): Promise<void> {
    if (this.#stopping) return
    const { look, failing, againMs, log } = this.#ports
    if (this.#again !== null) clearTimeout(this.#again)
    try {
      await look(() => this.#stopping)
    } catch (error) {
      log.warn({ reason: (error as Error).message }, failing)
      if (againMs !== undefined && !this.#stopping) this.#again = setTimeout(() => void this.look(), againMs).unref()
    }
  }
}
