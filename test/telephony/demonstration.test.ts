import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DemoState } from '../../server/contract/http.ts'
import type { TrainingDebrief, TrainingState } from '../../server/contract/training.ts'
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
    expect(Math.max(...voices.map((v) => heardParts(samples, v))), side).toBeGreaterThan(0.4)
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

test('a training day rings who is ready, says what the caller says once answered, and its debrief holds the ticket against the need', async () => {
  const { me, live } = await desk.operator('alice')
  expect((await me.ask<TrainingState>('POST', '/api/demo/training', { script: 'premiers-appels' })).body.running?.total).toBe(3)
  expect((await me.ask('POST', '/api/demo/training', { script: 'journee' })).status).toBe(409)
  await live.until('the ringing', () => live.call?.offeredTo.includes('alice') === true)
  const call = live.call
  expect(call?.people.map((p) => p.name)).toEqual(['Léa Fontaine'])
  const running = async () => (await me.ask<TrainingState>('GET', '/api/demo/training')).body.running
  expect((await running())?.calls).toMatchObject([{ who: 'Léa Fontaine', says: null, state: 'waiting' }])
  // The day goes on where it was.
  await desk.service.kill()
  await desk.service.start()
  const id = encodeURIComponent(call?.id ?? '')
  await once(async () => (await me.ask('POST', `/api/calls/${id}/answer`)).status === 204, 20_000, 'the demo phone')
  await once(async () => (await running())?.calls[0]?.says?.includes('oublié mon mot de passe') === true, 5_000, 'what she says')
  const [lea] = call?.people ?? []
  const saved = await me.ask('POST', '/api/tickets', {
    title: 'Mot de passe oublié du compte étudiant',
    requester: { personId: lea?.id, name: lea?.name, email: lea?.email, phone: lea?.phones[0] },
    categoryId: 'mot-de-passe',
    callId: call?.id,
    solution: 'Renouvelé avec elle par la page « Mon compte ».',
  })
  expect(saved.status).toBe(201)
  expect((await me.ask('POST', `/api/calls/${id}/hangup`)).status).toBe(204)
  await once(async () => (await running())?.calls[0]?.state === 'over', 10_000, 'the end of the call')
  await once(
    async () => (await desk.rows(`select 1 from calls where id = '${call?.id}' and ended_at is not null`)).length === 1,
    10_000,
    'the record',
  )
  const { body } = await me.ask<TrainingDebrief>('POST', '/api/demo/training/end')
  expect(body).toMatchObject({ calls: 1, answered: 1, unwritten: 0, forgotten: 0 })
  expect(body.judged[0]).toMatchObject({
    who: 'Léa Fontaine',
    operator: 'Alice Martin',
    ticket: { title: 'Mot de passe oublié du compte étudiant' },
  })
  expect(body.judged[0]?.checks.filter(({ good }) => !good)).toEqual([])
  expect((await me.ask<TrainingState>('GET', '/api/demo/training')).body).toMatchObject({
    running: null,
    past: [{ id: body.id, good: 8, of: 8 }],
  })
  expect((await me.ask('POST', '/api/demo/training/end')).status).toBe(409)
  await desk.reset()
})
