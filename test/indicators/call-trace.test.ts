import { describe, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import { traceOf } from '../../server/indicators/call-trace.ts'

const announcement = { playback: 'c1~play0', sounds: [] }
const at = (s: number) => 1_800_000_000_000 + s * 1_000
const callId = 'c1'
const arrived: Fact = { type: 'call-arrived', at: at(0), callId, number: '+33561551234', people: [], line: 'vip', rank: 0 }
const spans = (facts: readonly Fact[]) =>
  traceOf(facts)?.parts.map(({ name, from, to, attributes }) => [
    name,
    (from - at(0)) / 1_000,
    (to - at(0)) / 1_000,
    attributes['guichet.result'] ?? null,
  ])

describe('the trace of a call', () => {
  it('has what lasted: the wait, each phone that rang, the conversation, the hold in it', () => {
    const facts: Fact[] = [
      arrived,
      { type: 'call-queued', at: at(1), callId, announcement },
      { type: 'offer-made', at: at(2), callId, operatorId: 'alice', leg: 'c1~leg1', why: { kind: 'only-free' } },
      { type: 'offer-ended', at: at(22), callId, operatorId: 'alice', reason: 'no-answer', restUntil: 0 },
      { type: 'offer-made', at: at(22), callId, operatorId: 'bruno', leg: 'c1~leg2' },
      { type: 'call-answered', at: at(30), callId, operatorId: 'bruno', leg: 'c1~leg2', bridge: 'b', capAt: at(930) },
      { type: 'caller-held', at: at(40), callId },
      { type: 'caller-resumed', at: at(50), callId },
      { type: 'call-ended', at: at(90), callId, reason: 'completed', by: 'caller' },
    ]
    expect(spans(facts)).toEqual([
      ['wait', 1, 30, 'answered'],
      ['offer', 2, 22, 'no-answer'],
      ['offer', 22, 30, 'answered'],
      ['talk', 30, 90, null],
      ['hold', 40, 50, null],
    ])
    const trace = traceOf(facts)
    expect(trace?.call).toMatchObject({
      name: 'call',
      from: at(0),
      to: at(90),
      attributes: {
        'guichet.call.id': 'c1',
        'guichet.call.direction': 'in',
        'guichet.call.line': 'vip',
        'guichet.call.ended_by': 'caller',
      },
    })
    expect(JSON.stringify(trace)).not.toContain('551234')
  })

  it('of several who were rung at once, one answered', () => {
    const facts: Fact[] = [
      arrived,
      { type: 'offer-made', at: at(2), callId, operatorId: 'alice', leg: 'c1~leg1' },
      { type: 'offer-made', at: at(2), callId, operatorId: 'bruno', leg: 'c1~leg2' },
      { type: 'call-answered', at: at(5), callId, operatorId: 'bruno', leg: 'c1~leg2', bridge: 'b', capAt: at(905) },
      { type: 'call-ended', at: at(9), callId, reason: 'completed', by: 'operator' },
    ]
    expect(
      spans(facts)
        ?.filter(([name]) => name === 'offer')
        .map(([, , , how]) => how),
    ).toEqual(['taken', 'answered'])
  })

  it('ends what was under way with the call', () => {
    const facts: Fact[] = [
      arrived,
      { type: 'call-queued', at: at(1), callId, announcement },
      { type: 'call-ended', at: at(9), callId, reason: 'abandoned', by: 'caller' },
    ]
    expect(spans(facts)).toEqual([['wait', 1, 9, null]])
  })

  it('is none without the beginning or the end', () => {
    expect(traceOf([arrived])).toBeNull()
    expect(traceOf([{ type: 'call-ended', at: at(9), callId, reason: 'abandoned', by: 'caller' }])).toBeNull()
  })
})
