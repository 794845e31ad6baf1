type Wait<T> = { readonly owner: string | null; readonly settle: (value: T) => void; readonly fail: (error: Error) => void }

/** Things waited for by name, each with a deadline; those of one owner may be given up together. */
export class Waits<T> {
  readonly #waits = new Map<string, Wait<T>>()

  /** Begin before what may bring it is asked for. @throws Error when it has not come within `ms`, or was abandoned with its owner */
  wait(key: string, ms: number, owner: string | null = null): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const over = (end: () => void) => {
      clearTimeout(timer)
      this.#waits.delete(key)
      end()
    }
    const fail = (error: Error) => over(() => reject(error))
    const timer = setTimeout(() => fail(new Error(`nothing heard of ${key.split(':')[0]}`)), ms)
    this.#waits.set(key, { owner, settle: (value) => over(() => resolve(value)), fail })
    promise.catch(() => undefined)
    return promise
  }

  settle(key: string, value: T): void {
    this.#waits.get(key)?.settle(value)
  }

  abandon(owner: string, error: Error): void {
    for (const wait of this.#waits.values()) if (wait.owner === owner) wait.fail(error)
  }

  clear(): void {
    for (const wait of this.#waits.values()) wait.fail(new Error('no longer waited for'))
  }
}
