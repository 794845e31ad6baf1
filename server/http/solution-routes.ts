import { z } from 'zod'
import type { Ticket } from '../contract/entities.ts'
import { solutionAnswer, solutionKey, solutionShown, type SolutionShown } from '../contract/solutions.ts'
import type { Actor } from '../database/ticket-saving.ts'
import { ServiceError } from '../errors.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneTicket = z.object({ number: z.coerce.number().int().min(1).max(2_147_483_647) })

const shown = (ticket: Ticket, at: string): SolutionShown => {
  const open = ticket.proposal?.at === at
  return {
    number: ticket.number,
    title: ticket.title,
    summary: ticket.summary,
    state: open ? 'open' : 'over',
    status: ticket.status === 'closed' ? 'closed' : 'open',
    solution: open ? ticket.solution : null,
    by: open ? (ticket.owner?.name ?? null) : null,
    at,
    closesAt: open ? (ticket.proposal?.closesAt ?? null) : null,
  }
}

const requesterOf = ({ requester }: Ticket): Actor => ({
  id: requester.personId ?? 'requester',
  name: requester.name || requester.email || 'L’usager',
  side: 'requester',
})

/** The requester's answer by the link they were mailed: looking changes nothing, so that a mail scanner answers for nobody. */
export function solutionRoutes(app: App, { stores, links, onTicketSaved }: Pick<HttpParts, 'stores' | 'links' | 'onTicketSaved'>): void {
  async function asked(number: number, key: string): Promise<{ readonly ticket: Ticket; readonly at: string }> {
    const ticket = await stores.tickets.find(number)
    const at = ticket === null ? null : links.proposedAt(ticket, key)
    if (ticket === null || at === null) throw new ServiceError('not_found')
    return { ticket, at }
  }

  app.get(
    '/api/solutions/:number',
    {
      schema: {
        summary: 'A solution to confirm, by its link',
        params: oneTicket,
        querystring: solutionKey,
        response: answering(solutionShown),
      },
    },
    async ({ params, query }) => {
      const { ticket, at } = await asked(params.number, query.key)
      return shown(ticket, at)
    },
  )

  app.post(
    '/api/solutions/:number',
    { schema: { summary: 'Answer a solution, by its link', params: oneTicket, body: solutionAnswer, response: answering(solutionShown) } },
    async ({ params, body }) => {
      const { ticket, at } = await asked(params.number, body.key)
      const saved = await stores.tickets.answer(params.number, body, null, requesterOf(ticket), at)
      onTicketSaved(saved)
      return shown(saved, at)
    },
  )
}
