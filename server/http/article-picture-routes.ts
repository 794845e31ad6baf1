import type { Readable } from 'node:stream'
import { z } from 'zod'
import { largestPictureMegabytes } from '../contract/articles.ts'
import { attachment, attachmentName } from '../contract/attachments.ts'
import { mayCall } from '../contract/rights.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { creating } from './answers.ts'
import type { App } from './app-type.ts'
import { announced, sendAttachment } from './attachment-routes.ts'
import type { HttpParts } from './ports.ts'

/** Pictures of articles: brought by who writes, seen by whoever may read an article that shows them. */
export function articlePictureRoutes(app: App, { stores, attachments }: Pick<HttpParts, 'stores' | 'attachments'>): void {
  app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers()
    uploads.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    uploads.post(
      '/api/articles/pictures',
      {
        bodyLimit: (largestPictureMegabytes + 1) * 1_048_576,
        config: { takesFiles: true },
        schema: {
          summary: 'Bring a picture for an article (its bytes are the body)',
          querystring: attachmentName,
          response: creating(attachment),
        },
        onRequest: async (request) => attachments.expect(announced(request), largestPictureMegabytes),
      },
      async (request, reply) => {
        const { name } = request.query as z.output<typeof attachmentName>
        const body = request.body as Readable | undefined
        if (body === undefined) throw new ServiceError('file_empty')
        const pictureOf = { what: 'articles', megabytes: largestPictureMegabytes } as const
        return reply.code(201).send(await attachments.keep(body, { name, byId: signedIn(request).id, pictureOf }))
      },
    )
  })

  app.get(
    '/api/articles/pictures/:id',
    { schema: { summary: 'A picture of an article', params: z.object({ id: z.uuid() }) } },
    async (request, reply) => {
      const found = await stores.attachments.findPicture(
        request.params.id,
        mayCall(signedIn(request), 'POST /api/articles') ? 'all' : 'staff',
      )
      if (found === null) throw new ServiceError('not_found')
      return sendAttachment(reply, found, attachments)
    },
  )
}
