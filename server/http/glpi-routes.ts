import { z } from 'zod'
import {
  glpiImportOrder,
  glpiImports,
  glpiOfTicket,
  glpiOpen,
  glpiPreview,
  glpiPreviewed,
  glpiSecrets,
  glpiState,
  glpiTrial,
  glpiTrialled,
} from '../contract/glpi.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneTicket = z.object({ number: z.coerce.number().int().min(1).max(999_999_999) })
const onePerson = z.object({ id: z.string().min(1).max(200) })
const header = z.string().max(200)

/** GLPI next door: how it stands, its tokens, a trial, what a ticket becomes there. What is chosen is the settings `glpi`. */
export function glpiRoutes(app: App, { glpi }: Pick<HttpParts, 'glpi'>): void {
  app.get(
    '/api/glpi',
    { schema: { summary: 'How GLPI stands, what waits for it and what it refused', response: answering(glpiState) } },
    () => glpi.state(),
  )

  app.put(
    '/api/glpi/secrets',
    {
      schema: {
        summary: 'Keep GLPI’s tokens, sealed and for this address alone; null forgets one',
        body: glpiSecrets,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await glpi.keepSecrets(request.body, signedIn(request).name)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/glpi/trial',
    {
      schema: {
        summary: 'Try GLPI: the session, what can be read; its groups, categories and entities. Nothing is written',
        body: glpiTrial,
        response: answering(glpiTrialled),
      },
    },
    ({ body }) => glpi.trial(body),
  )

  app.post(
    '/api/glpi/preview',
    { schema: { summary: 'What GLPI would be given of a ticket', body: glpiPreview, response: answering(glpiPreviewed) } },
    ({ body }) => glpi.preview(body.number, body.settings),
  )

  app.post('/api/glpi/synchronise', { schema: { summary: 'Ask and tell GLPI now', response: answering(glpiState) } }, async () => {
    await glpi.round()
    return glpi.state()
  })

  app.post('/api/glpi/retry', { schema: { summary: 'Try again what GLPI refused', response: answering(glpiState) } }, async () => {
    await glpi.retry()
    await glpi.round()
    return glpi.state()
  })

  app.get(
    '/api/tickets/:number/glpi',
    { schema: { summary: 'Where a ticket is in GLPI', params: oneTicket, response: answering(glpiOfTicket) } },
    ({ params }) => glpi.ofTicket(params.number),
  )

  app.get(
    '/api/glpi/imports',
    { schema: { summary: 'What was taken over from GLPI, or would be', response: answering(glpiImports) } },
    () => glpi.imports(),
  )
  app.post(
    '/api/glpi/imports',
    {
      schema: {
        summary: 'Take over from GLPI, or count what would be (`dry`); goes on behind',
        body: glpiImportOrder,
        response: answering(glpiImports),
      },
    },
    (request) => glpi.import(request.body, signedIn(request)),
  )

  app.get(
    '/api/people/:id/glpi',
    {
      schema: {
        summary: 'What a person has open in GLPI, as far as it is known now; asked for behind when that is old',
        params: onePerson,
        response: answering(glpiOpen),
      },
    },
    ({ params }) => glpi.openOf(params.id),
  )

  app.register(async (signed) => {
    signed.removeAllContentTypeParsers()
    // As it was signed, byte for byte.
    signed.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 1_048_576 }, (_request, body, done) => done(null, body))
    signed.post(
      '/api/glpi/webhook',
      {
        schema: {
          summary: 'GLPI 11 says that something has changed; signed in `X-GLPI-signature`, of the body and `X-GLPI-timestamp`',
          response: { 204: z.null() },
        },
      },
      async ({ headers, body }, reply) => {
        const [signature, timestamp] = [header.safeParse(headers['x-glpi-signature']), header.safeParse(headers['x-glpi-timestamp'])]
        if (!signature.success || !timestamp.success || !Buffer.isBuffer(body)) throw new ServiceError('not_found')
        await glpi.heard(body, signature.data, timestamp.data)
        return reply.code(204).send(null)
      },
    )
  })
}
