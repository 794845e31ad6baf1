import { describe, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import { callRecord } from '../../server/indicators/call-record.ts'
import { daysOf, previousOf, stepFor } from '../../server/indicators/period.ts'
import { type CallCounts, callCounts, callFigures, type StateCounts, stateCounts } from '../../server/indicators/tallies.ts'

const start = Date.parse('2026-11-23T08:00:00Z')
const callId = 'c1'
const quiet = { playback: '', sounds: [] }
const at = (seconds: number) => start + seconds * 1_000
const arrived: Fact = { at: start, type: 'call-arrived', callId, number: null, people: [] }
const queued: Fact = { at: start, type: 'call-queued', callId, announcement: quiet }
const answered = (s: number): Fact => ({ at: at(s), type: 'call-answered', callId, operatorId: 'alice', leg: '', bridge: '', capAt: 0 })
const ended = (s: number, reason: 'completed' | 'abandoned' | 'closed' | 'message' | 'unanswered' = 'completed'): Fact => ({
  at: at(s),
  type: 'call-ended',
  callId,
  reason,
  by: 'caller',
})

describe('the line of a call', () => {
  it('is not drawn before the call is over, nor without its beginning', () => {
    expect(callRecord([arrived, answered(5)])).toBeNull()
    expect(callRecord([answered(5), ended(9)])).toBeNull()
  })

  it('counts the wait to the answer, the conversation, and what was on hold in it', () => {
    const held: Fact[] = [
      { at: at(60), type: 'caller-held', callId },
      { at: at(75), type: 'caller-resumed', callId },
      { at: at(80), type: 'caller-held', callId },
    ]
    expect(callRecord([arrived, queued, answered(30), ...held, ended(100)])).toMatchObject({
      answered: true,
      abandoned: false,
      waitMs: 30_000,
      talkMs: 70_000,
      holds: 2,
      holdMs: 35_000,
    })
  })

  it('ends our part of the conversation where the caller is handed over to the outside', () => {
    const target = { kind: 'number', number: '+33561556611', name: 'DTSI' } as const
    const handed: Fact = { at: at(60), type: 'call-transferred', callId, operatorId: 'alice', target, leg: '', bridge: '', capAt: 0 }
    expect(callRecord([arrived, answered(10), handed, ended(600)])).toMatchObject({ talkMs: 50_000, transfers: 1 })
  })

  it('counts no wait as conversation whose operator’s browser did not come back, and loses nothing of what came before it', () => {
    const requeued: Fact = { at: at(110), type: 'caller-requeued', callId, announcement: quiet }
    const held: Fact = { at: at(90), type: 'caller-held', callId }
    const again: Fact = { at: at(400), type: 'call-answered', callId, operatorId: 'bruno', leg: '', bridge: '', capAt: 0 }
    expect(callRecord([arrived, queued, answered(10), held, requeued, again, ended(430)])).toMatchObject({
      waitMs: 10_000,
      talkMs: 130_000,
      holdMs: 20_000,
      operatorId: 'alice',
    })
    expect(callRecord([arrived, queued, answered(10), requeued, ended(700, 'abandoned')])).toMatchObject({
      answered: true,
      abandoned: false,
      talkMs: 100_000,
    })
  })

  it('tells who gave up from who met a closed desk, and from whom closing time reached in line', () => {
    const closes = (s: number): Fact => ({ at: at(s), type: 'closed-message-started', callId, announcement: quiet })
    expect(callRecord([arrived, queued, ended(45, 'abandoned')])).toMatchObject({ abandoned: true, closed: false, waitMs: 45_000 })
    expect(callRecord([arrived, closes(0), ended(20, 'closed')])).toMatchObject({ abandoned: false, closed: true, waitMs: 0 })
    expect(callRecord([arrived, queued, closes(40), ended(60, 'closed')])).toMatchObject({
      abandoned: false,
      closed: false,
      waitMs: 40_000,
    })
  })

  it('counts whoever heard the closed message as the desk opened like everybody in line, from their arrival', () => {
    const closes: Fact = { at: at(0), type: 'closed-message-started', callId, announcement: quiet }
    const opens: Fact = { ...queued, at: at(15) }
    const inLine = { closed: false, waitMs: 45_000 }
    expect(callRecord([arrived, closes, opens, answered(45), ended(100)])).toMatchObject({ ...inLine, answered: true })
    expect(callRecord([arrived, closes, opens, ended(45, 'abandoned')])).toMatchObject({ ...inLine, abandoned: true })
    expect(callRecord([arrived, queued, { ...closes, at: at(10) }, opens, answered(45), ended(100)])).toMatchObject(inLine)
  })

  it('counts a kept place apart: it is no answer on the line, and reached only when the person was', () => {
    const kept: Fact = { at: at(90), type: 'place-kept', callId, number: '+33561551234', announcement: quiet }
    expect(callRecord([arrived, queued, kept, answered(900), ended(960)])).toMatchObject({
      answered: false,
      abandoned: false,
      kept: true,
      reached: true,
      waitMs: 90_000,
      talkMs: 60_000,
    })
    expect(callRecord([arrived, queued, kept, ended(900, 'unanswered')])).toMatchObject({ kept: true, reached: false })
  })
})

describe('the figures', () => {
  it('take shares of conversations over all of them, those with kept places too', () => {
    const nothing = Object.fromEntries([...callCounts, ...stateCounts].map((name) => [name, 0])) as CallCounts & StateCounts
    // One call was answered in line and one called back; both were put on hold and handed on.
    const figures = callFigures({ ...nothing, offered: 2, answered: 1, kept: 1, reached: 1, held: 2, transferred: 2 })
    expect(figures).toMatchObject({ heldShare: 1, transferredShare: 1 })
  })

  it('say nothing where there is nothing to count', () => {
    const nothing = Object.fromEntries([...callCounts, ...stateCounts].map((name) => [name, 0])) as CallCounts & StateCounts
    const figures = callFigures(nothing)
    expect(figures.offered).toBe(0)
    expect(figures.serviceLevel).toBeNull()
    expect(figures.asa).toBeNull()
    expect(figures.occupancy).toBeNull()
  })

  it('compare a period with as many days before it', () => {
    expect(daysOf({ from: '2024-02-28', to: '2024-03-01' })).toBe(3)
    expect(previousOf({ from: '2026-03-01', to: '2026-03-31' })).toEqual({ from: '2026-01-29', to: '2026-02-28' })
    expect(stepFor({ from: '2026-01-01', to: '2026-01-31' })).toBe('day')
    expect(stepFor({ from: '2026-01-01', to: '2026-06-30' })).toBe('week')
    expect(stepFor({ from: '2026-01-01', to: '2026-12-31' })).toBe('month')
    // Sixty-two days and one more, a hundred and ninety and one more.
    const upTo = (to: string) => stepFor({ from: '2026-01-01', to })
    expect([upTo('2026-03-03'), upTo('2026-03-04'), upTo('2026-07-09'), upTo('2026-07-10')]).toEqual(['day', 'week', 'week', 'month'])
  })
})
