import { useState } from 'react'
import type { ListedTicket } from '../../server/contract/ticket-lists.ts'

/** A row as it is shown: it may have left the list since, and stays where it is until the list is shown anew. */
export type Row = ListedTicket & { readonly gone: boolean }

/**
 * A list that is read again, without moving anything under the cursor: rows stay where they are and show what they have become, or that
 * they have left; what would push them down is counted apart. What goes on below is added.
 * @param whole whether the answer holds the whole list: else what is missing may only lie further down
 */
export function steadied(shown: readonly Row[], fresh: readonly ListedTicket[], whole: boolean) {
  const places = new Map(fresh.map((ticket, place) => [ticket.id, place]))
  const known = new Set(shown.map((ticket) => ticket.id))
  const lastKnown = Math.max(-1, ...shown.flatMap(({ id }) => places.get(id) ?? []))
  const unknown = fresh.flatMap((ticket, place) => (known.has(ticket.id) ? [] : [{ ticket, place }]))
  const kept = shown.map((ticket): Row => {
    const place = places.get(ticket.id)
    const now = place === undefined ? undefined : fresh[place]
    return now === undefined ? { ...ticket, gone: whole || ticket.gone } : { ...now, gone: false }
  })
  const below = unknown.filter(({ place }) => place > lastKnown).map(({ ticket }): Row => ({ ...ticket, gone: false }))
  return { rows: [...kept, ...below], newer: unknown.length - below.length, gone: kept.filter(({ gone }) => gone).length }
}

type Kept = { readonly key: string; readonly rows: readonly Row[] }
const fromFresh = (fresh: readonly ListedTicket[]): readonly Row[] => fresh.map((ticket) => ({ ...ticket, gone: false }))

/** @param key what the list is of: another one is shown as it is @param fresh undefined while it is read for the first time */
export function useSteady(key: string, fresh: readonly ListedTicket[] | undefined, whole: boolean) {
  const [kept, setKept] = useState<Kept | null>(null)
  if (fresh === undefined) return { rows: [], newer: 0, gone: 0, showAnew: () => undefined }
  const showAnew = () => setKept({ key, rows: fromFresh(fresh) })
  if (kept === null || kept.key !== key || kept.rows.length === 0) {
    const rows = fromFresh(fresh)
    if (kept?.key !== key || fresh.length > 0) setKept({ key, rows })
    return { rows, newer: 0, gone: 0, showAnew }
  }
  return { ...steadied(kept.rows, fresh, whole), showAnew }
}
