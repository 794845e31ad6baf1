import { pagePlaceMs } from '../calls/remembered.ts'

/** Where calls stood in the queue whose page was left without hanging up: each place is found again once, within a minute. */
export class LeftPlaces {
  readonly #now: () => number
  readonly #left = new Map<string, { readonly rank: number; readonly until: number }>()
  /** Calls whose place is nobody's any more, until it would have been forgotten: taken, or left on purpose. */
  readonly #given = new Map<string, number>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** @param page the call's own id */
  keep(page: string, rank: number): void {
    for (const [id, { until }] of this.#left) if (until <= this.#now()) this.#left.delete(id)
    this.#left.set(page, { rank, until: this.#now() + pagePlaceMs })
  }

  /** @returns null when it is nobody's any more, `unknown` when its page was not left while this service was there */
  of(page: string): number | null | 'unknown' {
    if (this.#given.has(page)) return null
    const place = this.#left.get(page)
    if (place === undefined) return 'unknown'
    return place.until <= this.#now() ? null : place.rank
  }

  give(page: string): void {
    const now = this.#now()
    for (const [id, until] of this.#given) if (until <= now) this.#given.delete(id)
    this.#given.set(page, now + pagePlaceMs)
    this.#left.delete(page)
  }
}
