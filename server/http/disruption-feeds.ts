import ical, { ICalEventStatus } from 'ical-generator'
import type { Phase, PublicDisruption } from '../contract/disruptions.ts'
import { withFirst } from '../contract/first-of-month.ts'

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
/** For XML 1.0, which has no way to write most control characters. */
const xml = (text: string) =>
  // oxlint-disable-next-line no-control-regex
  text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '').replace(/[&<>"']/g, (char) => entities[char] ?? char)

const prefixes: Readonly<Record<Phase, string>> = {
  ahead: 'À venir : ',
  'under-way': '',
  overdue: '',
  ended: 'Terminé : ',
  'called-off': 'Annulé : ',
}
const prefix = ({ phase }: PublicDisruption) => prefixes[phase]
const place = ({ place: where }: PublicDisruption) => (where === '' ? '' : ` (${where})`)

function words(one: PublicDisruption, moment: (iso: string) => string): string {
  return [
    one.touched && `Qui est concerné : ${one.touched}.`,
    one.endedAt === null && one.expectedEndAt !== null ? `Fin prévue : ${moment(one.expectedEndAt)}.` : '',
    one.endedAt === null ? one.workaround && `En attendant : ${one.workaround}` : one.resolution,
  ]
    .filter((line) => line !== '')
    .join('\n')
}

type Site = { readonly publicUrl: string; readonly name: string; readonly timeZone: string }

const momentIn = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeStyle: 'short', timeZone })
  return (iso: string) => withFirst(format.format(new Date(iso)))
}

/** RSS 2.0, the latest change first; each change of a disruption is an entry that readers show anew. */
export function rssOf(all: readonly PublicDisruption[], { publicUrl, name, timeZone }: Site): string {
  const items = all
    .toSorted((a, b) => b.at.localeCompare(a.at))
    .map(
      (one) => `<item><title>${xml(`${prefix(one)}${one.title}${place(one)}`)}</title><link>${xml(publicUrl)}/</link>
<guid isPermaLink="false">${xml(`${one.id} ${one.at}`)}</guid><pubDate>${new Date(one.at).toUTCString()}</pubDate>
<description>${xml(words(one, momentIn(timeZone)))}</description></item>`,
    )
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>${xml(`Perturbations – ${name}`)}</title><link>${xml(publicUrl)}/</link>
<description>${xml('Ce qui est en panne, et les travaux prévus')}</description><language>fr</language>
${items.join('\n')}
</channel></rss>
`
}

/** iCalendar. What has no expected end, or is past it, lasts until now, at least an hour, so that it is seen in a day. @param now ms */
export function icsOf(all: readonly PublicDisruption[], { publicUrl, name, timeZone }: Site, now: number): string {
  const calendar = ical({
    name: `Perturbations – ${name}`,
    prodId: { company: 'guichet-unique', product: 'perturbations', language: 'FR' },
    ttl: 900,
  })
  for (const one of all) {
    const start = new Date(one.startsAt)
    const calledOff = one.phase === 'called-off'
    const ended = calledOff ? null : one.endedAt
    const until = ended ?? (one.phase === 'overdue' ? null : one.expectedEndAt)
    const end = new Date(
      Math.max(until === null ? Math.max(now, start.getTime() + 3_600_000) : Date.parse(until), start.getTime() + 60_000),
    )
    calendar.createEvent({
      id: `${one.id}@${new URL(publicUrl).hostname}`,
      start,
      end,
      stamp: new Date(one.at),
      lastModified: new Date(one.at),
      summary: `${prefix(one)}${one.title}`,
      location: one.place === '' ? null : one.place,
      description: words(one, momentIn(timeZone)),
      url: `${publicUrl}/`,
      status: calledOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    })
  }
  return calendar.toString()
}
