export type Seen<Value> = {
  /** Being asked for now: it comes in a moment. */
  readonly asking: boolean
  /** When it was read, in ms; null: not yet. */
  readonly at: number | null
  readonly value: Value | null
  /** Why the latest look brought nothing. */
  readonly failure: string | null
}
type Kept<Value> = { at: number | null; value: Value | null; failure: string | null; failedAt: number; asking: Promise<void> | null }

type Parts<Value> = {
  /** Given what was read before. */
  readonly read: (key: string, before: Value | null) => Promise<Value>
  /** What a person is told of a failure. */
  readonly saying: (error: unknown) => string
  readonly now: () => number
  /** Younger than this it is not asked for again. */
  readonly freshMs: number
  /** After a failure it is left alone for so long. */
  readonly restMs: number
  /** So many are kept. */
  readonly most: number
}

/**
 * What is shown beside a call and comes from elsewhere: whoever looks gets what is known at once, and it is asked for again behind their
 * back when it has aged. Nobody waits, and one key is asked for once at a time.
 */
export class Beside<Value> {
  readonly #parts: Parts<Value>
  readonly #kept = new Map<string, Kept<Value>>()

  constructor(parts: Parts<Value>) {
    this.#parts = parts
  }

  look(key: string): Seen<Value> {
    const { now, freshMs, restMs, most } = this.#parts
    const kept = this.#kept.get(key) ?? { at: null, value: null, failure: null, failedAt: Number.NEGATIVE_INFINITY, asking: null }
    // The latest looked at is the last to be forgotten.
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > most && oldest !== undefined) this.#kept.delete(oldest)
    const isOld = kept.at === null || now() - kept.at > freshMs
    if (isOld && kept.asking === null && now() - kept.failedAt > restMs) kept.asking = this.#ask(key, kept)
    return { asking: kept.asking !== null, at: kept.at, value: kept.value, failure: kept.failure }
  }

  /** What is known, without asking. */
  known = (key: string): Value | null => this.#kept.get(key)?.value ?? null

  /** It counts no more. */
  forget(): void {
    this.#kept.clear()
  }

  async #ask(key: string, kept: Kept<Value>): Promise<void> {
    const { read, saying, now } = this.#parts
    try {
      kept.value = await read(key, kept.value)
      kept.at = now()
      kept.failure = null
    } catch (error) {
      kept.failure = saying(error)
      kept.failedAt = now()
    } finally {
      kept.asking = null
    }
  }
}
