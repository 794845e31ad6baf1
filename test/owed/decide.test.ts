import { describe, expect, it, test } from 'vitest'
import { answeredElsewhere, besideEachOther, decide, note, promisedStill, type OwedCommand } from '../../server/owed/decide.ts'
import { byUrgency, type Entry } from '../../server/owed/model.ts'
import { alice, Book, bruno, claire, entryThatIs, folded, hourMs, origin } from './entries.ts'

const outcome = (kind: 'reached' | 'no-answer' | 'busy' | 'wrong-number'): OwedCommand => ({
  type: 'outcome',
  by: alice,
  outcome: kind,
  note: null,
  laterAt: null,
})
const later = (laterAt: number | null): OwedCommand => ({ type: 'outcome', by: alice, outcome: 'later', note: 'à 14 h', laterAt })
const statuses = ['open', 'taken by me', 'taken by another', 'settled'] as const
type Row = readonly [string, OwedCommand, Readonly<Record<(typeof statuses)[number], string>>]

const commands: readonly Row[] = [
  [
    'taking it',
    { type: 'take', by: alice },
    { open: 'taken', 'taken by me': 'taken', 'taken by another': 'conflict', settled: 'conflict' },
  ],
  [
    'giving it back',
    { type: 'release', by: alice, evenAnothers: false },
    { open: 'open', 'taken by me': 'open', 'taken by another': 'conflict', settled: 'conflict' },
  ],
  [
    'a supervisor giving it back',
    { type: 'release', by: alice, evenAnothers: true },
    { open: 'open', 'taken by me': 'open', 'taken by another': 'open', settled: 'conflict' },
  ],
  ['reaching', outcome('reached'), { open: 'settled', 'taken by me': 'settled', 'taken by another': 'conflict', settled: 'conflict' }],
  [
    'a wrong number',
    outcome('wrong-number'),
    { open: 'settled', 'taken by me': 'settled', 'taken by another': 'conflict', settled: 'conflict' },
  ],
  ['no answer', outcome('no-answer'), { open: 'open', 'taken by me': 'open', 'taken by another': 'conflict', settled: 'conflict' }],
  ['a busy line', outcome('busy'), { open: 'open', 'taken by me': 'open', 'taken by another': 'conflict', settled: 'conflict' }],
  ['a later time', later(90_000), { open: 'open', 'taken by me': 'open', 'taken by another': 'conflict', settled: 'conflict' }],
  [
    'a later time without the time',
    later(null),
    { open: 'invalid_body', 'taken by me': 'invalid_body', 'taken by another': 'conflict', settled: 'conflict' },
  ],
  [
    'a later time that has passed',
    later(9_000),
    { open: 'invalid_body', 'taken by me': 'invalid_body', 'taken by another': 'conflict', settled: 'conflict' },
  ],
  [
    'settling its message',
    { type: 'message-settled', by: alice },
    { open: 'settled', 'taken by me': 'settled', 'taken by another': 'conflict', settled: 'settled' },
  ],
  [
    'the person getting through',
    { type: 'got-through', callId: 'c', answeredAt: 10_000 },
    { open: 'settled', 'taken by me': 'settled', 'taken by another': 'settled', settled: 'settled' },
  ],
]

describe.each(commands)('%s', (_, command, results) => {
  test.each(statuses)('of an entry that is %s', (status) => {
    const entry = entryThatIs(status)
    const decision = decide(entry, command, 10_000)
    const result = decision.kind === 'refused' ? decision.code : folded(entry.id, entry, decision.facts)?.status.kind
    expect(result).toBe(results[status])
  })
})

describe('an entry', () => {
  it('names who has it to those who come too late', () => {
    expect(decide(entryThatIs('taken by another'), { type: 'take', by: alice }, 3_000)).toMatchObject({ detail: 'pris par Bruno Lefort' })
  })

  it('counts every attempt, and is free again after each', () => {
    const book = new Book()
    book.note(claire, origin('abandoned', 1_000))
    book.tell('entry-1', { type: 'take', by: alice }, 2_000)
    book.tell('entry-1', outcome('no-answer'), 3_000)
    book.tell('entry-1', { type: 'outcome', by: bruno, outcome: 'busy', note: 'occupé deux fois', laterAt: null }, 4_000)
    expect(book.open).toMatchObject([
      {
        status: { kind: 'open' },
        dueAt: 1_000 + hourMs,
        attempts: [
          { outcome: 'no-answer', by: alice },
          { outcome: 'busy', by: bruno, note: 'occupé deux fois' },
        ],
      },
    ])
  })

  it('is due when the person asked for it, until they call again in vain', () => {
    const book = new Book()
    book.note(claire, origin('capped', 1_000))
    expect(book.open[0]).toMatchObject({ priority: true, dueAt: 1_000 + hourMs })
    book.tell('entry-1', later(50 * hourMs), 2_000)
    expect(book.open[0]).toMatchObject({ priority: false, dueAt: 50 * hourMs })
    book.note(claire, origin('abandoned', 5_000))
    expect(book.open[0]).toMatchObject({ priority: false, dueAt: 5_000 + hourMs })
  })

  it('gathers what the number is owed, due by the first', () => {
    const book = new Book()
    book.note(claire, origin('abandoned', 1_000))
    book.note(claire, origin('message', 9_000))
    expect(book.open).toMatchObject([{ firstAt: 1_000, lastAt: 9_000, dueAt: 1_000 + hourMs, origins: [{}, {}] }])
  })

  it('is opened anew by a call in vain after it was settled', () => {
    const book = new Book()
    book.note(claire, origin('abandoned', 1_000))
    book.answered(claire, 2_000)
    book.note(claire, origin('abandoned', 3_000))
    expect([...book.entries.values()].map((e) => e.status.kind)).toEqual(['settled', 'open'])
  })

  it('of a withheld number is one for each call', () => {
    const book = new Book()
    book.note(null, origin('message', 1_000))
    book.note(null, origin('message', 2_000))
    expect(book.open).toHaveLength(2)
  })

  it('is not closed by an answer that came before its last call in vain', () => {
    const entry = entryThatIs('open')
    expect(decide(entry, { type: 'got-through', callId: 'c', answeredAt: 1_000 }, 5_000)).toEqual({ kind: 'accepted', facts: [] })
  })

  it('is closed by an answer that came before a half hour promised for later, which stays promised by itself', () => {
    const book = new Book()
    book.note(claire, origin('slot', 90_000, 'slot-b'))
    book.note(claire, origin('abandoned', 1_000))
    book.note(claire, origin('slot', 80_000, 'slot-a'))
    const [entry] = book.open
    if (entry === undefined) throw new Error('nothing is owed')
    const through = (answeredAt: number) => decide(entry, { type: 'got-through', callId: 'c', answeredAt }, answeredAt)
    expect(through(2_000)).toMatchObject({ facts: [{ type: 'settled', how: 'got-through', at: 2_000 }] })
    expect(folded('new', null, promisedStill(entry, 2_000))).toMatchObject({
      number: claire,
      status: { kind: 'open' },
      origins: [{ callId: 'slot-b' }, { callId: 'slot-a' }],
      dueAt: 80_000 + hourMs,
    })
    // Before the call in vain, nothing of it is answered; within the last half hour, all of it is.
    expect(through(1_000)).toEqual({ kind: 'accepted', facts: [] })
    expect(promisedStill(entry, 90_001)).toEqual([])
    expect(promisedStill({ ...entry, dueAt: 7, origins: [origin('slot', 90_000)] }, 2_000)).toMatchObject([{ type: 'owed', dueAt: 7 }])
  })

  it('with nothing but a half hour to come is not closed by an answer before', () => {
    const book = new Book()
    book.note(claire, origin('slot', 90_000))
    book.answered(claire, 2_000)
    expect(book.open).toHaveLength(1)
  })

  it('is closed from the start when word of its message comes after the person was answered', () => {
    const book = new Book()
    book.answered(claire, 5_000)
    book.note(claire, origin('message', 1_000))
    expect([...book.entries.values()][0]?.status).toEqual({ kind: 'settled', how: 'got-through', by: null, at: 5_000 })
  })

  it('learns that a call held a message, then where its sound is, and nothing else twice', () => {
    const book = new Book()
    book.note(claire, origin('abandoned', 1_000, 'c'))
    expect(book.note(claire, origin('message', 1_500, 'c'))).toMatchObject([{ type: 'message-found', messageId: null }])
    expect(book.note(claire, { ...origin('message', 1_500, 'c'), messageId: 'm' })).toMatchObject([{ messageId: 'm' }])
    expect(book.note(claire, { ...origin('message', 1_500, 'c'), messageId: 'm' })).toEqual([])
    expect(book.note(claire, origin('abandoned', 1_000, 'c'))).toEqual([])
    expect(book.open).toMatchObject([{ origins: [{ kind: 'message', at: 1_000, messageId: 'm' }] }])
  })

  it('is due later when the desk closes at its slot, unless something else is owed sooner, or another time was agreed', () => {
    const slot = { ...origin('slot', 50_000, 's') }
    const moves = (dueAt: number, reopensAt: number | null = dueAt - 1_000): OwedCommand => ({
      type: 'slot-moved',
      callId: 's',
      dueAt,
      reopensAt,
    })
    const one = (book: Book) => book.open[0]
    const alone = new Book()
    alone.note(claire, slot)
    const { id = '' } = one(alone) ?? {}
    const due = 50_000 + hourMs
    alone.tell(id, moves(due + 9_000), 10_000)
    expect(one(alone)).toMatchObject({ dueAt: due + 9_000, origins: [{ at: 50_000, dueAt: due + 9_000, reopensAt: due + 8_000 }] })
    // Said again it is nothing new; of another call, or of what is settled, nothing at all.
    const after = one(alone) as Entry
    expect(decide(after, moves(due + 9_000), 11_000)).toEqual({ kind: 'accepted', facts: [] })
    expect(decide(after, { ...moves(1), callId: 'other' } as OwedCommand, 11_000)).toEqual({ kind: 'accepted', facts: [] })
    expect(decide(entryThatIs('settled'), { ...moves(1), callId: 'call-1000' } as OwedCommand, 11_000)).toEqual({
      kind: 'accepted',
      facts: [],
    })
    alone.tell(id, moves(due, null), 12_000)
    expect(one(alone)).toMatchObject({ dueAt: due })
    expect(one(alone)?.origins[0]).not.toHaveProperty('reopensAt')

    const also = new Book()
    also.note(claire, slot)
    also.note(claire, origin('abandoned', 60_000))
    const { id: second = '' } = one(also) ?? {}
    also.tell(second, moves(due + 90_000), 61_000)
    expect(one(also)?.dueAt).toBe(60_000 + hourMs)

    const agreed = new Book()
    agreed.note(claire, slot)
    const { id: third = '' } = one(agreed) ?? {}
    agreed.tell(third, later(40_000), 10_000)
    agreed.tell(third, moves(due + 9_000), 11_000)
    expect(one(agreed)?.dueAt).toBe(40_000)
  })

  it('that was late is not, once its slot is moved, and may be late again', () => {
    const late: Entry = { ...entryThatIs('open'), escalated: 'supervisors' }
    const fact = { at: 9_000, type: 'slot-moved', callId: 'call-1000', reopensAt: null } as const
    expect(folded('x', late, [{ ...fact, dueAt: 20_000 }])).toMatchObject({ dueAt: 20_000, escalated: null })
    expect(folded('x', late, [{ ...fact, dueAt: 8_000 }])).toMatchObject({ dueAt: 8_000, escalated: 'supervisors' })
  })

  it('has no history before it is owed', () => {
    expect(() => folded('x', null, [{ at: 1, type: 'taken', by: alice }])).toThrow('begins with taken')
  })
})

describe('the list', () => {
  it('puts the calls that we cut short first, then what is due first', () => {
    const book = new Book()
    for (const [number, kind, at] of [
      ['a', 'abandoned', 1_000],
      ['b', 'message', 500],
      ['c', 'capped', 9_000],
    ] as const)
      book.note(number, origin(kind, at))
    expect(book.open.toSorted(byUrgency).map((e) => e.number)).toEqual(['c', 'b', 'a'])
  })
})

test('a new entry keeps the moment at which its answer became owed', () => {
  const noted = { origin: origin('closed', 7_000), number: claire, dueAt: 8_000, answeredAt: null }
  expect(note(null, null, noted, 7_000)).toEqual([
    { at: 7_000, type: 'owed', number: claire, origin: origin('closed', 7_000), dueAt: 8_000 },
  ])
})

describe('what is owed to another telephone of who was answered', () => {
  const answer = { at: 10_000, how: 'reached', by: alice, callId: null } as const
  it('is settled with it, whoever had taken it, unless it came later or is settled', () => {
    for (const status of ['open', 'taken by me', 'taken by another'] as const)
      expect(answeredElsewhere(entryThatIs(status), answer)).toEqual([{ ...answer, type: 'settled' }])
    expect(answeredElsewhere(entryThatIs('settled'), answer)).toEqual([])
    const entry = entryThatIs('open')
    expect(answeredElsewhere({ ...entry, origins: [...entry.origins, origin('abandoned', 10_000, 'x')] }, answer)).toEqual([])
  })

  it('stays when it is a kept place, which the desk calls', () => {
    const entry = entryThatIs('open')
    expect(answeredElsewhere({ ...entry, origins: [...entry.origins, origin('place', 2_000, 'x')] }, answer)).toEqual([])
  })

  it('stands next to the most urgent of that person’s; nobody’s in particular stays where it is', () => {
    const entry = (id: string, number: string | null): Entry => ({ ...entryThatIs('open'), id, number })
    const list = [entry('a', '1'), entry('b', null), entry('c', '2'), entry('d', null), entry('e', '3'), entry('f', '4')]
    const owners: Readonly<Record<string, string>> = { 1: 'claire', 3: 'claire' }
    expect(besideEachOther(list, (number) => owners[number] ?? null).map(({ id }) => id)).toEqual(['a', 'e', 'b', 'c', 'd', 'f'])
  })
})
