import type { Logger } from 'pino'

type Ports = { readonly remind: () => Promise<number>; readonly onOwed: () => void; readonly log: Logger }

const hourMs = 3_600_000

/** Tells authors which articles are to be read again, looking each hour. */
export class ArticleReminders {
  readonly #ports: Ports
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> = Promise.resolve()

  constructor(ports: Ports) {
    this.#ports = ports
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.run(), hourMs)
    void this.run()
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    await this.#running
  }

  run(): Promise<void> {
    this.#running = this.#running.then(() => this.#look())
    return this.#running
  }

  async #look(): Promise<void> {
    const { remind, onOwed, log } = this.#ports
    try {
      if ((await remind()) > 0) onOwed()
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'Authors could not be reminded of articles; tried again in an hour')
    }
  }
}
