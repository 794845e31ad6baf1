import type { Role } from '../contract/entities.ts'
import type { Stores } from '../database/stores.ts'
import { createSecondFactor } from './second-factor.ts'
import type { Sessions } from './sessions.ts'
import { createSignIn } from './sign-in.ts'
import { createSignInSteps } from './sign-in-steps.ts'

/** What lets people in, put together. @param parts.key the site's secret @param parts.now in ms */
export function createAccess(parts: {
  readonly stores: Pick<Stores, 'accounts' | 'secondFactors'>
  readonly sessions: Sessions
  readonly key: string
  readonly publicUrl: string
  /** What applications and keys call this service. */
  readonly issuer: () => string
  readonly requiredFor: () => readonly Role[]
  readonly now: () => number
}) {
  const { stores, sessions } = parts
  const steps = createSignInSteps(stores.secondFactors, parts)
  const secondFactor = createSecondFactor({ ...parts, store: stores.secondFactors })
  const signIn = createSignIn({ sessions, secondFactor, steps, accounts: stores.accounts })
  return { steps, secondFactor, signIn }
}
