import { z } from 'zod'
import { completion } from '../contract/completion.ts'
import { ticket, type Ticket } from '../contract/entities.ts'
import { answerGiven, givingBack, missing, proposing, redirection, refusing, reopening, waitingOrder } from '../contract/ticket-states.ts'
import type { Session } from '../contract/http.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'
import { mayName, mayReplace } from './scope.ts'

const oneTicket = z.object({ number: z.coerce.number().int().min(1).max(2_147_483_647) })
const taking = <Body extends z.ZodType>(summary: string, body: Body) => ({
  schema: { summary, params: oneTicket, body, response: answering(ticket) },
})

/** What moves a ticket from one status to another, besides taking up and closing. */
export function ticketStateRoutes(app: App, { stores, onTicketSaved }: Pick<HttpParts, 'stores' | 'onTicketSaved'>): void {
  const { tickets } = stores
  const told = async (saving: Promise<Ticket>): Promise<Ticket> => {
    const saved = await saving
    onTicketSaved(saved)
    return saved
  }
  const of = '/api/tickets/:number'

  /** @throws ServiceError `forbidden` for a référent whose list it has nothing to do with */
  async function mustKeepItsList(number: number, session: Session): Promise<void> {
    const [found, groups] = await Promise.all([tickets.page(number), stores.groups.list()])
    if (found === null) throw new ServiceError('not_found')
    const moves = found.journal.map(({ kind, detail }) => ({ kind, groupId: detail?.group?.id ?? null }))
    if (!mayReplace(session, found, moves, groups)) throw new ServiceError('forbidden')
  }

  app.post(
    `${of}/confirm`,
    { schema: { summary: 'Accept a request whose sender is not known', params: oneTicket, response: answering(ticket) } },
    (request) => told(tickets.confirm(request.params.number, signedIn(request))),
  )
  app.put(`${of}/fields`, taking('Fill in a ticket’s fields', completion), async (request) => {
    await mayName(stores, request.body.requester, signedIn(request))
    return told(tickets.complete(request.params.number, request.body, signedIn(request)))
  })
  app.post(`${of}/redirect`, taking('Hand a ticket to a group', redirection), async (request) => {
    const session = signedIn(request)
    if (session.role === 'referent') await mustKeepItsList(request.params.number, session)
    return told(tickets.redirect(request.params.number, request.body.groupId, request.body.reason, session))
  })
  app.post(`${of}/give-back`, taking('Give a ticket back to level 1: not for this group', givingBack), (request) =>
    told(tickets.giveBack(request.params.number, request.body, signedIn(request))),
  )
  app.post(`${of}/missing`, taking('Say what a group lacks: to the requester, or to the desk', missing), (request) =>
    told(tickets.askMissing(request.params.number, request.body, signedIn(request))),
  )
  app.post(`${of}/wait`, taking('Put a ticket aside until somebody answers or a date comes', waitingOrder), (request) =>
    told(tickets.wait(request.params.number, request.body.waiting, request.body.text, signedIn(request))),
  )
  app.post(
    `${of}/resume`,
    { schema: { summary: 'What was waited for has come, or a solution is taken back', params: oneTicket, response: answering(ticket) } },
    (request) => told(tickets.resume(request.params.number, signedIn(request))),
  )
  app.post(`${of}/solution`, taking('Submit a solution to the requester', proposing), (request) =>
    told(tickets.propose(request.params.number, request.body.solution, signedIn(request))),
  )
  app.post(`${of}/solution/accept`, taking('Write down that the requester says yes', answerGiven), (request) =>
    told(tickets.answer(request.params.number, { answer: 'yes' }, request.body.callId, signedIn(request))),
  )
  app.post(`${of}/solution/refuse`, taking('Write down that the requester says no, and why', refusing), (request) =>
    told(tickets.answer(request.params.number, { answer: 'no', reason: request.body.reason }, request.body.callId, signedIn(request))),
  )
  app.post(`${of}/reopen`, taking('Reopen a closed ticket', reopening), (request) =>
    told(tickets.reopen(request.params.number, request.body.reason, signedIn(request))),
  )
}
