import type { Logger } from 'pino'
import type { Ticket } from '../contract/entities.ts'

type Ports = {
  /** @returns the ticket when it changed, false when there is nothing more to do */
  readonly step: () => Promise<Ticket | null | false>
  readonly onSaved: (ticket: Ticket) => void
  readonly log: Logger
}

const againMs = 5_000

/** Does what is written down to be done to many tickets, one after the other; woken by each new one, and at the start. */
export class BulkRunner {
  readonly #ports: Ports
  #running: Promise<void> = Promise.resolve()
  #again: NodeJS.Timeout | null = null
  #stopped = false

  constructor(ports: Ports) {
    this.#ports = ports
  }

  wake(): void {
    if (this.#stopped) return
    this.#running = this.#running.then(() => this.#run())
  }

  /** Waits for the ticket under way; the others go on after the next start. */
  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#again !== null) clearTimeout(this.#again)
    await this.#running
  }

  async #run(): Promise<void> {
    const { step, onSaved, log } = this.#ports
    try {
      while (!this.#stopped) {
        const changed = await step()
        if (changed === false) return
        if (changed !== null) onSaved(changed)
      }
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'What is to be done to several tickets stopped; it goes on soon')
      if (!this.#stopped) this.#again = setTimeout(() => this.wake(), againMs)
    }
  }
}
