import { z } from 'zod'
import { ownSessions, passwordChange } from '../contract/accounts.ts'
import { session, signIn as credentials } from '../contract/http.ts'
import { signedInOrStep } from '../contract/second-factor.ts'
import { signInWays } from '../contract/sign-in.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'
import { fromOf } from './sign-in.ts'

const leaving = z.object({ continueAt: z.string() })
const oneSession = z.object({ id: z.uuid() })

/** Signing in and out. */
export function sessionRoutes(
  app: App,
  { sessions, signIn, providers, desk }: Pick<HttpParts, 'sessions' | 'signIn' | 'providers' | 'desk'>,
): void {
  app.get(
    '/api/sign-in',
    { schema: { summary: 'How one may sign in, and what this browser’s sign-in still waits for', response: answering(signInWays) } },
    async (request) => ({ ways: [...providers.ways], step: (await signIn.waiting(request.headers.cookie))?.asked ?? null }),
  )

  app.post(
    '/api/session',
    { schema: { summary: 'Sign in', body: credentials, response: answering(signedInOrStep) } },
    async (request, reply) => {
      const { login, password } = request.body
      const outcome = await signIn.byPassword(login, password, fromOf(request))
      void reply.header('set-cookie', outcome.setCookie)
      return outcome.kind === 'session' ? outcome.session : { step: outcome.step }
    },
  )

  app.get('/api/session', { schema: { summary: 'Who I am', response: answering(session) } }, (request) => signedIn(request))

  app.delete(
    '/api/session',
    { schema: { summary: 'Sign out; where to leave who vouched, too', response: { 200: leaving, 204: z.null() } } },
    async (request, reply) => {
      const { setCookie, provider } = await sessions.signOut(request.headers.cookie)
      leave(signedIn(request).id)
      void reply.header('set-cookie', setCookie)
      const continueAt = provider === null ? null : await providers.leaveAt(provider)
      return continueAt === null ? reply.code(204).send(null) : reply.code(200).send({ continueAt })
    },
  )

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
