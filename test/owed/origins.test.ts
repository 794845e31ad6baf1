import { expect, test } from 'vitest'
import { originOf, type EndedCall } from '../../server/owed/origins.ts'

const call = (rest: Partial<EndedCall>): EndedCall => ({
  callId: 'c',
  number: '+33561551234',
  reason: 'abandoned',
  arrivedAt: 0,
  answeredAt: null,
  endedAt: 120_000,
  ...rest,
})

const table: readonly (readonly [string, Partial<EndedCall>, string | null, number | null])[] = [
  ['a caller who hung up after two minutes', {}, 'abandoned', 120],
  ['a caller who hung up at once', { endedAt: 2_999 }, null, null],
  ['a caller who held on for three seconds', { endedAt: 3_000 }, 'abandoned', 3],
  ['a message too short to be kept', { reason: 'message' }, 'abandoned', 120],
  ['a call outside opening hours', { reason: 'closed' }, 'closed', null],
  ['a line lost in the queue', { reason: 'cut' }, 'cut', 120],
  ['a line lost as soon as it arrived', { reason: 'cut', endedAt: 1_000 }, 'cut', 1],
  ['a conversation lost by our fault', { reason: 'cut', answeredAt: 60_000 }, 'cut', 60],
  ['a conversation lost within a second', { reason: 'cut', answeredAt: 119_500 }, 'cut', 1],
  ['a conversation that the limit ended', { reason: 'capped', answeredAt: 20_000 }, 'capped', 100],
  ['a conversation that ended well', { reason: 'completed', answeredAt: 1_000 }, null, null],
  ['a caller back in line after a conversation, who hung up there', { answeredAt: 30_000 }, 'abandoned', 90],
  ['a caller back in line, who left a message too short to be kept', { reason: 'message', answeredAt: 30_000 }, 'abandoned', 90],
  ['a caller back in line when the desk closed', { reason: 'closed', answeredAt: 30_000 }, 'closed', null],
  ['a withheld number that hung up', { number: null }, null, null],
  ['a withheld number cut in conversation', { number: null, reason: 'capped', answeredAt: 20_000 }, 'capped', 100],
]

test.each(table)('%s', (_, rest, kind, seconds) => {
  const origin = originOf(call(rest))
  expect(origin === null ? [null, null] : [origin.kind, origin.seconds]).toEqual([kind, seconds])
})
