import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { OwedList } from '../../server/contract/http.ts'
import { DeskLine } from '../support/desk-line.ts'
import type { Live } from '../support/live.ts'
import type { SignedIn } from '../support/service-process.ts'
import { once } from '../support/sipp.ts'

let desk: DeskLine
beforeAll(async () => {
  desk = await DeskLine.open()
})
afterEach(() => desk.reset())
afterAll(() => desk.close())

const owed = async (me: SignedIn) => (await me.ask<OwedList>('GET', '/api/owed')).body
const timesTold = (live: Live) => live.stale.filter((what) => what === 'owed').length

test('whoever gives up waiting is owed an answer, until they call again and are answered', async () => {
  const sophie = await desk.service.signIn('sophie')
  const live = await desk.live(sophie)
  const giving = await desk.caller()
  await live.until('the wait', () => live.call?.status === 'waiting')
  await giving.answered()
  const { arrivedAt = '' } = live.call ?? {}
  await once(() => Date.now() - Date.parse(arrivedAt) > 3_200, 10_000, 'a wait longer than a mistake')
  await giving.tell()
  await live.until('word of what is owed', () => timesTold(live) === 1)
  const [entry] = (await owed(sophie)).entries
  expect(entry).toMatchObject({
    number: '+33561551234',
    people: [{ name: 'Claire Dubois' }],
    origins: [{ kind: 'abandoned', seconds: expect.any(Number) }],
    settledAt: null,
  })
  await giving.done
  await desk.clean()

  await desk.phone('phone-answers-at-once')
  await desk.operator('alice')
  const again = await desk.caller()
  await live.until('the conversation', () => live.call?.status === 'talking')
  await live.until('word of the settling', () => timesTold(live) === 2)
  expect((await owed(sophie)).entries).toMatchObject([{ id: entry?.id, settledHow: 'got-through', settledBy: null }])
  await again.answered()
  await again.tell()
  await again.done
})
