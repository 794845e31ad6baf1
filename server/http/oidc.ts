import type { JWTVerifyGetKey } from 'jose'
import type { Configuration } from 'openid-client'
import type { Oidc } from '../config-providers.ts'
import { ServiceError } from '../errors.ts'
import { onceEach, readLogoutToken } from './oidc-logout.ts'
import type { Vouched } from './vouched.ts'

const timeoutSeconds = 10
// Read when somebody signs in this way: callers are served before.
const library = () => import('openid-client')

/** What a browser must bring back, kept until then. */
export type OidcKept = { readonly state: string; readonly nonce: string; readonly verifier: string }

const listOf = (claim: unknown): string[] => [claim ?? []].flat().filter((one) => typeof one === 'string')

/** OpenID Connect, by the code flow with PKCE. The provider is discovered when it is first needed, and again while it is away. */
export function createOidc(settings: Oidc, publicUrl: string) {
  const redirectUri = `${publicUrl}/api/sign-in/oidc/return`
  let known: Promise<Configuration> | null = null
  let keys: JWTVerifyGetKey | null = null
  const isNew = onceEach()

  async function keysOf(config: Configuration): Promise<JWTVerifyGetKey> {
    const { jwks_uri: address } = config.serverMetadata()
    if (address === undefined) throw new ServiceError('invalid_body', 'logout_token')
    const { createRemoteJWKSet } = await import('jose')
    return createRemoteJWKSet(new URL(address), { timeoutDuration: timeoutSeconds * 1_000 })
  }

  async function discover(): Promise<Configuration> {
    const { discovery, allowInsecureRequests, ClientSecretBasic, Configuration: Made } = await library()
    const { issuer, clientId, clientSecret } = settings
    const insecure = issuer.startsWith('http:') ? { execute: [allowInsecureRequests] } : {}
    const found = await discovery(new URL(issuer), clientId, clientSecret ?? undefined, undefined, { timeout: timeoutSeconds, ...insecure })
    const methods = found.serverMetadata().token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    if (clientSecret === null || methods.includes('client_secret_post')) return found
    const basic = new Made(found.serverMetadata(), clientId, clientSecret, ClientSecretBasic(clientSecret))
    basic.timeout = timeoutSeconds
    if (issuer.startsWith('http:')) allowInsecureRequests(basic)
    return basic
  }

  /** @throws ServiceError `provider_away` */
  function configuration(): Promise<Configuration> {
    known ??= discover().catch((error: unknown) => {
      known = null
      throw new ServiceError('provider_away', undefined, error)
    })
    return known
  }

  return {
    name: settings.name,

    /** Where the browser is sent, and what it must bring back. @throws ServiceError `provider_away` */
    async begin(): Promise<{ readonly url: string; readonly kept: OidcKept }> {
      const { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } = await library()
      const kept = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
      const url = buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: settings.scopes,
        state: kept.state,
        nonce: kept.nonce,
        code_challenge: await calculatePKCECodeChallenge(kept.verifier),
        code_challenge_method: 'S256',
      })
      return { url: url.href, kept }
    },

    /**
     * Who came back. @param query as the browser brought it, `?code=…&state=…`
     * @throws ServiceError `provider_away`, `provider_refused`
     */
    async finish(query: string, kept: OidcKept): Promise<Vouched & { readonly idToken: string; readonly sid: string | null }> {
      const { authorizationCodeGrant, fetchUserInfo } = await library()
      const config = await configuration()
      try {
        const tokens = await authorizationCodeGrant(config, new URL(`${redirectUri}${query}`), {
          expectedState: kept.state,
          expectedNonce: kept.nonce,
          pkceCodeVerifier: kept.verifier,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (claims === undefined || tokens.id_token === undefined) throw new ServiceError('provider_refused')
        const more =
          config.serverMetadata().userinfo_endpoint === undefined ? {} : await fetchUserInfo(config, tokens.access_token, claims.sub)
        const said: Readonly<Record<string, unknown>> = { ...claims, ...more }
        const { login, name, groups } = settings.claims
        const written = said[login]
        if (typeof written !== 'string' || written.trim() === '') throw new ServiceError('provider_refused', login)
        return {
          kind: 'oidc',
          subject: claims.sub,
          login: written.trim(),
          name: typeof said[name] === 'string' ? said[name] : written.trim(),
          groups: groups === null ? null : listOf(said[groups]),
          idToken: tokens.id_token,
          sid: typeof claims['sid'] === 'string' ? claims['sid'] : null,
        }
      } catch (error) {
        if (error instanceof ServiceError) throw error
        throw new ServiceError(isAway(error) ? 'provider_away' : 'provider_refused', undefined, error)
      }
    },

    /**
     * Who the provider says has left (OpenID Connect Back-Channel Logout 1.0): one of its sessions, or all of somebody's.
     * @throws ServiceError `provider_away`; `invalid_body` for a token that is not its own, not for us, over, or come before
     */
    async left(token: string): Promise<{ readonly sid: string | null; readonly subject: string | null }> {
      const config = await configuration()
      keys ??= await keysOf(config)
      return readLogoutToken(token, { keys, issuer: config.serverMetadata().issuer, audience: settings.clientId, isNew })
    },

    /** Where the browser goes to leave the provider too; null when it has no such place, or is away. */
    async leaveAt(idToken: string): Promise<string | null> {
      const { buildEndSessionUrl } = await library()
      const config = await configuration().catch(() => null)
      if (config?.serverMetadata().end_session_endpoint === undefined) return null
      return buildEndSessionUrl(config, { id_token_hint: idToken, post_logout_redirect_uri: `${publicUrl}/` }).href
    },
  }
}
export type OidcWay = ReturnType<typeof createOidc>

/** The network, or its time limit: the library wraps what fetch throws. */
function isAway(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if (at.name === 'TimeoutError' || at.name === 'AbortError' || (at instanceof TypeError && at.message === 'fetch failed')) return true
  return false
}
