import { z } from 'zod'
import { linkedMachines, machineLink, machinesOf, ocsPassword, ocsState, ocsTrial, ocsTrialled } from '../contract/ocs.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneTicket = z.object({ number: z.coerce.number().int().min(1).max(999_999_999) })
const onePerson = z.object({ id: z.string().min(1).max(200) })
const oneCall = z.object({ id: z.string().min(1).max(100) })
/** Whose machine it is must be said: a machine that nobody was shown cannot be linked. */
const onCall = machineLink.extend({ personId: z.string().min(1).max(200) })

/** Machines of the inventories: beside the call, on the ticket. What is chosen is the settings `ocs`. */
export function ocsRoutes(app: App, { ocs, stores }: Pick<HttpParts, 'ocs' | 'stores'>): void {
  app.get('/api/ocs', { schema: { summary: 'How the inventories answer', response: answering(ocsState) } }, () => ocs.state())

  app.put(
    '/api/ocs/password',
    {
      schema: {
        summary: 'Keep the password of an inventory, sealed and for this address alone; null forgets it',
        body: ocsPassword,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await ocs.keepPassword(request.body, signedIn(request).name)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/ocs/trial',
    { schema: { summary: 'Try an inventory, and look for somebody’s machines', body: ocsTrial, response: answering(ocsTrialled) } },
    ({ body }) => ocs.trial(body),
  )

  app.get(
    '/api/people/:id/machines',
    {
      schema: {
        summary: 'A person’s machines, as far as they are known now; asked for behind when that is old',
        params: onePerson,
        response: answering(machinesOf),
      },
    },
    ({ params }) => ocs.machinesOf(params.id),
  )

  const ofTicket = async (number: number) => {
    const ticket = await stores.tickets.find(number)
    if (ticket === null) throw new ServiceError('not_found')
    return ticket
  }
  app.get(
    '/api/tickets/:number/machines',
    { schema: { summary: 'The machines that a ticket is about', params: oneTicket, response: answering(linkedMachines) } },
    ({ params }) => stores.machines.ofTicket(params.number),
  )
  app.put(
    '/api/tickets/:number/machines',
    {
      schema: {
        summary: 'A ticket is about one of its requester’s machines',
        params: oneTicket,
        body: machineLink,
        response: answering(linkedMachines),
      },
    },
    async (request) => {
      const ticket = await ofTicket(request.params.number)
      await ocs.linkToTicket(ticket, request.body, signedIn(request))
      return stores.machines.ofTicket(ticket.number)
    },
  )
  app.post(
    '/api/tickets/:number/machines/remove',
    {
      schema: { summary: 'It is not about that machine', params: oneTicket, body: machineLink, response: answering(linkedMachines) },
    },
    async ({ params, body }) => {
      await stores.machines.unlinkTicket(params.number, body.server, body.deviceId)
      return stores.machines.ofTicket(params.number)
    },
  )

  app.get(
    '/api/calls/:id/machines',
    { schema: { summary: 'The machines that a call is about', params: oneCall, response: answering(linkedMachines) } },
    ({ params }) => stores.machines.ofCall(params.id),
  )
  app.put(
    '/api/calls/:id/machines',
    {
      schema: {
        summary: 'A call is about one of its caller’s machines: so will its ticket be',
        params: oneCall,
        body: onCall,
        response: answering(linkedMachines),
      },
    },
    async (request) => {
      const { personId, ...link } = request.body
      await ocs.linkToCall(request.params.id, personId, link, signedIn(request))
      return stores.machines.ofCall(request.params.id)
    },
  )
  app.post(
    '/api/calls/:id/machines/remove',
    { schema: { summary: 'It is not about that machine', params: oneCall, body: machineLink, response: answering(linkedMachines) } },
    async ({ params, body }) => {
      await stores.machines.unlinkCall(params.id, body.server, body.deviceId)
      return stores.machines.ofCall(params.id)
    },
  )
}
