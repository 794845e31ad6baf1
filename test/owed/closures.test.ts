import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { defineCalendar } from '../../server/calendar/calendar.ts'
import { isOpen, workingMs } from '../../server/calendar/hours.ts'
import type { KeptSlot } from '../../server/calendar/slots.ts'
import { keepDue, keptDues } from '../../server/owed/closures.ts'
import { type Entry, owedAt, owingHours } from '../../server/owed/model.ts'
import { runs } from '../support/runs.ts'
import { alice, entryThatIs, folded, hourMs, origin } from './entries.ts'

// Tuesday 1 December 2026; the desk is open from 8:30 to 16:30 (Paris, an hour ahead of UTC).
const at = (time: string, day = '01') => Date.parse(`2026-12-${day}T${time}:00+01:00`)
const usual = defineCalendar({})
const closed = (now: number, until: number | null) => owingHours(usual, { open: false, until }, now)
const due = (time: string, day = '01', reopensAt: number | null = null): KeptSlot => ({ dueAt: at(time, day), reopensAt })

it.each([
  ['open: nothing changes', usual, at('10:00'), due('10:45'), due('10:45')],
  [
    'closed until noon: what was left goes on then',
    closed(at('10:30'), at('12:00')),
    at('10:30'),
    due('10:45'),
    due('12:15', '01', at('12:00')),
  ],
  ['for the day: the next morning', closed(at('10:30'), null), at('10:30'), due('10:45'), due('08:45', '02', at('08:30', '02'))],
  [
    'looked at again: the same',
    closed(at('11:00'), null),
    at('11:00'),
    due('08:45', '02', at('08:30', '02')),
    due('08:45', '02', at('08:30', '02')),
  ],
  [
    'closed for longer: as much later',
    closed(at('11:00'), at('14:00')),
    at('11:00'),
    due('12:15', '01', at('12:00')),
    due('14:15', '01', at('14:00')),
  ],
  [
    'closed for less long: as much sooner',
    closed(at('11:00'), at('11:30')),
    at('11:00'),
    due('12:15', '01', at('12:00')),
    due('11:45', '01', at('11:30')),
  ],
  ['open again as was foreseen', usual, at('12:00'), due('12:15', '01', at('12:00')), due('12:15')],
  ['open sooner', usual, at('11:00'), due('12:15', '01', at('12:00')), due('11:15')],
  ['open at once, the closing was a slip', usual, at('10:31'), due('08:45', '02', at('08:30', '02')), due('10:46')],
  ['owed during a closure that is taken back: an hour at most', usual, at('11:00'), due('09:30', '02'), due('12:00')],
  ['owed in the evening: it stays for the morning', usual, at('16:10'), due('08:50', '02'), due('08:50', '02')],
  [
    'closed again after a first closure',
    closed(at('12:05'), at('13:00')),
    at('12:05'),
    due('12:15', '01', at('12:00')),
    due('13:10', '01', at('13:00')),
  ],
  ['by night: nothing changes', usual, at('20:00'), due('09:30', '02'), due('09:30', '02')],
  ['late already: it stays so', closed(at('10:50'), null), at('10:50'), due('10:45'), due('10:45')],
])('a closure and what is owed before it (%s)', (_, hours, now, before, after) => {
  expect(keepDue(before, hours, now)).toEqual(after)
})

it('a desk that never opens again has no time to move to', () => {
  const never = defineCalendar({ week: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] } })
  expect(keepDue(due('10:45'), never, at('10:30'))).toEqual(due('10:45'))
})

test('whatever is ordered: nothing falls due while the desk is closed, nor later than an hour after it is open, and a look changes nothing twice', () => {
  const minute = fc.integer({ min: 1, max: 20 * 60 })
  const order = fc.record({ open: fc.boolean(), lasts: fc.option(minute), after: minute })
  fc.assert(
    fc.property(minute, fc.array(order, { maxLength: 6 }), (owedAfter, orders) => {
      let now = at('07:00') + owedAfter * 60_000
      let kept: KeptSlot = { dueAt: owedAt(usual, null, now), reopensAt: null }
      for (const { open, lasts, after } of orders) {
        now = Math.min(now + after * 60_000, kept.dueAt - 1)
        const hours = owingHours(usual, { open, until: lasts === null ? null : now + lasts * 60_000 }, now)
        kept = keepDue(kept, hours, now)
        expect(keepDue(kept, hours, now)).toEqual(kept)
        expect(kept.dueAt).toBeGreaterThan(now)
        if (!isOpen(hours, now)) expect(workingMs(hours, now, kept.dueAt)).toBeGreaterThan(0)
        else expect(workingMs(hours, now, kept.dueAt)).toBeLessThanOrEqual(hourMs)
      }
    }),
    { numRuns: runs(300) },
  )
})

const moving = (entry: Entry, now: number) => {
  const facts = keptDues(entry, closed(now, null), now)
  return { moved: facts.flatMap((fact) => ('callId' in fact ? [fact.callId] : [])), entry: folded(entry.id, entry, facts) }
}
const owedTwice = () => {
  const one: Entry = { ...entryThatIs('open'), origins: [], dueAt: 0 }
  const first = folded('e', null, [
    { at: at('10:00'), type: 'owed', number: one.number, origin: origin('cut', at('10:00')), dueAt: at('11:00') },
  ])
  const second = origin('abandoned', at('10:20'))
  const both = folded('e', first, [{ at: at('10:20'), type: 'origin-added', origin: second, dueAt: at('11:20') }])
  if (both === null) throw new Error('owed')
  return both
}

it('each reason to call moves by itself, and the entry is due with the first of them', () => {
  const { moved, entry } = moving(owedTwice(), at('10:30'))
  expect(moved).toHaveLength(2)
  expect(entry).toMatchObject({ dueAt: at('09:00', '02'), origins: [{ dueAt: at('09:00', '02') }, { dueAt: at('09:20', '02') }] })
})

it('a time agreed with the person holds, and a half hour has its own rule', () => {
  const laterAt = at('11:10')
  const agreed = folded('e', owedTwice(), [{ at: at('10:25'), type: 'attempted', by: alice, outcome: 'later', note: null, laterAt }])
  if (agreed === null) throw new Error('agreed')
  expect(moving(agreed, at('10:30'))).toEqual({ moved: [], entry: agreed })
  const again = folded('e', agreed, [{ at: at('10:28'), type: 'origin-added', origin: origin('cut', at('10:28')), dueAt: at('11:28') }])
  if (again === null) throw new Error('again')
  expect(moving(again, at('10:30'))).toMatchObject({ moved: [`call-${at('10:28')}`], entry: { dueAt: laterAt } })
  const slot = folded('e', null, [{ at: at('10:00'), type: 'owed', number: null, origin: origin('slot', at('11:00')), dueAt: at('11:30') }])
  if (slot === null) throw new Error('slot')
  expect(moving(slot, at('10:30')).moved).toEqual([])
})
