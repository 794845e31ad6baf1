import { once } from 'node:events'
import type { Server } from 'node:http'
import Provider from 'oidc-provider'
import { freeTcpPort } from './free-port.ts'

export type Claims = Readonly<Record<string, unknown>>
export type IdentityProvider = {
  readonly issuer: string
  /** What a browser does there as somebody: sign in, agree. @returns where it is led back to, at the service */
  visit(url: string, login: string): Promise<string>
  /** What one page answers, without going further. */
  stop(): Promise<void>
}

export const clientSecret = 'a-secret-of-the-tests-that-is-long-enough'

/** A real OpenID provider (npm oidc-provider) on the loopback, with its own development pages for signing in and agreeing. */
export async function startIdentityProvider(publicUrl: string, people: Readonly<Record<string, Claims>>): Promise<IdentityProvider> {
  const port = await freeTcpPort()
  const issuer = `http://127.0.0.1:${port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'guichet',
        client_secret: clientSecret,
        redirect_uris: [`${publicUrl}/api/sign-in/oidc/return`],
        post_logout_redirect_uris: [`${publicUrl}/`],
      },
    ],
    findAccount: (_ctx: unknown, id: string) =>
      people[id] === undefined ? undefined : { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'], email: ['email'] },
    pkce: { required: () => true },
    cookies: { keys: ['a key of the tests'] },
  })
  const server: Server = provider.listen(port, '127.0.0.1')
  await once(server, 'listening')

  async function visit(url: string, login: string): Promise<string> {
    const cookies = new Map<string, string>()
    let [at, body]: [string, URLSearchParams | null] = [url, null]
    for (let hops = 0; hops < 20; hops += 1) {
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
      body = null
      const location = answer.headers.get('location')
      if (location !== null) {
        at = new URL(location, at).href
        if (at.startsWith(publicUrl)) return at
        continue
      }
      const page = await answer.text()
      const form = /action="([^"]*\/interaction\/[^"]*)"/.exec(page)?.[1]
      if (form === undefined) throw new Error(`The provider says ${answer.status}: ${page.slice(0, 400)}`)
      at = new URL(form, at).href
      body = new URLSearchParams(page.includes('value="login"') ? { prompt: 'login', login, password: 'any' } : { prompt: 'consent' })
    }
    throw new Error('The provider leads nowhere')
  }

  return {
    issuer,
    visit,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
