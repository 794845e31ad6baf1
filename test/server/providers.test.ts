import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../server/config.ts'
import type { SignInWays } from '../../server/contract/sign-in.ts'
import { readCasAnswer } from '../../server/http/cas-answer.ts'
import { ownPage } from '../../server/http/provider-routes.ts'
import { roleOfGroups } from '../../server/http/vouched.ts'
import { CasPeer } from '../support/cas-peer.ts'
import { clientSecret, startIdentityProvider, type IdentityProvider } from '../support/identity-provider.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

const publicUrl = 'http://guichet.test'
const groups = [
  { group: 'cn=guichet,ou=groups,dc=univ', role: 'operator' },
  { group: 'cn=dsi,ou=groups,dc=univ', role: 'level2' },
] as const
const people = {
  cdubois: { preferred_username: 'CDubois', name: 'Claire D.', groups: ['/guichet', 'tous'] },
  nouvelle: { preferred_username: 'nouvelle', name: 'Nour Velle', groups: ['tous'] },
  alice: { preferred_username: 'alice', name: 'Une autre Alice' },
  partie: { preferred_username: 'partie', name: 'Partie' },
  anonyme: { name: 'Sans identifiant' },
}

let service: TestHttp
let provider: IdentityProvider
/** The provider finds the service by its own address: what it says there is passed on, and kept. */
const said: { readonly body: string; readonly status: number }[] = []
const door = createServer((request, response) => void answered(request, response))
async function answered(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request)
  const headers = { 'content-type': request.headers['content-type'] ?? '' }
  const answer = await service.app.inject({ method: 'POST', url: '/api/sign-in/oidc/logout', headers, payload: body })
  said.push({ body, status: answer.statusCode })
  response.writeHead(answer.statusCode, { 'cache-control': 'no-store' }).end()
}
const cas = new CasPeer()
beforeAll(async () => {
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  provider = await startIdentityProvider(publicUrl, people, `http://127.0.0.1:${(door.address() as AddressInfo).port}/left`)
  await cas.start()
  const env = {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: 'guichet',
    OIDC_CLIENT_SECRET: clientSecret,
    OIDC_CLAIM_GROUPS: 'groups',
    CAS_URL: cas.url,
    CAS_ATTRIBUTE_GROUPS: 'memberOf',
  }
  const config = readConfig(env)
  if (config.oidc === null || config.cas === null) throw new Error('not configured')
  service = await buildTestHttp({ publicUrl, oidc: config.oidc, cas: config.cas })
  const directory = { version: 0, value: { roles: [...groups] } }
  await service.settings.change('directory', directory, { id: 'admin', name: 'Anne Delmas' })
  const claire = { name: 'Claire Dubois', email: null, phones: [], affiliation: 'staff' as const, unit: null, place: null, title: null }
  await service.stores.people.save([{ ...claire, id: 'ldap:claire', login: 'cdubois' }], 'directory')
})
afterAll(async () => {
  await service.close()
  await provider.stop()
  door.close()
  await cas.stop()
})
beforeEach(() => {
  cas.says = null
  cas.redirects = null
})

/** A browser at the service: it keeps its cookies. */
function browser() {
  const cookies = new Map<string, string>()
  return {
    cookies,
    async ask(address: string, method: 'GET' | 'DELETE' | 'PUT' = 'GET') {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await service.app.inject({ method, url: address.replace(publicUrl, ''), headers: { cookie } })
      for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        if (value === '') cookies.delete(name)
        else cookies.set(name, value)
      }
      return { status: answer.statusCode, to: answer.headers.location ?? '', body: answer.body, json: () => answer.json() }
    },
  }
}
const whoIs = async (who: ReturnType<typeof browser>) => (await who.ask('/api/session')).json()
async function byOidc(login: string, who = browser()) {
  const { to } = await who.ask('/api/sign-in/oidc?to=/console/tickets')
  return { who, back: await provider.visit(to, login) }
}

describe('the sign-in page', () => {
  it('is told who may vouch', async () => {
    const answer = await service.as(null, { method: 'GET', url: '/api/sign-in' })
    expect(answer.json<SignInWays>()).toEqual({
      ways: [
        { kind: 'oidc', name: 'Compte de l’université', href: '/api/sign-in/oidc' },
        { kind: 'cas', name: 'Compte de l’université (CAS)', href: '/api/sign-in/cas' },
      ],
      step: null,
    })
  })

  it.each(['//evil.example', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)', '/console\nX: y', undefined])(
    'leads nowhere but to our own pages: %j',
    (to) => expect(ownPage(to)).toBe('/console'),
  )
})

describe('groups that a provider names', () => {
  it.each([
    [['cn=guichet,ou=groups,dc=univ'], 'operator'],
    [['CN=Guichet,OU=groups,DC=univ'], 'operator'],
    [['/dsi', '/guichet'], 'operator'],
    [['dsi'], 'level2'],
    [['dsi-admin', 'guichets'], 'user'],
    [[], 'user'],
  ])('give a role by the directory’s rules: %j → %s', (named, role) => expect(roleOfGroups([...groups], named)).toBe(role))
})

describe('OpenID Connect', () => {
  it('signs in a person of the directory, with the role their groups give, and leaves the provider too', async () => {
    const { who, back } = await byOidc('cdubois')
    const answer = await who.ask(back)
    expect([answer.status, answer.to]).toEqual([302, '/console/tickets'])
    expect(await whoIs(who)).toMatchObject({ id: 'ldap:claire', login: 'cdubois', name: 'Claire Dubois', role: 'operator' })
    expect([...who.cookies.keys()]).toEqual(['guichet'])
    const left = await who.ask('/api/session', 'DELETE')
    expect(left.status).toBe(200)
    const leave = new URL(left.json().continueAt)
    expect(leave.origin).toBe(provider.issuer)
    expect(leave.searchParams.get('post_logout_redirect_uri')).toBe(`${publicUrl}/`)
    expect(leave.searchParams.get('id_token_hint')).toMatch(/^eyJ/)
    expect((await fetch(leave, { redirect: 'manual' })).status).toBe(200)
  })

  it('signs out here whoever leaves the provider, in that browser alone; a token that comes again, or is no such token, changes nothing', async () => {
    const [one, other] = [await byOidc('cdubois'), await byOidc('cdubois')]
    await other.who.ask(other.back)
    // The browser that came last is the one that leaves.
    const last = await byOidc('cdubois')
    await one.who.ask(one.back)
    await last.who.ask(last.back)
    const idTokens = await service.database.pool.query(
      "select provider ->> 'idToken' as token, provider ->> 'sid' as sid from sessions where provider ->> 'subject' = 'cdubois' order by created_at desc",
    )
    expect(new Set(idTokens.rows.map(({ sid }) => sid)).size).toBeGreaterThan(2)
    const leave = new URL('/session/end', provider.issuer)
    leave.searchParams.set('id_token_hint', idTokens.rows[0].token)
    await provider.leave(leave.href, 'cdubois')
    await expect.poll(() => said.map(({ status }) => status)).toEqual([204])
    expect((await last.who.ask('/api/session')).status).toBe(401)
    expect((await one.who.ask('/api/session')).status).toBe(200)
    expect((await other.who.ask('/api/session')).status).toBe(200)

    const again = await fetch(`http://127.0.0.1:${(door.address() as AddressInfo).port}/left`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: said[0]?.body ?? '',
    })
    expect(again.status).toBe(400)
    const { privateKey } = await generateKeyPair('RS256')
    const forged = await new SignJWT({ sub: 'cdubois', events: { 'http://schemas.openid.net/event/backchannel-logout': {} } })
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(provider.issuer)
      .setAudience('guichet')
      .setIssuedAt()
      .setJti('forged')
      .sign(privateKey)
    for (const token of [forged, idTokens.rows[1].token, 'x', '']) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const answer = await service.app.inject({
        method: 'POST',
        url: '/api/sign-in/oidc/logout',
        headers,
        payload: new URLSearchParams({ logout_token: token }).toString(),
      })
      expect(answer.statusCode, token).toBe(400)
    }
    expect((await one.who.ask('/api/session')).status).toBe(200)
  })

  it('makes a user of somebody whom no group lets work here, and takes back a role with the group', async () => {
    const { who, back } = await byOidc('nouvelle')
    await who.ask(back)
    expect(await whoIs(who)).toMatchObject({ id: 'oidc:nouvelle', name: 'Nour Velle', role: 'user' })
    people.nouvelle.groups.push('dsi')
    const second = await byOidc('nouvelle')
    await second.who.ask(second.back)
    expect(await whoIs(second.who)).toMatchObject({ role: 'level2' })
    people.nouvelle.groups.pop()
    const third = await byOidc('nouvelle')
    await third.who.ask(third.back)
    expect(await whoIs(third.who)).toMatchObject({ role: 'user' })
  })

  it('leaves the role that the directory’s own groups give', async () => {
    const person = { id: 'ldap:claire', name: 'Claire Dubois', login: 'cdubois', email: null, phones: [] }
    const rest = { affiliation: 'staff' as const, unit: null, place: null, title: null }
    await service.stores.accounts.followDirectory([{ person: { ...person, ...rest }, role: 'supervisor' }])
    const { who, back } = await byOidc('cdubois')
    await who.ask(back)
    expect(await whoIs(who)).toMatchObject({ role: 'supervisor' })
  })

  it('lets nobody take a local account by its login', async () => {
    const { who, back } = await byOidc('alice')
    expect((await who.ask(back)).to).toBe('/console?refus=login_here')
    expect((await who.ask('/api/session')).status).toBe(401)
  })

  it('says of an account made here that was disabled that it is', async () => {
    await service.stores.accounts.create({ login: 'partie', name: 'Partie', role: 'operator', extension: null, phone: null })
    await service.stores.accounts.change('partie', { name: 'Partie', role: 'operator', extension: null, phone: null, disabled: true })
    const { who, back } = await byOidc('partie')
    expect((await who.ask(back)).to).toBe('/console?refus=account_closed')
    expect((await who.ask('/api/session')).status).toBe(401)
  })

  it('refuses somebody of whom it does not say the login', async () => {
    const { who, back } = await byOidc('anonyme')
    expect((await who.ask(back)).to).toBe('/console?refus=provider_refused')
  })

  it('takes what is brought back once, by the browser that began, with its own state', async () => {
    const { who, back } = await byOidc('cdubois')
    expect((await browser().ask(back)).to).toBe('/console?refus=step_over')
    await who.ask(back)
    expect((await who.ask(back)).to).toBe('/console?refus=step_over')

    const forged = await byOidc('cdubois')
    expect((await forged.who.ask(forged.back.replace(/state=[^&]*/, 'state=forged'))).to).toBe('/console?refus=provider_refused')
    const [mine, theirs] = [await byOidc('cdubois'), await byOidc('nouvelle')]
    expect((await mine.who.ask(theirs.back)).to).toBe('/console?refus=provider_refused')
    expect((await mine.who.ask('/api/session')).status).toBe(401)
  })

  it('refuses an identity whose nonce is not the one that was asked', async () => {
    const { who, back } = await byOidc('cdubois')
    await service.database.pool.query(`update sign_in_steps set content = content || '{"nonce": "another"}' where kind = 'oidc'`)
    expect((await who.ask(back)).to).toBe('/console?refus=provider_refused')
  })

  it('says when the person refused there', async () => {
    const who = browser()
    const { to } = await who.ask('/api/sign-in/oidc')
    const state = new URL(to).searchParams.get('state')
    const back = `/api/sign-in/oidc/return?error=access_denied&state=${state}&iss=${encodeURIComponent(provider.issuer)}`
    expect((await who.ask(back)).to).toBe('/console?refus=provider_refused')
  })

  it('asks for the second factor of whoever has one, and the session begins after it', async () => {
    const signIn = { version: 0, value: { secondFactorFor: ['supervisor' as const] } }
    await service.settings.change('signIn', signIn, { id: 'admin', name: 'Anne Delmas' })
    const { who, back } = await byOidc('cdubois')
    expect((await who.ask(back)).to).toBe('/console/tickets')
    expect((await who.ask('/api/session')).status).toBe(401)
    expect((await who.ask('/api/sign-in')).json().step).toMatchObject({ kind: 'enrol', name: 'Claire Dubois' })
    await service.settings.change('signIn', { version: 1, value: { secondFactorFor: [] } }, { id: 'admin', name: 'Anne Delmas' })
  })

  it('is away, says so, and local sign-in goes on; it is found again when it is back', async () => {
    const config = readConfig({ OIDC_ISSUER: 'http://127.0.0.1:9', OIDC_CLIENT_ID: 'guichet' })
    if (config.oidc === null) throw new Error('not configured')
    const alone = await buildTestHttp({ publicUrl, oidc: config.oidc })
    const answer = await alone.app.inject({ method: 'GET', url: '/api/sign-in/oidc' })
    expect(answer.headers.location).toBe('/console?refus=provider_away')
    expect(await alone.cookieOf('alice')).toMatch(/^guichet=/)
    await alone.close()
  })

  it.each([
    [{ OIDC_ISSUER: 'https://id.univ.example' }, 'OIDC_CLIENT_ID'],
    [{ OIDC_ISSUER: 'http://id.univ.example', OIDC_CLIENT_ID: 'x' }, 'https://'],
    [{ CAS_URL: 'ftp://cas.univ.example' }, 'CAS_URL'],
  ])('is configured soundly or not at all: %j', (env, why) => expect(() => readConfig(env)).toThrow(why))
})

describe('CAS', () => {
  const claire = { user: 'cdubois', attributes: { displayName: ['Claire Dubois'], memberOf: ['cn=guichet,ou=groups,dc=univ'] } }
  async function byCas(who = browser()) {
    const { to } = await who.ask('/api/sign-in/cas?to=/console/tickets')
    return { who, ...cas.signIn(to, claire) }
  }

  it('signs in whom a ticket names, ends that session when they leave there, and leads there from here', async () => {
    const { who, back, ticket } = await byCas()
    expect((await who.ask(back)).to).toBe('/console/tickets')
    expect(await whoIs(who)).toMatchObject({ id: 'ldap:claire', login: 'cdubois' })
    const other = await byCas()
    await other.who.ask(other.back)
    const leave = (payload: string) =>
      service.app.inject({
        method: 'POST',
        url: '/api/sign-in/cas/return',
        payload,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
    const request = `logoutRequest=${encodeURIComponent(cas.logoutRequest(ticket))}`
    expect((await leave(request)).statusCode).toBe(204)
    expect((await who.ask('/api/session')).status).toBe(401)
    expect(await whoIs(other.who)).toMatchObject({ login: 'cdubois' })
    expect((await leave('logoutRequest=%3Cnonsense')).json()).toMatchObject({ code: 'invalid_body' })
    expect((await leave('x=y')).json()).toMatchObject({ code: 'invalid_body' })
    const left = await other.who.ask('/api/session', 'DELETE')
    expect(left.json().continueAt).toBe(`${cas.url}/logout?service=${encodeURIComponent(`${publicUrl}/`)}`)
  })

  it('takes a ticket once, from the browser that began, for this service', async () => {
    const { who, back, ticket } = await byCas()
    expect((await browser().ask(back)).to).toBe('/console?refus=step_over')
    await who.ask(back)
    const again = await byCas()
    expect((await again.who.ask(again.back.replace(/ticket=.*/, `ticket=${ticket}`))).to).toBe('/console?refus=provider_refused')
    const foreign = browser()
    const { to } = await foreign.ask('/api/sign-in/cas')
    const state = new URL(new URL(to).searchParams.get('service') ?? '').searchParams.get('state')
    const elsewhere = cas.signIn(`${cas.url}/login?service=${encodeURIComponent('https://other.example/')}`, claire)
    expect((await foreign.ask(`/api/sign-in/cas/return?state=${state}&ticket=${elsewhere.ticket}`)).to).toBe(
      '/console?refus=provider_refused',
    )
    expect((await foreign.ask('/api/session')).status).toBe(401)
  })

  it('follows no redirection of the validation, and says when CAS is away', async () => {
    const { who, back } = await byCas()
    cas.redirects = `${provider.issuer}/`
    expect((await who.ask(back)).to).toBe('/console?refus=provider_away')
  })

  it.each([
    ['nothing', ''],
    ['no XML', 'yes\ncdubois\n'],
    ['an unclosed document', '<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas"><cas:authenticationSuccess>'],
    [
      'a document type with an entity',
      '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas"><cas:authenticationSuccess><cas:user>&e;</cas:user></cas:authenticationSuccess></cas:serviceResponse>',
    ],
    [
      'the words of another vocabulary',
      '<serviceResponse xmlns="urn:other"><authenticationSuccess><user>cdubois</user></authenticationSuccess></serviceResponse>',
    ],
    [
      'two people',
      '<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas"><cas:authenticationSuccess><cas:user>a</cas:user><cas:user>b</cas:user></cas:authenticationSuccess></cas:serviceResponse>',
    ],
    [
      'somebody inside a refusal',
      '<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas"><cas:authenticationFailure code="INVALID_TICKET"/><cas:authenticationSuccess><cas:user>cdubois</cas:user></cas:authenticationSuccess></cas:serviceResponse>',
    ],
  ])('lets nobody in by %s', async (_what, says) => {
    const { who, back } = await byCas()
    cas.says = says
    expect((await who.ask(back)).to).toBe('/console?refus=provider_refused')
    expect((await who.ask('/api/session')).status).toBe(401)
  })

  it('reads a name that a comment cuts as the whole name', () => {
    const xml =
      '<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas"><cas:authenticationSuccess><cas:user>admin<!-- -->istrateur-de-rien</cas:user></cas:authenticationSuccess></cas:serviceResponse>'
    expect(readCasAnswer(xml)).toEqual({ kind: 'success', user: 'administrateur-de-rien', attributes: {} })
  })
})
