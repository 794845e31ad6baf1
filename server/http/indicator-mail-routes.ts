import { z } from 'zod'
import { indicatorMail, indicatorMailList, indicatorMailSettings } from '../contract/indicator-mails.ts'
import { signedIn } from './access.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const one = z.object({ id: z.uuid() })

/** Which indicators go out by mail, to whom and how often. */
export function indicatorMailRoutes(app: App, { stores }: Pick<HttpParts, 'stores'>): void {
  const mails = stores.indicatorMails
  app.get('/api/indicators/mails', { schema: { summary: 'Mails of indicators', response: answering(indicatorMailList) } }, () =>
    mails.all(),
  )
  app.post(
    '/api/indicators/mails',
    { schema: { summary: 'Send indicators by mail from now on', body: indicatorMailSettings, response: creating(indicatorMail) } },
    async (request, reply) => reply.code(201).send(await mails.add(request.body, signedIn(request).name)),
  )
  app.put(
    '/api/indicators/mails/:id',
    { schema: { summary: 'Change a mail of indicators', params: one, body: indicatorMailSettings, response: answering(indicatorMail) } },
    (request) => mails.change(request.params.id, request.body, signedIn(request).name),
  )
  app.delete(
    '/api/indicators/mails/:id',
    { schema: { summary: 'Send these indicators no more', params: one, response: { 204: z.null() } } },
    async (request, reply) => {
      await mails.remove(request.params.id, signedIn(request).name)
      return reply.code(204).send(null)
    },
  )
}
