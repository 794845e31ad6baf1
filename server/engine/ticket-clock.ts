import type { Logger } from 'pino'
import type { Ticket } from '../contract/entities.ts'

type Ports = {
  /** Does what is due by now. */
  readonly run: () => Promise<readonly Ticket[]>
  readonly onSaved: (ticket: Ticket) => void
  readonly log: Logger
  readonly everyMs?: number
}

/** Reminders, closings by silence, the ends of waiting: days long, so a look each minute is soon enough, and nothing is kept between two. */
export class TicketClock {
  readonly #ports: Ports
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> = Promise.resolve()

  constructor(ports: Ports) {
    this.#ports = ports
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#look(), this.#ports.everyMs ?? 60_000)
    this.#look()
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    await this.#running
  }

  #look(): void {
    this.#running = this.#running.then(async () => {
      try {
        for (const ticket of await this.#ports.run()) this.#ports.onSaved(ticket)
      } catch (error) {
        this.#ports.log.warn({ reason: (error as Error).message }, 'Tickets that are due could not be dealt with; tried again in a minute')
      }
    })
  }
}
