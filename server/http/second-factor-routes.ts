import { z } from 'zod'
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  enrolled,
  passkeyAnswer,
  passkeyCreation,
  passkeyOptions,
  passwordProof,
  recoveryCodesGiven,
  secondFactorCode,
  secondFactorState,
  totpOffer,
} from '../contract/second-factor.ts'
import { session } from '../contract/http.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'
import { enrolling, fromOf } from './sign-in.ts'

const onePasskey = z.object({ id: z.string().min(1).max(1_500) })
const given = (codes: readonly string[] | null) => ({ recoveryCodes: codes === null ? null : [...codes] })

type Parts = Pick<HttpParts, 'signIn' | 'sessions' | 'secondFactor' | 'steps' | 'stores' | 'onAccountsChanged'>

/** The rest of a sign-in whose password was right: by the cookie of its step, with no session yet. */
export function signInStepRoutes(app: App, { signIn, secondFactor, steps }: Parts): void {
  const held = async (request: FastifyRequest, kind: 'code' | 'enrol' | null = null) => {
    const found = await signIn.waiting(request.headers.cookie)
    if (found === null || (kind !== null && found.asked.kind !== kind)) throw new ServiceError('step_over')
    return found
  }
  const finish = async (request: FastifyRequest, reply: FastifyReply, step: Awaited<ReturnType<typeof held>>) => {
    const opened = await signIn.finish(step, fromOf(request))
    void reply.header('set-cookie', [opened.setCookie, steps.clear()])
    return opened.session
  }
  const remembered = (step: Awaited<ReturnType<typeof held>>, name: string): string => {
    const value = step.content[name]
    if (typeof value !== 'string') throw new ServiceError('step_over')
    return value
  }

  app.delete('/api/session/step', { schema: { summary: 'Give this sign-in up', response: { 204: z.null() } } }, async (request, reply) => {
    const found = await signIn.waiting(request.headers.cookie)
    if (found !== null) await steps.end(found)
    return reply.code(204).header('set-cookie', steps.clear()).send(null)
  })

  app.post(
    '/api/session/step/code',
    {
      schema: { summary: 'Sign in: a code of an application, or a recovery code', body: secondFactorCode, response: answering(session) },
    },
    async (request, reply) => {
      const step = await held(request, 'code')
      await secondFactor.useCode(step.account, request.body.code, request.ip)
      return finish(request, reply, step)
    },
  )

  app.post(
    '/api/session/step/passkey/options',
    { schema: { summary: 'Sign in: what a passkey is to sign', response: answering(passkeyOptions) } },
    async (request) => {
      const step = await held(request, 'code')
      const { options, challenge } = await secondFactor.askPasskey(step.account)
      await steps.change(step, { ...step.content, challenge })
      return options
    },
  )

  app.post(
    '/api/session/step/passkey',
    { schema: { summary: 'Sign in: what a passkey has signed', body: passkeyAnswer, response: answering(session) } },
    async (request, reply) => {
      const step = await held(request, 'code')
      const challenge = remembered(step, 'challenge')
      // Signed or not, what was asked serves once.
      await steps.change(step, { ...step.content, challenge: null })
      await secondFactor.usePasskey(step.account, challenge, request.body.response, request.ip)
      return finish(request, reply, step)
    },
  )

  app.post(
    '/api/session/step/totp',
    { schema: { summary: 'A secret for an application, where a second factor is required first', response: answering(totpOffer) } },
    async (request) => {
      const step = await held(request, 'enrol')
      const { sealed, ...offer } = secondFactor.offerTotp(step.account)
      await steps.change(step, { ...step.content, sealed })
      return offer
    },
  )

  app.put(
    '/api/session/step/totp',
    {
      schema: { summary: 'Confirm the application by its first code, and sign in', body: secondFactorCode, response: answering(enrolled) },
    },
    async (request, reply) => {
      const step = await held(request, 'enrol')
      const codes = await secondFactor.confirmTotp(step.account, remembered(step, 'sealed'), request.body.code, request.ip)
      return { ...given(codes), session: await finish(request, reply, step) }
    },
  )

  app.post(
    '/api/session/step/passkeys/options',
    {
      schema: { summary: 'What a new passkey is made from, where a second factor is required first', response: answering(passkeyOptions) },
    },
    async (request) => {
      const step = await held(request, 'enrol')
      const { options, challenge } = await secondFactor.askNewPasskey(step.account)
      await steps.change(step, { ...step.content, challenge })
      return options
    },
  )

  app.post(
    '/api/session/step/passkeys',
    { schema: { summary: 'Register a passkey, and sign in', body: passkeyCreation, response: answering(enrolled) } },
    async (request, reply) => {
      const step = await held(request, 'enrol')
      const codes = await secondFactor.addPasskey(step.account, remembered(step, 'challenge'), request.body.response, request.body.name)
      return { ...given(codes), session: await finish(request, reply, step) }
    },
  )
}

/** One's own protections. */
export function secondFactorRoutes(app: App, { sessions, secondFactor, steps, stores, onAccountsChanged }: Parts): void {
  const pending = async (request: FastifyRequest, name: string) => {
    const step = await steps.read(request.headers.cookie, enrolling)
    const value = step?.content[name]
    if (step === null || step.accountId !== signedIn(request).id || typeof value !== 'string') throw new ServiceError('step_over')
    if (!(await steps.end(step))) throw new ServiceError('step_over')
    return { value, again: () => steps.begin(enrolling, step.accountId, step.content) }
  }
  const stateOf = async (request: FastifyRequest) => {
    const me = signedIn(request)
    return { ...(await secondFactor.state(me)), asksPassword: await sessions.hasPassword(me) }
  }

  app.get(
    '/api/second-factor',
    { schema: { summary: 'What protects my account beside my password', response: answering(secondFactorState) } },
    (request) => stateOf(request),
  )

  app.post(
    '/api/second-factor/totp',
    { schema: { summary: 'A secret for an application that shows codes', response: answering(totpOffer) } },
    async (request, reply) => {
      const me = signedIn(request)
      const { sealed, ...offer } = secondFactor.offerTotp(me)
      void reply.header('set-cookie', await steps.begin(enrolling, me.id, { sealed }))
      return offer
    },
  )

  app.put(
    '/api/second-factor/totp',
    { schema: { summary: 'Confirm the application by its first code', body: secondFactorCode, response: answering(recoveryCodesGiven) } },
    async (request, reply) => {
      const { value, again } = await pending(request, 'sealed')
      try {
        return given(await secondFactor.confirmTotp(signedIn(request), value, request.body.code, request.ip))
      } catch (error) {
        // A mistyped code costs no new secret.
        void reply.header('set-cookie', await again())
        throw error
      }
    },
  )

  app.delete(
    '/api/second-factor/totp',
    { schema: { summary: 'Forget the application', body: passwordProof, response: answering(secondFactorState) } },
    async (request) => {
      await sessions.prove(signedIn(request), request.body.password, fromOf(request))
      await secondFactor.remove(signedIn(request), { totp: true })
      return stateOf(request)
    },
  )

  app.post(
    '/api/second-factor/recovery',
    { schema: { summary: 'New recovery codes; the former are void', body: passwordProof, response: answering(recoveryCodesGiven) } },
    async (request) => {
      const me = signedIn(request)
      await sessions.prove(me, request.body.password, fromOf(request))
      const { totpSince, passkeys } = await secondFactor.state(me)
      if (totpSince === null && passkeys.length === 0) throw new ServiceError('conflict')
      return given(await secondFactor.newRecoveryCodes(me))
    },
  )

  app.post(
    '/api/second-factor/passkeys/options',
    { schema: { summary: 'What a new passkey is made from', response: answering(passkeyOptions) } },
    async (request, reply) => {
      const me = signedIn(request)
      const { options, challenge } = await secondFactor.askNewPasskey(me)
      void reply.header('set-cookie', await steps.begin(enrolling, me.id, { challenge }))
      return options
    },
  )

  app.post(
    '/api/second-factor/passkeys',
    { schema: { summary: 'Register a passkey', body: passkeyCreation, response: answering(recoveryCodesGiven) } },
    async (request) => {
      const { value } = await pending(request, 'challenge')
      return given(await secondFactor.addPasskey(signedIn(request), value, request.body.response, request.body.name))
    },
  )

  app.delete(
    '/api/second-factor/passkeys/:id',
    { schema: { summary: 'Remove a passkey', params: onePasskey, body: passwordProof, response: answering(secondFactorState) } },
    async (request) => {
      await sessions.prove(signedIn(request), request.body.password, fromOf(request))
      await secondFactor.remove(signedIn(request), { passkey: request.params.id })
      return stateOf(request)
    },
  )

  app.delete(
    '/api/accounts/:id/second-factor',
    {
      schema: {
        summary: 'Take somebody’s second factor away, who lost it, or give them time anew to set one up; their sessions end',
        params: z.object({ id: z.string().max(200) }),
        response: { 204: z.null() },
      },
    },
    async ({ params }, reply) => {
      if (!(await stores.accounts.all()).some(({ id }) => id === params.id)) throw new ServiceError('not_found')
      await secondFactor.reset(params.id)
      await stores.accounts.endSessions(params.id)
      onAccountsChanged([params.id])
      return reply.code(204).send(null)
    },
  )
}
