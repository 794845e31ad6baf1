import { z } from 'zod'
import type { FastifyRequest } from 'fastify'
import { ownSessions, passwordChange } from '../contract/accounts.ts'
import { session, signIn } from '../contract/http.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneSession = z.object({ id: z.uuid() })
const fromOf = ({ ip, headers }: Pick<FastifyRequest, 'ip' | 'headers'>) => ({
  address: ip,
  cookie: headers.cookie,
  browser: headers['user-agent'],
})

/** Signing in and out. */
export function sessionRoutes(app: App, { sessions, desk }: Pick<HttpParts, 'sessions' | 'desk'>): void {
  app.post('/api/session', { schema: { summary: 'Sign in', body: signIn, response: answering(session) } }, async (request, reply) => {
    const { login, password } = request.body
    const opened = await sessions.signIn(login, password, fromOf(request))
    return reply.header('set-cookie', opened.setCookie).send(opened.session)
  })

  app.get('/api/session', { schema: { summary: 'Who I am', response: answering(session) } }, (request) => signedIn(request))

  app.delete('/api/session', { schema: { summary: 'Sign out', response: { 204: z.null() } } }, async (request, reply) => {
    const cleared = await sessions.signOut(request.headers.cookie)
    leave(signedIn(request).id)
    return reply.code(204).header('set-cookie', cleared).send(null)
  })

  app.get('/api/sessions', { schema: { summary: 'Where I am signed in', response: answering(ownSessions) } }, (request) =>
    sessions.list(signedIn(request).id, request.headers.cookie),
  )

  app.delete(
    '/api/sessions/:id',
    { schema: { summary: 'End one of my sessions', params: oneSession, response: { 204: z.null() } } },
    async (request, reply) => {
      await sessions.end(signedIn(request).id, request.params.id)
      return reply.code(204).send(null)
    },
  )

  app.put(
    '/api/session/password',
    { schema: { summary: 'Change my password; my other sessions end', body: passwordChange, response: { 204: z.null() } } },
    async (request, reply) => {
      const { current, password } = request.body
      await sessions.changePassword(signedIn(request), current, password, fromOf(request))
      return reply.code(204).send(null)
    },
  )

  /** Whoever leaves is not rung any more; one who still talks stays until the call's end. */
  function leave(accountId: string): void {
    try {
      desk.changeOperator(accountId, { state: 'offline' })
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
    }
  }
}
