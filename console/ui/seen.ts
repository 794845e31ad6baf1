/** What its reader has put away under this name, on this computer. */
export function seenBefore(name: string): readonly string[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(name) ?? '[]')
    return Array.isArray(read) ? read.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}

export const rememberSeen = (name: string, keys: readonly string[]): void => localStorage.setItem(name, JSON.stringify(keys))
