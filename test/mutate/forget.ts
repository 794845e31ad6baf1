import 'temporal-polyfill'
import 'zod'
import 'vitest'

/*
 * A pure room may keep what it has worked out (the open hours of a day) in a WeakMap. Within one process it would be kept from before a
 * mutant came, and from one mutant to the next: so each test's is undone as the test ends.
 */

const kept: (() => void)[] = []

class Forgetful<K extends WeakKey, V> extends WeakMap<K, V> {
  override set(key: K, value: V): this {
    kept.push(() => this.delete(key))
    return super.set(key, value)
  }
}

/** Have what `read` imports keep nothing beyond a test. Packages that hold their own objects so are imported above, before. */
export async function forgetfully<T>(read: () => Promise<T>): Promise<T> {
  globalThis.WeakMap = Forgetful
  const done = await read()
  kept.length = 0
  return done
}

export function forgetWhatWasKept(): void {
  for (const undo of kept.splice(0)) undo()
}
