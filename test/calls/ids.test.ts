import { expect, it } from 'vitest'
import { callIdOf, isLeg } from '../../server/calls/ids.ts'

it.each([
  ['c1', 'c1', false],
  ['c1~leg0', 'c1', true],
  ['c1~out12', 'c1', true],
  ['c1~leg12~bridge', 'c1', false],
  ['c1~play3', 'c1', false],
  ['message-c1', 'c1', false],
  ['~message-1', '', false],
  ['1700.message-2', '1700.message-2', false],
])('%s belongs to %s; a phone that we ring: %s', (id, call, leg) => {
  expect([callIdOf(id), isLeg(id)]).toEqual([call, leg])
})
