import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { defineCalendar, type Exception, type OpeningCalendar } from '../../server/calendar/calendar.ts'
import { isOpen } from '../../server/calendar/hours.ts'
import { owedAt } from '../../server/owed/model.ts'
import { keepSlot, type KeptSlot, ordered, slotsAhead } from '../../server/calendar/slots.ts'

// Tuesday 1 December 2026; the desk is open from 8:30 to 16:30 (Paris, an hour ahead of UTC).
const at = (time: string, day = '01') => Date.parse(`2026-12-${day}T${time}:00+01:00`)
const usual = defineCalendar({})
const closing = (from: number, to: number): Exception => ({ kind: 'closed', fromMs: from, toMs: to, reason: 'Grève' })
const closed = (from: number, to: number) => defineCalendar({ exceptions: [closing(from, to)] })
const three = { fromMs: at('15:00'), toMs: at('15:30') }
const promised: KeptSlot = { dueAt: three.toMs, reopensAt: null }
const moved = (reopensAt: number, dueAt: number): KeptSlot => ({ reopensAt, dueAt })
const order = (open: boolean, untilMs: number | null, now: number) => ordered(usual, { open, untilMs }, now)

type Row = readonly [what: string, hours: OpeningCalendar, now: number, before: KeptSlot, after: KeptSlot]
const rows: readonly Row[] = [
  ['is kept as it was while the desk is open', usual, at('09:00'), promised, promised],
  ['moves to the reopening of the same day', closed(at('14:00'), at('16:00')), at('09:00'), promised, moved(at('16:00'), at('16:30'))],
  ['cut short by a closure, moves too', closed(at('15:15'), at('15:45')), at('09:00'), promised, moved(at('15:45'), at('16:15'))],
  [
    'near the evening, takes what the next morning lacks',
    closed(at('14:00'), at('16:15')),
    at('09:00'),
    promised,
    moved(at('16:15'), at('08:45', '02')),
  ],
  [
    'of a closed day, moves over the night, a week-end or a holiday',
    closed(at('00:00'), at('00:00', '05')),
    at('09:00'),
    promised,
    moved(at('08:30', '07'), at('09:00', '07')),
  ],
  [
    '« Fermer maintenant » closes the rest of the day',
    order(false, null, at('11:00')),
    at('11:00'),
    promised,
    moved(at('08:30', '02'), at('09:00', '02')),
  ],
  ['or until its end', order(false, at('15:10'), at('11:00')), at('11:00'), promised, moved(at('15:10'), at('15:40'))],
  ['which may come before the half hour', order(false, at('14:00'), at('11:00')), at('11:00'), promised, promised],
  [
    'in the middle of the half hour, likewise',
    order(false, at('15:20'), at('15:10')),
    at('15:10'),
    promised,
    moved(at('15:20'), at('15:50')),
  ],
  ['comes back when the closure is taken back in time', usual, at('14:30'), moved(at('16:00'), at('16:30')), promised],
  ['also while the half hour lasts', usual, at('15:10'), moved(at('16:00'), at('16:30')), promised],
  [
    'once its own time is over, comes forward with an earlier reopening',
    usual,
    at('15:45'),
    moved(at('16:00'), at('16:30')),
    moved(at('15:45'), at('16:15')),
  ],
  ['and is due then, however long that lasts', usual, at('16:10'), moved(at('15:45'), at('16:15')), moved(at('15:45'), at('16:15'))],
  [
    'moves on when the closure is extended',
    closed(at('14:00'), at('00:00', '03')),
    at('15:50'),
    moved(at('16:00'), at('16:30')),
    moved(at('08:30', '03'), at('09:00', '03')),
  ],
  [
    'moves on when the desk closes again before it could be called',
    order(false, at('11:00', '02'), at('08:40', '02')),
    at('08:40', '02'),
    moved(at('08:30', '02'), at('09:00', '02')),
    moved(at('11:00', '02'), at('11:30', '02')),
  ],
  [
    'is late, and stays so, once its new time is over',
    order(false, null, at('16:20')),
    at('16:20'),
    moved(at('15:40'), at('16:10')),
    moved(at('15:40'), at('16:10')),
  ],
  [
    'is late, and stays so, where the desk turns out to have been closed as it fell due',
    closed(at('16:00'), at('18:00')),
    at('16:10'),
    moved(at('15:40'), at('16:10')),
    moved(at('15:40'), at('16:10')),
  ],
  [
    'owed the next morning, is not moved by the night',
    usual,
    at('20:00'),
    moved(at('16:15'), at('08:45', '02')),
    moved(at('16:15'), at('08:45', '02')),
  ],
  [
    'moves with a reopening that comes later, though its time would still be open',
    closed(at('14:00'), at('16:10')),
    at('15:50'),
    moved(at('16:00'), at('16:30')),
    moved(at('16:10'), at('08:40', '02')),
  ],
  [
    'once the desk has reopened, is not moved by a short closure before it falls due',
    order(false, at('16:20'), at('16:15')),
    at('16:15'),
    moved(at('16:00'), at('16:30')),
    moved(at('16:00'), at('16:30')),
  ],
  ['that was kept open is late as it was from its very end', usual, at('15:30'), promised, promised],
  ['that was kept open and missed is late as it was', order(false, null, at('15:40')), at('15:40'), promised, promised],
]
test.each(rows)('a promised half hour %s', (_what, hours, now, before, after) => {
  expect(keepSlot(three, hours, now, before)).toEqual(after)
  // Looked at again at once, nothing moves.
  expect(keepSlot(three, hours, now, after)).toEqual(after)
})

it('a desk that never opens again promises nothing new', () => {
  const never = defineCalendar({ week: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] } })
  expect(keepSlot(three, never, at('09:00'), promised)).toEqual({ dueAt: three.toMs, reopensAt: three.toMs })
})

it('an order that is over, or opens, closes nothing', () => {
  expect(ordered(usual, { open: false, untilMs: at('10:00') }, at('11:00'))).toBe(usual)
  expect(ordered(usual, { open: false, untilMs: at('11:00') }, at('11:00'))).toBe(usual)
  expect(ordered(usual, null, at('11:00'))).toBe(usual)
  const open = order(true, at('20:00'), at('17:00'))
  expect(open.exceptions).toEqual([{ kind: 'open', fromMs: at('17:00'), toMs: at('20:00'), reason: '' }])
  expect([isOpen(open, at('19:00')), isOpen(open, at('20:00')), isOpen(usual, at('19:00'))]).toEqual([true, false, false])
})

type Order = Parameters<typeof owedAt>[1]
it.each<readonly [string, Order, string, number]>([
  ['in opening hours', null, '14:00', at('15:00')],
  ['after the reopening', { open: false, at: at('13:30'), until: at('16:00') }, '14:00', at('09:00', '02')],
  [
    'on the next morning when nobody knows until when',
    { open: false, at: at('13:30', '01') - 86_400_000, until: null },
    '14:00',
    at('09:30', '02'),
  ],
  ['for what came before the closure, counting that time', { open: false, at: at('14:30'), until: null }, '14:00', at('09:00', '02')],
  ['as usual once the order is over', { open: false, at: at('09:00'), until: at('10:00') }, '14:00', at('15:00')],
  ['opened by hand, no sooner than in the usual hours', { open: true, at: at('17:00'), until: null }, '17:30', at('09:30', '02')],
])('an answer is owed within an hour of opening time: %s', (_what, by, time, due) => {
  expect(owedAt(usual, by, at(time))).toBe(due)
})

it('the half hours that are offered are open from end to end, a quarter of an hour away at least and ten days at most', () => {
  const offered = (time: string, most: number) => slotsAhead(usual, at(time), most).map(({ fromMs, toMs }) => [fromMs, toMs])
  expect(offered('15:15', 3)).toEqual([
    [at('15:30'), at('16:00')],
    [at('16:00'), at('16:30')],
    [at('08:30', '02'), at('09:00', '02')],
  ])
  expect(offered('15:16', 1)).toEqual([[at('16:00'), at('16:30')]])
  expect(offered('15:46', 1)).toEqual([[at('08:30', '02'), at('09:00', '02')]])
  const all = offered('09:00', 1_000)
  // Fourteen today, then sixteen on each of seven days, and one before nine o'clock on the tenth day.
  expect(all).toHaveLength(14 + 7 * 16 + 1)
  expect(all.at(-1)).toEqual([at('08:30', '11'), at('09:00', '11')])
  const lunch = closed(at('10:10'), at('10:50'))
  expect(slotsAhead(lunch, at('09:00'), 3).map(({ fromMs }) => fromMs)).toEqual([at('09:30'), at('11:00'), at('11:30')])
})

it('whatever closes and whenever one looks, the call is due after its reopening, at a time when the desk is open, and never before it was promised', () => {
  const minute = fc.integer({ min: 0, max: 3 * 24 * 60 }).map((n) => at('06:00') + n * 60_000)
  const spans = fc.array(fc.tuple(minute, minute), { maxLength: 3 })
  fc.assert(
    fc.property(spans, fc.array(minute, { minLength: 1, maxLength: 12 }), (closures, looks) => {
      const hours = defineCalendar({ exceptions: closures.map(([a, b]) => closing(Math.min(a, b), Math.max(a, b) + 60_000)) })
      let kept = promised
      for (const now of looks.toSorted((a, b) => a - b)) {
        const before = kept
        kept = keepSlot(three, hours, now, before)
        expect(kept.dueAt).toBeGreaterThanOrEqual(three.toMs)
        if (kept.reopensAt !== null) {
          expect(kept.dueAt).toBeGreaterThanOrEqual(kept.reopensAt + 30 * 60_000)
          expect(isOpen(hours, kept.dueAt - 1)).toBe(true)
        }
        if (before.dueAt <= now) expect(kept).toEqual(before)
      }
    }),
    { numRuns: 150 },
  )
})
