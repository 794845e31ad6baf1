import type { Ticket } from '../contract/entities.ts'
import { contribute } from './decide.ts'
import type { Added, NewRequest } from './incoming.ts'
import { accepted, signed } from './journal.ts'
import type { OpeningContext, TicketContext, TicketDecision } from './model.ts'
import { confirmRequest, openRequest } from './requests.ts'

/** Where the whole mail of a line is. */
type Source = { readonly id: string; readonly from: string; readonly cut: boolean }

/** The first line that says what the mail says leads to the mail. */
const leadingTo = (decision: TicketDecision, mail: Source): TicketDecision => {
  if (decision.kind === 'refused') return decision
  const at = decision.journal.findIndex(({ kind }) => kind === 'opened' || kind === 'contribution')
  const journal = decision.journal.map((line, i) => (i === at ? { ...line, detail: { ...line.detail, mail } } : line))
  return { ...decision, journal }
}

/**
 * A new request that came by mail, as a pre-ticket. Who is known reads that it is written down, and where the form is; anybody else how to
 * confirm it.
 */
export function openByMail(request: NewRequest, mail: Source, context: OpeningContext): TicketDecision {
  const { title, summary, requester, known, passedOnBy } = request
  const opened = openRequest({ title, summary, requester, medium: 'mail', asked: null, confirmed: known }, context)
  if (opened.kind === 'refused' || passedOnBy === null) return leadingTo(opened, mail)
  const line = signed({ ...context, by: 'mail', operatorName: passedOnBy }, 'contribution', 'A transmis cette demande au guichet.')
  return leadingTo({ ...opened, journal: [...opened.journal, line] }, mail)
}

/**
 * A mail joins its ticket. The requester's is heard as on any other way, and confirms one that waited for it; a colleague's is a contribution of theirs; anybody else's is a line
 * that moves nothing.
 */
export function addByMail(ticket: Ticket, added: Added, mail: Source, context: TicketContext): TicketDecision {
  if (added.as === 'other') {
    const line = signed(context, 'contribution', added.text, { visibility: 'internal' })
    return leadingTo(accepted({ ...ticket, touchedAt: context.now }, context, [line]), mail)
  }
  const confirmed = added.confirms ? confirmRequest(ticket, context) : null
  const before = confirmed?.kind === 'accepted' ? confirmed : null
  const decision = leadingTo(contribute(before?.ticket ?? ticket, added.text, context, { visibility: added.visibility }), mail)
  return before === null || decision.kind === 'refused' ? decision : { ...decision, journal: [...before.journal, ...decision.journal] }
}

/** A mail of ours about a ticket came back. */
export function mailCameBack(ticket: Ticket, address: string, reason: string, context: TicketContext): TicketDecision {
  const text = `Le courriel à ${address} est revenu : ${reason || 'sans raison donnée'}. Cette adresse ne reçoit pas ; joignez l’usager autrement.`
  return accepted({ ...ticket, touchedAt: context.now }, context, [signed(context, 'contribution', text, { visibility: 'internal' })])
}
