import type { Logger } from 'pino'
import { Rounds } from './rounds.ts'

type Ports = { readonly remind: () => Promise<number>; readonly onOwed: () => void; readonly log: Logger }

const everyMs = 3_600_000

/** Tells authors which articles are to be read again. */
export const articleReminders = ({ remind, onOwed, log }: Ports): Rounds =>
  new Rounds({
    everyMs,
    log,
    failing: 'Authors could not be reminded of articles; tried again in an hour',
    async look() {
      if ((await remind()) > 0) onOwed()
    },
  })
