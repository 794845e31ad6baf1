/** A service that was relieved commands nothing any more. */
class RelievedError extends Error {
  constructor() {
    super('another service drives the calls now')
    this.name = 'RelievedError'
  }
}

type FencePorts = {
  /** Two clocks, in ms: one that a frozen process misses, one that a suspended machine misses. */
  readonly clocks: () => readonly [number, number]
  /** After a standstill: whether this service still drives. Answers when it is certain. */
  readonly certain: () => Promise<boolean>
}

/** Longer than this between two marks, and another may have taken over meanwhile. Below what a standby waits for. */
const standstillMs = 1_500

/**
 * Asked before each command. A process that stood still cannot know whether it was relieved meanwhile, and whatever it does first
 * on waking comes before it hears so: every command waits until that is known.
 */
export class Fence {
  readonly #ports: FencePorts
  #marked: readonly [number, number]
  #certain: Promise<void> | null = null
  #closed = false

  constructor(ports: FencePorts) {
    this.#ports = ports
    this.#marked = ports.clocks()
  }

  get closed(): boolean {
    return this.#closed
  }

  /** The process is running; to be called several times a second. */
  mark(): void {
    if (this.#standstill() === null) this.#marked = this.#ports.clocks()
  }

  /** Another service drives: for good. */
  close(): void {
    this.#closed = true
  }

  /** @throws RelievedError when another service drives */
  pass(): Promise<void> | void {
    if (this.#closed) throw new RelievedError()
    return this.#standstill() ?? undefined
  }

  #standstill(): Promise<void> | null {
    const now = this.#ports.clocks()
    if (this.#certain !== null) return this.#certain
    if (now.every((ms, i) => ms - (this.#marked[i] ?? ms) < standstillMs)) return null
    this.#certain = this.#ask()
    this.#certain.catch(() => undefined)
    return this.#certain
  }

  async #ask(): Promise<void> {
    const certain = await this.#ports.certain()
    this.#certain = null
    this.#marked = this.#ports.clocks()
    if (!certain) this.close()
    if (this.#closed) throw new RelievedError()
  }
}
