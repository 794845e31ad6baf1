import { z } from 'zod'
import { sharedPage, sharedPageOrNone, sharedWrite } from '../contract/shared-page.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import { sendAttachment } from './attachment-routes.ts'
import type { HttpParts } from './ports.ts'

const ofCall = z.object({ id: z.string().max(100) })
const oneFile = ofCall.extend({ file: z.uuid() })

/** The page that the caller of a call shares with the desk, seen from the desk. */
export function sharedPageRoutes(
  app: App,
  { desk, sharedPages, stores, attachments }: Pick<HttpParts, 'desk' | 'sharedPages' | 'stores' | 'attachments'>,
): void {
  const of = '/api/calls/:id/page'

  app.get(
    of,
    { schema: { summary: 'The page shared with a caller', params: ofCall, response: answering(sharedPageOrNone) } },
    async (request) => ({
      page: await sharedPages.ofCall(request.params.id),
    }),
  )
  app.post(
    of,
    { schema: { summary: 'Share a page with the caller, or give a new code', params: ofCall, response: answering(sharedPage) } },
    (request) => {
      const me = signedIn(request)
      const call = desk.view().calls.find(({ id }) => id === request.params.id)
      if (call === undefined || call.status !== 'talking') throw new ServiceError('conflict')
      // Whoever talks to the caller, is asked about them, or stands beside.
      const concerned = call.operatorId === me.id || call.consult?.operatorId === me.id || call.watch?.supervisorId === me.id
      if (!concerned) throw new ServiceError('forbidden')
      return sharedPages.open(call.id, { id: me.id, name: me.name })
    },
  )
  app.delete(
    of,
    { schema: { summary: 'Nothing more is written on the shared page', params: ofCall, response: { 204: z.null() } } },
    async (request, reply) => {
      await sharedPages.close(request.params.id)
      return reply.code(204).send(null)
    },
  )
  app.post(
    `${of}/lines`,
    { schema: { summary: 'Show something to the caller', params: ofCall, body: sharedWrite, response: answering(sharedPage) } },
    (request) => {
      const me = signedIn(request)
      return sharedPages.say(request.params.id, request.body, { id: me.id, name: me.name })
    },
  )
  app.get(
    `${of}/files/:file`,
    { schema: { summary: 'A file that the caller sent by the shared page', params: oneFile } },
    async (request, reply) => {
      const page = await stores.sharedPages.find({ callId: request.params.id })
      const found = page === null ? null : await stores.sharedPages.file(page.id, request.params.file)
      if (found === null) throw new ServiceError('not_found')
      return sendAttachment(reply, found, attachments)
    },
  )
}
