import { once as event } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import type { Fact } from '../../server/calls/facts.ts'
import type { Call, PagePlace } from '../../server/calls/model.ts'
import type { Turned } from '../../server/engine/engine.ts'
import { pageCallTokens } from '../../server/page-call-tokens.ts'
import { Ari } from '../../server/telephony/ari.ts'
import { PageCalls, type PageCaller } from '../../server/telephony/page-calls.ts'
import { answerChallenge } from '../../server/telephony/sip-message.ts'
import { SipDouble } from '../support/sip-double.ts'

const offer = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', 'm=audio 9 UDP/TLS/RTP/SAVPF 8', 'a=fingerprint:sha-256 AA', ''].join(
  '\r\n',
)

describe('the line of pages that call', () => {
  let now = Date.parse('2026-11-24T09:00:00.000Z')
  let asterisk: SipDouble
  let http: Server
  let calls: PageCalls
  let url = ''
  let who: PageCaller | null = null
  let turn: (turned: Turned) => void = () => undefined
  let takes: 'yes' | 'closed' | 'away' = 'yes'
  const limits = { offered: true, atOnce: 4 }
  const tokens = pageCallTokens('a secret', () => now)
  const known = new Map<string, Call>()
  const ended: PagePlace[] = []
  const pages: WebSocket[] = []

  beforeEach(async () => {
    ;[who, takes, limits.offered, limits.atOnce] = [null, 'yes', true, 4]
    now += 3_600_000
    asterisk = new SipDouble()
    const address = await asterisk.listen()
    http = createServer().listen(0, '127.0.0.1')
    await event(http, 'listening')
    url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/appel/ligne`
    calls = new PageCalls({
      http,
      asterisk: address,
      ari: new Ari({ url: address, user: 'x', password: 'x' }),
      log: pino({ enabled: false }),
      key: 'a secret',
      tokens,
      now: () => now,
      isCrossSite: ({ headers }) => headers.origin === 'http://elsewhere.example',
      whoAsks: async () => who,
      settings: () => limits,
      takes: () => takes,
      calls: () => known,
      places: () => ended,
      onTurn: (listener) => (turn = listener),
      view: () => ({ state: 'waiting', title: '', hint: '', said: [], choices: [], figures: false, seconds: 0 }),
      problem: (problem) => problem,
      farewell: (_language, reason) => reason,
    })
  })
  afterEach(() => {
    for (const page of pages.splice(0)) page.terminate()
    calls.close()
    http.close()
    asterisk.close()
  })

  /** What a page is told, one word after another; `closed` at the end. */
  async function opens(options: { readonly origin?: string } = {}) {
    const page = new WebSocket(url, options)
    pages.push(page)
    const told: string[] = []
    page.on('message', (data: Buffer) => {
      const word = JSON.parse(data.toString('utf8')) as { readonly type: string; readonly text?: string }
      told.push(word.text === undefined ? word.type : `${word.type} ${word.text}`)
    })
    page.on('close', () => told.push('closed'))
    page.on('error', (error) => told.push(error.message))
    await Promise.race([event(page, 'open'), event(page, 'error')]).catch(() => undefined)
    return { page, told, says: (word: unknown) => page.send(JSON.stringify(word)) }
  }
  const given = (holder = 'here') => tokens.give(holder, null, 'fr')
  async function places(token = given()) {
    const one = await opens()
    one.says({ type: 'call', token, offer })
    return one
  }
  const invites = () => asterisk.said.filter((word) => word.startsWith('INVITE'))

  it('places one call, to the desk alone, by an account that only the service has', async () => {
    asterisk.answer = 'accepts'
    const one = await places()
    await expect.poll(() => one.told).toContain('answer')
    expect(asterisk.said.every((word) => /^(INVITE|ACK) sip:(page[0-9a-f]{24}@guichet|asterisk@here)$/.test(word))).toBe(true)
    const [, id = ''] = /page([0-9a-f]{24})/.exec(asterisk.said[0] ?? '') ?? []
    expect(calls.callerOf(`page${id}`)).toEqual({ number: null, people: [], page: { id, signedIn: false, ticket: null, language: 'fr' } })
    expect(calls.callerOf('+33561550000')).toBeNull()
    one.says({ type: 'call', token: given(), offer })
    one.says({ type: 'end' })
    await expect.poll(() => asterisk.said.at(-1)).toBe('BYE sip:asterisk@here')
    // Twice for the password, and never for a second call on the same line.
    expect(invites()).toHaveLength(2)
  })

  it('refuses a token that has served, expired, was changed, or is somebody else’s', async () => {
    const token = given()
    await places(token)
    await expect.poll(() => invites().length).toBe(2)
    const refused = async (bad: string) => {
      const { told } = await places(bad)
      await expect.poll(() => told).toContain('closed')
      return told[0]
    }
    expect(await refused(token)).toBe('refused expired')
    expect(await refused(`${given().slice(0, -1)}!`)).toBe('refused expired')
    expect(await refused('anything')).toBe('refused expired')
    const old = given()
    now += 30_001
    expect(await refused(old)).toBe('refused expired')
    who = { accountId: 'claire', person: null }
    expect(await refused(given('bruno'))).toBe('refused expired')
    expect(invites()).toHaveLength(2)
  })

  it('never takes more than so many at once, nor all of them from one place, nor two of one account', async () => {
    const [first] = [await places(given('a')), await places(given('a'))]
    await expect.poll(() => invites().length).toBe(4)
    const third = await places(given('a'))
    await expect.poll(() => third.told).toEqual(['refused busy', 'closed'])
    await places(given('b'))
    who = { accountId: 'claire', person: null }
    await places(given('claire'))
    await expect.poll(() => invites().length).toBe(8)
    const twice = await places(given('claire'))
    await expect.poll(() => twice.told).toEqual(['refused already', 'closed'])
    who = null
    const fifth = await places(given('c'))
    await expect.poll(() => fifth.told).toEqual(['refused busy', 'closed'])
    // Who leaves makes room: the ringing call is cancelled.
    first.page.close(1_000)
    await expect.poll(() => asterisk.said.filter((word) => word.startsWith('CANCEL')).length).toBe(1)
  })

  it('is bounded over a minute too, however short the calls are', async () => {
    asterisk.answer = 'refuses'
    limits.atOnce = 50
    for (let n = 0; n < 40; n += 1) {
      const one = await places(given(`place ${n}`))
      await expect.poll(() => one.told).toEqual(['refused busy', 'closed'])
    }
    const placed = invites().length
    const more = await places(given('another'))
    await expect.poll(() => more.told).toEqual(['refused busy', 'closed'])
    expect(invites()).toHaveLength(placed)
    now += 60_001
    await places(given('later'))
    await expect.poll(() => invites().length).toBeGreaterThan(placed)
  })

  it('takes no call while the desk is closed, its telephone away, or where the site offers none', async () => {
    for (const [state, offered, why] of [
      ['closed', true, 'closed'],
      ['away', true, 'away'],
      ['yes', false, 'closed'],
    ] as const) {
      ;[takes, limits.offered] = [state, offered]
      const one = await places()
      await expect.poll(() => one.told).toEqual([`refused ${why}`, 'closed'])
    }
    expect(asterisk.said).toEqual([])
  })

  it('lets nothing else through: no SIP, no other kind of offer, no other site’s page, nobody who says nothing', async () => {
    for (const word of [
      'INVITE sip:6101@guichet SIP/2.0\r\n\r\n',
      JSON.stringify({ type: 'call', token: given(), offer: `${offer}m=video 9 UDP/TLS/RTP/SAVPF 96\r\n` }),
      JSON.stringify({ type: 'call', token: given(), offer: `v=0\r\n${'x'.repeat(17_000)}` }),
      JSON.stringify({ type: 'call', token: given(), offer: offer.replace('a=fingerprint', 'a=other') }),
      '{',
    ]) {
      const { page, told } = await opens()
      page.send(word)
      await expect.poll(() => told).toEqual(['closed'])
    }
    const elsewhere = await opens({ origin: 'http://elsewhere.example' })
    expect(elsewhere.told[0]).toContain('403')
    expect(asterisk.said).toEqual([])
    const silent = await opens()
    await expect.poll(() => silent.told, { timeout: 8_000 }).toEqual(['closed'])
  }, 15_000)

  it('gives a page that was loaded anew its place back: once, within a minute, to its own token, and not to who hung up', async () => {
    asterisk.answer = 'accepts'
    who = { accountId: 'claire', person: null }
    const rank = now - 45_000
    const arrived = (token: string, callId: string) => {
      const { id = '' } = tokens.read(token) ?? {}
      const call = {
        id: callId,
        rank,
        people: [],
        number: null,
        language: 'fr',
        page: { id, signedIn: false, ticket: null },
      } as unknown as Call
      known.set(callId, call)
      const fact = {
        type: 'call-arrived',
        callId,
        at: now,
        number: null,
        people: [],
        page: { ...call.page, language: 'fr' },
      } as unknown as Fact
      turn({ before: { calls: known }, logged: [{ fact }] } as unknown as Turned)
    }
    const ended = (callId: string) => {
      const fact = { type: 'call-ended', callId, at: now, reason: 'abandoned', by: 'caller' } as unknown as Fact
      turn({ before: { calls: known }, logged: [{ fact }] } as unknown as Turned)
    }
    const rankOf = (token: string) => calls.callerOf(`page${tokens.read(token)?.id ?? ''}`)?.rank ?? null
    const call = async (after?: string, leaving: 'reloads' | 'hangs up' = 'reloads') => {
      const token = given('claire')
      const one = await opens()
      one.says({ type: 'call', token, offer, ...(after !== undefined && { after }) })
      await expect.poll(() => one.told).toContain('answer')
      const found = rankOf(token)
      arrived(token, token)
      if (leaving === 'hangs up') one.says({ type: 'end' })
      one.page.close(1_001)
      await expect.poll(() => one.told).toContain('closed')
      // Of the first, the desk has not heard yet that it is over.
      if (after !== undefined || leaving === 'hangs up') ended(token)
      return { token, found }
    }
    const first = await call()
    expect(first.found).toBeNull()
    // An account has one call at a time: what the page lost makes way for it.
    const second = await call(first.token)
    expect(second.found).toBe(rank)
    expect((await call(first.token)).found).toBeNull()
    const third = await call(second.token, 'hangs up')
    expect(third.found).toBe(rank)
    expect((await call(third.token)).found).toBeNull()
    const late = await call(given('claire'))
    now += 61_000
    expect((await call(late.token)).found).toBeNull()
    const theirs = await call(given('claire'))
    who = { accountId: 'paul', person: null }
    const stranger = await opens()
    const token = given('paul')
    stranger.says({ type: 'call', token, offer, after: theirs.token })
    await expect.poll(() => stranger.told).toContain('answer')
    expect(rankOf(token)).toBeNull()
    known.clear()
  })

  it('finds a call again after another start of the service, and only by its own token', async () => {
    const token = given()
    const id = tokens.read(token)?.id ?? ''
    known.set('c1', { id: 'c1', people: [], number: null, page: { id, signedIn: false, ticket: null } } as unknown as Call)
    const back = await opens()
    back.says({ type: 'back', token })
    await expect.poll(() => back.told).toEqual(['state'])
    const unknown = await opens()
    unknown.says({ type: 'back', token: given() })
    await expect.poll(() => unknown.told).toEqual(['over completed', 'closed'])
    known.clear()
  })

  it('left while no service was there gives its page its place back from another one: of a call that is there still, or has ended, once', async () => {
    asterisk.answer = 'accepts'
    limits.atOnce = 20
    const at = now
    const adopted = given('claire')
    const over = given('claire')
    const late = given('claire')
    const idOf = (token: string) => tokens.read(token)?.id ?? ''
    known.set('c1', {
      id: 'c1',
      rank: at - 40_000,
      people: [],
      number: null,
      page: { id: idOf(adopted), signedIn: false, ticket: null },
    } as unknown as Call)
    ended.push({ page: idOf(over), rank: at - 50_000, at: at - 20_000 }, { page: idOf(late), rank: at - 90_000, at: at - 61_000 })
    const rankAfter = async (after: string, holder = 'claire') => {
      const token = given(holder)
      const one = await opens()
      one.says({ type: 'call', token, offer, after })
      await expect.poll(() => one.told).toContain('answer')
      const caller = calls.callerOf(`page${idOf(token)}`)
      return [caller?.rank ?? null, caller?.page.after ?? null]
    }
    expect(await rankAfter(adopted)).toEqual([at - 40_000, idOf(adopted)])
    expect(await rankAfter(adopted)).toEqual([null, null])
    expect(await rankAfter(over, 'another')).toEqual([null, null])
    expect(await rankAfter(over)).toEqual([at - 50_000, idOf(over)])
    expect(await rankAfter(over)).toEqual([null, null])
    expect(await rankAfter(late)).toEqual([null, null])
    known.clear()
    ended.length = 0
  })
})

it('a challenge is answered as RFC 2617 says, and a strange one is not', () => {
  const account = { user: 'Mufasa', password: 'Circle Of Life', method: 'GET', uri: '/dir/index.html', cnonce: '0a4f113b' }
  const challenge = 'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc"'
  expect(answerChallenge(challenge, account)).toContain('response="6629fae49393a05397450978507c4ef1"')
  expect(answerChallenge('Basic realm="x"', account)).toBeNull()
})
