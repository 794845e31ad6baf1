/** Work in order within a lane, lanes side by side. */
export class Lanes {
  readonly #tails = new Map<string, Promise<void>>()

  /** `work` never rejects: it deals with its own failure. */
  run(lane: string, work: () => Promise<void>): void {
    const before = this.#tails.get(lane)
    const tail: Promise<void> = (before === undefined ? work() : before.then(work)).then(() => {
      if (this.#tails.get(lane) === tail) this.#tails.delete(lane)
    })
    this.#tails.set(lane, tail)
  }

  get busy(): number {
    return this.#tails.size
  }
}
