import ical, { ICalEventStatus } from 'ical-generator'
import { Temporal } from 'temporal-polyfill'
import type { RotaDay, RotaPost } from '../contract/rota.ts'

const postWords: Readonly<Record<RotaPost, string>> = { both: 'téléphone et accueil', phone: 'téléphone', counter: 'accueil' }

/** A moment of the desk's wall time as an instant; `24:00` is the next midnight, and what a change of clock skips is moved on. */
function instant(day: string, time: string, timeZone: string): Date {
  const date = Temporal.PlainDate.from(day)
  const [at, clock] = time === '24:00' ? [date.add({ days: 1 }), '00:00'] : [date, time]
  return new Date(at.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(clock) }).epochMilliseconds)
}

/**
 * The rota as iCalendar (RFC 5545), in instants, so that calendars of any zone and on both sides of a change of clock are right.
 * @param whose the id of the one whose presences these are; null for everybody's
 */
export function rotaIcs(
  days: readonly RotaDay[],
  { whose, deskName, publicUrl, timeZone }: { whose: string | null; deskName: string; publicUrl: string; timeZone: string },
): string {
  const calendar = ical({
    name: whose === null ? `Permanence – ${deskName}` : `Mes présences – ${deskName}`,
    prodId: { company: 'guichet-unique', product: 'planning', language: 'FR' },
    ttl: 900,
  })
  for (const { shifts } of days) {
    for (const { id, operatorId, name, day, from, to, post, away } of shifts) {
      if (whose !== null && operatorId !== whose) continue
      calendar.createEvent({
        id: `${id}@${new URL(publicUrl).hostname}`,
        start: instant(day, from, timeZone),
        end: instant(day, to, timeZone),
        summary: whose === null ? `${name} (${postWords[post]})` : `Permanence (${postWords[post]})`,
        status: away ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
        url: `${publicUrl}/console/planning`,
      })
    }
  }
  return calendar.toString()
}
