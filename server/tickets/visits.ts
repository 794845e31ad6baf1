/*
 * A visit on site: a dated intervention of level 2, with an invitation to the requester and to whoever goes. Planned, moved, cancelled,
 * always under the same UID, the sequence counted up, so that calendars follow. The delay may stand still until then; a visit that is
 * declined or cancelled brings the ticket back.
 */
import type { Ticket } from '../contract/entities.ts'
import type { Visit, VisitAnswer } from '../contract/visits.ts'
import { accepted, signed } from './journal.ts'
import { visitMails } from './visit-mails.ts'
import { refused, type Refused, type TicketContext, type TicketDecision } from './model.ts'
import { moved } from './states.ts'
import { oneLine, paragraphs } from './text.ts'

const longestMs = 12 * 3_600_000

/** Where those who are invited are written to; null: nowhere. */
export type Invited = { readonly visitorMail: string | null; readonly formerMail?: string | null; readonly formerName?: string }
/** Another visit of whoever goes. */
export type Other = Pick<Visit, 'id' | 'startsAt' | 'endsAt'> & { readonly ticket: number }

export type VisitDecision =
  | { readonly kind: 'visit'; readonly visit: Visit; readonly decision: Extract<TicketDecision, { kind: 'accepted' }> }
  | Refused

/** Moments are told apart as they are written: a program may leave out what it does not need of one. */
const written = (moment: string): string => new Date(moment).toISOString()
const cleaned = (visit: Visit): Visit => ({
  ...visit,
  startsAt: written(visit.startsAt),
  endsAt: written(visit.endsAt),
  place: oneLine(visit.place),
  note: paragraphs(visit.note),
})

function refusalOf(visit: Visit, others: readonly Other[], { now }: TicketContext): Refused | null {
  if (visit.startsAt <= now) return refused('invalid_body', 'startsAt')
  if (visit.endsAt <= visit.startsAt || Date.parse(visit.endsAt) - Date.parse(visit.startsAt) > longestMs)
    return refused('invalid_body', 'endsAt')
  if (oneLine(visit.place) === '') return refused('invalid_body', 'place')
  const other = others.find(({ id, startsAt, endsAt }) => id !== visit.id && startsAt < visit.endsAt && visit.startsAt < endsAt)
  return other === undefined ? null : refused('conflict', `${visit.visitor.name} est déjà en visite à ce moment, ticket n° ${other.ticket}`)
}

type Step = 'planned' | 'moved' | 'cancelled' | VisitAnswer
const line = (visit: Visit, step: Step, text: string, context: TicketContext) =>
  signed(context, 'visit', text, {
    visibility: 'public',
    detail: { visit: { id: visit.id, step, startsAt: visit.startsAt, endsAt: visit.endsAt, visitor: visit.visitor.name } },
  })

const untouched = ({ waiting, proposal, closedHow }: Ticket) => ({ waiting, proposal, closedHow })
const waitsFor = (ticket: Ticket, { startsAt }: Visit) => ticket.waiting?.what.for === 'date' && ticket.waiting.what.until === startsAt

const until = (ticket: Ticket, { startsAt }: Visit, context: TicketContext) =>
  moved(ticket, 'wait', context, {
    waiting: { since: ticket.waiting?.since ?? context.now, what: { for: 'date', until: startsAt } },
  })

/** The ticket waits for this visit no more; one that did not stays where it is. */
const goesOn = (ticket: Ticket, before: Visit, context: TicketContext) =>
  waitsFor(ticket, before) ? moved(ticket, 'resume', context) : moved(ticket, 'contribute', context, untouched(ticket))

/** @param others what whoever goes has planned already @param suspends the ticket waits for the visit */
export function planVisit(
  ticket: Ticket,
  asked: Visit,
  { others, suspends, invited }: { readonly others: readonly Other[]; readonly suspends: boolean; readonly invited: Invited },
  context: TicketContext,
): VisitDecision {
  const visit = cleaned(asked)
  const refusal = refusalOf(visit, others, context)
  if (refusal !== null) return refusal
  if (ticket.status === 'closed') return refused('conflict', `ticket n° ${ticket.number} clos`)
  const next = suspends ? until(ticket, visit, context) : moved(ticket, 'contribute', context, untouched(ticket))
  if ('kind' in next) return next
  const decision = accepted(next, context, [line(visit, 'planned', visit.note, context)], visitMails(next, visit, invited, context))
  return { kind: 'visit', visit, decision }
}

/**
 * Another time, another place, somebody else who goes: whoever was to go is told that they are not.
 * @param suspends the ticket waits for the visit; false: one that waited for it goes on
 */
export function moveVisit(
  ticket: Ticket,
  before: Visit,
  asked: Visit,
  { others, suspends, invited }: { readonly others: readonly Other[]; readonly suspends: boolean; readonly invited: Invited },
  context: TicketContext,
): VisitDecision {
  if (before.state === 'cancelled') return refused('conflict', 'cette visite est annulée')
  const visit: Visit = { ...cleaned(asked), sequence: before.sequence + 1, answer: null }
  const refusal = refusalOf(visit, others, context)
  if (refusal !== null) return refusal
  if (ticket.status === 'closed') return refused('conflict', `ticket n° ${ticket.number} clos`)
  const next = suspends ? until(ticket, visit, context) : goesOn(ticket, before, context)
  if ('kind' in next) return next
  const decision = accepted(
    next,
    context,
    [line(visit, 'moved', visit.note === before.note ? '' : visit.note, context)],
    visitMails(next, visit, { ...invited, formerName: before.visitor.name }, context),
  )
  return { kind: 'visit', visit, decision }
}

/** It will not take place; a ticket that waited for it goes on. A clock cancels those of tickets that were closed. */
export function cancelVisit(ticket: Ticket, before: Visit, reason: string, invited: Invited, context: TicketContext): VisitDecision {
  if (before.state === 'cancelled') return refused('conflict', 'cette visite est déjà annulée')
  const why = paragraphs(reason)
  const visit: Visit = { ...before, state: 'cancelled', sequence: before.sequence + 1 }
  const next = goesOn(ticket, before, context)
  if ('kind' in next) return next
  const decision = accepted(
    next,
    context,
    [line(visit, 'cancelled', why, context)],
    visitMails(next, { ...visit, note: why }, invited, context),
  )
  return { kind: 'visit', visit, decision }
}

/** What somebody's calendar answered to the invitation. The requester's « no » brings the ticket back to whoever has it. */
export function visitAnswered(ticket: Ticket, before: Visit, answer: VisitAnswer, text: string, context: TicketContext): VisitDecision {
  const visit: Visit = context.side === 'requester' ? { ...before, answer } : before
  const back = answer === 'declined' && before.state === 'planned' && waitsFor(ticket, before)
  const next = back ? moved(ticket, 'resume', context) : { ...ticket, touchedAt: context.now }
  if ('kind' in next) return next
  const said = line(visit, answer, paragraphs(text), context)
  const decision = accepted(next, context, [context.side === 'requester' ? said : { ...said, visibility: 'internal' }])
  return { kind: 'visit', visit, decision }
}
