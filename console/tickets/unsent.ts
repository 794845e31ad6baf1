import { stored, type Stored } from '../ui/stored.ts'

export type Unsent = { readonly text: string; readonly mode: 'internal' | 'public' | 'solution' }
type Kept = readonly (Unsent & { readonly number: number })[]

/** Older ones are not waited for any more. */
const mostKept = 30
const stores = new Map<string, Stored<Kept>>()

/** What somebody has typed on tickets and not sent, on this computer: it outlives a call that shows the desk, and a page loaded anew. */
export function unsentOf(accountId: string) {
  const store =
    stores.get(accountId) ?? stored<Kept>(`guichet.unsent.${accountId}`, read, (kept) => (kept.length === 0 ? null : JSON.stringify(kept)))
  stores.set(accountId, store)
  return {
    get: (number: number): Unsent | null => store.get().find((one) => one.number === number) ?? null,
    set(number: number, { text, mode }: Unsent): void {
      const others = store.get().filter((one) => one.number !== number)
      store.set(text.trim() === '' ? others : [...others, { number, text, mode }].slice(-mostKept))
    },
  }
}

function read(text: string | null): Kept {
  try {
    const kept: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(kept) ? (kept as Kept) : []
  } catch {
    return []
  }
}
