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

/** Which event a file is of, as far as can be told of one that cannot be read. */
const uidIn = (text: string): string => /^UID(?:;[^:\r\n]*)?:(.*)$/im.exec(text.replace(/\r?\n[ \t]/g, ''))?.[1]?.trim() ?? ''

/** What stands in a calendar around now. Events that cannot be read are left out and told by their UID; the others stay. */
export async function readCalendar(
  server: Dav,
  collection: string,
  { before, after }: Around,
  { timeZone, log, now }: { readonly timeZone: string; readonly log: Logger; readonly now: () => number },
): Promise<{ readonly occurrences: Occurrence[]; readonly unread: readonly string[] }> {
  const [fromMs, toMs] = [now() - before * dayMs, now() + after * dayMs]
  const objects = await server.read(collection, fromMs, toMs)
  const unread: string[] = []
  const occurrences: Occurrence[] = []
  for (const { href, text } of objects) {
    // Calls come between two events of a large calendar.
    await immediately()
    try {
      occurrences.push(...occurrencesOf(text, { fromMs, toMs, timeZone }))
    } catch (error) {
      unread.push(uidIn(text))
      log.warn({ href, reason: (error as Error).message }, 'An event of the shared calendar could not be read')
    }
  }
  return { occurrences, unread }
}
