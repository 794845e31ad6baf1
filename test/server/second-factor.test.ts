import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { SecondFactorState, TotpOffer } from '../../server/contract/second-factor.ts'
import { base32, codeOf, stepAt, stepOfCode } from '../../server/http/totp.ts'
import { regainAccess } from '../../server/http/regain-access.ts'
import { createSealing } from '../../server/sealing.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let now = Date.parse('2026-11-24T09:00:00Z')
beforeAll(async () => {
  service = await buildTestHttp({ now: () => now, ticketNow: () => new Date(now), publicUrl: 'http://localhost:8080' })
})
afterAll(() => service.close())

/** A browser: it keeps the cookies that it is given. */
function browser(address = '127.0.0.1') {
  const cookies = new Map<string, string>()
  async function ask(method: InjectOptions['method'], url: string, payload?: Record<string, unknown>): Promise<LightMyRequestResponse> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await service.app.inject({
      method: method ?? 'GET',
      url,
      remoteAddress: address,
      headers: { cookie },
      ...(payload && { payload }),
    })
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  return {
    cookies,
    ask,
    signIn: (login: string, password = 'guichet-demo') => ask('POST', '/api/session', { login, password }),
  }
}
type Browser = ReturnType<typeof browser>

/** What an application shows: written apart from the server's own reading of the secret. */
function codeFor(secret: string, atMs = now): string {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (eight) => Number.parseInt(eight, 2))
  return codeOf(bytes, stepAt(atMs))
}
const nextCode = (secret: string): string => {
  now += 30_000
  return codeFor(secret)
}
async function protect(who: Browser): Promise<{ secret: string; codes: string[] }> {
  const { secret } = (await who.ask('POST', '/api/second-factor/totp')).json<TotpOffer>()
  const answer = await who.ask('PUT', '/api/second-factor/totp', { code: nextCode(secret) })
  expect(answer.statusCode).toBe(200)
  return { secret, codes: answer.json<{ recoveryCodes: string[] }>().recoveryCodes }
}
const stateOf = async (who: Browser) => (await who.ask('GET', '/api/second-factor')).json<SecondFactorState>()
const demand = (roles: string[]) =>
  service.as('admin', {
    method: 'PUT',
    url: '/api/settings/signIn',
    payload: { version: service.settings.view.signIn.version, value: { secondFactorFor: roles } },
  })

describe('codes of an application', () => {
  // RFC 6238, appendix B, the six last digits of its SHA-1 column.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('are the RFC’s at %d s', (seconds, code) => {
    const secret = Buffer.from('12345678901234567890')
    expect(codeOf(secret, stepAt(seconds * 1_000))).toBe(code)
    expect(stepOfCode(secret, code, seconds * 1_000 + 29_000)).not.toBeNull()
    expect(stepOfCode(secret, code, seconds * 1_000 + 90_000)).toBeNull()
  })

  // RFC 4648, section 10.
  it.each([
    ['f', 'MY'],
    ['foob', 'MZXW6YQ'],
    ['foobar', 'MZXW6YTBOI'],
  ])('have their secret in base32: %s', (text, encoded) => expect(base32(Buffer.from(text))).toBe(encoded))

  it('are kept so that the database alone gives nothing', () => {
    const sealing = createSealing('a key', 'a purpose')
    const sealed = sealing.seal(Buffer.from('secret'))
    expect(sealing.open(sealed)?.toString()).toBe('secret')
    expect(createSealing('another key', 'a purpose').open(sealed)).toBeNull()
    expect(createSealing('a key', 'another purpose').open(sealed)).toBeNull()
    expect(sealing.open(`${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}`)).toBeNull()
    expect(sealing.open('')).toBeNull()
  })
})

describe('an account with an application', () => {
  it('is asked for a code after its password, which opens nothing alone', async () => {
    const nadia = browser()
    expect((await nadia.signIn('nadia')).json()).toMatchObject({ login: 'nadia' })
    const { secret } = await protect(nadia)
    const { rows } = await service.database.pool.query<{ row: string }>('select f::text as row from second_factors f')
    expect(rows.map(({ row }) => row).join()).not.toContain(secret)

    const again = browser()
    const asked = await again.signIn('nadia')
    expect(asked.json()).toEqual({
      step: { kind: 'code', name: 'Nadia Roussel', totp: true, passkey: false, recovery: true, passkeysPossible: true, dueAt: null },
    })
    expect([...again.cookies.keys()]).toEqual(['guichet-step'])
    expect((await again.ask('GET', '/api/session')).statusCode).toBe(401)
    expect((await again.ask('GET', '/api/sign-in')).json().step).toMatchObject({ kind: 'code' })
    expect((await again.ask('POST', '/api/session/step/totp')).json()).toMatchObject({ code: 'step_over' })
    expect((await again.ask('POST', '/api/session/step/code', { code: '000000' })).json()).toMatchObject({ code: 'wrong_code' })
    const entered = await again.ask('POST', '/api/session/step/code', { code: nextCode(secret) })
    expect(entered.json()).toMatchObject({ login: 'nadia' })
    expect((await again.ask('GET', '/api/session')).statusCode).toBe(200)
  })

  it('takes a code once, and not the one before it', async () => {
    const karim = browser()
    await karim.signIn('karim')
    const { secret } = await protect(karim)
    const used = nextCode(secret)
    const first = browser()
    await first.signIn('karim')
    expect((await first.ask('POST', '/api/session/step/code', { code: used })).statusCode).toBe(200)
    const second = browser()
    await second.signIn('karim')
    expect((await second.ask('POST', '/api/session/step/code', { code: used })).json()).toMatchObject({ code: 'wrong_code' })
    const older = codeFor(secret, now - 30_000)
    expect((await second.ask('POST', '/api/session/step/code', { code: older })).json()).toMatchObject({ code: 'wrong_code' })
  })

  it('lets its owner in by a recovery code, once, however it is typed', async () => {
    const lucie = browser()
    await lucie.signIn('lucie')
    const { codes } = await protect(lucie)
    expect(codes).toHaveLength(10)
    expect(new Set(codes).size).toBe(10)
    const enter = async (code: string) => {
      const who = browser()
      await who.signIn('lucie')
      return who.ask('POST', '/api/session/step/code', { code })
    }
    const [one = ''] = codes
    expect((await enter(` ${one.toLowerCase().replace('-', ' ')} `)).statusCode).toBe(200)
    expect((await enter(one)).json()).toMatchObject({ code: 'wrong_code' })
    expect((await stateOf(lucie)).recoveryLeft).toBe(9)
    const fresh = await lucie.ask('POST', '/api/second-factor/recovery', { password: 'guichet-demo' })
    expect((await enter(codes[1] ?? '')).json()).toMatchObject({ code: 'wrong_code' })
    expect((await enter(fresh.json<{ recoveryCodes: string[] }>().recoveryCodes[0] ?? '')).statusCode).toBe(200)
  })

  it('slows down whoever tries codes with the right password, and its step waits ten minutes at most', async () => {
    const thief = browser('192.0.2.66')
    await thief.signIn('nadia')
    const tries = []
    for (let n = 0; n < 7; n += 1) tries.push((await thief.ask('POST', '/api/session/step/code', { code: `00000${n}` })).json().code)
    expect(tries.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'wrong_code'))
    expect(tries.slice(5)).toEqual(['too_many_attempts', 'too_many_attempts'])
    now += 601_000
    expect((await thief.ask('POST', '/api/session/step/code', { code: '000000' })).json()).toMatchObject({ code: 'step_over' })
  })

  it('asks for the password before a protection goes, and only its owner’s can go', async () => {
    const sophie = browser()
    await sophie.signIn('sophie')
    await protect(sophie)
    const remove = (password: string) => sophie.ask('DELETE', '/api/second-factor/totp', { password })
    expect((await remove('faux')).json()).toMatchObject({ code: 'bad_credentials' })
    expect((await sophie.ask('DELETE', '/api/second-factor/passkeys/somebody-elses', { password: 'guichet-demo' })).json()).toMatchObject({
      code: 'not_found',
    })
    expect((await remove('guichet-demo')).json()).toMatchObject({ totpSince: null, recoveryLeft: 0 })
    expect((await browser().signIn('sophie')).json()).toMatchObject({ login: 'sophie' })
  })

  it('keeps its passkey, and its recovery codes, when the application is forgotten twice over', async () => {
    const sophie = browser()
    await sophie.signIn('sophie')
    await protect(sophie)
    await service.database.pool.query(
      `insert into passkeys (id, account_id, name, public_key, counter, transports, created_at)
       values ('a-key', 'sophie', 'Clé', 'AA', 0, '{}', now())`,
    )
    const forget = (what: string) => sophie.ask('DELETE', `/api/second-factor/${what}`, { password: 'guichet-demo' })
    expect((await forget('totp')).statusCode).toBe(200)
    expect((await forget('totp')).json()).toMatchObject({ code: 'not_found' })
    expect(await stateOf(sophie)).toMatchObject({ totpSince: null, passkeys: [{ id: 'a-key' }], recoveryLeft: 10 })
    expect((await browser().signIn('sophie')).json()).toMatchObject({ step: { kind: 'code' } })
    expect((await forget('passkeys/a-key')).json()).toMatchObject({ passkeys: [], recoveryLeft: 0 })
  })

  it('cannot be confirmed by somebody else’s offer, nor by one given up', async () => {
    const [alice, bruno] = [browser(), browser()]
    await alice.signIn('alice')
    await bruno.signIn('bruno')
    const { secret } = (await alice.ask('POST', '/api/second-factor/totp')).json<TotpOffer>()
    bruno.cookies.set('guichet-step', alice.cookies.get('guichet-step') ?? '')
    expect((await bruno.ask('PUT', '/api/second-factor/totp', { code: nextCode(secret) })).json()).toMatchObject({ code: 'step_over' })
    expect((await alice.ask('PUT', '/api/second-factor/totp', { code: 'abcdef' })).json()).toMatchObject({ code: 'wrong_code' })
    expect((await alice.ask('PUT', '/api/second-factor/totp', { code: nextCode(secret) })).statusCode).toBe(200)
    expect((await stateOf(bruno)).totpSince).toBeNull()
  })
})

describe('a role that must have a second factor', () => {
  it('sets one up before it enters, and keeps one', async () => {
    expect((await demand(['administrator'])).statusCode).toBe(200)
    const admin = browser()
    expect((await admin.signIn('admin')).json()).toMatchObject({ step: { kind: 'enrol', totp: false, recovery: false } })
    expect((await admin.ask('GET', '/api/session')).statusCode).toBe(401)
    expect((await admin.ask('POST', '/api/session/step/code', { code: '123456' })).json()).toMatchObject({ code: 'step_over' })
    const { secret } = (await admin.ask('POST', '/api/session/step/totp')).json<TotpOffer>()
    expect((await admin.ask('PUT', '/api/session/step/totp', { code: '000000' })).json()).toMatchObject({ code: 'wrong_code' })
    const entered = await admin.ask('PUT', '/api/session/step/totp', { code: nextCode(secret) })
    expect(entered.json()).toMatchObject({ session: { login: 'admin' }, recoveryCodes: expect.any(Array) })
    expect((await admin.ask('GET', '/api/session')).statusCode).toBe(200)
    const kept = await admin.ask('DELETE', '/api/second-factor/totp', { password: 'guichet-demo' })
    expect(kept.json()).toMatchObject({ code: 'second_factor_required' })
  })

  it('has its lost one taken away by who administers; its sessions end, and nobody else may', async () => {
    const nadia = browser()
    const clear = (login: string) => service.as(login, { method: 'DELETE', url: '/api/accounts/nadia/second-factor' })
    expect((await clear('sophie')).statusCode).toBe(403)
    expect((await clear('admin')).statusCode).toBe(204)
    expect((await nadia.signIn('nadia')).json()).toMatchObject({ login: 'nadia' })
    expect((await service.as('admin', { method: 'DELETE', url: '/api/accounts/nobody/second-factor' })).statusCode).toBe(404)
  })

  it('is decided by administrators alone', async () => {
    const payload = { version: service.settings.view.signIn.version, value: { secondFactorFor: [] } }
    expect((await service.as('sophie', { method: 'PUT', url: '/api/settings/signIn', payload })).json()).toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('the last administrator', () => {
  it('gets in again by a one-time link that whoever holds the machine makes, without password or second factor', async () => {
    const told = await regainAccess(service.stores, 'http://localhost:8080', 'admin', false)
    const token = told.slice(told.indexOf('#') + 1)
    const choice = { token, password: 'une phrase retrouvée' }
    const admin = browser()
    expect((await admin.ask('POST', '/api/passwords', choice)).statusCode).toBe(204)
    expect((await admin.ask('POST', '/api/passwords', choice)).json()).toMatchObject({ code: 'not_found' })
    expect((await admin.signIn('admin', 'une phrase retrouvée')).json()).toMatchObject({ step: { kind: 'enrol' } })
  })

  it('is made where there is none any more; other logins are refused, and the directory’s keep their groups’ role', async () => {
    await expect(regainAccess(service.stores, 'http://x', 'personne', false)).rejects.toThrow('npm run access -- personne --administrator')
    const told = await regainAccess(service.stores, 'http://x', 'Secours', true)
    const token = told.slice(told.indexOf('#') + 1)
    expect((await browser().ask('POST', '/api/passwords', { token, password: 'une phrase de secours' })).statusCode).toBe(204)
    expect(await service.stores.accounts.byId('secours')).toMatchObject({ role: 'administrator' })
    await service.stores.accounts.ofPerson({ id: 'ldap:1', name: 'Léa Annuaire', login: 'lea' })
    await expect(regainAccess(service.stores, 'http://x', 'lea', true)).rejects.toThrow('ses groupes décident')
    expect(await regainAccess(service.stores, 'http://x', 'lea', false)).toContain('Le second facteur de Léa Annuaire est effacé')
  })
})

describe('passkeys', () => {
  it('are refused when what they signed was not asked, and where the address is made of figures', async () => {
    const chloe = browser()
    await chloe.signIn('chloe')
    const response = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', clientExtensionResults: {}, response: {} }
    expect((await chloe.ask('POST', '/api/second-factor/passkeys', { name: 'x', response })).json()).toMatchObject({ code: 'step_over' })
    expect((await chloe.ask('POST', '/api/second-factor/passkeys/options')).json()).toMatchObject({ rp: { id: 'localhost' } })
    expect((await chloe.ask('POST', '/api/second-factor/passkeys', { name: 'x', response })).json()).toMatchObject({
      code: 'passkey_refused',
    })
    const figures = await buildTestHttp()
    const answer = await figures.as('alice', { method: 'POST', url: '/api/second-factor/passkeys/options' })
    expect(answer.json()).toMatchObject({ code: 'passkey_refused' })
    await figures.close()
  })
})

describe('a second factor that was taken away', () => {
  const put = async (value: Record<string, unknown>) => {
    const by = { id: 'admin', name: 'Admin' }
    await service.settings.change('signIn', { version: service.settings.view.signIn.version, value }, by)
  }

  it('is given a time to set up another one once it was taken away; then nothing enters before an administrator opens it again', async () => {
    await put({ secondFactorFor: [] })
    const took = now
    const admin = browser('10.20.30.40')
    await admin.signIn('admin', 'une phrase retrouvée')
    const clear = () => admin.ask('DELETE', '/api/accounts/lucie/second-factor')
    await service.stores.secondFactors.clear('lucie')
    const lucie = browser('10.20.30.40')
    await lucie.signIn('lucie')
    await protect(lucie)
    await put({ secondFactorFor: ['referent'], secondFactorResetHours: 4 })
    expect((await clear()).statusCode).toBe(204)
    const reset = now
    expect(reset).toBeGreaterThan(took)
    const until = new Date(reset + 4 * 3_600_000).toISOString()
    expect((await lucie.signIn('lucie')).json()).toMatchObject({ step: { kind: 'enrol', dueAt: until } })
    const shown = async () =>
      (await admin.ask('GET', '/api/accounts/all'))
        .json<{ id: string; secondFactorResetAt: string | null }[]>()
        .find(({ id }) => id === 'lucie')?.secondFactorResetAt
    expect(await shown()).toBe(new Date(reset).toISOString())

    // Begun in time, ended too late: it is too late.
    now = reset + 4 * 3_600_000 - 60_000
    await lucie.signIn('lucie')
    const { secret } = (await lucie.ask('POST', '/api/session/step/totp')).json<TotpOffer>()
    now += 60_000
    const late = await lucie.ask('PUT', '/api/session/step/totp', { code: nextCode(secret) })
    expect([late.statusCode, late.json().code]).toEqual([403, 'second_factor_overdue'])
    const refused = await browser('10.20.30.40').signIn('lucie')
    expect([refused.statusCode, refused.json()]).toEqual([
      403,
      expect.objectContaining({ code: 'second_factor_overdue', message: expect.stringContaining('demandez à un administrateur') }),
    ])
    const portal = await service.app.inject({
      method: 'POST',
      url: '/connexion',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'identifiant=lucie&mot_de_passe=guichet-demo',
    })
    expect([portal.statusCode, portal.body.includes('demandez à un administrateur')]).toEqual([403, true])
    // A wrong password says nothing of it.
    expect((await browser('10.20.30.40').signIn('lucie', 'wrong')).json()).toMatchObject({ code: 'bad_credentials' })

    expect((await clear()).statusCode).toBe(204)
    expect((await lucie.signIn('lucie')).json()).toMatchObject({ step: { kind: 'enrol' } })
    const again = (await lucie.ask('POST', '/api/session/step/totp')).json<TotpOffer>()
    expect((await lucie.ask('PUT', '/api/session/step/totp', { code: nextCode(again.secret) })).statusCode).toBe(200)
    expect(await shown()).toBeNull()
    now += 48 * 3_600_000
    expect((await browser('10.20.30.40').signIn('lucie')).json()).toMatchObject({ step: { kind: 'code', dueAt: null } })
  })

  it('whose setting has gone since is not held against whom it was taken from, and a longer time holds at once', async () => {
    await service.stores.secondFactors.reset('bruno')
    now += 30 * 3_600_000
    await put({ secondFactorFor: ['operator'], secondFactorResetHours: 24 })
    expect((await browser('10.20.30.40').signIn('bruno')).json()).toMatchObject({ code: 'second_factor_overdue' })
    await put({ secondFactorFor: ['operator'], secondFactorResetHours: 48 })
    expect((await browser('10.20.30.40').signIn('bruno')).json()).toMatchObject({ step: { kind: 'enrol' } })
    await put({ secondFactorFor: [] })
    expect((await browser('10.20.30.40').signIn('bruno')).json()).toMatchObject({ login: 'bruno' })
    await put({ secondFactorFor: ['operator'], secondFactorResetHours: 1 })
    expect((await browser('10.20.30.40').signIn('bruno')).json()).toMatchObject({ step: { kind: 'enrol', dueAt: null } })
    await put({ secondFactorFor: [] })
  })
})
