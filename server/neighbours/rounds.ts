import type { Logger } from 'pino'
import type { Part } from '../contract/http.ts'

type Ports = {
  /** By this name in health and log. */
  readonly name: string
  readonly isOn: () => boolean
  /** One round. What it throws is told, and tried again later, less and less often. */
  readonly run: () => Promise<void>
  readonly everyMs: () => number
  /** How soon after it was woken, and how long after a first failure; the usual ones without. */
  readonly soonMs?: number
  readonly firstRetryMs?: number
  /** What a person is told of a failure. */
  readonly saying: (error: unknown) => string
  readonly now: () => number
  readonly log: Pick<Logger, 'warn'>
}

const usual = { soonMs: 500, firstRetryMs: 10_000 }
const longestRetryMs = 900_000

/**
 * A neighbour asked in the background, one round at a time. Whoever wakes it does not wait for it; one that is slow or away holds nothing up.
 */
export class NeighbourRounds {
  readonly #ports: Ports
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> | null = null
  #again = false
  #stopped = true
  #failures = 0
  #since: number
  doneAt: number | null = null
  nextAt: number | null = null
  failure: { readonly at: number; readonly says: string } | null = null

  constructor(ports: Ports) {
    this.#ports = ports
    this.#since = ports.now()
  }

  get running(): boolean {
    return this.#running !== null
  }

  /** Once the database is there. */
  start(): void {
    this.#stopped = false
    this.wake(0)
  }

  /** Lets the round under way end. */
  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#running
  }

  /** Something is to be done: soon, and once for many. A neighbour that failed is left its time. */
  wake(inMs = this.#soonMs): void {
    if (this.#stopped || !this.#ports.isOn()) return
    if (this.#running !== null) this.#again = true
    else if (this.#failures === 0 || inMs === 0) this.#arm(inMs)
  }

  /** What was known of it counts no more. */
  reset(): void {
    this.failure = null
    this.doneAt = null
    this.#failures = 0
    this.wake(0)
  }

  /** Now. Resolves when it is done, or has failed; never rejects. */
  async round(): Promise<void> {
    if (this.#running !== null) await this.#running
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#running = this.#run().finally(() => {
      this.#running = null
      const again = this.#again && this.#failures === 0
      this.#again = false
      const { everyMs, firstRetryMs = usual.firstRetryMs } = this.#ports
      this.#arm(
        again ? this.#soonMs : this.#failures === 0 ? everyMs() : Math.min(longestRetryMs, firstRetryMs * 2 ** (this.#failures - 1)),
      )
    })
    await this.#running
  }

  /** For `/api/health`; null while it is off. @param besides what waits */
  part(besides: string | null = null): Part | null {
    const { name, isOn } = this.#ports
    if (!isOn()) return null
    const part = { name, since: new Date(this.#since).toISOString(), version: null }
    if (this.failure === null) return { ...part, state: this.doneAt === null ? 'starting' : 'up', detail: besides }
    return { ...part, state: 'down', detail: [this.failure.says, besides].filter((text) => text !== null).join(' ; ') }
  }

  get #soonMs(): number {
    return this.#ports.soonMs ?? usual.soonMs
  }

  #arm(inMs: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (this.#stopped) return
    this.nextAt = this.#ports.now() + inMs
    this.#timer = setTimeout(() => void this.round(), inMs)
    this.#timer.unref()
  }

  async #run(): Promise<void> {
    const { isOn, run, saying, now, log, name } = this.#ports
    if (!isOn()) return
    try {
      await run()
      if (this.failure !== null || this.doneAt === null) this.#since = now()
      this.failure = null
      this.#failures = 0
      this.doneAt = now()
    } catch (error) {
      if (this.failure === null) this.#since = now()
      this.#failures += 1
      this.failure = { at: now(), says: saying(error) }
      log.warn({ neighbour: name, reason: this.failure.says }, 'A neighbour did not do; tried again later, nothing is lost')
    }
  }
}
