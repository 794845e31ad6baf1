import { describe, expect, it } from 'vitest'
import {
  keyOf,
  onTheLine,
  restAfterAttemptMs,
  talkPatienceMs,
  written,
  type Call,
  type Talk,
  type ToTakeUp,
  type Written,
} from '../../server/next/order.ts'
import type { Attempt, Entry, EntryStatus } from '../../server/owed/model.ts'

const now = 10_000_000
const minute = 60_000
const alice = { id: 'alice', name: 'Alice Martin' }
const bruno = { id: 'bruno', name: 'Bruno Lefort' }

const call = (id: string, rest: Partial<Call> = {}): Call => ({ id, offeredTo: [], operatorId: null, ...rest })
const entry = (id: string, dueAt: number, rest: Partial<Entry> = {}): Entry => ({
  id,
  number: `+3356155${id}`,
  origins: [],
  firstAt: dueAt - 60 * minute,
  lastAt: dueAt - 60 * minute,
  dueAt,
  priority: false,
  attempts: [],
  escalations: [],
  escalated: null,
  status: { kind: 'open' },
  ...rest,
})
const taken = (by: typeof alice): EntryStatus => ({ kind: 'taken', by, at: now })
const tried = (outcome: Attempt['outcome'], at: number): Attempt => ({ at, by: bruno, outcome, note: null, laterAt: null })
const ticket = (number: number, rest: Partial<ToTakeUp> = {}): ToTakeUp => ({
  number,
  status: 'new',
  medium: 'phone',
  priority: 4,
  openedAt: number,
  claimedBy: null,
  ...rest,
})
const talk = (number: number, rest: Partial<Talk> = {}): Talk => ({
  number,
  since: now - minute,
  here: true,
  ownerId: null,
  claimedBy: null,
  ...rest,
})
const nothing: Written = { owed: [], unwritten: [], tickets: [], talks: [] }
const orderOf = (world: Partial<Written>) => written('alice', { ...nothing, ...world }, now).map(keyOf)
const lineOf = (calls: readonly Call[], caller: string | null) => onTheLine({ me: 'alice', caller, calls }).map(keyOf)

describe('on the line', () => {
  it('my own call comes before everything, and nobody else is given with it', () => {
    expect(lineOf([call('w'), call('m', { offeredTo: ['alice'] })], 'w')).toEqual(['call:m'])
    expect(lineOf([call('w'), call('m', { operatorId: 'alice' })], 'w')).toEqual(['call:m'])
  })

  it('then whoever my phone would ring for, if it would for anybody', () => {
    expect(lineOf([call('a', { offeredTo: ['bruno'] }), call('b')], 'b')).toEqual(['line:b'])
    expect(lineOf([call('b')], null)).toEqual([])
  })
})

describe('what is written down', () => {
  it('goes by kind: answers owed, then what I have not written, then tickets', () => {
    expect(
      orderOf({
        tickets: [ticket(1)],
        unwritten: [{ id: 'c1', operatorId: 'alice', endedAt: now }],
        owed: [entry('1', now + 50 * minute)],
      }),
    ).toEqual(['callback:1', 'unwritten:c1', 'ticket:1'])
  })

  it('an answer owed goes by urgency; what I took comes first, what another took never', () => {
    expect(
      orderOf({
        owed: [
          entry('late', now - minute),
          entry('later', now + minute),
          entry('capped', now + 5 * minute, { priority: true }),
          entry('mine', now + 9 * minute, { status: taken(alice) }),
          entry('his', now - 9 * minute, { status: taken(bruno) }),
        ],
      }),
    ).toEqual(['callback:mine', 'callback:capped', 'callback:late', 'callback:later'])
  })

  it.each([
    ['no answer a moment ago', [tried('no-answer', now - minute)], now, false],
    ['no answer a quarter of an hour ago', [tried('busy', now - restAfterAttemptMs)], now, true],
    ['a time agreed that has come', [tried('later', now - 60 * minute)], now, true],
    ['a time agreed that is to come', [tried('later', now - 60 * minute)], now + 1, false],
  ])('after %s', (_what, attempts, dueAt, given) => {
    expect(orderOf({ owed: [entry('1', dueAt, { attempts })] })).toEqual(given ? ['callback:1'] : [])
  })

  it('calls without a ticket are given to whoever talked, the oldest first', () => {
    expect(
      orderOf({
        unwritten: [
          { id: 'new', operatorId: 'alice', endedAt: now },
          { id: 'his', operatorId: 'bruno', endedAt: now - minute },
          { id: 'old', operatorId: 'alice', endedAt: now - minute },
        ],
      }),
    ).toEqual(['unwritten:old', 'unwritten:new'])
  })

  it('tickets: pre-tickets first, then priority, then the form, then age', () => {
    expect(
      orderOf({
        tickets: [
          ticket(1, { priority: 1 }),
          ticket(2, { status: 'pre-ticket', priority: 5 }),
          ticket(3, { status: 'pre-ticket', medium: 'message' }),
          ticket(4, { status: 'pre-ticket', medium: 'form' }),
          ticket(5),
          ticket(6, { medium: 'form' }),
          ticket(7, { status: 'in-progress', priority: 1 }),
        ],
      }),
    ).toEqual(['ticket:4', 'ticket:3', 'ticket:2', 'ticket:1', 'ticket:6', 'ticket:5'])
  })

  it('a ticket given to me comes first, one given to another waits', () => {
    const tickets = [ticket(1), ticket(2, { claimedBy: 'alice' }), ticket(3, { claimedBy: 'bruno' })]
    expect(orderOf({ tickets })).toEqual(['ticket:2', 'ticket:1'])
  })

  it('whoever waits in writing with the page before them comes before all of it; who has left, before tickets', () => {
    expect(
      orderOf({
        tickets: [ticket(1)],
        unwritten: [{ id: 'c1', operatorId: 'alice', endedAt: now }],
        owed: [entry('1', now)],
        talks: [talk(20, { here: false, since: now - 9 * minute }), talk(21), talk(22, { since: now - 2 * minute })],
      }),
    ).toEqual(['talk:22', 'talk:21', 'callback:1', 'unwritten:c1', 'talk:20', 'ticket:1'])
  })

  it('a conversation is answered by whoever follows the ticket, or by anybody once it has waited; given to another, by nobody else', () => {
    const waited = now - talkPatienceMs
    expect(
      orderOf({
        talks: [
          talk(1, { ownerId: 'bruno', since: waited + 1 }),
          talk(2, { ownerId: 'bruno', since: waited }),
          talk(3, { ownerId: 'bruno', since: waited, here: false }),
          talk(4, { ownerId: 'alice', since: now }),
          talk(5, { claimedBy: 'bruno', since: waited }),
          talk(6, { ownerId: 'bruno', claimedBy: 'alice', since: now }),
        ],
      }),
    ).toEqual(['talk:4', 'talk:6', 'talk:2'])
  })

  it('a request that nobody has taken up is given once: in writing while its author is there, else as a ticket', () => {
    const tickets = [ticket(1, { status: 'pre-ticket' }), ticket(2, { status: 'pre-ticket' })]
    expect(orderOf({ tickets, talks: [talk(1), talk(2, { here: false })] })).toEqual(['talk:1', 'ticket:2'])
  })

  it('is nothing when nothing waits', () => {
    expect(orderOf({})).toEqual([])
  })
})

it('a slot that somebody chose is nobody’s before it begins, and then like any other', () => {
  const chosen = (id: string, at: number) =>
    entry(id, at + 30 * minute, { origins: [{ kind: 'slot', at, callId: `slot-${id}`, messageId: null, seconds: null }] })
  expect(orderOf({ owed: [chosen('a', now + minute), chosen('b', now)] })).toEqual(['callback:b'])
  const moved = chosen('d', now - minute)
  const closed = (reopensAt: number) => ({ ...moved, origins: moved.origins.map((one) => ({ ...one, reopensAt })) })
  expect(orderOf({ owed: [closed(now + minute)] })).toEqual([])
  expect(orderOf({ owed: [closed(now)] })).toEqual(['callback:d'])
  const also = chosen('c', now + minute)
  const abandoned = { kind: 'abandoned', at: now - minute, callId: 'c1', messageId: null, seconds: 20 } as const
  expect(orderOf({ owed: [{ ...also, origins: [...also.origins, abandoned] }] })).toEqual(['callback:c'])
})
