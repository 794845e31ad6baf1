import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { SettingsView } from '../../server/contract/settings.ts'
import type { SurveyResult } from '../../server/contract/survey.ts'
import { DeskLine } from '../support/desk-line.ts'
import { RtpPeer } from '../support/rtp.ts'
import { once } from '../support/sipp.ts'
import { heardParts, readWav } from '../support/sound.ts'

let desk: DeskLine
let caller: RtpPeer
beforeAll(async () => {
  desk = await DeskLine.open()
  caller = await RtpPeer.open()
})
afterAll(async () => {
  caller.close()
  await desk.close()
})
afterEach(() => desk.reset())
const sound = (name: string) => readWav(join(desk.asterisk.varDir, 'asterisk/data/sounds/fr/guichet', `${name}.wav`))

test('after the operator has ended it the caller hears the one question, presses a key, is thanked and freed; the operator is free at once', async () => {
  const sophie = await desk.service.signIn('sophie')
  const { followUp } = (await sophie.ask<SettingsView>('GET', '/api/settings')).body
  const value = { ...followUp.value, survey: true }
  expect((await sophie.ask('PUT', '/api/settings/followUp', { version: followUp.version, value })).status).toBe(200)
  const { me, live } = await desk.operator('alice')
  await desk.phone('phone-answers-at-once')
  const party = await desk.caller({ rtpPort: caller.port })
  await live.until('the conversation', () => live.call?.status === 'talking')
  await caller.speaksFor(party)
  const id = live.call?.id ?? ''
  caller.forget()
  expect((await me.ask('POST', `/api/calls/${encodeURIComponent(id)}/hangup`)).status).toBe(204)
  await live.until('the operator free', () => live.operators.get('alice')?.state !== 'talking')
  const question = sound('survey')
  await caller.hears(question.subarray(0, question.length - 8_000), 30_000, 'the question')
  caller.press('5')
  await party.done
  expect(heardParts(caller.heard(), sound('survey-thanks').subarray(0, 12_000))).toBeGreaterThan(0.4)
  await live.until('the end', () => live.ended.length === 1)
  expect(live.ended[0]?.reason).toBe('completed')
  await once(
    async () =>
      (await sophie.ask<SurveyResult>('GET', '/api/survey')).body.answers.some(({ rating, count }) => rating === 5 && count === 1),
    15_000,
    'the answer in the figures',
  )
})
