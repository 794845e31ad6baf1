import type { CallList, TicketList } from '../contract/indicators.ts'
import type { Staffing } from '../contract/staffing.ts'
import type { ListedTicket } from '../contract/ticket-lists.ts'
import { day, heads, moment, number, type Sheet, type SheetLanguage, text, valueIn } from './sheet.ts'
import { figureWords } from './words.ts'

const words = {
  fr: {
    calls: 'Appels',
    tickets: 'Tickets',
    at: 'Arrivée',
    number: 'Numéro',
    way: 'Par',
    ways: { page: 'la page', phone: 'téléphone' },
    operator: 'Opérateur',
    wait: 'Attente (s)',
    talk: 'Conversation (s)',
    outcome: 'Issue',
    ticket: 'Ticket',
    title: 'Titre',
    status: 'État',
    requester: 'Demandeur',
    opened: 'Ouvert le',
    closed: 'Clos le',
    group: 'Groupe',
    owner: 'Suivi par',
    openedBy: 'Ouvert par',
    sentTo: 'Orienté vers',
    call: 'appel',
    outcomes: {
      answered: 'décroché',
      abandoned: 'abandon',
      closed: 'hors ouverture',
      message: 'message',
      kept: 'place gardée',
      slot: 'demi-heure choisie',
      other: 'autre',
    },
  },
  en: {
    calls: 'Calls',
    tickets: 'Tickets',
    at: 'Arrival',
    number: 'Number',
    way: 'By',
    ways: { page: 'the page', phone: 'telephone' },
    operator: 'Operator',
    wait: 'Wait (s)',
    talk: 'Conversation (s)',
    outcome: 'Outcome',
    ticket: 'Ticket',
    title: 'Title',
    status: 'State',
    requester: 'Requester',
    opened: 'Opened on',
    closed: 'Closed on',
    group: 'Group',
    owner: 'Followed by',
    openedBy: 'Opened by',
    sentTo: 'Sent on to',
    call: 'call',
    outcomes: {
      answered: 'answered',
      abandoned: 'abandoned',
      closed: 'after hours',
      message: 'message',
      kept: 'kept place',
      slot: 'half hour chosen',
      other: 'other',
    },
  },
} as const

/** In whose words, and in which wall time. */
export type Wording = { readonly language: SheetLanguage; readonly timeZone: string }

/** Moments as the desk's clock showed them; null stays null. */
function wallOf(timeZone: string): (iso: string | null) => string | null {
  // Swedes write « 2026-11-24 10:24:00 ».
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return (iso) => (iso === null ? null : format.format(new Date(iso)).replace(' ', 'T'))
}

/** A ticket's number is a name: nobody adds numbers up. */
const named = (value: number | null) => text(value === null ? null : String(value))

/** The calls behind a figure. */
export function callListSheet(calls: CallList['calls'], { language, timeZone }: Wording): Sheet {
  const [w, wall] = [words[language], wallOf(timeZone)]
  return {
    name: w.calls,
    rows: [
      heads(w.at, w.number, w.operator, w.wait, w.talk, w.outcome, w.ticket, w.way),
      ...calls.map((call) => [
        moment(wall(call.at)),
        text(call.number),
        text(call.operator),
        number(call.waitS, 'seconds'),
        number(call.talkS, 'seconds'),
        text(w.outcomes[call.outcome]),
        named(call.ticket),
        text(call.fromPage ? w.ways.page : w.ways.phone),
      ]),
    ],
  }
}

/** The tickets behind a figure. @param refused among them calls that have none, and with whom each was sent on to */
export function ticketListSheet(tickets: TicketList['tickets'], { language, timeZone }: Wording, refused = false): Sheet {
  const [w, wall] = [words[language], wallOf(timeZone)]
  return {
    name: w.tickets,
    rows: [
      heads(w.ticket, w.title, w.requester, w.opened, w.closed, w.status, w.group, w.owner, ...(refused ? [w.sentTo] : [])),
      ...tickets.map((ticket) => [
        ticket.callId === null ? named(ticket.number) : text(w.call),
        text(ticket.title),
        text(ticket.requester),
        moment(wall(ticket.openedAt)),
        moment(wall(ticket.closedAt)),
        text(ticket.status === null ? null : valueIn(language, 'status', ticket.status, {})),
        text(ticket.group),
        text(ticket.owner),
        ...(refused ? [text(ticket.sentTo)] : []),
      ]),
    ],
  }
}

/** @property groups names by id @property placeOf what a place is called @property entityOf what a ticket's entity is called; null: there is but the whole */
type Naming = {
  readonly groups: ReadonlyMap<string, string>
  readonly placeOf: (id: string | null) => string | null
  readonly entityOf: ((id: string | undefined) => string) | null
}

/** A list of tickets, as it is worked from. */
export function workListSheet(
  tickets: readonly ListedTicket[],
  { groups, placeOf, entityOf }: Naming,
  { language, timeZone }: Wording,
): Sheet {
  const [w, wall, { criterion }] = [words[language], wallOf(timeZone), figureWords[language]]
  const value = (of: 'status' | 'urgency' | 'impact' | 'medium' | 'closedHow', said: string | null) =>
    text(said === null ? null : valueIn(language, of, said, {}))
  return {
    name: w.tickets,
    rows: [
      heads(
        w.ticket,
        w.title,
        w.status,
        criterion.nature,
        criterion.place,
        criterion.urgency,
        criterion.impact,
        criterion.priority,
        criterion.medium,
        w.requester,
        w.owner,
        w.group,
        ...(entityOf === null ? [] : [criterion.entity]),
        w.opened,
        w.openedBy,
        w.closed,
        criterion.closedHow,
      ),
      ...tickets.map((ticket) => [
        named(ticket.number),
        text(ticket.title),
        value('status', ticket.status),
        text(ticket.nature),
        text(placeOf(ticket.placeId)),
        value('urgency', ticket.urgency),
        value('impact', ticket.impact),
        text(String(ticket.priority)),
        value('medium', ticket.medium),
        text(ticket.requester.name),
        text(ticket.owner?.name ?? null),
        text(ticket.groupId === null ? null : (groups.get(ticket.groupId) ?? ticket.groupId)),
        ...(entityOf === null ? [] : [text(entityOf(ticket.entityId) || null)]),
        moment(wall(ticket.openedAt)),
        text(ticket.openedBy),
        moment(wall(ticket.closedAt)),
        value('closedHow', ticket.closedHow),
      ]),
    ],
  }
}

const staffingWords = {
  fr: {
    name: 'Effectifs',
    day: 'Jour',
    from: 'Demi-heure',
    calls: 'Appels attendus',
    planned: 'Prévus',
    needed: 'Nécessaires',
    service: 'Niveau de service des prévus',
    simulation: 'simulation',
  },
  en: {
    name: 'Staffing',
    day: 'Day',
    from: 'Half hour',
    calls: 'Calls expected',
    planned: 'Planned',
    needed: 'Needed',
    service: 'Service level of those planned',
    simulation: 'simulation',
  },
} as const

/** Operators needed by half hour, by each method, beside those who are planned. */
export function staffingSheet({ days }: Staffing, language: SheetLanguage): Sheet {
  const w = staffingWords[language]
  const methods = [w.simulation, 'Erlang A', 'Erlang C']
  return {
    name: w.name,
    rows: [
      heads(
        w.day,
        w.from,
        w.calls,
        w.planned,
        ...methods.map((one) => `${w.needed} (${one})`),
        ...methods.map((one) => `${w.service} (${one})`),
      ),
      ...days.flatMap(({ date, slots }) =>
        slots.map(({ from, calls, planned, needed, expected }) => [
          day(date),
          text(from),
          number(calls, 'seconds'),
          number(planned),
          number(needed.simulation),
          number(needed.erlangA),
          number(needed.erlangC),
          number(expected.simulation?.serviceLevel ?? null, 'share'),
          number(expected.erlangA?.serviceLevel ?? null, 'share'),
          number(expected.erlangC?.serviceLevel ?? null, 'share'),
        ]),
      ),
    ],
  }
}
