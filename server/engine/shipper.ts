import type { Logger } from 'pino'
import type { FactLog, LoggedFact } from './fact-log.ts'

export type FactSink = {
  lastShipped(epoch: string): Promise<number | null>
  /** Idempotent: facts already there, and the projections they made, are left as they are. */
  ship(epoch: string, facts: readonly LoggedFact[]): Promise<void>
}

/** One transaction each; whoever takes an answer that is owed waits for its end. */
const batch = 50
export const retryMs = 2_000
/** What happens at once (a call comes, a phone rings) is received at once, by one transaction; nobody sees so short a wait. */
const gatherMs = 150
/** Beyond, they are read from the log again. */
const inMemoryAtMost = 20_000

/** Drains the local log into PostgreSQL, in order and once, whenever PostgreSQL is there. A call never waits for it. */
export class Shipper {
  readonly #log: FactLog
  readonly #sink: FactSink
  readonly #logger: Logger
  /** In step with the log after `#shipped`; empty while that is null. */
  #waiting: LoggedFact[] = []
  /** Null: to be asked of PostgreSQL. */
  #shipped: number | null = null
  /** What this process has shipped itself may be later than what the log was opened with. */
  #inStepOnce = false
  #backlog = 0
  #started = false
  #running = false
  #stopped = false
  #retry: NodeJS.Timeout | null = null
  #gathering: NodeJS.Timeout | null = null
  #idle: (() => void)[] = []

  constructor(log: FactLog, sink: FactSink, logger: Logger) {
    this.#log = log
    this.#sink = sink
    this.#logger = logger
  }

  /** How many facts PostgreSQL has not received. */
  get backlog(): number {
    return this.#backlog
  }

  add(facts: readonly LoggedFact[]): void {
    this.#backlog += facts.length
    if (this.#waiting.length > inMemoryAtMost) this.#loseStep()
    if (this.#shipped !== null) this.#waiting.push(...facts)
    // What the log could not write is safe nowhere else.
    if (this.#log.trouble !== null) void this.#drain()
    else this.#gathering ??= setTimeout(() => void this.#drain(), gatherMs)
  }

  /** The schema is there: begin to send. */
  async start(): Promise<void> {
    this.#started = true
    await this.#drain()
  }

  /** Resolves once everything added so far has been received. */
  async settled(): Promise<void> {
    if (this.#backlog === 0 && !this.#running) return
    const received = new Promise<void>((resolve) => this.#idle.push(resolve))
    void this.#drain()
    await received
  }

  /** Send what is left if PostgreSQL is there, then stop; what could not be sent is sent at the next start. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.#drain()
  }

  async #drain(): Promise<void> {
    for (const timer of [this.#gathering, this.#retry]) if (timer !== null) clearTimeout(timer)
    this.#gathering = null
    this.#retry = null
    if (this.#running || !this.#started) return
    this.#running = true
    try {
      do {
        this.#shipped ??= await this.#findStep()
        await this.#shipNext(this.#shipped)
      } while (this.#shipped === null || this.#waiting.length > 0)
      this.#log.forgetBefore(this.#shipped)
      for (const resolve of this.#idle.splice(0)) resolve()
    } catch (error) {
      this.#logger.warn(
        { reason: (error as Error).message, backlog: this.#backlog },
        'PostgreSQL does not take the facts now; they wait in the local log',
      )
      if (!this.#stopped) this.#retry = setTimeout(() => void this.#drain(), retryMs)
      this.#retry?.unref()
    } finally {
      this.#running = false
    }
  }

  async #shipNext(after: number): Promise<void> {
    const facts = this.#waiting.slice(0, batch)
    if (facts.length === 0) return
    await this.#sink.ship(this.#log.epoch, facts)
    if (this.#shipped === null) return
    this.#waiting.splice(0, facts.length)
    this.#backlog = this.#waiting.length
    this.#shipped = facts.at(-1)?.n ?? after
  }

  /** What PostgreSQL received last; all since, wherever it is, waits from now on. */
  async #findStep(): Promise<number> {
    let last = (await this.#sink.lastShipped(this.#log.epoch)) ?? this.#log.floor
    if (!this.#inStepOnce && last > this.#log.openedAt) {
      this.#log.renewEpoch()
      last = this.#log.floor
    }
    this.#inStepOnce = true
    this.#waiting = [...this.#log.since(last)]
    this.#backlog = this.#waiting.length
    return last
  }

  #loseStep(): void {
    this.#waiting = []
    this.#shipped = null
  }
}
