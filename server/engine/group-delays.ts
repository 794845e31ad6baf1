import type { Logger } from 'pino'

type Ports = {
  /** What groups promise, in working hours. */
  readonly read: () => Promise<readonly { readonly id: string; readonly hours: number }[]>
  readonly log: Logger
}

/** Within how long groups answer that promise it, in memory: every ticket is timed by it. */
export class GroupDelays {
  readonly #ports: Ports
  #minutes: ReadonlyMap<string, number> = new Map()

  constructor(ports: Ports) {
    this.#ports = ports
  }

  /** By group, in minutes of open time. */
  get minutes(): ReadonlyMap<string, number> {
    return this.#minutes
  }

  /** Read again; what was known stays when PostgreSQL is away. @returns whether it is another */
  async refresh(): Promise<boolean> {
    try {
      const before = this.#minutes
      this.#minutes = new Map((await this.#ports.read()).map(({ id, hours }) => [id, hours * 60]))
      return before.size !== this.#minutes.size || [...this.#minutes].some(([id, minutes]) => before.get(id) !== minutes)
    } catch (error) {
      this.#ports.log.warn({ reason: (error as Error).message }, 'Within how long groups answer could not be read again')
      return false
    }
  }
}
