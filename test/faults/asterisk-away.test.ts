import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { DeskLine } from '../support/desk-line.ts'
import { once } from '../support/sipp.ts'

let desk: DeskLine
beforeAll(async () => {
  desk = await DeskLine.open()
})
afterEach(() => desk.reset())
afterAll(() => desk.close())

test('when Asterisk is killed every call that died says so, the desk goes on, and the next caller is served', async () => {
  const { me, live } = await desk.operator('alice')
  await desk.phone('phone-answers-at-once')
  await desk.caller({ from: '<sip:0561551231@127.0.0.1>' })
  await live.until('the conversation', () => live.call?.status === 'talking')
  await desk.caller({ from: '<sip:0561551232@127.0.0.1>' })
  await live.until('the wait', () => [...live.calls.values()].some((c) => c.status === 'waiting'))
  process.kill(desk.asterisk.pid() ?? 0, 'SIGKILL')
  await live.until('both ends', () => live.ended.length === 2, 30_000)
  expect(live.ended.map((e) => e.reason)).toEqual(['cut', 'cut'])
  await live.until('the wrap-up', () => live.operators.get('alice')?.state === 'wrap-up')
  await once(async () => (await desk.service.part('telephony')) === 'up', 20_000, 'Asterisk')
  await once(
    async () => (await desk.rows(`select 1 from calls where outcome = 'cut' and ended_at is not null`)).length === 2,
    10_000,
    'both lines',
  )

  await me.state('ready')
  await desk.caller({ from: '<sip:0561551233@127.0.0.1>' })
  await live.until('the next conversation', () => live.call?.status === 'talking' && live.call.number === '+33561551233', 20_000)
})
