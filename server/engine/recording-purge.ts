import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Logger } from 'pino'

type Ports = {
  readonly folder: string
  readonly days: () => number
  readonly over: (days: number) => Promise<readonly { readonly id: string; readonly file: string }[]>
  readonly remove: (id: string) => Promise<void>
  /** How many went: it is reported with what else goes by itself. */
  readonly removed?: (count: number) => Promise<void>
  readonly log: Logger
}

const hourMs = 3_600_000

/** Removes recordings whose days are over, looking each hour: the sound first, so that no sound is left without its row. */
export class RecordingPurge {
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
    this.#running = this.#running.then(() => this.#purge())
    return this.#running
  }

  async #purge(): Promise<void> {
    const { folder, days, over, remove, removed, log } = this.#ports
    try {
      for (let some = await over(days()); some.length > 0; some = await over(days())) {
        for (const { id, file } of some) {
          const path = join(folder, basename(file))
          await Promise.all([rm(path, { force: true }), rm(`${path}.peaks.json`, { force: true })])
          await remove(id)
        }
        await removed?.(some.length)
        log.info({ count: some.length }, 'Recordings whose days were over are removed')
      }
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'Recordings whose days are over could not be removed; tried again in an hour')
    }
  }
}
