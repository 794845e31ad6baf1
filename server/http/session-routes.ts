import { z } from 'zod'
import { session, signIn } from '../contract/http.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

/** Signing in and out. */
export function sessionRoutes(app: App, { sessions, desk }: Pick<HttpParts, 'sessions' | 'desk'>): void {
  app.post('/api/session', { schema: { summary: 'Sign in', body: signIn, response: answering(session) } }, async (request, reply) => {
    const { login, password } = request.body
    const opened = await sessions.signIn(login, password, { address: request.ip, cookie: request.headers.cookie })
    return reply.header('set-cookie', opened.setCookie).send(opened.session)
  })

  app.get('/api/session', { schema: { summary: 'Who I am', response: answering(session) } }, (request) => signedIn(request))

  app.delete('/api/session', { schema: { summary: 'Sign out', response: { 204: z.null() } } }, async (request, reply) => {
    const cleared = await sessions.signOut(request.headers.cookie)
    leave(signedIn(request).id)
    return reply.code(204).header('set-cookie', cleared).send(null)
  })

  /** Whoever leaves is not rung any more; one who still talks stays until the call's end. */
  function leave(accountId: string): void {
    try {
      desk.changeOperator(accountId, { state: 'offline' })
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
    }
  }
}
