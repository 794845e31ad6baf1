import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { SettingsView } from '../../server/contract/settings.ts'
import { DeskLine } from '../support/desk-line.ts'
import { freeUdpPorts } from '../support/free-port.ts'
import type { Live } from '../support/live.ts'
import { once, type Party } from '../support/sipp.ts'

let desk: DeskLine
const ports: Record<string, number> = {}

beforeAll(async () => {
  desk = await DeskLine.open()
  const [alice = 0, bruno = 0, chloe = 0] = await freeUdpPorts(3)
  Object.assign(ports, { alice, bruno, chloe })
  const sophie = await desk.service.signIn('sophie')
  const { body } = await sophie.ask<SettingsView>('GET', '/api/settings')
  await sophie.ask('PUT', '/api/settings/desk', { version: body.desk.version, value: { distribution: 'ring-all' } })
})
afterEach(() => desk.reset())
afterAll(() => desk.close())

async function operator(login: string, scenario = 'phone-answers-when-told') {
  const port = ports[login] ?? 0
  const { live, me } = await desk.registered(login, port)
  return { live, me, phone: await desk.phone(scenario, { port }) }
}
const heard = (phone: Party, line: string) => phone.messages().filter((m) => m.line.includes(line))
/** A loaded machine may make a phone say twice of one call that it rings. */
const rings = (phone: Party, times = 1) =>
  once(() => new Set(heard(phone, ' 180 ').map(({ callId }) => callId)).size >= times, 5_000, 'the ringing phone')
/** Both operators’ states, whoever is in which. */
const states = (live: Live) => ['alice', 'bruno'].map((id) => live.operators.get(id)?.state ?? '').toSorted((a, b) => (a < b ? -1 : 1))

test('everybody rings at once: a busy phone holds up nobody, and the first who picks up silences the others', async () => {
  const [alice, bruno] = [await operator('alice'), await operator('bruno')]
  const chloe = await operator('chloe', 'phone-is-busy')
  const caller = await desk.caller()
  await Promise.all([rings(alice.phone), rings(bruno.phone)])
  await once(() => heard(chloe.phone, ' 486 ').length > 0, 5_000, 'the busy phone')
  await alice.live.until('the two who ring on', () => alice.live.call?.offeredTo.length === 2)
  expect(alice.live.call).toMatchObject({ offeredTo: ['alice', 'bruno'], status: 'ringing', why: { kind: 'ring-all', among: 3 } })
  await bruno.phone.tell()
  await alice.live.until('the conversation', () => alice.live.call?.operatorId === 'bruno')
  await once(() => heard(alice.phone, 'CANCEL ').length > 0, 5_000, 'the end of the ringing')
  await alice.live.until('readiness', () => alice.live.operators.get('alice')?.state === 'ready')
  expect(alice.live.operators.get('chloe')?.state).toBe('ready')
  await caller.answered()
  await caller.tell()
  await caller.done
  await desk.clean()
})

test('two who pick up in the same instant: one has the caller, the other is ready again, six times', async () => {
  const [alice, bruno] = [await operator('alice'), await operator('bruno')]
  const { live } = alice
  for (let i = 0; i < 6; i += 1) {
    await alice.me.state('ready')
    await bruno.me.state('ready')
    const caller = await desk.caller()
    await Promise.all([rings(alice.phone, i + 1), rings(bruno.phone, i + 1)])
    await Promise.allSettled([alice.phone.tell(), bruno.phone.tell()])
    await live.until(`conversation ${i}`, () => states(live).join() === 'ready,talking')
    await caller.answered()
    await caller.tell()
    await caller.done
    await live.until(`end ${i}`, () => states(live).join() === 'ready,wrap-up')
    await desk.clean()
  }
  expect(live.ended.every(({ reason }) => reason === 'completed')).toBe(true)
})

test('killed while several ring, the service finds who picked up meanwhile and silences the other', async () => {
  const [alice, bruno] = [await operator('alice'), await operator('bruno')]
  await desk.caller()
  await Promise.all([rings(alice.phone), rings(bruno.phone)])
  await desk.service.kill()
  await bruno.phone.tell()
  await bruno.phone.answered()
  await desk.service.start()
  const live = await desk.live(await desk.service.signIn('sophie'))
  await live.until('the conversation', () => live.call?.operatorId === 'bruno')
  await once(() => heard(alice.phone, 'CANCEL ').length > 0, 5_000, 'the end of the ringing')
  await live.until('readiness', () => live.operators.get('alice')?.state === 'ready')
})
