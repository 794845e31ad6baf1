import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { AnnouncementList, AnnouncementView, PhoneProgress, PhoneState, SoundDraft } from '../../server/contract/announcements.ts'
import { wavOf } from '../../server/sounds/level.ts'
import { DeskLine } from '../support/desk-line.ts'
import { RtpPeer } from '../support/rtp.ts'
import type { SignedIn } from '../support/service-process.ts'
import { once } from '../support/sipp.ts'
import { heardParts, readWav, voice } from '../support/sound.ts'

let desk: DeskLine
let sophie: SignedIn
const ears: RtpPeer[] = []
const ear = async () => {
  const peer = await RtpPeer.open()
  ears.push(peer)
  return peer
}

beforeAll(async () => {
  desk = await DeskLine.open({}, { sounds: true })
  sophie = await desk.service.signIn('sophie')
  const list = async () => (await sophie.ask<AnnouncementList>('GET', '/api/announcements')).body.announcements
  await once(async () => (await list()).every((a) => a.fr.sound !== null), 60_000, 'the announcements')
})
afterEach(async () => {
  for (const peer of ears.splice(0)) peer.close()
  await desk.reset()
})
afterAll(() => desk.close())

const inForce = (name: string) => readWav(join(desk.asterisk.varDir, 'asterisk/data/sounds/fr/guichet', `${name}.wav`))
const put = async (change: object) => {
  const { status, body } = await sophie.ask<AnnouncementView>('PUT', '/api/announcements/waiting/fr', change)
  expect(status).toBe(200)
  return body.fr
}
async function upload(samples: Int16Array): Promise<SoundDraft> {
  const answer = await fetch(`${desk.service.url}/api/announcements/recordings`, {
    method: 'POST',
    headers: { cookie: sophie.cookie, 'content-type': 'audio/wav' },
    body: new Uint8Array(wavOf(samples)),
  })
  expect(answer.status).toBe(201)
  return (await answer.json()) as SoundDraft
}
const phone = async () => (await sophie.ask<PhoneState>('GET', '/api/announcements/phone')).body.task
const ring = async (task: object) => {
  const { status, body } = await sophie.ask<PhoneProgress>('POST', '/api/announcements/phone', task)
  expect(status, JSON.stringify(body)).toBe(200)
}
const reached = (stage: PhoneProgress['stage']) => once(async () => (await phone())?.stage === stage, 30_000, `the stage ${stage}`)

test('callers hear the announcement that was uploaded, and who is hearing the one before hears it out', async () => {
  const said = voice(21, 4)
  const { sound } = await upload(said)
  expect((await put({ recording: sound })).sound).toBe(sound)
  const first = await ear()
  await desk.caller({ rtpPort: first.port })
  await once(() => first.heardMs > 3_500, 10_000, 'the beginning of the announcement')
  const own = inForce('waiting')
  await put({ version: 1 })
  expect(inForce('waiting').length).not.toBe(own.length)
  await once(() => first.heardMs > 9_000, 15_000, 'the end of the announcement')
  expect(heardParts(first.heard(), said)).toBeGreaterThan(0.4)
  const second = await ear()
  await desk.caller({ rtpPort: second.port })
  await once(() => second.heardMs > 9_000, 15_000, 'the original announcement')
  expect(heardParts(second.heard(), inForce('waiting').subarray(8_000, 40_000))).toBeGreaterThan(0.4)
  expect(heardParts(second.heard(), said)).toBeLessThan(0.25)
})

test('an announcement recorded at an operator’s telephone is heard back there, then by callers once it is accepted', async () => {
  const [mouth, words] = [await ear(), voice(33, 3)]
  const alices = await desk.phone('phone-answers-at-once', { rtpPort: mouth.port, calls: 1 })
  await ring({ kind: 'record', operatorId: 'alice' })
  await mouth.speaksFor(alices)
  await reached('recording')
  mouth.speak(words)
  const before = mouth.heardMs
  await once(() => mouth.heardMs - before > 6_000, 15_000, 'six seconds of words')
  mouth.press('#')
  mouth.hush()
  mouth.forget()
  await reached('done')
  await alices.done
  expect(heardParts(mouth.heard(), words)).toBeGreaterThan(0.4)
  const draft = (await phone())?.draft
  expect(draft?.seconds).toBeGreaterThan(5)
  await put({ recording: draft?.sound })
  const caller = await ear()
  await desk.caller({ rtpPort: caller.port })
  await once(() => caller.heardMs > 12_000, 20_000, 'the announcement')
  expect(heardParts(caller.heard(), words)).toBeGreaterThan(0.4)
  await put({ version: 1 })
})

test('a version is listened to at a telephone before anybody else hears it', async () => {
  const listening = await ear()
  const said = voice(57, 3)
  const { sound } = await upload(said)
  const alices = await desk.phone('phone-answers-at-once', { rtpPort: listening.port, calls: 1 })
  await ring({ kind: 'listen', operatorId: 'alice', sound })
  await reached('done')
  await alices.done
  expect(heardParts(listening.heard(), said.subarray(4_000, 20_000))).toBeGreaterThan(0.4)
})

test('a telephone that stays silent brings nothing, and one that does not answer says so', async () => {
  const mute = await ear()
  const alices = await desk.phone('phone-answers-at-once', { rtpPort: mute.port, calls: 1 })
  await ring({ kind: 'record', operatorId: 'alice' })
  await mute.speaksFor(alices)
  mute.speak(new Int16Array(8_000))
  expect((await sophie.ask('POST', '/api/announcements/phone', { kind: 'record', operatorId: 'alice' })).status).toBe(409)
  await reached('failed')
  expect(await phone()).toMatchObject({ reason: 'empty', draft: null })
  await alices.done
  await desk.phone('phone-is-busy', { calls: 1 })
  await ring({ kind: 'record', operatorId: 'alice' })
  await reached('failed')
  expect(await phone()).toMatchObject({ reason: 'no-answer' })
})
