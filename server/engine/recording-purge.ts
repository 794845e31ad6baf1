import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Logger } from 'pino'
import { Rounds } from './rounds.ts'

type Ports = {
  readonly folder: string
  readonly days: () => number
  readonly over: (days: number) => Promise<readonly { readonly id: string; readonly file: string }[]>
  readonly remove: (id: string) => Promise<void>
  /** How many went: it is reported with what else goes by itself. */
  readonly removed?: (count: number) => Promise<void>
  readonly log: Logger
}

const everyMs = 3_600_000

/** Removes recordings whose days are over: the sound first, so that no sound is left without its row. */
export const recordingPurge = ({ folder, days, over, remove, removed, log }: Ports): Rounds =>
  new Rounds({
    everyMs,
    log,
    failing: 'Recordings whose days are over could not be removed; tried again in an hour',
    async look(stopping) {
      for (let some = await over(days()); some.length > 0 && !stopping(); some = await over(days())) {
        for (const { id, file } of some) {
          const path = join(folder, basename(file))
          await Promise.all([rm(path, { force: true }), rm(`${path}.peaks.json`, { force: true })])
          await remove(id)
        }
        await removed?.(some.length)
        log.info({ count: some.length }, 'Recordings whose days were over are removed')
      }
    },
  })
