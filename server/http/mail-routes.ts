import { mails } from '../contract/http.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

/** The outbox, as it stands. */
export function mailRoutes(app: App, { stores }: Pick<HttpParts, 'stores'>): void {
  app.get('/api/mails', { schema: { summary: 'The latest mails', response: answering(mails) } }, async () =>
    (await stores.mails.list()).map((mail) => ({ ...mail, at: mail.at.toISOString() })),
  )
}
