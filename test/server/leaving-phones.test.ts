import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { LeavingPhones } from '../../server/telephony/leaving-phones.ts'

const phones = (...rung: readonly (readonly [string, string])[]) => {
  const leaving = new LeavingPhones()
  for (const [leg, operatorId] of rung) leaving.rung(leg, operatorId)
  return leaving
}
const isOver = (left: Promise<unknown> | null) => Promise.race([left?.then(() => true), delay(150, false)])

test('a telephone is waited for until it has gone, and nobody else’s is', async () => {
  const leaving = phones(['c1~leg0', 'alice'], ['c2~leg0', 'bruno'])
  expect(leaving.left('alice')).toBeNull()
  leaving.letGo('c1~leg0')
  expect(leaving.left('bruno')).toBeNull()
  const left = leaving.left('alice')
  expect(await isOver(left)).toBe(false)
  leaving.gone('c1~leg0')
  expect(await isOver(left)).toBe(true)
  expect(leaving.left('alice')).toBeNull()
})

test('one that has gone before, or was never rung, is not waited for; nor is any once Asterisk is lost', async () => {
  const leaving = phones(['c1~leg0', 'alice'])
  leaving.gone('c1~leg0')
  for (const leg of ['c1~leg0', 'c9~leg9']) leaving.letGo(leg)
  expect(leaving.left('alice')).toBeNull()
  leaving.rung('c2~leg0', 'alice')
  leaving.letGo('c2~leg0')
  const left = leaving.left('alice')
  leaving.forget()
  expect(await isOver(left)).toBe(true)
  expect(leaving.left('alice')).toBeNull()
})

test('one that does not go holds up the next ring for a moment, and none after it', async () => {
  const leaving = phones(['c1~leg0', 'alice'])
  leaving.letGo('c1~leg0')
  await leaving.left('alice')
  expect(leaving.left('alice')).toBeNull()
})
