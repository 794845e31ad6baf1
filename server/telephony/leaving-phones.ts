import { setTimeout as delay } from 'node:timers/promises'

/** A telephone that has not gone by then is rung all the same. */
const longestMs = 300
/** A channel has ended before its BYE is sent, by another thread. */
const byeMs = 20

/**
 * Operators' telephones that are being let go. Asterisk lets go in a thread of each channel, so that whoever is rung again in the same
 * breath (without a wrap-up, when the caller hangs up) would have a second call before the end of the first: busy, for many a telephone.
 */
export class LeavingPhones {
  readonly #whose = new Map<string, string>()
  readonly #leaving = new Map<string, PromiseWithResolvers<void>>()

  rung(leg: string, operatorId: string): void {
    this.#whose.set(leg, operatorId)
  }

  letGo(leg: string): void {
    if (!this.#whose.has(leg) || this.#leaving.has(leg)) return
    this.#leaving.set(leg, Promise.withResolvers())
    void delay(longestMs, undefined, { ref: false }).then(() => this.gone(leg))
  }

  gone(leg: string): void {
    this.#leaving.get(leg)?.resolve()
    this.#leaving.delete(leg)
    this.#whose.delete(leg)
  }

  /** What is not heard of any more. */
  forget(): void {
    for (const leg of this.#whose.keys()) this.gone(leg)
  }

  /** @returns null when nothing of that operator's is being let go */
  left(operatorId: string): Promise<unknown> | null {
    const going = [...this.#leaving].filter(([leg]) => this.#whose.get(leg) === operatorId).map(([, { promise }]) => promise)
    return going.length === 0 ? null : Promise.all(going).then(() => delay(byeMs))
  }
}
