import { expect, it } from 'vitest'
import { Quality, readingOf } from '../../console/softphone/quality.ts'

const report = (received: number, lost: number, there: object | null = { fractionLost: 0.02, roundTripTime: 0.04, jitter: 0.003 }) => [
  ['a', { type: 'inbound-rtp', kind: 'audio', packetsReceived: received, packetsLost: lost, jitter: 0.012 }] as const,
  ['v', { type: 'inbound-rtp', kind: 'video', packetsReceived: 1, packetsLost: 1, jitter: 9 }] as const,
  ...(there === null ? [] : [['b', { type: 'remote-inbound-rtp', kind: 'audio', ...there }] as const]),
]

it('a conversation that is heard by nobody yet has no quality', () => {
  expect(readingOf([], 0)).toBeNull()
  const quality = new Quality(0)
  expect([quality.now(), quality.over(1_000)]).toEqual([null, null])
})

it('now is the last ten seconds, the worse of both ways; all of it is the average', () => {
  const quality = new Quality(0)
  for (let s = 0; s <= 60; s += 2) {
    const reading = readingOf(report(s * 50, s < 40 ? 0 : (s - 40) * 5), s * 1_000)
    if (reading !== null) quality.add(reading)
  }
  const now = quality.now()
  // 40 lost beside 400 received in eight seconds.
  expect(now?.lossPercent).toBeCloseTo(100 / 11, 1)
  expect([now?.jitterMs, now?.roundTripMs]).toEqual([12, 40])
  const over = quality.over(60_400)
  expect(over?.seconds).toBe(60)
  expect(over?.lossPercent).toBeCloseTo((100 / 3_100) * 100, 1)
  expect([over?.jitterMs, over?.roundTripMs]).toEqual([12, 40])
})

it('without a word from the other end there is no round trip, and our own loss is all', () => {
  const quality = new Quality(0)
  const reading = readingOf(report(100, 0, null), 1_000)
  if (reading !== null) quality.add(reading)
  expect(quality.now()).toEqual({ lossPercent: 0, jitterMs: 12, roundTripMs: null })
  expect(quality.over(2_000)?.roundTripMs).toBeNull()
})
