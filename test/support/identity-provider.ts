import { once } from 'node:events'
import type { Server } from 'node:http'
import Provider from 'oidc-provider'
import { freeTcpPort } from './free-port.ts'

export type Claims = Readonly<Record<string, unknown>>
export type IdentityProvider = {
  readonly issuer: string
  /** What a browser does there as somebody: sign in, agree. @returns where it is led back to, at the service */
  visit(url: string, login: string): Promise<string>
  /** What a browser does there to leave, once it has visited as somebody. */
  leave(url: string, login: string): Promise<void>
  stop(): Promise<void>
}

export const clientSecret = 'a-secret-of-the-tests-that-is-long-enough'

/** A real OpenID provider (npm oidc-provider) on the loopback, with its own development pages for signing in and agreeing. */
export async function startIdentityProvider(
  publicUrl: string,
  people: Readonly<Record<string, Claims>>,
  /** Where it says that somebody has left. */
  backchannel?: string,
): Promise<IdentityProvider> {
  const port = await freeTcpPort()
  const issuer = `http://127.0.0.1:${port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'guichet',
        client_secret: clientSecret,
        redirect_uris: [`${publicUrl}/api/sign-in/oidc/return`],
        post_logout_redirect_uris: [`${publicUrl}/`],
        ...(backchannel !== undefined && { backchannel_logout_uri: backchannel, backchannel_logout_session_required: true }),
      },
    ],
    findAccount: (_ctx: unknown, id: string) =>
      people[id] === undefined ? undefined : { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'], email: ['email'] },
    pkce: { required: () => true },
    // By itself it speaks to no address of this machine.
    fetch: (url: string, { dispatcher: _own, ...options }: RequestInit & { readonly dispatcher?: unknown }) => fetch(url, options),
    features: { backchannelLogout: { enabled: backchannel !== undefined } },
    cookies: { keys: ['a key of the tests'] },
  })
  const server: Server = provider.listen(port, '127.0.0.1')
  await once(server, 'listening')

  /** The cookies of whose browser came last. */
  const kept = new Map<string, Map<string, string>>()
  async function page(cookies: Map<string, string>, at: string, body: URLSearchParams | null) {
    const answer = await fetch(at, {
      method: body === null ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body && { body }),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }

  async function visit(url: string, login: string): Promise<string> {
    const cookies = new Map<string, string>()
    kept.set(login, cookies)
    let [at, body]: [string, URLSearchParams | null] = [url, null]
    for (let hops = 0; hops < 20; hops += 1) {
      const answer = await page(cookies, at, body)
      body = null
      const location = answer.headers.get('location')
      if (location !== null) {
        at = new URL(location, at).href
        if (at.startsWith(publicUrl)) return at
        continue
      }
      const text = await answer.text()
      const form = /action="([^"]*\/interaction\/[^"]*)"/.exec(text)?.[1]
      if (form === undefined) throw new Error(`The provider says ${answer.status}: ${text.slice(0, 400)}`)
      at = new URL(form, at).href
      body = new URLSearchParams(text.includes('value="login"') ? { prompt: 'login', login, password: 'any' } : { prompt: 'consent' })
    }
    throw new Error('The provider leads nowhere')
  }

  return {
    issuer,
    visit,
    async leave(url, login) {
      const cookies = kept.get(login) ?? new Map<string, string>()
      const asked = await (await page(cookies, url, null)).text()
      const [form, xsrf] = [/action="([^"]+)"/.exec(asked)?.[1], /name="xsrf" value="([^"]+)"/.exec(asked)?.[1]]
      if (form === undefined || xsrf === undefined) throw new Error(`The provider says ${asked.slice(0, 400)}`)
      const answer = await page(cookies, new URL(form, url).href, new URLSearchParams({ xsrf, logout: 'yes' }))
      if (answer.status >= 400) throw new Error(`The provider says ${answer.status}: ${(await answer.text()).slice(0, 400)}`)
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
