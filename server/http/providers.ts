import type { Cas, Oidc } from '../config-providers.ts'
import type { SignInWay } from '../contract/sign-in.ts'
import { createCas, type CasWay } from './cas.ts'
import { createOidc, type OidcWay } from './oidc.ts'
import type { Provider } from './sign-in.ts'
import type { Vouching } from './vouched.ts'

/** Those who vouch for people instead of a password. */
export type Providers = {
  readonly oidc: OidcWay | null
  readonly cas: CasWay | null
  /** What the sign-in page offers. */
  readonly ways: readonly SignInWay[]
  readonly accountOf: Vouching
  /** Where the browser goes to leave who vouched, too; null: nowhere. */
  leaveAt(provider: Provider): Promise<string | null>
}

export function createProviders(
  { oidc: oidcSettings, cas: casSettings, publicUrl }: { readonly oidc: Oidc | null; readonly cas: Cas | null; readonly publicUrl: string },
  accountOf: Vouching,
): Providers {
  const oidc = oidcSettings === null ? null : createOidc(oidcSettings, publicUrl)
  const cas = casSettings === null ? null : createCas(casSettings, publicUrl)
  return {
    oidc,
    cas,
    accountOf,
    ways: [
      ...(oidc === null ? [] : [{ kind: 'oidc' as const, name: oidc.name, href: '/api/sign-in/oidc' }]),
      ...(cas === null ? [] : [{ kind: 'cas' as const, name: cas.name, href: '/api/sign-in/cas' }]),
    ],
    async leaveAt({ kind, idToken }) {
      if (kind === 'cas') return cas?.leaveAt() ?? null
      return oidc === null || idToken === undefined ? null : oidc.leaveAt(idToken)
    },
  }
}
