import type { Logger } from 'pino'
import type { GroupPhones } from '../calls/group-phones.ts'

type BookPorts = { readonly read: () => Promise<readonly GroupPhones[]>; readonly now: () => number; readonly log: Logger }
/** Absences begin and the directory changes without anybody saying so here. */
const freshMs = 600_000

/** Groups in memory, so that a transfer never waits for PostgreSQL. */
export class GroupPhoneBook {
  readonly #ports: BookPorts
  #groups: ReadonlyMap<string, GroupPhones> = new Map()
  #readAt = 0

  constructor(ports: BookPorts) {
    this.#ports = ports
  }

  find(id: string): GroupPhones | null {
    if (this.#ports.now() - this.#readAt > freshMs) void this.refresh()
    return this.#groups.get(id) ?? null
  }

  /** Read again; what was known stays when PostgreSQL is away. */
  async refresh(): Promise<void> {
    this.#readAt = this.#ports.now()
    try {
      this.#groups = new Map((await this.#ports.read()).map((group) => [group.id, group]))
    } catch (error) {
      this.#ports.log.warn({ reason: (error as Error).message }, 'Who works for the groups could not be read again')
    }
  }
}
