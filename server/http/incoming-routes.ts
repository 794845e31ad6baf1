import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { z } from 'zod'
import { incomingMail, incomingMails } from '../contract/incoming-mails.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneMail = z.object({ id: z.string().max(100) })

/** What came in by mail. */
export function incomingRoutes(app: App, { stores, rawMail }: Pick<HttpParts, 'stores' | 'rawMail'>): void {
  app.get(
    '/api/mails/in',
    { schema: { summary: 'Mails that came in, those to look at first', response: answering(incomingMails) } },
    async () => (await stores.incoming.list()).map(({ raw: _raw, ...mail }) => mail),
  )

  app.get(
    '/api/mails/in/:id',
    { schema: { summary: 'A mail that came in, whole', params: oneMail, response: answering(incomingMail) } },
    async ({ params }) => {
      const { raw: _raw, ...mail } = await stores.incoming.find(params.id)
      return mail
    },
  )

  app.get('/api/mails/in/:id/raw', { schema: { summary: 'A mail as it came', params: oneMail } }, async ({ params }, reply) => {
    const { raw, at } = await stores.incoming.find(params.id)
    const file = rawMail(raw)
    const found = await stat(file).catch(() => null)
    if (found === null) throw new ServiceError('not_found')
    return reply
      .header('content-type', 'application/octet-stream')
      .header('content-length', found.size)
      .header('content-disposition', `attachment; filename="courriel-${at.slice(0, 16).replaceAll(/[T:]/g, '-')}.eml"`)
      .send(createReadStream(file))
  })

  app.post(
    '/api/mails/in/:id/seen',
    { schema: { summary: 'Say that a mail was looked at', params: oneMail, response: answering(z.object({})) } },
    async (request) => {
      await stores.incoming.see(request.params.id, signedIn(request))
      return {}
    },
  )
}
