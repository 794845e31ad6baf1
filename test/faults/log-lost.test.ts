import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { DeskLine } from '../support/desk-line.ts'
import { freeUdpPorts } from '../support/free-port.ts'
import type { Live } from '../support/live.ts'
import { RtpPeer } from '../support/rtp.ts'
import { once } from '../support/sipp.ts'
import { heardParts, voice } from '../support/sound.ts'

let desk: DeskLine
const ears: RtpPeer[] = []
const ear = async () => {
  const peer = await RtpPeer.open()
  ears.push(peer)
  return peer
}
const callFrom = (live: Live, number: string) => [...live.calls.values()].find((call) => call.number === number)

beforeAll(async () => {
  desk = await DeskLine.open()
})
afterEach(() => {
  for (const peer of ears.splice(0)) peer.close()
})
afterAll(() => desk.close())

/** The service dies, and with it whatever it had written of its calls. */
async function beginAnew(meanwhile: () => Promise<void>): Promise<void> {
  await desk.service.kill()
  rmSync(join(desk.asterisk.varDir, 'facts'), { recursive: true })
  await meanwhile()
  await desk.service.start()
}

test('with nothing left of what was written, conversations go on as their operators’, in and out, and the line keeps its order', async () => {
  const { live } = await desk.operator('alice')
  const [mine, theirs] = [await ear(), await ear()]
  const phone = await desk.phone('phone-answers-at-once', { rtpPort: theirs.port })
  const talker = await desk.caller({ rtpPort: mine.port, from: '<sip:0561551231@127.0.0.1>' })
  await live.until('the conversation', () => callFrom(live, '+33561551231')?.status === 'talking')
  const [port = 0] = await freeUdpPorts(1)
  const bruno = await desk.registered('bruno', port)
  await desk.phone('phone-answers-at-once', { port })
  expect((await bruno.me.ask('POST', '/api/calls', { number: '0561551299' })).status).toBe(201)
  await live.until('the call out', () => callFrom(live, '+33561551299')?.status === 'talking')
  for (const [from, size] of [
    ['0561551232', 3],
    ['0561551233', 4],
  ] as const) {
    await desk.caller({ from: `<sip:${from}@127.0.0.1>` })
    await live.until(from, () => live.calls.size === size && callFrom(live, `+33${from.slice(1)}`)?.status === 'waiting')
  }
  const capAt = Date.parse(callFrom(live, '+33561551231')?.capAt ?? '')

  await talker.answered()
  await mine.speaksFor(talker)
  await theirs.speaksFor(phone)
  const words = voice(23, 2)
  theirs.speak(words)
  mine.speak(voice(29, 2))
  await once(() => mine.heardMs > 500, 5_000, 'the operator')
  await beginAnew(async () => mine.forget())
  const after = await desk.live(await desk.service.signIn('sophie'))
  await after.until('all of them', () => after.calls.size === 4)
  mine.forget()
  await once(() => mine.heardMs > 4_000, 10_000, 'the operator afterwards')
  expect(heardParts(mine.heard(), words)).toBeGreaterThan(0.4)

  const found = callFrom(after, '+33561551231')
  expect(found).toMatchObject({ status: 'talking', operatorId: 'alice', direction: 'in' })
  expect(Math.abs(Date.parse(found?.capAt ?? '') - capAt)).toBeLessThan(3_000)
  expect(callFrom(after, '+33561551299')).toMatchObject({ status: 'talking', operatorId: 'bruno', direction: 'out' })
  expect(callFrom(after, '+33561551232')).toMatchObject({ status: 'waiting', position: 1 })
  expect(callFrom(after, '+33561551233')).toMatchObject({ status: 'waiting', position: 2 })
  expect(after.operators.get('alice')?.state).toBe('talking')

  // Its end is seen, and whoever has waited longest is next.
  await talker.tell()
  await after.until('the wrap-up', () => after.operators.get('alice')?.state === 'wrap-up')
  await (await desk.service.signIn('alice')).state('ready')
  await after.until('the next one', () => callFrom(after, '+33561551232')?.status === 'talking')
  expect(callFrom(after, '+33561551233')).toMatchObject({ status: 'waiting', position: 1 })
  await desk.reset()
  await desk.clean()
})

test('with what was written ending while the caller waited, their conversation goes on as its operator’s', async () => {
  const before = await desk.live(await desk.service.signIn('sophie'))
  const [mine, theirs] = [await ear(), await ear()]
  const caller = await desk.caller({ rtpPort: mine.port, from: '<sip:0561551234@127.0.0.1>' })
  await before.until('the wait', () => before.call?.status === 'waiting')
  const [facts, earlier] = ['facts', 'facts-earlier'].map((name) => join(desk.asterisk.varDir, name)) as [string, string]
  cpSync(facts, earlier, { recursive: true })
  const phone = await desk.phone('phone-answers-at-once', { rtpPort: theirs.port })
  await desk.operator('alice')
  await before.until('the conversation', () => before.call?.status === 'talking')
  await caller.answered()
  // Killed between the word and the deed, with the word lost, nobody could know whose it is.
  await mine.speaksFor(caller)
  await theirs.speaksFor(phone)
  const words = voice(23, 2)
  theirs.speak(words)
  await once(() => heardParts(mine.heard(), words) > 0.4, 10_000, 'the operator')
  await beginAnew(async () => cpSync(earlier, facts, { recursive: true }))
  const after = await desk.live(await desk.service.signIn('sophie'))
  await after.until('it again', () => after.call?.status === 'talking' && after.call.operatorId === 'alice')
  await caller.tell()
  await after.until('the wrap-up', () => after.operators.get('alice')?.state === 'wrap-up')
  await desk.reset()
  await desk.clean()
})
