import type { Logger } from 'pino'
import type { AskingWords, ListCheckStore } from '../database/list-check-store.ts'
import { Rounds } from './rounds.ts'

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

/** Asks once a month whoever keeps a list whether it is still right. */
export const listWatch = ({ checks, wanted, isOpen, words, onMailOwed, log }: Ports): Rounds =>
  new Rounds({
    everyMs,
    log,
    failing: 'Whether lists are still right could not be asked now',
    async look() {
      if (wanted() && isOpen() && (await checks.askDue(words())) > 0) onMailOwed()
    },
  })
