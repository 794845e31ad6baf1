import { describe, expect, it } from 'vitest'
import type { CallRecord } from '../../server/indicators/call-record.ts'
import {
  backlogAges,
  callCounts,
  callFigures,
  callHalves,
  callUnits,
  callWholes,
  occupancyOf,
  stateCounts,
  ticketFigures,
  type TicketTally,
  ticketUnits,
  ticketWholes,
} from '../../server/indicators/tallies.ts'

const call: CallRecord = {
  callId: 'c1',
  direction: 'in',
  arrivedAt: Date.parse('2026-11-23T09:44:59.999Z'),
  closed: false,
  answered: true,
  abandoned: false,
  waitMs: 30_000,
  talkMs: 120_000,
  holdMs: 15_000,
  holds: 2,
  misses: 1,
  transfers: 3,
  extended: 2,
  capped: true,
  alarmed: true,
  message: true,
  kept: true,
  reached: true,
  operatorId: 'alice',
  fromPage: false,
  talks: null,
}
const half = (change: Partial<CallRecord> = {}) => callHalves({ ...call, ...change })[0] ?? expect.fail('no half hour')

describe('what a call adds to its half hour', () => {
  it('gives the conversation to each who talked, and all else to who answered first', () => {
    const talks = [
      { operatorId: 'alice', ms: 20_000 },
      { operatorId: 'bruno', ms: 90_000 },
      { operatorId: 'chloe', ms: 10_000 },
    ]
    const halves = callHalves({ ...call, talks })
    expect(halves.map(({ operatorId, talkMs }) => ({ operatorId, ms: talkMs }))).toEqual(talks)
    expect(halves.map(({ answered, holdMs, placedOut, answeredWaits }) => [answered, holdMs, placedOut, answeredWaits[2]])).toEqual([
      [1, 15_000, 0, 1],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ])
  })

  it('is counted where it arrived, under who answered', () => {
    expect(half()).toEqual({
      half: Date.parse('2026-11-23T09:30:00.000Z'),
      operatorId: 'alice',
      offered: 1,
      afterHours: 0,
      answered: 1,
      answeredInTime: 1,
      abandoned: 0,
      shortAbandoned: 0,
      answeredWaitMs: 30_000,
      abandonedWaitMs: 0,
      talkMs: 120_000,
      holdMs: 15_000,
      held: 1,
      transferred: 1,
      capped: 1,
      extended: 2,
      missed: 1,
      alarmed: 1,
      messages: 1,
      kept: 1,
      reached: 1,
      placedOut: 0,
      answeredWaits: [0, 0, 1, 0, 0, 0, 0, 0],
      abandonedWaits: [0, 0, 0, 0, 0, 0, 0, 0],
    })
    expect(half({ arrivedAt: Date.parse('2026-11-23T09:30:00.000Z'), operatorId: null })).toMatchObject({
      half: Date.parse('2026-11-23T09:30:00.000Z'),
      operatorId: '',
    })
  })

  it('of a plain call, that met the desk closed, or that we placed, is little', () => {
    const plain = { holds: 0, transfers: 0, capped: false, alarmed: false, message: false, kept: false, reached: false }
    expect(half({ ...plain, closed: true, answered: false })).toMatchObject({
      offered: 0,
      afterHours: 1,
      answered: 0,
      answeredInTime: 0,
      answeredWaitMs: 0,
      held: 0,
      transferred: 0,
      capped: 0,
      alarmed: 0,
      messages: 0,
      kept: 0,
      reached: 0,
      answeredWaits: [0, 0, 0, 0, 0, 0, 0, 0],
    })
    expect(half({ direction: 'out', abandoned: true })).toMatchObject({
      offered: 0,
      afterHours: 0,
      answered: 0,
      abandoned: 0,
      answeredWaitMs: 0,
      abandonedWaitMs: 0,
      talkMs: 0,
      holdMs: 0,
      held: 0,
      transferred: 0,
      capped: 1,
      placedOut: 1,
    })
    expect(half({ direction: 'out', closed: true })).toMatchObject({ afterHours: 0 })
  })

  it.each([
    [9_999, 1, [1, 0, 0, 0, 0, 0, 0, 0]],
    [10_000, 0, [0, 1, 0, 0, 0, 0, 0, 0]],
    [899_999, 0, [0, 0, 0, 0, 0, 0, 1, 0]],
    [900_000, 0, [0, 0, 0, 0, 0, 0, 0, 1]],
  ])('of a caller who hung up after %d ms is short: %d', (waitMs, short, waits) => {
    expect(half({ answered: false, abandoned: true, waitMs })).toMatchObject({
      abandoned: 1,
      shortAbandoned: short,
      abandonedWaitMs: waitMs,
      abandonedWaits: waits,
      answeredWaits: [0, 0, 0, 0, 0, 0, 0, 0],
    })
    expect(half({ waitMs }).shortAbandoned).toBe(0)
  })

  it.each([
    [60_000, 1],
    [60_001, 0],
  ])('answered after %d ms is in time: %d', (waitMs, inTime) => {
    expect(half({ waitMs }).answeredInTime).toBe(inTime)
    expect(half({ waitMs, answered: false }).answeredInTime).toBe(0)
  })
})

describe('the figures of calls', () => {
  // Each count is a prime of its own, so that no two quotients are alike.
  const primes = [101, 2, 53, 31, 29, 7, 5_900, 3_700, 41_000, 43_000, 11, 13, 17, 19, 23, 37, 43, 47, 5, 59, 61_000, 67_000, 71_000, 3]
  const counted = Object.fromEntries([...callCounts, ...stateCounts].map((name, i) => [name, primes[i] ?? 0])) as Parameters<
    typeof callFigures
  >[0]
  const beside = { absorbed: 73, fromPage: 79, owed: 83, judged: 97, inTime: 89 }

  it('are counts, shares and means of what is said beside them', () => {
    expect(callFigures(counted, beside)).toEqual({
      offered: 101,
      fromPage: 79,
      answered: 53,
      abandoned: 29,
      shortAbandoned: 7,
      answeredShare: 53 / 101,
      abandonedShare: 22 / 94,
      serviceLevel: 31 / 94,
      asa: 5.9 / 53,
      abandonedAfter: 3.7 / 29,
      talk: 41 / (53 + 5),
      wrapUp: 71 / 3,
      hold: 43 / 11,
      heldShare: 11 / 58,
      transferredShare: 13 / 58,
      capped: 17,
      extended: 19,
      missed: 23,
      alarmed: 37,
      kept: 47,
      reachedShare: 5 / 47,
      owed: 83,
      owedHeld: 89 / 97,
      owedLate: 8,
      messages: 43,
      absorbed: 73,
      afterHours: 2,
      placedOut: 59,
      occupancy: (67 + 71) / (61 + 67 + 71),
    })
    expect(Object.keys(callFigures(counted, beside)).toSorted()).toEqual(Object.keys(callUnits).toSorted())
  })

  it('say over what each share and mean is taken, and of a count nothing', () => {
    expect(callWholes(counted, beside)).toEqual({
      answeredShare: 101,
      abandonedShare: 94,
      serviceLevel: 94,
      asa: 53,
      abandonedAfter: 29,
      talk: 58,
      wrapUp: 3,
      hold: 11,
      heldShare: 58,
      transferredShare: 58,
      reachedShare: 47,
      owedHeld: 97,
      occupancy: 199,
    })
  })

  it('have nothing beside where nothing is given, and occupy nobody who was not there', () => {
    expect(callFigures(counted)).toMatchObject({ fromPage: 0, owed: 0, owedHeld: null, owedLate: 0, absorbed: 0 })
    expect(callWholes(counted)).toMatchObject({ owedHeld: 0 })
    expect(occupancyOf({ readyMs: 1, talkingMs: 2, wrapUpMs: 5, wrapUps: 1 })).toBe(7 / 8)
    expect(occupancyOf({ readyMs: 0, talkingMs: 0, wrapUpMs: 0, wrapUps: 0 })).toBeNull()
  })
})

describe('the figures of tickets', () => {
  const tally: TicketTally = {
    opened: 101,
    atOnce: 2,
    byPhone: 3,
    redirected: 53,
    bounced: 5,
    everClosed: 59,
    reopened: 7,
    refused: 19,
    refusedCalls: 23,
    takeUps: 61,
    takeUpsHeld: 11,
    level1s: 67,
    level1sHeld: 13,
    level2s: 71,
    level2sHeld: 17,
    closed: 73,
    openForS: 1_900,
    backlog: 79,
    backlogS: 2_300,
    olderThan1: 43,
    olderThan7: 41,
    olderThan30: 37,
    olderThan90: 29,
  }

  it('are counts, shares and means of what is said beside them', () => {
    expect(ticketFigures(tally)).toEqual({
      opened: 101,
      closed: 73,
      firstContact: 2 / 82,
      byPhone: 3 / 101,
      redirected: 53 / 101,
      bounced: 5 / 53,
      reopened: 7 / 59,
      refused: 42,
      refusedShare: 42 / 124,
      openFor: 1_900 / 73,
      takeUpHeld: 11 / 61,
      level1Held: 13 / 67,
      level2Held: 17 / 71,
      backlog: 79,
      backlogAge: 2_300 / 79,
      stale: 41,
    })
    expect(Object.keys(ticketFigures(tally)).toSorted()).toEqual(Object.keys(ticketUnits).toSorted())
    expect(ticketWholes(tally)).toEqual({
      firstContact: 82,
      byPhone: 101,
      redirected: 101,
      bounced: 53,
      reopened: 59,
      refusedShare: 124,
      openFor: 73,
      takeUpHeld: 61,
      level1Held: 67,
      level2Held: 71,
      backlogAge: 79,
    })
  })

  it('sort the open ones by age, each once', () => {
    expect(backlogAges(tally)).toEqual([
      { upToDays: 1, tickets: 36 },
      { upToDays: 7, tickets: 2 },
      { upToDays: 30, tickets: 4 },
      { upToDays: 90, tickets: 8 },
      { upToDays: null, tickets: 29 },
    ])
  })
})
