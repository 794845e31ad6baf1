import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { DeskLine } from '../support/desk-line.ts'
import { RtpPeer } from '../support/rtp.ts'
import { once } from '../support/sipp.ts'
import { heardParts, readWav, rms, voice } from '../support/sound.ts'

/** Half a minute at most: the tone four seconds before its end, the announcement two. */
let desk: DeskLine
const ears: RtpPeer[] = []
beforeAll(async () => {
  desk = await DeskLine.open({ LIMIT_MINUTES: '0.5' })
})
afterEach(async () => {
  for (const peer of ears.splice(0)) peer.close()
  await desk.reset()
})
afterAll(() => desk.close())

const silence = new Int16Array(8_000)
const said = (name: string) => readWav(join(desk.asterisk.varDir, 'asterisk/data/sounds/fr/guichet', `${name}.wav`))

async function conversation(mineSays: Int16Array, theirsSay: Int16Array) {
  const { me, live } = await desk.operator('alice')
  const [mine, theirs] = [await RtpPeer.open(), await RtpPeer.open()]
  ears.push(mine, theirs)
  const phone = await desk.phone('phone-answers-at-once', { rtpPort: theirs.port })
  const caller = await desk.caller({ rtpPort: mine.port })
  await live.until('the conversation', () => live.call?.status === 'talking')
  await caller.answered()
  await mine.speaksFor(caller)
  await theirs.speaksFor(phone)
  mine.speak(mineSays)
  theirs.speak(theirsSay)
  await once(() => mine.heardMs > 500 && theirs.heardMs > 500, 10_000, 'sound both ways')
  return { me, live, mine, theirs, caller, id: encodeURIComponent(live.call?.id ?? '') }
}
const shown = (ms: string | null | undefined) => Date.parse(ms ?? '')

test('the operator alone hears a tone, then both an announcement, then the caller why it ends', async () => {
  const { live, mine, theirs, caller } = await conversation(silence, silence)
  const capAt = shown(live.call?.capAt)
  await once(() => Date.now() > capAt - 5_000, 40_000, 'the last seconds')
  mine.forget()
  theirs.forget()
  await once(() => Date.now() > capAt - 2_200, 10_000, 'the tone')
  expect(rms(theirs.heard())).toBeGreaterThan(0.01)
  expect(rms(mine.heard())).toBeLessThan(0.003)
  await live.until('the limit', () => live.operators.get('alice')?.state === 'wrap-up', 10_000)
  await caller.done
  expect(heardParts(mine.heard(), said('limit-soon').subarray(0, 12_000))).toBeGreaterThan(0.4)
  expect(heardParts(mine.heard(), said('limit-reached').subarray(0, 24_000))).toBeGreaterThan(0.4)
  const [row] = await desk.rows<{ talk: number }>(`select talk_ms as talk from calls where outcome = 'capped'`)
  expect(Math.abs((row?.talk ?? 0) - 30_000)).toBeLessThan(4_000)
  await desk.clean()
})

test('an operator who puts the limit off keeps talking past it, and Asterisk’s own limit follows', async () => {
  const { me, live, id } = await conversation(silence, silence)
  const before = shown(live.call?.capAt)
  expect((await me.ask('POST', `/api/calls/${id}/extend`, { reason: 'Diagnostic en cours' })).status).toBe(204)
  await live.until('the new limit', () => shown(live.call?.capAt) === before + 10_000)
  expect(live.call?.extensions).toBe(1)
  const left = await desk.ari<{ value: string }>(`/channels/${id}/variable?variable=TIMEOUT(absolute)`)
  expect(Number(left.value)).toBeGreaterThan(35)
  expect((await me.ask('POST', `/api/calls/${id}/extend`, { reason: ' ' })).status).toBe(400)
  const bruno = await desk.service.signIn('bruno')
  expect((await bruno.ask('POST', `/api/calls/${id}/extend`, { reason: 'Curieux' })).status).toBe(409)
})

test('a caller on hold hears music and not the operator, then the operator again', async () => {
  const theirVoice = voice(17, 4)
  const { me, live, mine, id } = await conversation(silence, theirVoice)
  expect((await me.ask('POST', `/api/calls/${id}/hold`, { on: true })).status).toBe(204)
  await live.until('the hold', () => live.call?.onHold === true)
  await once(() => mine.heardMs > 1_500, 5_000, 'the change')
  mine.forget()
  await once(() => mine.heardMs > 9_000, 20_000, 'the music')
  expect(rms(mine.heard())).toBeGreaterThan(0.002)
  expect(heardParts(mine.heard(), theirVoice)).toBeLessThan(0.25)
  // The queue's bridge has been empty in between, and has music again.
  expect((await me.ask('POST', `/api/calls/${id}/hold`, { on: false })).status).toBe(204)
  await live.until('the conversation', () => live.call?.onHold === false)
  expect((await me.ask('POST', `/api/calls/${id}/hold`, { on: true })).status).toBe(204)
  await live.until('the hold', () => live.call?.onHold === true)
  mine.forget()
  await once(() => mine.heardMs > 3_000, 10_000, 'the music again')
  expect((await me.ask('POST', `/api/calls/${id}/hold`, { on: false })).status).toBe(204)
  await live.until('the conversation', () => live.call?.onHold === false)
  mine.forget()
  await once(() => mine.heardMs > 9_000, 20_000, 'the operator')
  expect(heardParts(mine.heard(), theirVoice)).toBeGreaterThan(0.4)
})
