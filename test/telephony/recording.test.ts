import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Recordings } from '../../server/contract/recordings.ts'
import type { SettingsView } from '../../server/contract/settings.ts'
import { DeskLine } from '../support/desk-line.ts'
import { RtpPeer } from '../support/rtp.ts'
import { once } from '../support/sipp.ts'
import { heardParts, readWav, voice } from '../support/sound.ts'

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

async function lineRecords(recording: string) {
  const sophie = await desk.service.signIn('sophie')
  const { body } = await sophie.ask<SettingsView>('GET', '/api/settings')
  const lines = body.lines.value.lines.map((line) => ({ ...line, recording }))
  expect((await sophie.ask('PUT', '/api/settings/lines', { version: body.lines.version, value: { lines } })).status).toBe(200)
  return sophie
}

test('a recorded conversation is announced to the caller, outlives a kill of the service, and is kept with what was said', async () => {
  const sophie = await lineRecords('on-demand')
  const { me, live } = await desk.operator('alice')
  const [mine, theirs] = [await RtpPeer.open(), await RtpPeer.open()]
  ears.push(mine, theirs)
  const phone = await desk.phone('phone-answers-at-once', { rtpPort: theirs.port })
  const caller = await desk.caller({ rtpPort: mine.port })
  await live.until('the conversation', () => live.call?.status === 'talking')
  await caller.answered()
  await mine.speaksFor(caller)
  await theirs.speaksFor(phone)
  const said = voice(23, 4)
  mine.speak(said)
  theirs.speak(new Int16Array(8_000))
  await once(() => mine.heardMs > 500, 10_000, 'sound')
  const id = live.call?.id ?? ''
  mine.forget()
  expect((await me.ask('POST', `/api/calls/${encodeURIComponent(id)}/recording`, { order: 'start' })).status).toBe(204)
  await live.until('the recording', () => live.call?.recording === 'on', 20_000)
  const sentence = readWav(join(desk.asterisk.varDir, 'asterisk/data/sounds/fr/guichet/recorded.wav'))
  expect(heardParts(mine.heard(), sentence)).toBeGreaterThan(0.4)
  await desk.service.kill()
  await desk.service.start()
  const again = await desk.live(await desk.service.signIn('alice'))
  await again.until('the conversation again', () => again.calls.get(id)?.recording === 'on', 30_000)
  const alice = await desk.service.signIn('alice')
  const order = async (wish: string) => alice.ask('POST', `/api/calls/${encodeURIComponent(id)}/recording`, { order: wish })
  expect((await order('pause')).status).toBe(204)
  await again.until('the pause', () => again.calls.get(id)?.recording === 'paused')
  expect((await order('resume')).status).toBe(204)
  await again.until('the recording again', () => again.calls.get(id)?.recording === 'on')
  mine.forget()
  await once(() => mine.heardMs > 6_000, 20_000, 'more of the conversation')
  expect((await alice.ask('POST', `/api/calls/${encodeURIComponent(id)}/hangup`)).status).toBe(204)
  let kept: Recordings['recordings'] = []
  await once(
    async () => {
      kept = (await sophie.ask<Recordings>('GET', `/api/recordings?call=${encodeURIComponent(id)}`)).body.recordings
      return kept.length === 1
    },
    40_000,
    'the kept recording',
  )
  expect(kept[0]?.seconds).toBeGreaterThan(6)
  // Taken out of Asterisk once it is kept.
  await once(
    async () => (await desk.ari<readonly { name: string }[]>('/recordings/stored')).every(({ name }) => !name.includes('~rec')),
    10_000,
    'Asterisk without it',
  )
})

test('a conversation taken up from nothing is recorded no more than its caller is told: what was begun before ends, and is kept', async () => {
  const sophie = await lineRecords('always')
  const { live: before } = await desk.operator('alice')
  const [mine, theirs] = [await RtpPeer.open(), await RtpPeer.open()]
  ears.push(mine, theirs)
  await desk.phone('phone-answers-at-once', { rtpPort: theirs.port })
  await desk.caller({ rtpPort: mine.port })
  await before.until('the recording', () => before.call?.recording === 'on', 30_000)
  const id = before.call?.id ?? ''
  mine.speak(voice(23, 4))
  await once(() => mine.heardMs > 4_000, 20_000, 'some of the conversation')
  await desk.service.kill()
  rmSync(join(desk.asterisk.varDir, 'facts'), { recursive: true })
  await desk.service.start()
  const after = await desk.live(await desk.service.signIn('alice'))
  await after.until('it is told again, and recorded anew', () => after.calls.get(id)?.recording === 'on', 30_000)
  const made = (await desk.ari<readonly { name: string }[]>('/recordings/stored')).filter(({ name }) => name.startsWith(`${id}~rec`))
  const live = await Promise.all(made.map(({ name }) => desk.ari<{ state?: string }>(`/recordings/live/${encodeURIComponent(name)}`)))
  expect([made.length, live.filter(({ state }) => state === 'recording').length]).toEqual([2, 1])
  mine.forget()
  await once(() => mine.heardMs > 4_000, 20_000, 'more of the conversation')
  const alice = await desk.service.signIn('alice')
  expect((await alice.ask('POST', `/api/calls/${encodeURIComponent(id)}/hangup`)).status).toBe(204)
  await once(
    async () => (await sophie.ask<Recordings>('GET', `/api/recordings?call=${encodeURIComponent(id)}`)).body.recordings.length === 2,
    40_000,
    'both recordings',
  )
})
