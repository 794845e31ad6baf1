/** Every single key that does something somewhere in the console, by the key it has until somebody moves it. */
export const shortcutGroups = {
  call: ['a', 'x', 'm', 'h', 't', 'r', 'e', '#', 'z', 'P', 'f'],
  desk: ['p', 'g', 's', 'c', 'n', 'i', 'l', 'd', 'o', '=', 'q', 'y', 'B'],
  tickets: ['u', 'v', 'w', 'b', 'M', 'I', 'O', 'C'],
  lists: ['j', 'k', 'X', '1', '2', '3', '4', '5'],
  everywhere: ['/', '?'],
} as const
export type ShortcutGroup = keyof typeof shortcutGroups
export type ShortcutKey = (typeof shortcutGroups)[ShortcutGroup][number]
export const shortcutKeys: readonly ShortcutKey[] = Object.values(shortcutGroups).flat()

/** By the usual key: the one that stands for it here; null: none. Those that are not here are as usual. */
export type OwnKeys = { readonly [K in ShortcutKey]?: string | null | undefined }

/** A character that a key types by itself. */
export const oneKey = /^[^\s\p{C}]$/u

export const isShortcutKey = (key: string): key is ShortcutKey => (shortcutKeys as readonly string[]).includes(key)

/** @returns the key that stands for a usual one, or null when it is turned off */
export const keyFor = (usual: ShortcutKey, own: OwnKeys): string | null => {
  const chosen = own[usual]
  return chosen === undefined ? usual : chosen
}

/** @returns the usual key that this one stands for, or null when it stands for none */
export const usualFor = (typed: string, own: OwnKeys): ShortcutKey | null =>
  shortcutKeys.find((usual) => keyFor(usual, own) === typed) ?? null

/** @returns the first two usual keys that one key would stand for, or null */
export function clashIn(own: OwnKeys): readonly [ShortcutKey, ShortcutKey] | null {
  const seen = new Map<string, ShortcutKey>()
  for (const usual of shortcutKeys) {
    const key = keyFor(usual, own)
    if (key === null) continue
    const other = seen.get(key)
    if (other !== undefined) return [other, usual]
    seen.set(key, usual)
  }
  return null
}
