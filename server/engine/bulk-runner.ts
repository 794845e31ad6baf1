import type { Logger } from 'pino'
import type { Ticket } from '../contract/entities.ts'
import { Rounds } from './rounds.ts'

type Ports = {
  /** @returns the ticket when it changed, false when there is nothing more to do */
  readonly step: () => Promise<Ticket | null | false>
  readonly onSaved: (ticket: Ticket) => void
  readonly log: Logger
}

/** Does what is written down to be done to many tickets, one after the other; woken by each new one, and at the start. */
export const bulkRunner = ({ step, onSaved, log }: Ports): Rounds =>
  new Rounds({
    everyMs: null,
    againMs: 5_000,
    failing: 'What is to be done to several tickets stopped; it goes on soon',
    log,
    // Those that are left when the service stops go on after its next start.
    async look(stopping) {
      while (!stopping()) {
        const changed = await step()
        if (changed === false) return
        if (changed !== null) onSaved(changed)
      }
    },
  })
