import type { Ticket } from '../contract/entities.ts'
import { withFirst } from '../contract/first-of-month.ts'
import type { MailLanguage } from '../contract/mail-templates.ts'
import type { Visit } from '../contract/visits.ts'
import { mailTo, ofTicket, toRequester } from './mails.ts'
import type { Invited } from './visits.ts'
import type { CalendarEvent, TicketContext, TicketMail } from './model.ts'
import { mailable } from './text.ts'

const locales = { fr: 'fr-FR', en: 'en-GB' } as const

/** « le mardi 24 novembre 2026, de 10 h 00 à 11 h 00 » */
function when({ startsAt, endsAt }: Visit, language: MailLanguage, timeZone: string): string {
  const day = new Intl.DateTimeFormat(locales[language], { dateStyle: 'full', timeZone }).format(new Date(startsAt))
  const clock = (iso: string) => {
    const time = new Intl.DateTimeFormat(locales[language], { hour: 'numeric', minute: '2-digit', timeZone }).format(new Date(iso))
    return language === 'fr' ? time.replace(':', ' h ') : time
  }
  return language === 'fr'
    ? `le ${withFirst(day)}, de ${clock(startsAt)} à ${clock(endsAt)}`
    : `on ${day}, from ${clock(startsAt)} to ${clock(endsAt)}`
}

/** The invitation, moved or taken back, to the requester and to whoever goes; and that they go no more to whoever was to. */
export function visitMails(
  ticket: Ticket,
  visit: Visit,
  { visitorMail, formerMail = null, formerName = '' }: Invited,
  context: TicketContext,
): readonly TicketMail[] {
  const cancelled = visit.state === 'cancelled'
  const { requester } = ticket
  const zone = context.policy.calendar.timeZone
  const invited = [
    ...(mailable(requester.email) === null ? [] : [{ name: requester.name, mail: requester.email ?? '' }]),
    ...(mailable(visitorMail) === null ? [] : [{ name: visit.visitor.name, mail: visitorMail ?? '' }]),
  ]
  type Attendees = CalendarEvent['invited']
  const event = (mine: boolean, off = cancelled, attendees: Attendees = invited): CalendarEvent => ({
    id: visit.id,
    sequence: visit.sequence,
    startsAt: visit.startsAt,
    endsAt: visit.endsAt,
    place: visit.place,
    title: mine ? `Visite n° ${ticket.number} : ${requester.name || ticket.title}` : `Visite du guichet : ${ticket.title}`,
    text: visit.note,
    cancelled: off,
    invited: attendees,
  })
  const words = (language: MailLanguage) => ({
    visit: when(visit, language, zone),
    place: visit.place,
    visitor: visit.visitor.name,
    operator: context.operatorName,
    message: visit.note,
  })
  const toTheirs = toRequester(cancelled ? 'visit-cancelled' : 'visit', ticket, context, words)
  const who = [requester.name, requester.phone, requester.email].filter((part) => part !== null && part !== '').join(', ')
  const staff = (address: string | null, off: boolean, attendees?: Attendees) =>
    mailTo(address, 'visit-staff', ticket, context.policy.mails, (language) => ({
      ...ofTicket(ticket, context),
      ...words(language),
      ...(off && { visit: `${language === 'fr' ? 'annulée, prévue' : 'cancelled, planned'} ${when(visit, language, zone)}` }),
      requester: who,
      link: context.ticketUrl(ticket),
    })).map((mail) => ({ ...mail, event: event(true, off, attendees) }))
  return [
    ...(ticket.unconfirmed ? [] : toTheirs.map((mail) => ({ ...mail, event: event(false) }))),
    ...staff(visitorMail, cancelled),
    // A calendar takes an event away from whom it names (RFC 5546, 3.2.5): the others still go.
    ...(formerMail === null || formerMail === visitorMail ? [] : staff(formerMail, true, [{ name: formerName, mail: formerMail }])),
  ]
}
