import { z } from 'zod'
import { mails, mailSending, mailSettling, mailsQuery } from '../contract/http.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

type Parts = Pick<HttpParts, 'stores' | 'config' | 'mailReach' | 'onMailOwed'>

/** The outbox, as it stands. */
export function mailRoutes(app: App, { stores, config, mailReach, onMailOwed }: Parts): void {
  app.get(
    '/api/mails',
    { schema: { summary: 'The latest mails', querystring: mailsQuery, response: answering(mails) } },
    async ({ query: { only = null } }) =>
      (await stores.mails.list({ reveal: config.demo, only })).map((mail) => ({
        ...mail,
        at: mail.at.toISOString(),
        settledAt: mail.settledAt?.toISOString() ?? null,
      })),
  )

  app.get(
    '/api/mails/sending',
    { schema: { summary: 'Whether the mail server answers, and what waits for it', response: answering(mailSending) } },
    async () => ({ ...mailReach(), ...(await stores.mails.waiting()) }),
  )

  app.post(
    '/api/mails/retry',
    { schema: { summary: 'Try again now what could not leave', response: answering(z.object({ hastened: z.int() })) } },
    async () => {
      const hastened = await stores.mails.retry()
      onMailOwed()
      return { hastened }
    },
  )

  app.post(
    '/api/mails/:id/settle',
    {
      schema: {
        summary: 'Say that an uncertain mail arrived, or have it sent again',
        params: z.object({ id: z.string().max(100) }),
        body: mailSettling,
        response: answering(z.object({})),
      },
    },
    async (request) => {
      const { id, name } = signedIn(request)
      await stores.mails.settle(request.params.id, request.body.as, { id, name })
      if (request.body.as === 'again') onMailOwed()
      return {}
    },
  )
}
