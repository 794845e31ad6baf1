import { z } from 'zod'
import { draftKey, drafts, draftWrite, draftWritten } from '../contract/drafts.ts'
import type { Session } from '../contract/http.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

export const oneDraft = z.object({ key: draftKey })

/** The call that a draft is of; null for a ticket without one. @throws ServiceError `forbidden` for somebody else's */
export function callOfDraft(key: string, me: Session): string | null {
  if (!key.startsWith('hand-')) return key
  if (!key.startsWith(`hand-${me.id}-`)) throw new ServiceError('forbidden')
  return null
}

/** Tickets being written: saved at each pause, shared for the calls they are of. From memory, whatever the database does. */
export function draftRoutes(app: App, { drafts: book }: Pick<HttpParts, 'drafts'>): void {
  app.get('/api/drafts', { schema: { summary: 'Tickets being written', response: answering(drafts) } }, (request) => {
    const seen = book.seenBy(signedIn(request).id)
    return { drafts: [...seen.drafts], over: [...seen.over] }
  })

  app.put(
    '/api/drafts/:key',
    { schema: { summary: 'Keep a ticket being written', params: oneDraft, body: draftWrite, response: answering(draftWritten) } },
    (request) => {
      const me = signedIn(request)
      const { key } = request.params
      return book.write(key, callOfDraft(key, me), request.body, { id: me.id, name: me.name })
    },
  )

  app.delete(
    '/api/drafts/:key',
    { schema: { summary: 'A ticket written without a call is saved, or dropped', params: oneDraft, response: { 204: z.null() } } },
    async (request, reply) => {
      const { key } = request.params
      if (callOfDraft(key, signedIn(request)) !== null) throw new ServiceError('conflict', 'un appel répondu attend un ticket ou un mot')
      book.end(key)
      return reply.code(204).send(null)
    },
  )
}
