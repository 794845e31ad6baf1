/** A small value kept in the browser's storage and watched by components; other tabs' changes are followed. */
export type Stored<T> = {
  readonly get: () => T
  readonly set: (value: T) => void
  readonly watch: (watcher: () => void) => () => void
}

/** @param read what is stored, as text or null, made a value; anything unreadable must give a usable one. */
export function stored<T>(key: string, read: (text: string | null) => T, write: (value: T) => string | null): Stored<T> {
  let value = read(localStorage.getItem(key))
  const watchers = new Set<() => void>()
  const tell = () => {
    for (const watcher of watchers) watcher()
  }
  window.addEventListener('storage', (event) => {
    if (event.key !== key) return
    value = read(event.newValue)
    tell()
  })
  return {
    get: () => value,
    set: (next) => {
      value = next
      const text = write(next)
      if (text === null) localStorage.removeItem(key)
      else localStorage.setItem(key, text)
      tell()
    },
    watch: (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}
