import type { CoverSlot, ProposedShift, RotaDay, RotaShort } from '../contract/rota.ts'
import { minutesOf } from './calendar.ts'

/*
 * How many operators a half hour needs, against who is put down for the telephone. A half hour begins at `08:30`; times compare as text.
 */

const halfMinutes = 30
const two = (n: number) => String(n).padStart(2, '0')
export const timeOf = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
type Part = { readonly from: string; readonly to: string }
const overlaps = (a: Part, b: Part): boolean => a.from < b.to && b.from < a.to
const within = (a: Part, b: Part): Part => ({ from: a.from > b.from ? a.from : b.from, to: a.to < b.to ? a.to : b.to })
const halfAfter = (from: string): string => timeOf(minutesOf(from) + halfMinutes)

/** Who answers the telephone for the whole of a half hour, or of what of it is open: put down for it, and not away in it. */
export function thereIn({ shifts, open }: Pick<RotaDay, 'shifts' | 'open'>, from: string): ReadonlySet<string> {
  const half = { from, to: halfAfter(from) }
  const opened = open.filter((span) => overlaps(span, half)).map((span) => within(span, half))
  const parts = opened.length === 0 ? [half] : opened
  const down = shifts.filter(({ away, post }) => !away && post !== 'counter')
  const isThere = (operatorId: string, part: Part) =>
    down.some(
      (shift) =>
        shift.operatorId === operatorId &&
        shift.from <= part.from &&
        shift.to >= part.to &&
        !shift.awayFor.some((away) => overlaps(away, part)),
    )
  return new Set(down.map(({ operatorId }) => operatorId).filter((id) => parts.every((part) => isThere(id, part))))
}

/** The parts of a day with fewer than it needs, those alike together. */
export function shortOf(day: Pick<RotaDay, 'shifts' | 'open'>, cover: readonly CoverSlot[]): RotaShort[] {
  const found: RotaShort[] = []
  for (const { from, needed } of cover) {
    const missing = needed - thereIn(day, from).size
    if (missing <= 0) continue
    const last = found.at(-1)
    if (last?.to === from && last.missing === missing) found[found.length - 1] = { ...last, to: halfAfter(from) }
    else found.push({ from, to: halfAfter(from), missing })
  }
  return found
}

type Day = Pick<RotaDay, 'date' | 'shifts' | 'open'> & { readonly cover: readonly CoverSlot[] }
type Operator = { readonly id: string; readonly name: string }
type AwayOn = (operatorId: string, day: string, span: { readonly from: string; readonly to: string }) => boolean
type Own = { readonly operatorId: string; readonly day: string; readonly from: string; readonly to: string }

const shortestMinutes = 60
const longestMinutes = 240
const dayMinutes = 7 * 60
const mostProposed = 100
const lengthOf = ({ from, to }: { readonly from: string; readonly to: string }) => minutesOf(to) - minutesOf(from)

/**
 * Presences that would fill what is missing: the longest stretch first, four hours at most and one at least, to whoever is free then and has
 * the fewest hours that week. What nobody can take is told.
 */
export function proposedShifts(
  days: readonly Day[],
  operators: readonly Operator[],
  isAway: AwayOn,
): { readonly shifts: ProposedShift[]; readonly unfilled: (RotaShort & { readonly day: string })[] } {
  const taken: Own[] = days.flatMap(({ date, shifts }) => shifts.map(({ operatorId, from, to }) => ({ operatorId, day: date, from, to })))
  const shifts: ProposedShift[] = []
  const unfilled: (RotaShort & { day: string })[] = []
  const minutesIn = (operatorId: string, day: string | null) =>
    taken.filter((one) => one.operatorId === operatorId && (day === null || one.day === day)).reduce((sum, one) => sum + lengthOf(one), 0)
  for (const day of days) {
    const missing = new Map(day.cover.map(({ from, needed }) => [from, needed - thereIn(day, from).size]))
    for (let stretch = longestStretch(missing); stretch !== null && shifts.length < mostProposed; stretch = longestStretch(missing)) {
      const span = { from: stretch.from, to: timeOf(Math.min(minutesOf(stretch.to), minutesOf(stretch.from) + longestMinutes)) }
      const wanted = lengthened(span, day)
      const free = operators
        .filter(
          ({ id }) =>
            !isAway(id, day.date, wanted) &&
            !taken.some((one) => one.operatorId === id && one.day === day.date && overlaps(one, wanted)) &&
            minutesIn(id, day.date) + lengthOf(wanted) <= dayMinutes,
        )
        .toSorted((a, b) => minutesIn(a.id, null) - minutesIn(b.id, null) || a.name.localeCompare(b.name))
      const [chosen] = free
      if (chosen === undefined) unfilled.push({ day: day.date, ...span, missing: Math.max(1, missing.get(span.from) ?? 1) })
      else {
        const own = { operatorId: chosen.id, day: day.date, ...wanted }
        taken.push(own)
        shifts.push({ ...own, name: chosen.name })
      }
      for (const [from, count] of missing) {
        const inSpan = span.from <= from && from < span.to
        if (chosen === undefined ? inSpan : wanted.from <= from && from < wanted.to) missing.set(from, chosen === undefined ? 0 : count - 1)
      }
    }
  }
  return { shifts: shifts.toSorted((a, b) => a.day.localeCompare(b.day) || a.from.localeCompare(b.from)), unfilled }
}

/** Half hours side by side in each of which somebody is missing. */
type Stretch = { readonly from: string; readonly to: string }
function longestStretch(missing: ReadonlyMap<string, number>): Stretch | null {
  const runs: Stretch[] = []
  for (const [from, count] of [...missing].toSorted(([a], [b]) => a.localeCompare(b))) {
    if (count <= 0) continue
    const last = runs.at(-1)
    if (last?.to === from) runs[runs.length - 1] = { from: last.from, to: halfAfter(from) }
    else runs.push({ from, to: halfAfter(from) })
  }
  return runs.reduce<Stretch | null>((best, run) => (best === null || lengthOf(run) > lengthOf(best) ? run : best), null)
}

/** Nobody comes for half an hour: what is too short is lengthened within the opening it lies in. */
function lengthened(span: { readonly from: string; readonly to: string }, { open }: Pick<RotaDay, 'open'>) {
  const around = open.find((one) => overlaps(one, span))
  if (around === undefined || lengthOf(span) >= shortestMinutes) return span
  const to = Math.min(minutesOf(around.to), minutesOf(span.from) + shortestMinutes)
  const from = Math.max(Math.min(minutesOf(span.from), to - shortestMinutes), minutesOf(around.from))
  return { from: timeOf(from), to: timeOf(Math.max(to, minutesOf(span.to))) }
}
