import ical, { ICalEventStatus } from 'ical-generator'
import { uncovered } from '../calendar/rota.ts'
import type { RotaDay } from '../contract/rota.ts'
import { instantOf as instant, postWords } from '../shared-calendar/shift-event.ts'

/**
 * The rota as iCalendar (RFC 5545), in instants, so that calendars of any zone and on both sides of a change of clock are right. A shift whose
 * holder is away for hours of it is an event for each part that is left.
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
    for (const { id, operatorId, name, day, from, to, post, away, awayFor } of shifts) {
      if (whose !== null && operatorId !== whose) continue
      for (const [i, part] of uncovered([{ from, to }], awayFor).entries())
        calendar.createEvent({
          id: `${id}${i === 0 ? '' : `-${i + 1}`}@${new URL(publicUrl).hostname}`,
          start: instant(day, part.from, timeZone),
          end: instant(day, part.to, timeZone),
          summary: whose === null ? `${name} (${postWords[post]})` : `Permanence (${postWords[post]})`,
          status: away ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
          url: `${publicUrl}/console/planning`,
        })
    }
  }
  return calendar.toString()
}
