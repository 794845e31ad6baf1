import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OwedCommand } from '../../server/owed/decide.ts'
import type { Entry } from '../../server/owed/model.ts'
import { alice, Book, bruno, origin } from './entries.ts'
import { runs } from '../support/runs.ts'

const number = fc.constantFrom('+33561551234', '+33561551235', 'ext:4242')
const by = fc.constantFrom(alice, bruno)
const kind = fc.constantFrom('message', 'abandoned', 'closed', 'cut', 'capped')
const step = fc.oneof(
  fc.record({ what: fc.constant('call' as const), number: fc.option(number), kind, callId: fc.option(fc.nat(12), { freq: 2 }) }),
  fc.record({ what: fc.constant('answered' as const), number }),
  fc.record({ what: fc.constant('take' as const), by, nth: fc.nat(20) }),
  fc.record({ what: fc.constant('release' as const), by, nth: fc.nat(20), evenAnothers: fc.boolean() }),
  fc.record({
    what: fc.constant('outcome' as const),
    by,
    nth: fc.nat(20),
    outcome: fc.constantFrom('reached', 'no-answer', 'busy', 'wrong-number', 'later'),
    laterAt: fc.option(fc.nat(500)),
  }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

function commandOf(s: Exclude<Step, { what: 'call' | 'answered' }>): OwedCommand {
  if (s.what === 'take') return { type: 'take', by: s.by }
  if (s.what === 'release') return { type: 'release', by: s.by, evenAnothers: s.evenAnothers }
  return { type: 'outcome', by: s.by, outcome: s.outcome, note: null, laterAt: s.laterAt }
}

function play(book: Book, s: Step, now: number): void {
  if (s.what === 'call') book.note(s.number, origin(s.kind, now, `call-${s.callId ?? `at-${now}`}`))
  else if (s.what === 'answered') book.answered(s.number, now)
  else book.tell([...book.entries.keys()][s.nth % Math.max(1, book.entries.size)] ?? '', commandOf(s), now)
}

/** Check after each step of any history. */
const always = (holds: (book: Book, before: ReadonlyMap<string, Entry>, s: Step, now: number) => void) =>
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const book = new Book()
      for (const [i, s] of steps.entries()) {
        const before = new Map(book.entries)
        play(book, s, 10 + i)
        holds(book, before, s, 10 + i)
      }
    }),
    { numRuns: runs(300) },
  )

test('a number never has two open entries', () => {
  always((book) => {
    const numbers = book.open.map((e) => e.number).filter((n) => n !== null)
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})

test('no call is lost: each is held by exactly one entry, which stays', () => {
  const seen = new Set<string>()
  always((book, before, s, now) => {
    if (before.size === 0) seen.clear()
    if (s.what === 'call') seen.add(`call-${s.callId ?? `at-${now}`}`)
    const held = [...book.entries.values()].flatMap((e) => e.origins.map((o) => o.callId))
    expect(held.toSorted()).toEqual([...seen].toSorted())
  })
})

test('a settled entry is never open again, and nobody has it', () => {
  always((book, before) => {
    for (const [id, entry] of before) if (entry.status.kind === 'settled') expect(book.entries.get(id)?.status).toEqual(entry.status)
  })
})

test('only getting through, reaching somebody or a wrong number settles', () => {
  always((book, before, s) => {
    const settled = [...book.entries.values()].filter((e) => e.status.kind === 'settled' && before.get(e.id)?.status.kind !== 'settled')
    const may = s.what === 'answered' || (s.what === 'outcome' && ['reached', 'wrong-number'].includes(s.outcome))
    expect(settled.length).toBeLessThanOrEqual(may ? 1 : 0)
  })
})

test('nobody takes, gives back or settles what another has', () => {
  always((book, before, s) => {
    if (s.what !== 'take' && s.what !== 'outcome') return
    for (const [id, { status }] of before)
      if (status.kind === 'taken' && status.by.id !== s.by.id) expect(book.entries.get(id)?.status).toEqual(status)
  })
})

test('whoever got through is owed nothing any more', () => {
  always((book, _, s) => {
    if (s.what === 'answered') expect(book.open.some((e) => e.number === s.number)).toBe(false)
  })
})

test('a call told twice changes nothing', () => {
  always((book, _, s, now) => {
    if (s.what !== 'call') return
    const before = new Map(book.entries)
    play(book, s, now)
    expect(book.entries).toEqual(before)
  })
})
