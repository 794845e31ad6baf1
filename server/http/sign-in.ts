import type { FastifyRequest } from 'fastify'
import type { Session } from '../contract/http.ts'
import type { SignInStep } from '../contract/second-factor.ts'
import type { Account, AccountStore } from '../database/account-store.ts'
import type { Step } from '../database/second-factor-store.ts'
import { ServiceError } from '../errors.ts'
import type { SecondFactor } from './second-factor.ts'
import type { Sessions, SignInFrom } from './sessions.ts'
import type { SignInSteps } from './sign-in-steps.ts'

/** A step's kind: the password was right, or somebody else vouched; something is still awaited. */
const waitingKind = 'sign-in'
/** A protection is being added by somebody who is signed in. */
export const enrolling = 'enrolling'

export const fromOf = ({ ip, headers }: Pick<FastifyRequest, 'ip' | 'headers'>): SignInFrom => ({
  address: ip,
  cookie: headers.cookie,
  browser: headers['user-agent'],
})

/** Who vouched for somebody instead of a password, and what ending that session needs. */
export type Provider = {
  readonly kind: 'oidc' | 'cas'
  readonly idToken?: string
  /** Whom the provider knows them as, and its own session of theirs, by which it says that they have left. */
  readonly subject?: string
  readonly sid?: string
  readonly ticketHash?: string
}
export type Waiting = Step & { readonly account: Account; readonly asked: SignInStep }
export type Outcome =
  | { readonly kind: 'session'; readonly session: Session; readonly setCookie: string }
  | { readonly kind: 'step'; readonly step: SignInStep; readonly setCookie: string }

/** From who somebody is to their session, by way of what their account asks beside. */
export function createSignIn(parts: {
  readonly sessions: Sessions
  readonly secondFactor: SecondFactor
  readonly steps: SignInSteps
  readonly accounts: Pick<AccountStore, 'byId'>
}) {
  const { sessions, secondFactor, steps, accounts } = parts

  /** This is somebody's account, as a password or a provider says. */
  async function proceed(account: Account, from: SignInFrom, provider: Provider | null): Promise<Outcome> {
    const step = await secondFactor.asked(account)
    if (step !== null) return { kind: 'step', step, setCookie: await steps.begin(waitingKind, account.id, { provider }) }
    return { kind: 'session', ...(await sessions.open(account, from, provider)) }
  }

  return {
    proceed,

    /** @throws ServiceError as `Sessions.check` */
    async byPassword(login: string, password: string, from: SignInFrom): Promise<Outcome> {
      return proceed(await sessions.check(login, password, from), from, null)
    },

    /** What this browser's sign-in still waits for; null when it waits for nothing. */
    async waiting(cookieHeader: string | undefined): Promise<Waiting | null> {
      const step = await steps.read(cookieHeader, waitingKind)
      const account = step?.accountId == null ? null : await accounts.byId(step.accountId)
      const asked = account === null ? null : await secondFactor.asked(account)
      return step === null || account === null || asked === null ? null : { ...step, account, asked }
    },

    /** What was awaited has come. @throws ServiceError `step_over` when the step has served */
    async finish(step: Waiting, from: SignInFrom): Promise<{ readonly session: Session; readonly setCookie: string }> {
      if (!(await steps.end(step))) throw new ServiceError('step_over')
      const provider = step.content['provider'] as Provider | null | undefined
      return sessions.open(step.account, from, provider ?? null)
    },
  }
}
export type SignIn = ReturnType<typeof createSignIn>
