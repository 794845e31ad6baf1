import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { SettingsView } from '../../server/contract/settings.ts'
import { DeskLine } from '../support/desk-line.ts'
import { RtpPeer } from '../support/rtp.ts'
import type { SignedIn } from '../support/service-process.ts'
import { once } from '../support/sipp.ts'
import { heardParts, readWav, rms, voice } from '../support/sound.ts'

let desk: DeskLine
let sophie: SignedIn
const ears: RtpPeer[] = []
const ear = async () => {
  const peer = await RtpPeer.open()
  ears.push(peer)
  return peer
}
const announcement = (name: string) => readWav(join(desk.asterisk.varDir, 'asterisk/data/sounds/fr/guichet', `${name}.wav`))
const inSeconds = (n: number, of: Int16Array, from = 0) => of.subarray(from * 8_000, (from + n) * 8_000)
const asSettled = { stickySeconds: null, englishOperators: [], wrapUpSeconds: 120, alarmMinutes: 15 }

async function settle(value: Readonly<Record<string, unknown>>): Promise<void> {
  const { body } = await sophie.ask<SettingsView>('GET', '/api/settings')
  const { status } = await sophie.ask('PUT', '/api/settings/desk', { version: body.desk.version, value })
  expect(status).toBe(200)
}

beforeAll(async () => {
  desk = await DeskLine.open()
  sophie = await desk.service.signIn('sophie')
})
afterEach(async () => {
  for (const peer of ears.splice(0)) peer.close()
  await desk.reset()
  await settle(asSettled)
})
afterAll(() => desk.close())

test('a caller who calls again rings the operator of the last conversation, and the fact says why', async () => {
  await settle({ stickySeconds: 20 })
  const alice = await desk.operator('alice')
  await desk.operator('bruno')
  await desk.phone('phone-answers-at-once')
  const first = await desk.caller()
  await alice.live.until('a first conversation', () => alice.live.call?.operatorId === 'alice')
  expect(alice.live.call?.why).toMatchObject({ kind: 'longest-idle', among: 2 })
  await first.tell()
  await alice.live.until('its end', () => alice.live.operators.get('alice')?.state === 'wrap-up')
  await alice.me.state('ready')
  await desk.caller()
  await alice.live.until('a second conversation', () => alice.live.call?.operatorId === 'alice')
  expect(alice.live.call?.why?.kind).toBe('last-spoke')
  const facts = () =>
    desk.rows<{ why: { kind: string } }>(`select body->'why' as why from facts where type = 'offer-made' order by seq desc`)
  await once(async () => (await facts())[0]?.why.kind === 'last-spoke', 5_000, 'the fact')
})

test('an operator who says nothing is ready when wrap-up is over, and rings for the caller who waits', async () => {
  await settle({ wrapUpSeconds: 5 })
  const { live } = await desk.operator('alice')
  await desk.phone('phone-answers-at-once')
  const first = await desk.caller()
  await live.until('a conversation', () => live.call?.status === 'talking')
  await first.tell()
  await live.until('wrap-up', () => live.operators.get('alice')?.state === 'wrap-up')
  const until = Date.parse(live.operators.get('alice')?.until ?? '')
  await desk.caller({ from: '<sip:0561551236@127.0.0.1>' })
  await live.until('the wait', () => live.call?.status === 'waiting')
  await live.until('the next conversation', () => live.call?.status === 'talking', 10_000)
  const after = Date.parse(live.call?.answeredAt ?? '') - until
  expect(after).toBeGreaterThan(-500)
  expect(after).toBeLessThan(4_500)
})

test('without a wrap-up the next caller rings as soon as one hangs up, and the phone has been let go by then', async () => {
  await settle({ wrapUpSeconds: 0 })
  const { live } = await desk.operator('alice')
  const phone = await desk.phone('phone-answers-at-once')
  const callers = []
  for (const last of ['31', '32', '33', '34', '35']) {
    callers.push(await desk.caller({ from: `<sip:05615512${last}@127.0.0.1>` }))
    await live.until(`the caller from ${last}`, () => [...live.calls.values()].some(({ number }) => number === `+335615512${last}`))
  }
  for (const [i, caller] of callers.entries()) {
    await live.until(`conversation ${i}`, () =>
      [...live.calls.values()].some(({ status, number }) => status === 'talking' && number === `+3356155123${i + 1}`),
    )
    await caller.tell()
  }
  // A phone that is slow to answer is asked the same thing again; and the line's phone of the test before may still be.
  const heard = () => {
    const asked = phone
      .messages()
      .flatMap(({ sent, line, callId }) => (/^(INVITE|BYE) /.test(line) && !sent ? [`${line.split(' ')[0]} ${callId}`] : []))
    const rung = asked.flatMap((one) => (one.startsWith('INVITE ') ? [one.slice('INVITE '.length)] : []))
    return [...new Set(asked)].flatMap((one) => (rung.includes(one.split(' ')[1] ?? '') ? [one.split(' ')[0]] : []))
  }
  await once(() => heard().length === 2 * callers.length, 10_000, 'the last end')
  expect(heard()).toEqual(callers.flatMap(() => ['INVITE', 'BYE']))
})

test('an operator sent to the front desk by a supervisor is not rung, and reads who it was', async () => {
  const { live } = await desk.operator('alice')
  await sophie.ask('PUT', '/api/operators/alice', { state: 'front-desk' })
  await live.until('the order', () => live.operators.get('alice')?.state === 'front-desk')
  expect(live.operators.get('alice')?.orderedBy).toBe('Sophie Garnier')
  await desk.caller()
  await live.until('the wait', () => live.call?.status === 'waiting')
  expect(live.call?.offeredTo).toEqual([])
})

test('an announcement under way never holds back the operator who becomes free', async () => {
  const [caller, operator] = [await ear(), await ear()]
  const phone = await desk.phone('phone-answers-at-once', { rtpPort: operator.port })
  await desk.caller({ rtpPort: caller.port })
  await once(() => caller.heardMs > 3_000, 10_000, 'the announcement')
  const asked = Date.now()
  const { live } = await desk.operator('alice')
  await live.until('a conversation', () => live.call?.status === 'talking')
  // The announcement lasts 22 s.
  expect(Date.now() - asked).toBeLessThan(10_000)
  caller.forget()
  const theirs = voice(17, 2)
  await operator.speaksFor(phone)
  operator.speak(theirs)
  await once(() => caller.heardMs > 3_500, 10_000, 'the operator')
  expect(heardParts(caller.heard(), theirs)).toBeGreaterThan(0.4)
  expect(heardParts(caller.heard(), inSeconds(2, announcement('waiting'), 4))).toBeLessThan(0.25)
})

test('a caller who has waited too long is an alarm on every screen, and hears at once how to be called back', async () => {
  await settle({ alarmMinutes: 1 })
  const live = await desk.live(sophie)
  const caller = await ear()
  await desk.caller({ rtpPort: caller.port })
  await live.until('the wait', () => live.call?.status === 'waiting')
  await live.until('the alarm', () => live.call?.alarmedAt != null, 75_000)
  caller.forget()
  const waited = Date.parse(live.call?.alarmedAt ?? '') - Date.parse(live.call?.arrivedAt ?? '')
  expect(Math.abs(waited - 60_000)).toBeLessThan(1_000)
  await once(() => caller.heardMs > 15_000, 25_000, 'what is said, and music again')
  expect(heardParts(caller.heard(), announcement('offer-callback'))).toBeGreaterThan(0.4)
  expect(rms(caller.heard().subarray(-8_000))).toBeGreaterThan(0.003)
})
