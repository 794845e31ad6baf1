import type { CalendarLine, CalendarShiftRow } from '../database/shared-calendar-store.ts'
import type { Dav } from './dav.ts'
import { bodyOf, isSame, readBody, shiftIcs, type ShiftBody, type WrittenShift } from './shift-event.ts'

type Ports = {
  readonly server: Pick<Dav, 'listing' | 'object' | 'put' | 'remove'>
  readonly collection: string
  readonly publicUrl: string
  readonly timeZone: string
  readonly store: {
    readonly written: (row: CalendarShiftRow) => Promise<void>
    readonly takenOff: (shiftId: string) => Promise<void>
    readonly log: (lines: readonly CalendarLine[]) => Promise<void>
  }
}
type Row = CalendarShiftRow & { readonly isOff: boolean }

/** Somebody writes there at the same instant, again and again: left to the next time. */
const mostTries = 3

const shown = ({ title, start, end }: ShiftBody) => `${title}, ${start} – ${end}`
const placed = (shiftId: string, collection: string) =>
  decodeURI(new URL(`guichet-${shiftId}.ics`, collection.endsWith('/') ? collection : `${collection}/`).pathname)

/**
 * Make the shared calendar say what the rota says. The rota is the master: what was changed or taken away there is put back, and written
 * down. What stands there under our addresses without our knowing (a service killed between writing and noting) is taken for ours.
 * @param shifts those of the window @param rows what is known to stand there
 * @throws CalendarAway when the server is; what was done until then is kept
 */
export async function writeShifts(
  shifts: readonly WrittenShift[],
  rows: readonly Row[],
  { server, collection, publicUrl, timeZone, store }: Ports,
  told: (left: number) => void = () => undefined,
): Promise<void> {
  const there = await server.listing(collection)
  const byShift = new Map(rows.map((row) => [row.shiftId, row]))
  const elsewhere = (row: Row) => row.href !== placed(row.shiftId, collection)
  const gone = rows.filter((row) => row.isOff || elsewhere(row))
  const due = shifts.filter((shift) => {
    const row = byShift.get(shift.id)
    return row === undefined || elsewhere(row) || there.get(row.href) !== row.etag || !isSame(bodyOf(shift, timeZone), row.body)
  })
  let left = gone.length + due.length
  told(left)

  for (const row of gone) {
    // Whatever stands there now: the shift is no more.
    let etag = elsewhere(row) ? row.etag : there.get(row.href)
    for (let n = 0; n < mostTries && etag !== undefined; n += 1) {
      const outcome = await server.remove(row.href, etag).catch((error: unknown) => {
        // The calendar of before may be closed to us: it is not waited for.
        if (elsewhere(row)) return 'gone' as const
        throw error
      })
      if (outcome === 'gone') break
      etag = elsewhere(row) ? undefined : (await server.listing(collection)).get(row.href)
    }
    await store.takenOff(row.shiftId)
    told((left -= 1))
  }

  for (const shift of due) {
    const body = bodyOf(shift, timeZone)
    const href = placed(shift.id, collection)
    const known = byShift.get(shift.id)
    const row = known !== undefined && !elsewhere(known) ? known : null
    let etag = there.get(href) ?? null
    for (let n = 0; n < mostTries; n += 1) {
      if (etag === null && row !== null) await store.log([{ kind: 'shift-put-back', subject: shown(body) }])
      if (etag !== null && etag !== row?.etag) {
        const text = await server.object(href)
        const theirs = text === null ? null : readBody(text, timeZone)
        // Written anew by the server, or by us before we could note it: nothing to put back.
        if (theirs !== null && isSame(theirs, body)) {
          await store.written({ shiftId: shift.id, href, etag, body })
          break
        }
        if (row !== null && text !== null && (theirs === null || !isSame(theirs, row.body)))
          await store.log([{ kind: 'shift-restored', subject: shown(body), detail: theirs === null ? '' : shown(theirs) }])
      }
      const put = await server.put(href, shiftIcs(shift.id, body, publicUrl), etag)
      if (put !== 'changed') {
        await store.written({ shiftId: shift.id, href, etag: put.etag, body })
        break
      }
      etag = (await server.listing(collection)).get(href) ?? null
    }
    told((left -= 1))
  }
}
