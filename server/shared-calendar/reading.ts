import { setImmediate as immediately } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Dav } from './dav.ts'
import { type Occurrence, occurrencesOf } from './events.ts'

/** How many days around today are looked at. */
export type Around = { readonly before: number; readonly after: number }
/** Shifts and absences of the week before and of half a year. */
export const shiftDays: Around = { before: 7, after: 182 }
/** Notices of the coming weeks. */
export const noticeDays: Around = { before: 1, after: 21 }

const dayMs = 86_400_000

/** What stands in a calendar around now. Events that cannot be read are left out and counted; the others stay. */
export async function readCalendar(
  server: Dav,
  collection: string,
  { before, after }: Around,
  { timeZone, log, now }: { readonly timeZone: string; readonly log: Logger; readonly now: () => number },
): Promise<{ readonly occurrences: Occurrence[]; readonly unread: number }> {
  const [fromMs, toMs] = [now() - before * dayMs, now() + after * dayMs]
  const objects = await server.read(collection, fromMs, toMs)
  let unread = 0
  const occurrences: Occurrence[] = []
  for (const { href, text } of objects) {
    // Calls come between two events of a large calendar.
    await immediately()
    try {
      occurrences.push(...occurrencesOf(text, { fromMs, toMs, timeZone }))
    } catch (error) {
      unread += 1
      log.warn({ href, reason: (error as Error).message }, 'An event of the shared calendar could not be read')
    }
  }
  return { occurrences, unread }
}
