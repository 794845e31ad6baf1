import type { Logger } from 'pino'
import type { AskingWords, ListCheckStore } from '../database/list-check-store.ts'

type Ports = {
  readonly checks: Pick<ListCheckStore, 'askDue'>
  readonly wanted: () => boolean
  /** Whether the desk is open now by its hours: nobody is asked at night. */
  readonly isOpen: () => boolean
  readonly words: () => AskingWords
  readonly onMailOwed: () => void
  readonly log: Logger
}

const everyMs = 15 * 60_000

/** Asks once a month whoever keeps a list whether it is still right. PostgreSQL away, it looks again. */
export class ListWatch {
  readonly #ports: Ports
  #timer: NodeJS.Timeout | null = null
  #looking: Promise<void> = Promise.resolve()

  constructor(ports: Ports) {
    this.#ports = ports
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.look(), everyMs)
    this.#timer.unref()
    void this.look()
  }

  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#look())
    return this.#looking
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    await this.#looking
  }

  async #look(): Promise<void> {
    const { checks, wanted, isOpen, words, onMailOwed, log } = this.#ports
    if (!wanted() || !isOpen()) return
    try {
      if ((await checks.askDue(words())) > 0) onMailOwed()
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'Whether lists are still right could not be asked now')
    }
  }
}
