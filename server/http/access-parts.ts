import type { Role } from '../contract/entities.ts'
import type { Cas, Oidc } from '../config-providers.ts'
import type { DirectorySettings } from '../contract/settings.ts'
import type { Stores } from '../database/stores.ts'
import { createApiKeys } from './api-keys.ts'
import { createProviders } from './providers.ts'
import { createSecondFactor } from './second-factor.ts'
import type { Sessions } from './sessions.ts'
import { createSignIn } from './sign-in.ts'
import { createSignInSteps } from './sign-in-steps.ts'
import { createVouching } from './vouched.ts'

/** What lets people in, put together. @param parts.key the site's secret @param parts.now in ms */
export function createAccess(parts: {
  readonly stores: Pick<Stores, 'accounts' | 'people' | 'secondFactors' | 'keys'>
  readonly sessions: Sessions
  readonly key: string
  readonly config: { readonly publicUrl: string; readonly oidc: Oidc | null; readonly cas: Cas | null; readonly demo: boolean }
  /** What applications and keys call this service. */
  readonly issuer: () => string
  readonly requiredFor: () => readonly Role[]
  readonly resetHours: () => number
  /** Which groups give which role. */
  readonly rules: () => DirectorySettings['roles']
  readonly onAccountChanged: (accountId: string) => void
  readonly now: () => number
}) {
  const { stores, sessions, config, now } = parts
  const { publicUrl } = config
  const steps = createSignInSteps(stores.secondFactors, { publicUrl, now })
  const secondFactor = createSecondFactor({ ...parts, publicUrl, store: stores.secondFactors })
  const signIn = createSignIn({ sessions, secondFactor, steps, accounts: stores.accounts })
  const vouching = createVouching({
    accounts: stores.accounts,
    people: stores.people,
    rules: parts.rules,
    onChange: parts.onAccountChanged,
  })
  return {
    steps,
    secondFactor,
    signIn,
    providers: createProviders(config, vouching),
    apiKeys: createApiKeys(stores.keys, { demo: config.demo, now }),
  }
}
