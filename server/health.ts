import type { Logger } from 'pino'
import type { Health as HealthView, Part } from './contract/http.ts'
import type { LogTrouble } from './engine/fact-log.ts'
import { audible, type Heard } from './telephony/self-test.ts'

type HealthPorts = {
  readonly version: string
  readonly now: () => number
  readonly log: Logger
  readonly selfTest: () => Promise<Heard>
  readonly telephony: () => { readonly up: boolean; readonly version: string | null; readonly sinceMs: number }
  readonly logTrouble: () => LogTrouble | null
  readonly backlog: () => number
  readonly directory: () => Part
  readonly mail: () => Part
  /** Null: no mailbox is read. */
  readonly mailIn: () => Part | null
  /** Null: no calendar is shared. */
  readonly calendar: () => Part | null
  /** The systems next door that are asked for. */
  readonly neighbours: () => readonly Part[]
  /** @returns PostgreSQL's version @throws when it is away */
  readonly database: () => Promise<string>
}

const everyMs = 5_000
const retryMs = 10_000
const names = { music: 'la musique', announcement: 'l’annonce', recording: 'l’enregistrement' } as const

/** What each part is doing, and whether callers can be served: Asterisk is there, and was heard on a call of our own. */
export class Health {
  readonly #ports: HealthPorts
  readonly #startedMs: number
  #audio: Part
  #database: Part
  #testing = false
  #timers: NodeJS.Timeout[] = []
  #stopped = false

  constructor(ports: HealthPorts) {
    this.#ports = ports
    this.#startedMs = ports.now()
    this.#audio = this.#part('audio', 'starting')
    this.#database = this.#part('database', 'starting')
  }

  start(): void {
    void this.#askDatabase()
    this.#timers.push(setInterval(() => void this.#askDatabase(), everyMs))
  }

  stop(): void {
    this.#stopped = true
    for (const timer of this.#timers) clearInterval(timer)
  }

  state(): HealthView {
    const { telephony, logTrouble, backlog, directory, mail, mailIn, calendar, neighbours, version } = this.#ports
    const inbox = mailIn()
    const shared = calendar()
    const asterisk = telephony()
    const parts: Part[] = [
      { name: 'telephony', state: asterisk.up ? 'up' : 'down', since: iso(asterisk.sinceMs), version: asterisk.version, detail: null },
      this.#audio,
      { ...this.#database, detail: backlog() > 0 ? `${backlog()} faits à transmettre` : this.#database.detail },
      this.#factLog(logTrouble()),
      directory(),
      mail(),
      ...(inbox === null ? [] : [inbox]),
      ...(shared === null ? [] : [shared]),
      ...neighbours(),
    ]
    const serving = asterisk.up && this.#audio.state === 'up'
    const starting = this.#audio.state === 'starting'
    return { status: serving ? 'ready' : starting ? 'starting' : 'unable', version, since: iso(this.#startedMs), parts }
  }

  /** Call ourselves and listen; again later when nothing was heard. */
  async test(): Promise<void> {
    if (this.#testing || this.#stopped) return
    this.#testing = true
    try {
      const heard = await this.#ports.selfTest()
      const silent = (Object.keys(names) as (keyof Heard)[]).filter((what) => heard[what] < audible)
      this.#hear(
        silent.length === 0 ? 'up' : 'down',
        silent.length === 0 ? null : `silence à la place de ${silent.map((s) => names[s]).join(', ')}`,
      )
    } catch (error) {
      this.#hear('down', (error as Error).message)
    } finally {
      this.#testing = false
    }
    if (this.#audio.state === 'down' && !this.#stopped) {
      this.#ports.log.error({ detail: this.#audio.detail }, 'The desk line was not heard on a call of its own')
      const retry = setTimeout(() => void (this.#ports.telephony().up && this.test()), retryMs)
      retry.unref()
    }
  }

  #hear(state: Part['state'], detail: string | null): void {
    if (this.#audio.state !== state || this.#audio.detail !== detail) this.#audio = this.#part('audio', state, null, detail)
  }

  async #askDatabase(): Promise<void> {
    try {
      const version = await this.#ports.database()
      if (this.#database.state !== 'up') this.#database = this.#part('database', 'up', version)
    } catch (error) {
      if (this.#database.state !== 'down') this.#database = this.#part('database', 'down', null, (error as Error).message)
    }
  }

  #factLog(trouble: LogTrouble | null): Part {
    const part = { name: 'fact-log', since: iso(this.#startedMs), version: null }
    if (trouble === null) return { ...part, state: 'up', detail: null }
    const { reason, inMemory, lost } = trouble
    const told = [
      ...(reason === null ? [] : [`le disque refuse l’écriture : libérez de la place ; faits gardés en mémoire : ${inMemory}`]),
      ...(lost === 0 ? [] : [`faits perdus : ${lost}`]),
    ]
    return { ...part, state: reason === null ? 'up' : 'down', detail: told.join(' ; ') }
  }

  #part(name: string, state: Part['state'], version: string | null = null, detail: string | null = null): Part {
    return { name, state, since: iso(this.#ports.now()), version, detail }
  }
}

const iso = (ms: number) => new Date(ms).toISOString()
