import { z } from 'zod'
import { mails, mailSettling } from '../contract/http.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

/** The outbox, as it stands. */
export function mailRoutes(app: App, { stores, config, onMailOwed }: Pick<HttpParts, 'stores' | 'config' | 'onMailOwed'>): void {
  app.get('/api/mails', { schema: { summary: 'The latest mails', response: answering(mails) } }, async () =>
    (await stores.mails.list({ reveal: config.demo })).map((mail) => ({
      ...mail,
      at: mail.at.toISOString(),
      settledAt: mail.settledAt?.toISOString() ?? null,
    })),
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
