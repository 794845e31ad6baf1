/*
 * Two tickets about the same thing become one: the duplicate is closed, its requester is told under their own number, and, when the link
 * shares messages, reads on there what is written to the other's. Unlinking puts it back where it was, as long as nobody touched it since.
 */
import { deskItself } from '../contract/desk-itself.ts'
import type { Ticket } from '../contract/entities.ts'
import { closureBy } from './decide.ts'
import { accepted, signed } from './journal.ts'
import { linkedLine, refusalOf, type BeforeLink, type KnownLink, type Linked } from './links.ts'
import { closedMail, progressMail } from './mails.ts'
import { refused, type Refused, type SignedEntry, type TicketContext, type TicketDecision } from './model.ts'
import { moved } from './states.ts'

/** What the requester of a merged ticket reads. */
const mergedText = (into: Pick<Ticket, 'number'>, shares: boolean): string =>
  `Cette demande est traitée avec la demande n° ${into.number}, faite pour la même raison.${shares ? ' Vous recevrez ici ce qui en sera dit.' : ''}`

const beforeOf = (ticket: Ticket): BeforeLink => {
  const { status, owner, groupId, waiting, solution, proposal, closedHow, closedAt, clock } = ticket
  return { status, owner, groupId, waiting, solution, proposal, closedHow, closedAt, clock }
}

/** @param known every link of either of the two @param shares whether the requester of the merged one reads the other's messages */
export function merge(from: Ticket, into: Ticket, known: readonly KnownLink[], shares: boolean, context: TicketContext): Linked | Refused {
  const refusal = refusalOf('duplicate-of', from, into, known)
  if (refusal !== null) return refusal
  if (into.status === 'closed') return refused('conflict', `le ticket n° ${into.number} est clos`)
  if (known.some((link) => link.kind === 'child-of' && link.toId === from.id))
    return refused('conflict', `d’autres tickets sont rattachés au n° ${from.number}`)
  const text = mergedText(into, shares)
  const next = moved(from, 'close', context, { solution: text, closedHow: closureBy(context) })
  if ('kind' in next) return next
  const closing = signed(context, 'closed', text, {
    visibility: 'public',
    ...(next.closedHow !== null && { detail: { how: next.closedHow } }),
  })
  const said = signed(
    context,
    'contribution',
    `Demande n° ${from.number} de ${from.requester.name || 'quelqu’un'} : ${from.summary || from.title}`,
  )
  return {
    kind: 'linked',
    from: accepted(
      next,
      context,
      [linkedLine('duplicate-of', into, true, context), closing],
      next.unconfirmed ? [] : closedMail(next, text, context),
    ),
    to: accepted({ ...into, touchedAt: context.now }, context, [linkedLine('duplicate-of', from, false, context), said]),
    before: beforeOf(from),
  }
}

const told: readonly SignedEntry['kind'][] = ['contribution', 'proposed', 'closed', 'reopened']

/**
 * What was written to the requester of the ticket that another one shares the messages of; null: nothing that concerns theirs. What that
 * requester wrote is between them and the desk; that they closed their request is told, without their words or their name.
 */
export function sharedWith(ticket: Ticket, source: Ticket, lines: readonly SignedEntry[], context: TicketContext): TicketDecision | null {
  const same = ticket.requester.email !== null && ticket.requester.email.toLowerCase() === source.requester.email?.toLowerCase()
  const isTheirs = ({ byId }: SignedEntry) => byId === 'requester' || byId === source.requester.personId
  const said = lines.filter(
    ({ kind, visibility, text, detail }) => visibility === 'public' && text !== '' && told.includes(kind) && detail?.shared === undefined,
  )
  const shared = said.filter((line) => !isTheirs(line) || line.kind === 'closed')
  if (shared.length === 0 || same || ticket.unconfirmed) return null
  const text = shared.map((line) => (isTheirs(line) ? `La demande n° ${source.number} est close.` : line.text)).join('\n\n')
  const by = shared.find((line) => !isTheirs(line))
  const desk = { by: deskItself.id, operatorName: context.policy.deskName }
  const signer = { ...context, ...(by === undefined ? desk : { by: by.byId, operatorName: by.by }) }
  return accepted(
    ticket,
    signer,
    [signed(signer, 'contribution', text, { visibility: 'public', detail: { shared: source.number } })],
    progressMail(ticket, text, [], signer),
  )
}
