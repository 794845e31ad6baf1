import type { Logger } from 'pino'
import type { Ticket } from '../contract/entities.ts'

type Ports = {
  /** Does what is due by now. */
  readonly run: () => Promise<readonly Ticket[]>
  /** Sets every open ticket's delays by what holds now. @returns how many differed */
  readonly rewind: () => Promise<number>
  readonly onSaved: (ticket: Ticket) => void
  readonly onRewound: () => void
  readonly log: Logger
  readonly everyMs?: number
}

/**
 * Reminders, closings by silence, the ends of waiting, delays that are over: minutes long at least, so a look every twenty seconds is soon
 * enough, and nothing is kept between two.
 */
export class TicketClock {
  readonly #ports: Ports
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> = Promise.resolve()
  #rewound = false

  constructor(ports: Ports) {
    this.#ports = ports
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#look(), this.#ports.everyMs ?? 20_000)
    this.#look()
  }

  /** Delays or opening hours have changed. */
  rewind(): void {
    this.#rewound = false
    if (this.#timer !== null) this.#look()
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
        if (!this.#rewound) {
          this.#rewound = true
          if ((await this.#ports.rewind()) > 0) this.#ports.onRewound()
        }
        for (const ticket of await this.#ports.run()) this.#ports.onSaved(ticket)
      } catch (error) {
        this.#rewound = false
        this.#ports.log.warn({ reason: (error as Error).message }, 'Tickets that are due could not be dealt with; tried again soon')
      }
    })
  }
}
