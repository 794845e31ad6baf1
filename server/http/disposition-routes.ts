import { z } from 'zod'
import { showNumber } from '../calls/number.ts'
import { callsWithoutTicket, disposition, dispositionOrder } from '../contract/dispositions.ts'
import { signedIn } from './access.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneCall = z.object({ id: z.string().max(100) })

type Parts = Pick<HttpParts, 'stores' | 'directory' | 'desk' | 'onTicketSaved' | 'onCallSettled'>

/** What calls leave behind: those that have left nothing yet, and how one ends without a ticket of its own. */
export function dispositionRoutes(app: App, { stores, directory, desk, onTicketSaved, onCallSettled }: Parts): void {
  app.get(
    '/api/calls/without-ticket',
    { schema: { summary: 'Conversations that have ended and left nothing written', response: answering(callsWithoutTicket) } },
    async () => {
      const { calls, total } = await stores.calls.withoutTicket()
      return {
        total,
        calls: calls.map(({ id, number, operatorId, operator, answeredAt, endedAt }) => ({
          id,
          number,
          numberShown: showNumber(number),
          people: number === null ? [] : [...directory.findByPhone(number)],
          operatorId,
          operator: operator ?? operatorId ?? '',
          answeredAt: answeredAt.toISOString(),
          endedAt: endedAt.toISOString(),
          seconds: Math.max(0, Math.round((endedAt.getTime() - answeredAt.getTime()) / 1_000)),
        })),
      }
    },
  )

  app.get(
    '/api/calls/:id/dispositions',
    { schema: { summary: 'What became of a call', params: oneCall, response: answering(z.array(disposition)) } },
    (request) => stores.calls.dispositionsOf(request.params.id),
  )

  app.post(
    '/api/calls/:id/dispositions',
    {
      schema: {
        summary: 'End a call without a ticket of its own: attached to one, refused, nothing to note',
        params: oneCall,
        body: dispositionOrder,
        response: creating(z.array(disposition)),
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { body } = request
      const me = signedIn(request)
      if (body.kind === 'attached') {
        const { ticket, text, attachments: files, observers } = body
        onTicketSaved(await stores.tickets.attach(ticket, id, text, me, { files, observers }))
      } else
        await stores.calls.dispose(
          id,
          body,
          me,
          desk.view().calls.some((call) => call.id === id),
        )
      onCallSettled(id)
      return reply.code(201).send(await stores.calls.dispositionsOf(id))
    },
  )
}
