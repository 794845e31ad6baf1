import { useState } from 'react'
import type { ListedTicket } from '../../server/contract/ticket-lists.ts'

/**
 * A list that is read again, without moving anything under the cursor: rows stay where they are and show what they have become; what
 * would push them down is counted apart. What goes on below is added.
 */
export function steadied(shown: readonly ListedTicket[], fresh: readonly ListedTicket[]) {
  const byId = new Map(fresh.map((ticket) => [ticket.id, ticket]))
  const known = new Set(shown.map((ticket) => ticket.id))
  const last = shown.at(-1)?.number ?? Number.POSITIVE_INFINITY
  const unknown = fresh.filter((ticket) => !known.has(ticket.id))
  return {
    rows: [...shown.map((ticket) => byId.get(ticket.id) ?? ticket), ...unknown.filter((ticket) => ticket.number < last)],
    newer: unknown.filter((ticket) => ticket.number > last).length,
  }
}

type Kept = { readonly key: string; readonly rows: readonly ListedTicket[] }

/** @param key what the list is of: another one is shown as it is @param fresh undefined while it is read for the first time */
export function useSteady(key: string, fresh: readonly ListedTicket[] | undefined) {
  const [kept, setKept] = useState<Kept | null>(null)
  if (fresh === undefined) return { rows: [], newer: 0, showNewer: () => undefined }
  const showNewer = () => setKept({ key, rows: fresh })
  if (kept === null || kept.key !== key || kept.rows.length === 0) {
    if (kept?.key !== key || fresh.length > 0) setKept({ key, rows: fresh })
    return { rows: fresh, newer: 0, showNewer }
  }
  return { ...steadied(kept.rows, fresh), showNewer }
}
