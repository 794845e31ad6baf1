import { Temporal } from 'temporal-polyfill'
import type { RotaDay, RotaShift, ShiftChange } from '../contract/rota.ts'
import type { Span } from './calendar.ts'
import { instantOf } from './intervals.ts'

/*
 * The rota: who is at the desk when. Times of day are `08:30`, of one width, so that they compare as text.
 */

type Away = { readonly accountId: string; readonly from: string; readonly to: string }
/** A part of one day. */
export type AwayHours = { readonly accountId: string; readonly day: string; readonly from: string; readonly to: string }
type Opening = { readonly date: string; readonly spans: readonly Span[] }

const later = (a: string, b: string) => (a > b ? a : b)
const earlier = (a: string, b: string) => (a < b ? a : b)

/** The parts of a day's opening that no shift covers, in order. */
export function uncovered(open: readonly Span[], shifts: readonly Span[]): Span[] {
  const inOrder = shifts.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  return open.flatMap(({ from, to }) => {
    const gaps: Span[] = []
    let reached = from
    for (const shift of inOrder) {
      const gap = { from: reached, to: earlier(shift.from, to) }
      if (gap.from < gap.to) gaps.push(gap)
      reached = later(reached, shift.to)
    }
    return reached < to ? [...gaps, { from: reached, to }] : gaps
  })
}

/** Each day with its shifts by time, whose holder is away, wholly or for hours of it, and what is left uncovered. */
export function rotaDays(
  openings: readonly Opening[],
  shifts: readonly RotaShift[],
  absences: readonly Away[],
  hours: readonly AwayHours[] = [],
): RotaDay[] {
  const isAway = ({ operatorId, day }: RotaShift) =>
    absences.some(({ accountId, from, to }) => accountId === operatorId && from <= day && day <= to)
  const awayFor = (shift: RotaShift): Span[] =>
    hours
      .filter(({ accountId, day, from, to }) => accountId === shift.operatorId && day === shift.day && from < shift.to && shift.from < to)
      .map(({ from, to }) => ({ from: later(from, shift.from), to: earlier(to, shift.to) }))
      .toSorted((a, b) => (a.from < b.from ? -1 : 1))
  return openings.map(({ date, spans }) => {
    const all = shifts
      .filter(({ day }) => day === date)
      .map((shift) => {
        const parts = awayFor(shift)
        const away = isAway(shift) || uncovered([shift], parts).length === 0
        return { ...shift, away, awayFor: away ? [] : parts }
      })
    all.sort((a, b) => a.from.localeCompare(b.from) || a.name.localeCompare(b.name))
    const present = all.filter(({ away }) => !away).flatMap((shift) => uncovered([shift], shift.awayFor))
    return { date, open: [...spans], shifts: all, gaps: uncovered(spans, present), cover: [], short: [] }
  })
}

/**
 * Who should be at the desk now, and who of them is not.
 * @param time `10:24`, the desk's wall time @param here ids of those signed in at the desk
 */
export function dutyAt({ shifts }: RotaDay, time: string, here: ReadonlySet<string>) {
  const expected = shifts
    .filter(
      ({ from, to, away, awayFor }) => !away && from <= time && time < to && !awayFor.some((part) => part.from <= time && time < part.to),
    )
    .map(({ operatorId, name, from, to }) => ({ id: operatorId, name, from, to }))
  return { expected, missing: expected.filter(({ id }) => !here.has(id)) }
}

/** The part of an opening around now for which nobody is put down; null when somebody is, or the desk is closed. */
export const gapAt = ({ gaps }: Pick<RotaDay, 'gaps'>, time: string): Span | null =>
  gaps.find(({ from, to }) => from <= time && time < to) ?? null

/** Whoever is there when the desk closes serves who waits then, for so long, until it opens again. */
const afterClosingMs = 3_600_000

/**
 * When each operator is to be at the telephone on a day, the earliest first, in ms since 1970: not at the counter alone, and not while away.
 * Presences that follow each other are one.
 */
export function telephonePresences({ date, open, shifts }: RotaDay, timeZone: string) {
  const at = (time: string) => instantOf(timeZone, Temporal.PlainDate.from(date), time)
  const goes = (time: string) => {
    if (open.some(({ from, to }) => from <= time && time < to)) return at(time)
    const next = open.find(({ from }) => from > time)
    return Math.min(at(time) + afterClosingMs, next === undefined ? Number.POSITIVE_INFINITY : at(next.from))
  }
  const there = shifts.filter(({ away, post }) => !away && post !== 'counter')
  return [...Map.groupBy(there, ({ operatorId }) => operatorId)]
    .flatMap(([operatorId, own]) =>
      joined(own.flatMap((shift) => uncovered([shift], shift.awayFor))).map(({ from, to }) => ({
        operatorId,
        from: at(from),
        until: goes(to),
      })),
    )
    .toSorted((a, b) => a.from - b.from)
}

function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = []
  for (const span of spans.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = all.at(-1)
    if (last !== undefined && span.from <= last.to) all[all.length - 1] = { from: last.from, to: later(last.to, span.to) }
    else all.push(span)
  }
  return all
}

/** A shift changes hands by two wills: its holder offers it, a colleague takes it. Who plans may do either. */
export function mayChangeShift(shift: RotaShift, change: ShiftChange, who: { readonly id: string; readonly plans: boolean }): boolean {
  if (who.plans) return true
  if ('day' in change) return false
  return 'offered' in change ? shift.operatorId === who.id : shift.offered && change.operatorId === who.id
}

/**
 * A week's shifts as they would stand in another week: those whose holder is free then, and how many are left out.
 * @param there what is put down in the other week already @param later the same weekday of that week
 */
export function copiedWeek(
  shifts: readonly RotaShift[],
  there: readonly RotaShift[],
  later: (day: string) => string,
): { readonly added: Omit<RotaShift, 'id'>[]; readonly skipped: number } {
  const moved = shifts.map(({ operatorId, name, day, from, to, post }) => ({
    operatorId,
    name,
    day: later(day),
    from,
    to,
    post,
    offered: false,
  }))
  const taken = (shift: Omit<RotaShift, 'id'>) =>
    there.some((o) => o.operatorId === shift.operatorId && o.day === shift.day && o.from < shift.to && shift.from < o.to)
  const added = moved.filter((shift) => !taken(shift))
  return { added, skipped: moved.length - added.length }
}
