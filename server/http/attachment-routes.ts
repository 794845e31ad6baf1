import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { savedAs } from '../attachments/names.ts'
import { attachment, attachmentName, type Attachment } from '../contract/attachments.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { creating } from './answers.ts'
import type { App } from './app-type.ts'
import { callOfDraft, oneDraft } from './draft-routes.ts'
import type { HttpParts } from './ports.ts'

const number = z.coerce.number().int().min(1).max(2_147_483_647)
const oneTicket = z.object({ number })
const oneFile = z.object({ number, id: z.uuid() })
const oneDraftFile = oneDraft.extend({ id: z.uuid() })

/** How much a body says it holds; null when it does not. */
export const announced = ({ headers }: Pick<FastifyRequest, 'headers'>): number | null => {
  const bytes = Number(headers['content-length'])
  return headers['content-length'] === undefined || !Number.isSafeInteger(bytes) ? null : bytes
}

/**
 * Give a file to somebody who may read it. It is saved, never opened: whatever it holds, it runs nothing here; a picture is shown where a page
 * of ours draws it.
 */
export async function sendAttachment(
  reply: FastifyReply,
  { name, type, picture, hash, bytes }: Attachment & { readonly hash: string },
  attachments: HttpParts['attachments'],
): Promise<FastifyReply> {
  const file = await attachments.fileOf(hash)
  return reply
    .header('content-disposition', savedAs(name))
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cache-control', 'private, max-age=3600')
    .type(picture === null ? 'application/octet-stream' : type)
    .header('content-length', bytes)
    .send(createReadStream(file))
}

type Bringing = {
  readonly path: string
  readonly summary: string
  readonly params: z.ZodObject
  readonly keep: (content: Readable, name: string, request: FastifyRequest) => Promise<Attachment>
}

/** A route whose body is a file's bytes. */
function bringing(app: App, attachments: HttpParts['attachments'], { path, summary, params, keep }: Bringing): void {
  app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers()
    // The size is judged by what the site allows, as the bytes arrive.
    uploads.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    uploads.post(
      path,
      {
        bodyLimit: 250 * 1_048_576,
        config: { takesFiles: true },
        schema: { summary, params, querystring: attachmentName, response: creating(attachment) },
        onRequest: async (request) => attachments.expect(announced(request)),
      },
      async (request, reply) => {
        const body = request.body as Readable | undefined
        if (body === undefined) throw new ServiceError('file_empty')
        return reply.code(201).send(await keep(body, (request.query as z.output<typeof attachmentName>).name, request))
      },
    )
  })
}

/** Files that come with what is written on a ticket. */
export function attachmentRoutes(app: App, { stores, attachments }: Pick<HttpParts, 'stores' | 'attachments'>): void {
  bringing(app, attachments, {
    path: '/api/tickets/:number/attachments',
    summary: 'Bring a file (its bytes are the body), to be sent with a contribution',
    params: oneTicket,
    keep: async (content, name, request) => {
      const ticket = await stores.tickets.find((request.params as z.output<typeof oneTicket>).number)
      if (ticket === null) throw new ServiceError('not_found')
      return attachments.keep(content, { name, byId: signedIn(request).id, ticketId: ticket.id })
    },
  })

  app.get(
    '/api/tickets/:number/attachments/:id',
    { schema: { summary: 'A file of a ticket, to be saved', params: oneFile } },
    async (request, reply) => {
      const found = await stores.attachments.find(request.params.number, request.params.id, signedIn(request).id)
      if (found === null) throw new ServiceError('not_found')
      return sendAttachment(reply, found, attachments)
    },
  )

  app.delete(
    '/api/tickets/:number/attachments/:id',
    { schema: { summary: 'Take back a file that I brought and have not sent', params: oneFile, response: { 204: z.null() } } },
    async (request, reply) => {
      if (!(await stores.attachments.drop(request.params.id, signedIn(request).id))) throw new ServiceError('not_found')
      return reply.code(204).send(null)
    },
  )
}

/** Files that come with a ticket being written: of a call, whoever writes its ticket sends them. */
export function draftFileRoutes(app: App, { stores, attachments }: Pick<HttpParts, 'stores' | 'attachments'>): void {
  const keyOf = (request: FastifyRequest) => (request.params as z.output<typeof oneDraft>).key
  bringing(app, attachments, {
    path: '/api/drafts/:key/attachments',
    summary: 'Bring a file (its bytes are the body) for a ticket being written',
    params: oneDraft,
    keep: (content, name, request) => {
      callOfDraft(keyOf(request), signedIn(request))
      return attachments.keep(content, { name, byId: signedIn(request).id, draftKey: keyOf(request) })
    },
  })

  app.get(
    '/api/drafts/:key/attachments/:id',
    { schema: { summary: 'A file of a ticket being written', params: oneDraftFile } },
    async (request, reply) => {
      const { key, id } = request.params
      callOfDraft(key, signedIn(request))
      const found = await stores.attachments.findOfDraft(key, id, signedIn(request).id)
      if (found === null) throw new ServiceError('not_found')
      return sendAttachment(reply, found, attachments)
    },
  )

  app.delete(
    '/api/drafts/:key/attachments/:id',
    { schema: { summary: 'Take a file back from a ticket being written', params: oneDraftFile, response: { 204: z.null() } } },
    async (request, reply) => {
      const { key, id } = request.params
      callOfDraft(key, signedIn(request))
      if (!(await stores.attachments.dropOfDraft(key, id, signedIn(request).id))) throw new ServiceError('not_found')
      return reply.code(204).send(null)
    },
  )
}
