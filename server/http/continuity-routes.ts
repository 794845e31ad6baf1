import { basename, dirname } from 'node:path'
import { continuityPassword, continuityState } from '../contract/continuity.ts'
import { ServiceError } from '../errors.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

/** The encrypted sheet for the day when nothing answers. */
export function continuityRoutes(app: App, { continuity }: Pick<HttpParts, 'continuity'>): void {
  app.get(
    '/api/continuity',
    { schema: { summary: 'Whether the continuity sheet is made, and of when', response: answering(continuityState) } },
    () => continuity.state(),
  )

  app.put(
    '/api/continuity/password',
    {
      schema: {
        summary: 'Choose the password that opens the sheets made from now on; it is kept nowhere',
        body: continuityPassword,
        response: answering(continuityState),
      },
    },
    ({ body }) => continuity.choose(body.password),
  )

  app.get(
    '/api/continuity/sheet',
    { schema: { summary: 'The last continuity sheet, encrypted: one HTML file that opens itself' } },
    (_request, reply) => {
      const { file } = continuity
      if (file === null) throw new ServiceError('not_found')
      return reply
        .header('content-disposition', `attachment; filename="${basename(file)}"`)
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .sendFile(basename(file), dirname(file), { cacheControl: false })
    },
  )
}
