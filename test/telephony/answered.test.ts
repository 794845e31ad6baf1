import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { DeskLine } from '../support/desk-line.ts'
import { once, type Party } from '../support/sipp.ts'

let desk: DeskLine
beforeAll(async () => {
  desk = await DeskLine.open()
})
afterEach(() => desk.reset())
afterAll(() => desk.close())

test('a ready operator’s phone rings, both talk, and the caller’s hang-up ends everything', async () => {
  const { live } = await desk.operator('alice')
  await desk.phone('phone-answers-at-once')
  const caller = await desk.caller()
  await live.until('a conversation', () => live.call?.status === 'talking')
  expect(live.call).toMatchObject({ number: '+33561551234', operatorId: 'alice' })
  await caller.answered()
  await caller.tell()
  await live.until('the end', () => live.ended.length === 1)
  expect(live.ended[0]).toMatchObject({ operatorId: 'alice', reason: 'completed' })
  await live.until('the wrap-up', () => live.operators.get('alice')?.state === 'wrap-up')
  await caller.done
  await desk.clean()
})

test('the operator’s hang-up ends the caller’s side', async () => {
  const { live } = await desk.operator('alice')
  const phone = await desk.phone('phone-answers-at-once')
  const caller = await desk.caller()
  await live.until('a conversation', () => live.call?.status === 'talking')
  await phone.tell()
  await caller.done
  await live.until('the end', () => live.ended.length === 1)
  await desk.clean()
})

test('the console’s hang-up ends both sides', async () => {
  const { me, live } = await desk.operator('alice')
  await desk.phone('phone-answers-at-once')
  const caller = await desk.caller()
  await live.until('a conversation', () => live.call?.status === 'talking')
  expect((await me.ask('POST', `/api/calls/${live.call?.id}/hangup`)).status).toBe(204)
  await caller.done
  await desk.clean()
})

test('the caller who gives up while the phone rings leaves nothing behind', async () => {
  const { live } = await desk.operator('alice')
  const phone = await desk.phone('phone-rings-unanswered', { calls: 1 })
  const caller = await desk.caller()
  await live.until('the ringing', () => live.call?.offeredTo.includes('alice') === true)
  await phoneRings(phone)
  await caller.tell()
  await phone.done
  await caller.done
  await live.until('readiness', () => live.operators.get('alice')?.state === 'ready')
  expect(live.ended).toEqual([expect.objectContaining({ reason: 'abandoned', operatorId: null })])
  await desk.clean()
})

const phoneRings = (phone: Party) => once(() => phone.messages().some(({ line }) => line.includes('180')), 5_000, 'the ringing phone')
