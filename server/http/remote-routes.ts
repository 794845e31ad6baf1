import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { remoteAddress, remoteSessions, remoteStart } from '../contract/remote.ts'
import type { RemoteOf } from '../database/remote-store.ts'
import { remoteCodeOf } from '../engine/shared-pages.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneTicket = z.object({ number: z.coerce.number().int().min(1).max(2_147_483_647) })
const oneCall = z.object({ id: z.string().min(1).max(100) })
const oneRemote = { remote: z.uuid() }
/** Whose machine, as far as the sheet knows. */
const onCall = remoteStart.extend({ personId: z.string().min(1).max(200).nullable().default(null) })

type Parts = Pick<HttpParts, 'stores' | 'settings' | 'onTicketSaved'>

/** Remote control: the site's own tool, opened from here, its beginning and end noted on the ticket. */
export function remoteRoutes(app: App, { stores, settings, onTicketSaved }: Parts): void {
  const told = async (numbers: readonly number[]) => {
    for (const number of numbers) {
      const ticket = await stores.tickets.find(number)
      if (ticket !== null) onTicketSaved(ticket)
    }
  }
  const shown = async (of: RemoteOf) => ({
    offered: settings.values.portal.remote.operator !== null,
    sessions: await stores.remote.of(of),
  })
  const begin = async (of: RemoteOf, { machine, personId }: z.output<typeof onCall>, by: { id: string; name: string }) => {
    const template = settings.values.portal.remote.operator
    if (template === null) throw new ServiceError('conflict', 'aucun outil de prise en main n’est réglé')
    const { ticket, login, page } = await stores.remote.about(of, personId)
    const id = randomUUID()
    const url = remoteAddress(template, {
      // The caller's side of a shared page names the session by the page.
      code: remoteCodeOf(page ?? id),
      ticket: ticket === null ? '' : String(ticket),
      person: login ?? '',
      machine: machine ?? '',
    })
    await told(await stores.remote.start(of, { id, machine, url }, by))
    return shown(of)
  }
  const finish = async (of: RemoteOf, id: string) => {
    const number = await stores.remote.end(of, id)
    await told(number === null ? [] : [number])
    return shown(of)
  }

  app.get(
    '/api/tickets/:number/remote',
    { schema: { summary: 'Remote control on a ticket: when, by whom', params: oneTicket, response: answering(remoteSessions) } },
    ({ params }) => shown({ ticket: params.number }),
  )
  app.post(
    '/api/tickets/:number/remote',
    {
      schema: {
        summary: 'Begin a remote control: the tool’s address, noted on the ticket',
        params: oneTicket,
        body: remoteStart,
        response: answering(remoteSessions),
      },
    },
    (request) => begin({ ticket: request.params.number }, { ...request.body, personId: null }, signedIn(request)),
  )
  app.post(
    '/api/tickets/:number/remote/:remote/end',
    {
      schema: { summary: 'A remote control is over', params: oneTicket.extend(oneRemote), response: answering(remoteSessions) },
    },
    ({ params }) => finish({ ticket: params.number }, params.remote),
  )
  app.get(
    '/api/calls/:id/remote',
    { schema: { summary: 'Remote control during a call', params: oneCall, response: answering(remoteSessions) } },
    ({ params }) => shown({ call: params.id }),
  )
  app.post(
    '/api/calls/:id/remote',
    {
      schema: {
        summary: 'Begin a remote control during a call: noted on its ticket as soon as there is one',
        params: oneCall,
        body: onCall,
        response: answering(remoteSessions),
      },
    },
    (request) => begin({ call: request.params.id }, request.body, signedIn(request)),
  )
  app.post(
    '/api/calls/:id/remote/:remote/end',
    { schema: { summary: 'A remote control is over', params: oneCall.extend(oneRemote), response: answering(remoteSessions) } },
    ({ params }) => finish({ call: params.id }, params.remote),
  )
}
