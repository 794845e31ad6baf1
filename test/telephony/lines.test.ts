import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { SettingsView } from '../../server/contract/settings.ts'
import { DeskLine } from '../support/desk-line.ts'
import type { Live } from '../support/live.ts'

const [usual, ahead, own] = ['0561550001', '0561550002', '0561550003']
let desk: DeskLine
let watched: Live

beforeAll(async () => {
  desk = await DeskLine.open()
  const sophie = await desk.service.signIn('sophie')
  watched = await desk.live(sophie)
  const { body } = await sophie.ask<SettingsView>('GET', '/api/settings')
  const lines = [
    { id: 'guichet', name: 'Guichet', numbers: [usual] },
    { id: 'cours', name: 'Enseignants en cours', numbers: [ahead], aheadSeconds: 120 },
    { id: 'labo', name: 'Laboratoires', numbers: [own], operators: ['chloe'], overflowSeconds: 2 },
  ]
  const { status } = await sophie.ask('PUT', '/api/settings/lines', { version: body.lines.version, value: { lines } })
  expect(status).toBe(200)
})
afterEach(async () => {
  await desk.reset()
  watched = await desk.live(await desk.service.signIn('sophie'))
})
afterAll(() => desk.close())

/** Somebody dials a line, and waits. @returns their call, as it is now */
async function dials(service: string, last: string) {
  await desk.caller({ service, from: `<sip:05615512${last}@127.0.0.1>` })
  const call = () => [...watched.calls.values()].find((c) => c.number === `+335615512${last}`)
  await watched.until(`the caller from ${last}`, () => call()?.status === 'waiting')
  return call
}

test('a caller of the line that is ahead is served before one who came earlier', async () => {
  const [first, second] = [await dials(usual, '31'), await dials(ahead, '32')]
  await watched.until('the order of service', () => first()?.position === 2 && second()?.position === 1)
  expect([first()?.line, second()?.line]).toEqual(['guichet', 'cours'])
  await desk.phone('phone-answers-at-once')
  await desk.operator('alice')
  await watched.until('the conversation', () => second()?.status === 'talking')
  expect(first()?.status).toBe('waiting')
})

test('a caller whose line has operators of its own is rung to others once the wait overflows', async () => {
  await desk.phone('phone-answers-at-once')
  await desk.operator('alice')
  const call = await dials(own, '33')
  expect(call()?.offeredTo).toEqual([])
  await watched.until('the conversation', () => call()?.status === 'talking')
  expect(call()?.why).toEqual({ kind: 'overflow' })
  expect(Date.parse(call()?.answeredAt ?? '') - Date.parse(call()?.arrivedAt ?? '')).toBeGreaterThanOrEqual(2_000)
})
