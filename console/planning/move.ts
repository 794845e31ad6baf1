import { useMemo, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import type { RotaDay } from '../../server/contract/rota.ts'
import { changeShift, rereadRota } from '../api/rota.ts'
import { daysLater, framed } from './week.ts'
import { tellWhyNot } from './why-not.ts'

type Shift = RotaDay['shifts'][number]
/** Brings a day into view, where it is not. */
export type Show = (day: string) => void
/** `kept`: once the service has said whether it is there. */
type Move = { readonly to: Shift; readonly kept: Promise<boolean> }
/** Presences by id: where they were put last, of which the service has not said yet that they are there; those that are shown no more. */
type Put = { readonly moves: ReadonlyMap<string, Move>; readonly hidden: ReadonlySet<string> }

let put: Put = { moves: new Map(), hidden: new Set() }
const watchers = new Set<() => void>()
function watch(watcher: () => void) {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

const drawn = (id: string) => document.querySelector<HTMLElement>(`[data-shift="${id}"]`)
const dayDrawn = (day: string) => document.querySelector<HTMLElement>(`[data-day="${day}"]`)
const isHeld = (element: HTMLElement | null) => element?.matches(':focus') === true

/** At once: the next key may be on its way already. */
function draw(next: Partial<Put>, show: () => void = () => undefined): void {
  flushSync(() => {
    put = { ...put, ...next }
    for (const watcher of watchers) watcher()
    show()
  })
}

/** The keyboard stays on the presence, wherever it is drawn then. @param shown the day to be seen */
function drawMove(id: string, move: Move | null, held: boolean, show: Show, shown: string): void {
  const moves = new Map(put.moves)
  if (move === null) moves.delete(id)
  else moves.set(id, move)
  draw({ moves }, () => held && show(shown))
  if (held) drawn(id)?.focus()
}

/**
 * Put a presence elsewhere. It is shown there at once; of places that follow each other faster than the service answers, the last one is asked for.
 * @param show for where it may be put out of view
 */
export function moveTo(shift: Shift, place: Pick<Shift, 'day' | 'from' | 'to'>, show: Show = () => undefined): void {
  const to = { ...shift, ...place }
  drawMove(shift.id, { to, kept: put.moves.get(shift.id)?.kept ?? keep(to, shift, show) }, true, show, to.day)
}

/** @param was where the service has it @returns whether the service has it where it was put last */
async function keep(to: Shift, was: Shift, show: Show): Promise<boolean> {
  const { id, operatorId, day, from, post } = to
  const failure = await changeShift(id, { operatorId, post, day, from, to: to.to }).then(
    () => null,
    (error: unknown) => ({ error }),
  )
  const is = failure === null ? to : was
  const last = put.moves.get(id)?.to ?? to
  // A place that was passed over may be refused.
  if (last !== to) return keep(last, is, show)
  const held = isHeld(drawn(id))
  drawMove(id, failure === null ? null : { to: is, kept: settle(is, show) }, held, show, is.day)
  if (failure === null) return true
  tellWhyNot(failure.error)
  return false
}

/** Until what is shown is read again, which may be older than where the service has the presence. */
async function settle(is: Shift, show: Show): Promise<boolean> {
  // Once its day is in view.
  await Promise.resolve()
  await rereadRota()
  const last = put.moves.get(is.id)?.to ?? is
  if (last !== is) return keep(last, is, show)
  drawMove(is.id, null, isHeld(drawn(is.id)), show, is.day)
  return true
}

/** Whether a presence is where it is shown; true of one that is not being moved. */
export const isKept = (id: string): Promise<boolean> => put.moves.get(id)?.kept ?? Promise.resolve(true)

/** The keyboard goes to a day, where it is drawn. */
export const holdDay = (day: string): void => dayDrawn(day)?.focus({ preventScroll: true })

/** Show a presence no more; the keyboard, where it was on it, goes to its day. @returns to show it again, with the keyboard */
export function hide({ id, day }: Shift): () => void {
  const held = isHeld(drawn(id))
  draw({ hidden: new Set([...put.hidden, id]) })
  if (held) holdDay(day)
  return () => {
    const back = held && isHeld(dayDrawn(day))
    draw({ hidden: new Set([...put.hidden].filter((one) => one !== id)) })
    if (back) drawn(id)?.focus()
  }
}

/**
 * The days with each presence where it was put last.
 * @param from the first of those that are to be shown @param count how many they are; where one of them has a presence before it is read, all are there
 */
export function useMoved(days: readonly RotaDay[], from: string, count: number): readonly RotaDay[] {
  const { moves, hidden } = useSyncExternalStore(watch, () => put)
  return useMemo(() => {
    if (moves.size === 0 && hidden.size === 0) return days
    const moved = [...moves.values()].map(({ to }) => to)
    const unread = moved.some(({ day }) => from <= day && day < daysLater(from, count) && days.every(({ date }) => date !== day))
    return (unread ? framed(days, from, count) : days).map((day) => {
      const shifts = [...day.shifts.filter(({ id }) => !moves.has(id)), ...moved.filter((shift) => shift.day === day.date)]
        .filter(({ id }) => !hidden.has(id))
        .toSorted((a, b) => a.from.localeCompare(b.from) || a.name.localeCompare(b.name))
      return { ...day, shifts }
    })
  }, [days, from, count, moves, hidden])
}
