import type { Logger } from 'pino'
import { Rounds } from './rounds.ts'

type Ports = { readonly sum: () => Promise<void>; readonly log: Logger }

const everyMs = 60_000

/** Sums up the days of entities whose calls have changed since. */
export const figureDays = ({ sum, log }: Ports): Rounds =>
  new Rounds({
    everyMs,
    log,
    failing: 'The days of entities’ figures could not be summed up; figures are counted from the calls meanwhile, tried again in a minute',
    look: sum,
  })
