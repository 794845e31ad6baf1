import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DemoState } from '../../server/contract/http.ts'
import { DeskLine } from '../support/desk-line.ts'
import { once } from '../support/sipp.ts'
import { heardParts, readWav } from '../support/sound.ts'

let desk: DeskLine
beforeAll(async () => {
  desk = await DeskLine.open({}, { trunk: false })
})
afterAll(() => desk.close())

const said = (name: string) => readWav(join(desk.asterisk.varDir, 'asterisk/data/sounds/fr/guichet', `${name}.wav`)).subarray(0, 4 * 8_000)

test('without any phone, a sample person calls, the console’s Answer key picks up, and what each side heard can be played', async () => {
  const { me, live } = await desk.operator('alice')
  const { body: state } = await me.ask<DemoState>('GET', '/api/demo')
  const claire = state.callers.find((c) => c.name === 'Claire Dubois')
  expect((await me.ask('POST', '/api/demo/calls', { personId: claire?.id })).status).toBe(201)
  await live.until('the ringing', () => live.call?.offeredTo.includes('alice') === true)
  expect(live.call?.people.map((p) => p.name)).toEqual(['Claire Dubois'])
  const id = encodeURIComponent(live.call?.id ?? '')
  await once(async () => (await me.ask('POST', `/api/calls/${id}/answer`)).status === 204, 5_000, 'the demo phone')
  await live.until('the conversation', () => live.call?.status === 'talking')
  const answeredAt = Date.now()
  await once(() => Date.now() - answeredAt > 6_000, 10_000, 'some talk')
  expect((await me.ask('POST', `/api/calls/${id}/hangup`)).status).toBe(204)
  await once(async () => (await me.ask<DemoState>('GET', '/api/demo')).body.recordings.length === 2, 10_000, 'both recordings')
  const { body: after } = await me.ask<DemoState>('GET', '/api/demo')
  for (const { side, url } of after.recordings) {
    const sound = Buffer.from(await (await fetch(`${desk.service.url}${url}`)).arrayBuffer())
    const samples = Int16Array.from({ length: (sound.length - 44) / 2 }, (_, i) => sound.readInt16LE(44 + 2 * i))
    const voices = side === 'caller' ? [said('demo-operator')] : [1, 2, 3].map((n) => said(`demo-caller-${n}`))
    expect(Math.max(...voices.map((v) => heardParts(samples, v))), side).toBeGreaterThanOrEqual(0.6)
  }
  await desk.clean()
})

test('a sample caller whose number is shared is offered with everybody it may be', async () => {
  const { me, live } = await desk.operator('bruno')
  await me.ask('POST', '/api/demo/calls', { number: '0561552000' })
  await live.until('the ringing', () => live.call?.offeredTo.includes('bruno') === true)
  expect(live.call?.people.map((p) => p.name).sort()).toEqual(['Paul Martin', "Zoé Lefèvre-O'Brien"])
  await me.ask('POST', `/api/calls/${encodeURIComponent(live.call?.id ?? '')}/decline`)
  await live.until('the wait', () => live.call?.status === 'waiting')
  await desk.reset()
})
