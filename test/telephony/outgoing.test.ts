import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { OwedList } from '../../server/contract/http.ts'
import { DeskLine } from '../support/desk-line.ts'
import { freeUdpPorts } from '../support/free-port.ts'
import { RtpPeer } from '../support/rtp.ts'
import { once, type Party } from '../support/sipp.ts'
import { heardParts, readWav, rms, voice } from '../support/sound.ts'

let desk: DeskLine
const ears: RtpPeer[] = []
beforeAll(async () => {
  desk = await DeskLine.open()
})
afterEach(async () => {
  for (const peer of ears.splice(0)) peer.close()
  await desk.reset()
})
afterAll(() => desk.close())

const claire = '0561551234'
const ear = async () => {
  const peer = await RtpPeer.open()
  ears.push(peer)
  return peer
}
const invited = (phone: Party) => phone.messages().find(({ sent, line }) => !sent && line.startsWith('INVITE '))
const ringing = (phone: Party) => once(() => phone.messages().some(({ line }) => line.includes(' 180 ')), 10_000, 'the ringing phone')

/** Alice with a registered phone of her own; whoever is dialled outside is behind the exchange. */
async function alice(scenario = 'phone-answers-at-once') {
  const [port = 0] = await freeUdpPorts(1)
  const { me, live } = await desk.registered('alice', port)
  const mine = await ear()
  const phone = await desk.phone(scenario, { port, rtpPort: mine.port })
  return { me, live, mine, phone }
}

test('an operator calls somebody: the own phone first, then theirs, which rings in the operator’s ear, then both talk', async () => {
  const { me, live, mine, phone } = await alice('phone-answers-when-told')
  const theirs = await ear()
  const person = await desk.phone('phone-answers-when-told', { rtpPort: theirs.port })
  const placed = await me.ask<{ callId: string }>('POST', '/api/calls', { number: claire })
  expect(placed.status).toBe(201)
  await ringing(phone)
  expect(invited(person)).toBeUndefined()
  await phone.tell()
  await ringing(person)
  expect(invited(person)?.line).toContain(`sip:${claire}@`)
  await live.until('the dialling', () => live.call?.status === 'dialling')
  expect(live.call).toMatchObject({ direction: 'out', operatorId: 'alice' })
  await once(() => rms(mine.heard()) > 0.01, 10_000, 'the ringing in the operator’s ear')
  await person.tell()
  await live.until('the conversation', () => live.call?.status === 'talking')
  const [hers, his] = [voice(11, 4), voice(23, 4)]
  await mine.speaksFor(phone)
  await theirs.speaksFor(person)
  mine.speak(hers)
  theirs.speak(his)
  await once(() => mine.heardMs > 500 && theirs.heardMs > 500, 10_000, 'sound')
  for (const peer of [mine, theirs]) peer.forget()
  await once(() => mine.heardMs > 9_000 && theirs.heardMs > 9_000, 20_000, 'both voices')
  expect(heardParts(mine.heard(), his)).toBeGreaterThan(0.4)
  expect(heardParts(theirs.heard(), hers)).toBeGreaterThan(0.4)
  await person.tell()
  await live.until('the end', () => live.call === undefined)
  await desk.clean()
})

test('a person who is busy: the operator’s phone is freed, and the answer owed knows the attempt', async () => {
  const { me, live } = await alice()
  await me.state('offline')
  const caller = await desk.caller({ from: `<sip:${claire}@127.0.0.1>` })
  await live.until('the wait', () => live.call?.status === 'waiting')
  await once(() => Date.now() - Date.parse(live.call?.arrivedAt ?? '') > 3_200, 10_000, 'a wait worth an answer')
  await caller.tell()
  await caller.done
  const owed = async () => (await me.ask<OwedList>('GET', '/api/owed?state=open')).body.entries
  await once(async () => (await owed()).length === 1, 10_000, 'the answer owed')
  const [entry] = await owed()
  await desk.phone('phone-is-busy')
  expect((await me.ask('POST', '/api/calls', { number: entry?.number, owedId: entry?.id })).status).toBe(201)
  await once(async () => (await owed())[0]?.attempts[0]?.outcome === 'busy', 15_000, 'the attempt')
  expect((await owed())[0]).toMatchObject({ takenBy: null, settledAt: null })
  expect(live.operators.get('alice')?.state).toBe('offline')
  await desk.clean()
})

test('abroad, premium numbers and nonsense are refused, and nothing is dialled', async () => {
  const { me, live } = await alice()
  const sophie = await desk.live(await desk.service.signIn('sophie'))
  const outside = await desk.phone('phone-answers-at-once')
  for (const number of ['0899123456', '+15551234567', '00882123456789'])
    expect((await me.ask('POST', '/api/calls', { number })).status, number).toBe(403)
  expect((await me.ask('POST', '/api/calls', { number: 'allô' })).status).toBe(400)
  const refused = () => desk.rows(`select 1 from facts where type = 'outgoing-refused'`)
  await once(async () => (await refused()).length === 3, 10_000, 'the refusals written down')
  await sophie.until('the alarms', () => sophie.refused.length === 3)
  expect(outside.messages()).toEqual([])
  expect(sophie.refused.map(({ operator, reason }) => [operator, reason])).toEqual(
    Array.from({ length: 3 }, () => ['Alice Martin', 'not-allowed']),
  )
  expect(live.refused).toEqual([])
})

const said = (name: string) => readWav(join(desk.asterisk.varDir, 'asterisk/data/sounds/fr/guichet', `${name}.wav`))

test('a caller keeps the place by key, hangs up, survives a kill of the service, and is called when the turn comes', async () => {
  const { me, live } = await alice()
  await me.state('offline')
  const theirs = await ear()
  const caller = await desk.caller({ from: `<sip:${claire}@127.0.0.1>`, rtpPort: theirs.port })
  await live.until('the wait', () => live.call?.status === 'waiting')
  const id = live.call?.id
  await caller.answered()
  await theirs.speaksFor(caller)
  theirs.press('3')
  await theirs.hears(said('place-confirm').subarray(0, 16_000), 30_000, 'the question')
  expect(heardParts(theirs.heard(), said('place-number').subarray(0, 12_000))).toBeGreaterThan(0.4)
  theirs.press('1')
  await live.until('the kept place', () => live.call?.status === 'kept')
  await desk.service.kill()
  await desk.service.start()
  await caller.done
  const again = await desk.service.signIn('alice')
  const after = await desk.live(again)
  expect(after.call).toMatchObject({ id, status: 'kept', position: 1 })
  const back = await ear()
  const person = await desk.phone('phone-answers-at-once', { rtpPort: back.port })
  await again.state('ready')
  await after.until('the conversation', () => after.call?.status === 'talking', 20_000)
  expect(after.call).toMatchObject({ id, operatorId: 'alice' })
  expect(invited(person)?.line).toContain(`sip:${claire}@`)
  const taker = async () => {
    const { entries } = (await again.ask<OwedList>('GET', '/api/owed?state=open')).body
    return entries.find((e) => e.origins.some((o) => o.callId === id))?.takenBy?.id
  }
  await once(async () => (await taker()) === 'alice', 10_000, 'the answer owed in her name')
})
