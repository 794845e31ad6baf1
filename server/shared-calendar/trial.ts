import type { Logger } from 'pino'
import { counted } from '../contract/in-words.ts'
import { type CalendarTrial, calendarTrial, type CalendarTrialled } from '../contract/shared-calendar.ts'
import type { SharedCalendarStore } from '../database/shared-calendar-store.ts'
import { absencesOf } from './absences.ts'
import { awayOf, CalendarAway, dav } from './dav.ts'
import { noticeDays, readCalendar, shiftDays } from './reading.ts'

type Ports = {
  /** The one that is kept for this server and this login; null: none. */
  readonly passwordFor: (address: string, login: string) => Promise<string | null>
  readonly store: Pick<SharedCalendarStore, 'colleagues'>
  readonly timeZone: string
  readonly log: Logger
  readonly now: () => number
}

/**
 * What the administrator reads before saving: each calendar asked as it would be. Writes an event in the calendar of shifts, and takes it
 * away. Never rejects for what the server does.
 */
export async function tryCalendar(given: CalendarTrial, ports: Ports): Promise<CalendarTrialled> {
  const { passwordFor, store, timeZone, now } = ports
  const { address, login, password, ...rest } = calendarTrial.parse(given)
  const none = { calendars: [], shifts: null, absences: null, notices: null }
  if (address === null) return { ok: false, says: 'Indiquez l’adresse du serveur d’agendas.', ...none }
  const kept = await passwordFor(address, login)
  const secret = password ?? kept
  if (secret === null)
    return { ok: false, says: 'Saisissez le mot de passe de ce compte : aucun n’est gardé pour ce serveur et cet identifiant.', ...none }
  const server = dav({ address, login, password: secret })
  const found = await server.calendars().catch((error: unknown) => awayOf(error))
  if (found instanceof CalendarAway) return { ok: false, says: `Pas de connexion : ${found.message}.`, ...none }
  const tried = async (collection: string | null, work: (url: string) => Promise<string>) => {
    if (collection === null) return null
    try {
      return { ok: true, says: await work(collection) }
    } catch (error) {
      return { ok: false, says: `${awayOf(error).message}.` }
    }
  }
  const shifts = await tried(rest.shifts, async (url) => {
    const href = new URL(`guichet-essai-${now()}.ics`, url.endsWith('/') ? url : `${url}/`).pathname
    const put = await server.put(href, trialIcs(now()), null)
    if (put === 'changed') throw new CalendarAway('le serveur refuse un nouvel événement')
    if ((await server.remove(href, put.etag)) === 'changed')
      throw new CalendarAway(
        'l’événement « Essai du guichet » a été écrit et n’a pas pu être retiré, le serveur ne reconnaissant pas sa version (ETag, qu’un relais change peut-être) : retirez-le à la main',
      )
    return 'Un événement d’essai a été écrit puis retiré.'
  })
  const absences = await tried(rest.absences, async (url) => {
    const { occurrences } = await readCalendar(server, url, shiftDays, ports)
    const { absences: theirs, unmatched } = absencesOf(occurrences, await store.colleagues(), rest.present, timeZone)
    return `${counted(theirs.length, 'absence reconnue', 'absences reconnues')}, ${unmatched.length} dont on ne sait pas de qui elles sont.`
  })
  const notices = await tried(rest.notices, async (url) => {
    const { occurrences } = await readCalendar(server, url, noticeDays, ports)
    return `${occurrences.length} avis dans les trois semaines.`
  })
  const ok = [shifts, absences, notices].every((one) => one === null || one.ok)
  return {
    ok,
    says: `Connexion établie : ${counted(found.length, 'agenda trouvé', 'agendas trouvés')}.`,
    calendars: found,
    shifts,
    absences,
    notices,
  }
}

const trialIcs = (now: number): string => {
  const at = `${new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//guichet-unique//essai//FR\r\nBEGIN:VEVENT\r\nUID:essai-${now}@guichet\r\nDTSTAMP:${at}\r\nDTSTART:${at}\r\nDTEND:${at}\r\nSUMMARY:Essai du guichet\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`
}
