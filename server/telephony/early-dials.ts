import { AriError, type Ari, segment } from './ari.ts'

/** So often is a phone that has yet to enter dialled again; it enters within a millisecond or two, which is one to three times. */
const tries = 8

/**
 * Phones dialled in the same breath as they are made. Asterisk takes requests of one command socket in their order, and refuses (409) what
 * it has not in the application yet: it is asked again at once, as the phone's entry would have to travel here first. Whoever is not dialled
 * so is when its entry is heard.
 */
export class EarlyDials {
  readonly #ari: Ari
  #held: (() => void)[] | null = null
  readonly #tried = new Map<string, Promise<boolean>>()

  constructor(ari: Ari) {
    this.#ari = ari
  }

  /** To be called once the phone's creation was asked for. */
  dial(leg: string, timeoutS: number): void {
    if (!this.#ari.inOrder) return
    if (this.#held === null) this.#try(leg, timeoutS)
    else this.#held.push(() => this.#try(leg, timeoutS))
  }

  /** What `ask` has dialled goes after all else that it asks for at once: so much later has the phone entered. */
  after(ask: () => void): void {
    const held: (() => void)[] = []
    this.#held = held
    try {
      ask()
    } finally {
      this.#held = null
    }
    for (const dial of held) dial()
  }

  /** Whether it rings by now without further ado. */
  async dialled(leg: string): Promise<boolean> {
    const tried = this.#tried.get(leg)
    this.#tried.delete(leg)
    return (await tried) === true
  }

  forget(leg: string): void {
    this.#tried.delete(leg)
  }

  #try(leg: string, timeoutS: number): void {
    const tried = this.#dial(leg, timeoutS)
    this.#tried.set(leg, tried)
    void tried.then((dialled) => dialled || this.forget(leg))
  }

  async #dial(leg: string, timeoutS: number): Promise<boolean> {
    for (let left = tries; left > 0 && this.#ari.inOrder; left -= 1) {
      try {
        await this.#ari.atOnce('POST', `/channels/${segment(leg)}/dial`, { timeout: timeoutS })
        return true
      } catch (error) {
        if (!(error instanceof AriError && error.status === 409)) return false
      }
    }
    return false
  }
}
