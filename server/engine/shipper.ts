import type { Logger } from 'pino'
import type { FactLog, LoggedFact } from './fact-log.ts'

export type FactSink = {
  lastShipped(epoch: string): Promise<number | null>
  /** Idempotent: facts already there, and the projections they made, are left as they are. */
  ship(epoch: string, facts: readonly LoggedFact[]): Promise<void>
}

const batch = 500
const retryMs = 2_000

/** Drains the local log into PostgreSQL, in order and once, whenever PostgreSQL is there. A call never waits for it. */
export class Shipper {
  readonly #log: FactLog
  readonly #sink: FactSink
  readonly #logger: Logger
  #waiting: LoggedFact[] = []
  #shipped: number | null = null
  #started = false
  #running = false
  #stopped = false
  #retry: NodeJS.Timeout | null = null
  #idle: (() => void)[] = []

  constructor(log: FactLog, sink: FactSink, logger: Logger) {
    this.#log = log
    this.#sink = sink
    this.#logger = logger
  }

  /** How many facts PostgreSQL has not received. */
  get backlog(): number {
    return this.#waiting.length
  }

  add(facts: readonly LoggedFact[]): void {
    this.#waiting.push(...facts)
    void this.#drain()
  }

  /** The schema is there: begin to send. */
  async start(): Promise<void> {
    this.#started = true
    await this.#drain()
  }

  /** Resolves once everything added so far has been received. */
  async settled(): Promise<void> {
    if (this.#waiting.length === 0 && !this.#running) return
    await new Promise<void>((resolve) => this.#idle.push(resolve))
  }

  /** Send what is left if PostgreSQL is there, then stop; what could not be sent is sent at the next start. */
  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#retry !== null) clearTimeout(this.#retry)
    await this.#drain()
  }

  async #drain(): Promise<void> {
    if (this.#running || !this.#started) return
    this.#running = true
    try {
      if (this.#shipped === null) {
        const last = (await this.#sink.lastShipped(this.#log.epoch)) ?? 0
        const known = new Set(this.#waiting.map(({ n }) => n))
        this.#waiting = [...this.#log.since(last).filter(({ n }) => !known.has(n)), ...this.#waiting].sort((a, b) => a.n - b.n)
        this.#shipped = last
      }
      while (this.#waiting.length > 0) {
        const facts = this.#waiting.slice(0, batch)
        await this.#sink.ship(this.#log.epoch, facts)
        this.#waiting.splice(0, facts.length)
        this.#shipped = facts.at(-1)?.n ?? this.#shipped
      }
      this.#log.forgetBefore(this.#shipped ?? 0)
      for (const resolve of this.#idle.splice(0)) resolve()
    } catch (error) {
      this.#logger.warn(
        { reason: (error as Error).message, backlog: this.#waiting.length },
        'PostgreSQL does not take the facts now; they wait in the local log',
      )
      if (!this.#stopped) this.#retry = setTimeout(() => void this.#drain(), retryMs)
      this.#retry?.unref()
    } finally {
      this.#running = false
    }
  }
}
