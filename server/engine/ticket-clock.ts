import type { Logger } from 'pino'
import type { Ticket } from '../contract/entities.ts'
import { Rounds } from './rounds.ts'

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
export class TicketClock extends Rounds {
  #rewound = false

  constructor({ run, rewind, onSaved, onRewound, log, everyMs = 20_000 }: Ports) {
    super({
      everyMs,
      log,
      failing: 'Tickets that are due could not be dealt with; tried again soon',
      look: async () => {
        try {
          if (!this.#rewound) {
            this.#rewound = true
            if ((await rewind()) > 0) onRewound()
          }
          for (const ticket of await run()) onSaved(ticket)
        } catch (error) {
          this.#rewound = false
          throw error
        }
      },
    })
  }

  /** Delays or opening hours have changed. */
  rewind(): void {
    this.#rewound = false
    this.wake()
  }
}
