import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { DeskLine } from '../support/desk-line.ts'
import { once } from '../support/sipp.ts'

let desk: DeskLine
beforeAll(async () => {
  desk = await DeskLine.open()
})
afterEach(() => desk.reset())
afterAll(() => desk.close())

test('callers are served in the order in which they came', async () => {
  const live = await desk.live(await desk.service.signIn('sophie'))
  for (const last of ['31', '32', '33']) {
    await desk.caller({ from: `<sip:05615512${last}@127.0.0.1>` })
    await live.until(`the caller from ${last}`, () =>
      [...live.calls.values()].some((c) => c.number === `+335615512${last}` && c.status === 'waiting'),
    )
  }
  expect([...live.calls.values()].sort((a, b) => (a.position ?? 0) - (b.position ?? 0)).map((c) => [c.position, c.number])).toEqual([
    [1, '+33561551231'],
    [2, '+33561551232'],
    [3, '+33561551233'],
  ])
  await desk.phone('phone-answers-at-once')
  const { me } = await desk.operator('alice')
  for (const last of ['31', '32', '33']) {
    await live.until(`the conversation with ${last}`, () =>
      [...live.calls.values()].some((c) => c.status === 'talking' && c.number === `+335615512${last}`),
    )
    const talking = [...live.calls.values()].find((c) => c.status === 'talking')
    await me.ask('POST', `/api/calls/${talking?.id}/hangup`)
    await live.until('the wrap-up', () => live.operators.get('alice')?.state === 'wrap-up')
    await me.state('ready')
  }
  await desk.clean()
})

test('a busy phone passes the call to the next operator', async () => {
  const alice = await desk.operator('alice')
  await desk.phone('phone-is-busy', { calls: 1 })
  await desk.caller()
  await alice.live.until('the refusal', () => alice.live.call?.status === 'waiting')
  const arrival = alice.live.call
  await once(async () => (await desk.ari<{ id: string }[]>('/channels')).length === 1, 5_000, 'the busy phone’s end')
  await desk.phone('phone-answers-at-once')
  const bruno = await desk.operator('bruno')
  await bruno.live.until('the conversation', () => bruno.live.call?.status === 'talking')
  expect(bruno.live.call).toMatchObject({ id: arrival?.id, arrivedAt: arrival?.arrivedAt, operatorId: 'bruno' })
})

test('the caller who hangs up during the announcement leaves nothing behind', async () => {
  const live = await desk.live(await desk.service.signIn('sophie'))
  const caller = await desk.caller()
  await live.until('the wait', () => live.call?.status === 'waiting')
  await caller.answered()
  await caller.tell()
  await live.until('the end', () => live.ended[0]?.reason === 'abandoned')
  await caller.done
  await desk.clean()
})

test('the caller who hangs up as the operator picks up leaves nothing behind, twenty times', async () => {
  const { me, live } = await desk.operator('alice')
  const phone = await desk.phone('phone-answers-when-told')
  const rings = () => phone.messages().filter(({ line }) => line.includes(' 180 ')).length
  for (let i = 0; i < 20; i += 1) {
    await me.state('ready')
    const before = rings()
    const caller = await desk.caller()
    await live.until('the ringing', () => live.call?.offeredTo.includes('alice') === true)
    await once(() => rings() > before, 5_000, `the ringing phone ${i}`)
    // The two words cross: whichever wins, each party may find its own too late.
    await Promise.allSettled([phone.tell(), caller.tell()])
    await live.until(`end ${i}`, () => live.ended.length === i + 1)
    await live.until('readiness or wrap-up', () => ['ready', 'wrap-up'].includes(live.operators.get('alice')?.state ?? ''))
    caller.stop()
    await desk.clean()
  }
})

test('the caller who hangs up as soon as somebody has picked up was not cut off, twenty times', async () => {
  const { me, live } = await desk.operator('alice')
  await desk.phone('phone-answers-at-once')
  for (let i = 0; i < 20; i += 1) {
    await me.state('ready')
    const caller = await desk.caller({ scenario: 'caller-hangs-up-as-soon-as-answered', calls: 1 })
    await live.until(`end ${i}`, () => live.ended.length === i + 1)
    await caller.done
    await live.until('wrap-up', () => live.operators.get('alice')?.state === 'wrap-up')
    await desk.clean()
  }
  expect(live.ended.map(({ reason }) => reason)).toEqual(Array.from({ length: 20 }, () => 'completed'))
})

test.each([
  ['absent', '<sip:127.0.0.1>'],
  ['anonymous', '"Anonymous" <sip:anonymous@anonymous.invalid>'],
  ['of 200 digits', `<sip:${'9'.repeat(200)}@127.0.0.1>`],
  ['in UTF-8', '"Zoé ☎" <sip:%C3%A9t%C3%A9@127.0.0.1>'],
  ['a piece of SQL', `"'; drop table calls; --" <sip:1%27%3Bdrop%20table@127.0.0.1>`],
  ['a piece of HTML', '"<script>alert(1)</script>" <sip:%3Cb%3E@127.0.0.1>'],
  ['an LDAP filter', '<sip:*)(uid=*@127.0.0.1>'],
  ['an operator’s phone name', '<sip:phone-alice@127.0.0.1>'],
  ['an operator’s extension', '<sip:6101@127.0.0.1>'],
])('a caller whose number is %s is served like any other', async (_, from) => {
  const { live } = await desk.operator('alice')
  await desk.phone('phone-answers-at-once')
  const caller = await desk.caller({ from })
  await live.until('the conversation', () => live.call?.status === 'talking')
  expect(live.call?.number ?? 'ext:6101').toBe('ext:6101')
  await caller.answered()
  await caller.tell()
  await caller.done
  await desk.clean()
})

test('an INVITE without SDP is answered with the desk’s own offer', async () => {
  const live = await desk.live(await desk.service.signIn('sophie'))
  const caller = await desk.caller({ scenario: 'caller-invites-without-sdp' })
  await live.until('the wait', () => live.call?.status === 'waiting')
  await caller.done
  await desk.clean()
})

test('a call from anywhere but the exchange, without a password, is refused', async () => {
  const live = await desk.live(await desk.service.signIn('sophie'))
  const { freeUdpPorts } = await import('../support/free-port.ts')
  const [port = 0] = await freeUdpPorts(1)
  const stranger = await desk.caller({ scenario: 'stranger-is-refused', port })
  await stranger.done
  expect(live.calls.size).toBe(0)
})

test('nothing a caller dials leads outside', async () => {
  const live = await desk.live(await desk.service.signIn('sophie'))
  await desk.phone('phone-answers-at-once')
  const caller = await desk.caller({ service: '0033899123456' })
  await live.until('the desk’s own queue', () => live.call?.status === 'waiting')
  // The phones of the test before are still hanging up; whoever was called outside would ring on.
  const channels = async () => (await desk.ari<{ id: string }[]>('/channels')).filter(({ id }) => !id.startsWith('selftest-'))
  await expect.poll(channels, { timeout: 5_000 }).toHaveLength(1)
  await caller.answered()
  await caller.tell()
  await caller.done
})

test('a supervisor closes the desk now: those who wait hear it, and the next caller too, until it is opened again', async () => {
  const sophie = await desk.service.signIn('sophie')
  const live = await desk.live(sophie)
  await desk.caller({ from: '<sip:0561551241@127.0.0.1>' })
  await live.until('the wait', () => live.call?.status === 'waiting')
  const closed = await sophie.ask<{ open: boolean; hours: string }>('PUT', '/api/desk/opening', { open: false })
  expect(closed).toMatchObject({ status: 200, body: { open: false, hours: 'Fermé par Sophie Garnier' } })
  await live.until('the closed message', () => live.call?.status === 'closed')
  await desk.caller({ from: '<sip:0561551242@127.0.0.1>' })
  await live.until('the closed message', () => [...live.calls.values()].filter((c) => c.status === 'closed').length === 2)
  expect((await (await desk.service.signIn('nadia')).ask('PUT', '/api/desk/opening', { open: true })).status).toBe(403)
  expect((await sophie.ask('PUT', '/api/desk/opening', { open: false, until: '2020-01-01T00:00:00Z' })).status).toBe(400)
  expect((await sophie.ask<{ open: boolean }>('PUT', '/api/desk/opening', { open: null })).body.open).toBe(true)
})

test('an order to close ends by itself at its time', async () => {
  const sophie = await desk.service.signIn('sophie')
  const live = await desk.live(sophie)
  const until = new Date(Date.now() + 1_500).toISOString()
  await sophie.ask('PUT', '/api/desk/opening', { open: false, until })
  expect((await (await fetch(`${desk.service.url}/api/portal`)).json()) as { open: boolean }).toMatchObject({ open: false })
  await live.until('the opening', () => live.seen.some(({ change }) => change.open === true && change.opening === null))
})

test('a key sent by SIP INFO is heard as one pressed in the sound, also during an announcement', async () => {
  const live = await desk.live(await desk.service.signIn('sophie'))
  const caller = await desk.caller({ scenario: 'caller-presses-2-by-info-when-told', from: '<sip:0561551243@127.0.0.1>' })
  await live.until('the wait', () => live.call?.status === 'waiting')
  await caller.answered()
  await caller.tell()
  await live.until('English', () => live.call?.language === 'en')
})
