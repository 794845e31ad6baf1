import type { Logger } from 'pino'
import { Fence } from './fence.ts'
import type { Driver, Lease, Node } from './lease.ts'

type ElectionPorts = {
  readonly lease: Lease
  readonly node: Node
  readonly log: Logger
  /** Whether the driver at that address answers. */
  readonly alive: (url: string) => Promise<boolean>
  /** PostgreSQL has no such table yet. */
  readonly prepare: () => Promise<void>
}

const everyMs = 500
const markMs = 250
/** A driver that has not beaten for so long, and does not answer either, is gone or frozen. */
const silenceMs = 2_000

export type Mandate = {
  readonly term: number
  readonly fence: Fence
  /** Resolves when another service has taken over. */
  readonly relieved: Promise<void>
  /** Somebody else said so first: the telephone server. */
  relieve(): void
  /** Whom to ask, after a standstill, when PostgreSQL does not answer. */
  confirmBy(ask: () => Promise<boolean>): void
  /** Stop driving of one's own accord. */
  resign(): Promise<void>
}

/**
 * One of two services drives. Whoever waits takes over when the driver neither beats in PostgreSQL nor answers by HTTP: without
 * PostgreSQL nobody can tell, so nobody takes over, and the driver goes on.
 */
export class Election {
  readonly #ports: ElectionPorts
  #driver: Driver | null = null
  #stopped = false
  #timer: NodeJS.Timeout | null = null
  #elected: ((term: number | null) => void) | null = null

  constructor(ports: ElectionPorts) {
    this.#ports = ports
  }

  /** Who drives, as last seen. */
  get driver(): Driver | null {
    return this.#driver
  }

  /** Wait for one's turn. @returns null when stopped first */
  async stand(): Promise<Mandate | null> {
    for (;;) {
      const term = await new Promise<number | null>((resolve) => {
        this.#elected = resolve
        void this.#look()
      })
      this.#elected = null
      if (term === null) return null
      // Frozen between asking and the answer, we may be late again.
      if (await this.#ports.lease.beat(term).catch(() => false)) return this.#drive(term)
    }
  }

  stop(): void {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#elected?.(null)
  }

  async #look(): Promise<void> {
    const term = await this.#tryToTake().catch((error: unknown) => {
      this.#ports.log.warn({ reason: (error as Error).message }, 'PostgreSQL cannot say who drives; waiting')
      return null
    })
    if (this.#stopped) return
    if (term !== null) this.#elected?.(term)
    else this.#timer = setTimeout(() => void this.#look(), everyMs)
  }

  async #tryToTake(): Promise<number | null> {
    const { lease, node, alive, prepare, log } = this.#ports
    const driver = await lease.read().catch(async (error: unknown) => {
      if (!isUnknownTable(error)) throw error
      await prepare()
      return null
    })
    this.#driver = driver
    if (driver === null) return lease.found(node)
    // Our own, of before: whoever had this VAR_DIR is gone.
    if (driver.released || driver.node === node.id) return lease.take(driver, node)
    if (driver.silentMs < silenceMs || (await alive(driver.url))) return null
    log.warn({ driver: driver.url, silentMs: Math.round(driver.silentMs) }, 'The driver is gone or frozen: taking over')
    return lease.take(driver, node)
  }

  #drive(term: number): Mandate {
    const { lease, log } = this.#ports
    const { promise: relieved, resolve } = Promise.withResolvers<void>()
    let over = false
    let confirm: () => Promise<boolean> = async () => false
    const relieve = () => {
      if (over) return
      over = true
      stop()
      fence.close()
      log.error({ term }, 'Another service drives the calls; this one stands down')
      resolve()
    }
    /** PostgreSQL away: asked again until it answers, unless the telephone server has said it first. */
    const certain = async (): Promise<boolean> => {
      while (!over) {
        try {
          const ours = await lease.beat(term)
          if (!ours) relieve()
          return ours
        } catch {
          if (await confirm()) return true
          await new Promise((again) => setTimeout(again, everyMs))
        }
      }
      return false
    }
    const fence = new Fence({ clocks: () => [performance.now(), Date.now()], certain })
    // Apart from the heart, which PostgreSQL holds up when it does not answer: this process runs all the same.
    const running = setInterval(() => fence.mark(), markMs)
    const beat = async (): Promise<void> => {
      const ours = await lease.beat(term).catch(() => true)
      if (!ours) relieve()
      if (!over) timer = setTimeout(() => void beat(), everyMs)
    }
    let timer = setTimeout(() => void beat(), 0)
    const stop = () => {
      clearTimeout(timer)
      clearInterval(running)
    }
    return {
      term,
      fence,
      relieved,
      relieve,
      confirmBy: (ask) => {
        confirm = ask
      },
      resign: async () => {
        if (over) return
        over = true
        stop()
        await lease.release(term).catch(() => undefined)
      },
    }
  }
}

const isUnknownTable = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === '42P01'
