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
import type { HttpParts } from './ports.ts'

const number = z.coerce.number().int().min(1).max(2_147_483_647)
const oneTicket = z.object({ number })
const oneFile = z.object({ number, id: z.uuid() })

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

/** Files that come with what is written on a ticket. */
export function attachmentRoutes(app: App, { stores, attachments }: Pick<HttpParts, 'stores' | 'attachments'>): void {
  app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers()
    // The size is judged by what the site allows, as the bytes arrive.
    uploads.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    uploads.post(
      '/api/tickets/:number/attachments',
      {
        bodyLimit: 250 * 1_048_576,
        config: { takesFiles: true },
        schema: {
          summary: 'Bring a file (its bytes are the body), to be sent with a contribution',
          params: oneTicket,
          querystring: attachmentName,
          response: creating(attachment),
        },
        onRequest: async (request) => attachments.expect(announced(request)),
      },
      async (request, reply) => {
        const { params, query } = request as { params: z.output<typeof oneTicket>; query: z.output<typeof attachmentName> }
        const ticket = await stores.tickets.find(params.number)
        if (ticket === null) throw new ServiceError('not_found')
        const body = request.body as Readable | undefined
        if (body === undefined) throw new ServiceError('file_empty')
        const kept = await attachments.keep(body, { name: query.name, byId: signedIn(request).id, ticketId: ticket.id })
        return reply.code(201).send(kept)
      },
    )
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
