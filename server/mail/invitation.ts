import ical, { type ICalCalendar, ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { CalendarEvent } from '../tickets/model.ts'

/** What goes with a mail that invites: how calendars take it, and the calendar itself (RFC 5546). */
export type Invitation = { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string }
type Sender = { readonly name: string; readonly mail: string; readonly at: Date }

const domainOf = (mail: string) => mail.slice(mail.lastIndexOf('@') + 1)
const uidOf = ({ of, id }: CalendarEvent, mail: string) => `${of === 'callback' ? 'rappel' : 'visite'}-${id}@${domainOf(mail)}`
/** The call back that a UID is of; null: none of ours. */
const callbackOf = (uid: string): string | null => /^rappel-([a-z2-7]{8})@/i.exec(uid)?.[1]?.toLowerCase() ?? null
/** The visit that a UID is of; null: none of ours. */
const visitOf = (uid: string): string | null => /^visite-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/i.exec(uid)?.[1] ?? null

/** The same UID each time, the sequence counted up: calendars move or remove what they hold. */
export function invitationOf(event: CalendarEvent, { name, mail, at }: Sender): Invitation {
  const method = event.cancelled ? 'CANCEL' : 'REQUEST'
  const calendar = calendarOf(ICalCalendarMethod[method])
  calendar.createEvent({
    id: uidOf(event, mail),
    sequence: event.sequence,
    stamp: at,
    start: new Date(event.startsAt),
    end: new Date(event.endsAt),
    summary: event.title,
    location: event.place,
    ...(event.text !== '' && { description: event.text }),
    status: event.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name, email: mail },
    attendees: event.invited.map((one) => ({
      name: one.name || one.mail,
      email: one.mail,
      rsvp: !event.cancelled,
      role: ICalAttendeeRole.REQ,
      status: ICalAttendeeStatus.NEEDSACTION,
    })),
  })
  return { method, content: calendar.toString() }
}

const calendarOf = (method: ICalCalendarMethod): ICalCalendar =>
  ical({ prodId: { company: 'guichet-unique', product: 'visites', language: 'FR' }, method })

/** An event to put into a calendar by oneself, without a mail. It is known there by what an invitation to it would be. */
export function calendarFile(event: CalendarEvent, { mail, at }: Omit<Sender, 'name'>): string {
  const calendar = calendarOf(ICalCalendarMethod.PUBLISH)
  calendar.createEvent({
    id: uidOf(event, mail),
    sequence: event.sequence,
    stamp: at,
    start: new Date(event.startsAt),
    end: new Date(event.endsAt),
    summary: event.title,
    location: event.place,
    description: event.text,
  })
  return calendar.toString()
}

/** @property visit, callback which one is answered @property sequence of the invitation that is answered; absent: the calendar does not say */
export type CalendarAnswer = { readonly answer: 'accepted' | 'declined' | 'tentative' } & (
  | { readonly visit: string; readonly sequence?: number }
  | { readonly callback: string }
)
/** What a calendar answers to an invitation of ours; null for anything else. @param text a calendar, as it came */
export function answerOf(text: string): CalendarAnswer | null {
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)
  const of = (name: string) => lines.find((line) => new RegExp(`^${name}[:;]`, 'i').test(line))
  if (!/^METHOD:REPLY\s*$/i.test(of('METHOD') ?? '')) return null
  const uid = (of('UID') ?? '').replace(/^UID[^:]*:/i, '').trim()
  const [visit, callback] = [visitOf(uid), callbackOf(uid)]
  const said = /;PARTSTAT="?(ACCEPTED|DECLINED|TENTATIVE)/i.exec(of('ATTENDEE') ?? '')?.[1]?.toLowerCase()
  if (said !== 'accepted' && said !== 'declined' && said !== 'tentative') return null
  const [, sequence] = /^SEQUENCE[^:]*:\s*(\d{1,9})\s*$/i.exec(of('SEQUENCE') ?? '') ?? []
  if (visit !== null) return { visit, answer: said, ...(sequence !== undefined && { sequence: Number(sequence) }) }
  return callback === null ? null : { callback, answer: said }
}
