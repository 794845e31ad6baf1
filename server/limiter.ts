/** So many within a time, for each of those who ask; in memory, since a restart is no reason to refuse anybody. */
export function limiter(most: number, withinMs: number, now: () => number = Date.now) {
  const asked = new Map<string, number[]>()
  const recent = (key: string) => (asked.get(key) ?? []).filter((at) => at > now() - withinMs)
  return {
    /** Whether one more would be refused; nothing is counted. */
    full: (key: string): boolean => recent(key).length >= most,
    /** Whether one more is allowed; it counts when it is. */
    allows(key: string): boolean {
      const times = recent(key)
      if (times.length >= most) return false
      if (asked.size > 10_000) for (const [other, all] of asked) if ((all.at(-1) ?? 0) <= now() - withinMs) asked.delete(other)
      asked.set(key, [...times, now()])
      return true
    },
  }
}
