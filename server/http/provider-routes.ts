import { z } from 'zod'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ServiceError } from '../errors.ts'
import type { App } from './app-type.ts'
import { readLogoutRequest } from './cas-answer.ts'
import { ticketHash } from './cas.ts'
import type { OidcKept } from './oidc.ts'
import type { HttpParts } from './ports.ts'
import { fromOf, type Provider } from './sign-in.ts'
import type { Vouched } from './vouched.ts'

const destination = z.object({ to: z.string().max(500).optional() })
const answered = z.record(z.string(), z.string().max(4_000).or(z.array(z.string()).max(5)))
const redirecting = { 302: z.null() }

/** A page of our own, and nothing else: whoever signs in is sent nowhere. */
export const ownPage = (to: string | undefined): string => (to !== undefined && /^\/(?![/\\])[^\\\s]*$/.test(to) ? to : '/console')

type Parts = Pick<HttpParts, 'signIn' | 'steps' | 'providers' | 'sessions' | 'stores' | 'log'>

/** Signing in by who vouches elsewhere: the browser goes there and comes back. */
export function providerRoutes(app: App, { signIn, steps, providers: { oidc, cas, accountOf }, sessions, stores, log }: Parts): void {
  const refuse = (reply: FastifyReply, error: unknown) => {
    const code = error instanceof ServiceError ? error.code : 'internal'
    log.warn(
      { reason: code, detail: error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined },
      'A provider of identities let nobody in',
    )
    return reply.header('set-cookie', steps.clear()).redirect(`/console?refus=${code}`)
  }

  /** The step this browser began, which ends here whatever comes of it: nothing is brought back twice. */
  async function begun(request: FastifyRequest, kind: string): Promise<Readonly<Record<string, unknown>>> {
    const step = await steps.read(request.headers.cookie, kind)
    if (step === null || !(await steps.end(step))) throw new ServiceError('step_over')
    return step.content
  }

  async function enter(request: FastifyRequest, reply: FastifyReply, vouched: Vouched, provider: Provider, to: unknown) {
    const outcome = await signIn.proceed(await accountOf(vouched), fromOf(request), provider)
    const cookies = outcome.kind === 'session' ? [outcome.setCookie, steps.clear()] : [outcome.setCookie]
    return reply.header('set-cookie', cookies).redirect(ownPage(typeof to === 'string' ? to : undefined))
  }

  app.get(
    '/api/sign-in/oidc',
    { schema: { summary: 'Sign in by OpenID Connect: go there', querystring: destination, response: redirecting } },
    async (request, reply) => {
      if (oidc === null) throw new ServiceError('not_found')
      try {
        const { url, kept } = await oidc.begin()
        const cookie = await steps.begin('oidc', null, { ...kept, to: ownPage(request.query.to) })
        return reply.header('set-cookie', cookie).redirect(url)
      } catch (error) {
        return refuse(reply, error)
      }
    },
  )

  app.get(
    '/api/sign-in/oidc/return',
    { schema: { summary: 'Sign in by OpenID Connect: come back', querystring: answered, response: redirecting } },
    async (request, reply) => {
      if (oidc === null) throw new ServiceError('not_found')
      try {
        const { to, ...kept } = await begun(request, 'oidc')
        const asked = request.url.indexOf('?')
        const { idToken, sid, ...vouched } = await oidc.finish(asked < 0 ? '' : request.url.slice(asked), kept as OidcKept)
        const provider = { kind: 'oidc', idToken, subject: vouched.subject, ...(sid !== null && { sid }) } as const
        return await enter(request, reply, vouched, provider, to)
      } catch (error) {
        return refuse(reply, error)
      }
    },
  )

  app.get(
    '/api/sign-in/cas',
    { schema: { summary: 'Sign in by CAS: go there', querystring: destination, response: redirecting } },
    async (request, reply) => {
      if (cas === null) throw new ServiceError('not_found')
      const { url, kept } = cas.begin()
      return reply.header('set-cookie', await steps.begin('cas', null, { ...kept, to: ownPage(request.query.to) })).redirect(url)
    },
  )

  app.get(
    '/api/sign-in/cas/return',
    { schema: { summary: 'Sign in by CAS: come back', querystring: answered, response: redirecting } },
    async (request, reply) => {
      if (cas === null) throw new ServiceError('not_found')
      try {
        const { to, state } = await begun(request, 'cas')
        const { ticket } = request.query
        if (typeof ticket !== 'string' || typeof state !== 'string' || request.query['state'] !== state)
          throw new ServiceError('provider_refused')
        const { ticketHash: hash, ...vouched } = await cas.finish(ticket, state)
        return await enter(request, reply, vouched, { kind: 'cas', ticketHash: hash }, to)
      } catch (error) {
        return refuse(reply, error)
      }
    },
  )

  void app.register(async (form) => {
    form.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 65_536 }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    form.post(
      '/api/sign-in/oidc/logout',
      {
        schema: {
          summary: 'OpenID Connect: the provider says that somebody has left there',
          body: z.object({ logout_token: z.string().max(20_000) }),
          response: { 204: z.null() },
        },
      },
      async (request: FastifyRequest, reply: FastifyReply) => {
        if (oidc === null) throw new ServiceError('not_found')
        const { logout_token: token } = request.body as { logout_token: string }
        for (const accountId of await stores.accounts.endProviderSessions(await oidc.left(token))) sessions.forget(accountId)
        return reply.code(204).header('cache-control', 'no-store').send(null)
      },
    )
    form.post(
      '/api/sign-in/cas/return',
      {
        schema: {
          summary: 'CAS: somebody has left there',
          body: z.object({ logoutRequest: z.string().max(65_536) }),
          response: { 204: z.null() },
        },
      },
      async (request: FastifyRequest, reply: FastifyReply) => {
        if (cas === null) throw new ServiceError('not_found')
        const { logoutRequest } = request.body as { logoutRequest: string }
        let ticket: string
        try {
          ticket = readLogoutRequest(logoutRequest)
        } catch {
          throw new ServiceError('invalid_body', 'logoutRequest')
        }
        for (const accountId of await stores.accounts.endTicketSessions(ticketHash(ticket))) sessions.forget(accountId)
        return reply.code(204).send(null)
      },
    )
  })
}
