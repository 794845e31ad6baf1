import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { PhoneAccount } from '../../server/contract/http.ts'
import { DeskLine } from '../support/desk-line.ts'
import { freeUdpPorts } from '../support/free-port.ts'
import { once } from '../support/sipp.ts'

let desk: DeskLine
beforeAll(async () => {
  desk = await DeskLine.open()
})
afterEach(() => desk.reset())
afterAll(() => desk.close())

test('each operator’s own registered phone rings, and a phone that does not answer passes the call on, the place kept', async () => {
  const [alices = 0, brunos = 0] = await freeUdpPorts(2)
  const alice = await desk.registered('alice', alices)
  const unanswered = await desk.phone('phone-rings-unanswered', { port: alices, calls: 1 })
  const caller = await desk.caller()
  await alice.live.until('the ringing', () => alice.live.call?.offeredTo.includes('alice') === true)
  const arrival = alice.live.call
  await once(() => unanswered.messages().some(({ line }) => line.includes(' 180 ')), 5_000, 'the ringing phone')
  const bruno = await desk.registered('bruno', brunos)
  await desk.phone('phone-answers-at-once', { port: brunos })
  await bruno.live.until('the conversation with bruno', () => bruno.live.call?.status === 'talking', 30_000)
  expect(bruno.live.call).toMatchObject({ id: arrival?.id, arrivedAt: arrival?.arrivedAt, operatorId: 'bruno' })
  await unanswered.done
  await caller.answered()
  await caller.tell()
  await caller.done
  await desk.clean()
})

test('a registered phone that is picked up is left alone: it is not invited again during the conversation', async () => {
  const [port = 0] = await freeUdpPorts(1)
  const { live } = await desk.registered('bruno', port)
  const phone = await desk.phone('phone-answers-at-once', { port })
  const caller = await desk.caller()
  await live.until('the conversation', () => live.call?.status === 'talking')
  await caller.answered()
  await caller.tell()
  const heard = () => phone.messages().flatMap(({ sent, line }) => (sent ? [] : [line]))
  await once(() => heard().some((line) => line.startsWith('BYE ')), 5_000, 'the end')
  expect(heard().filter((line) => line.startsWith('INVITE ') && !line.startsWith('INVITE sip:phone-bruno@'))).toEqual([])
})

test('a phone that calls the desk is an ordinary caller', async () => {
  const [port = 0] = await freeUdpPorts(1)
  const { me, live } = await desk.registered('chloe', port)
  await me.state('offline')
  const account = await phoneOf('chloe')
  const call = await desk.caller({
    scenario: 'phone-calls-the-desk',
    port,
    from: `<sip:${account.login}@127.0.0.1>`,
    authentication: { user: account.login, password: account.password },
  })
  await live.until('the wait', () => live.call?.status === 'waiting')
  expect(live.call?.number).toBeNull()
  await call.done
  await desk.clean()
})

test('a wrong password registers nothing', async () => {
  const [port = 0] = await freeUdpPorts(1)
  const intruder = await desk.caller({
    scenario: 'phone-registers',
    port,
    from: '<sip:phone-alice@127.0.0.1>',
    service: 'phone-alice',
    authentication: { user: 'phone-alice', password: 'guichet-demo' },
  })
  await expect(intruder.done).rejects.toThrow(/40[13]/)
})

const phoneOf = async (login: string) => (await (await desk.service.signIn(login)).ask<PhoneAccount>('GET', '/api/operators/me/phone')).body
