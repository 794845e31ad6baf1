import { useMemo, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import type { RotaDay } from '../../server/contract/rota.ts'
import { changeShift, rereadRota } from '../api/rota.ts'
import { tellWhyNot } from './why-not.ts'

type Shift = RotaDay['shifts'][number]
/** `kept`: once the service has said whether it is there. */
type Move = { readonly to: Shift; readonly kept: Promise<boolean> }

/** Presences by id, where they were put last, of which the service has not said yet that they are there. */
let moves: ReadonlyMap<string, Move> = new Map()
const watchers = new Set<() => void>()
function watch(watcher: () => void) {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

const drawn = (id: string) => document.querySelector<HTMLElement>(`[data-shift="${id}"]`)

/** At once: the next key may be on its way already. The keyboard stays on the presence, wherever it is drawn then. */
function draw(id: string, move: Move | null, held: boolean): void {
  const next = new Map(moves)
  if (move === null) next.delete(id)
  else next.set(id, move)
  flushSync(() => {
    moves = next
    for (const watcher of watchers) watcher()
  })
  if (held) drawn(id)?.focus()
}

/** Put a presence elsewhere. It is shown there at once; of places that follow each other faster than the service answers, the last one is asked for. */
export function moveTo(shift: Shift, place: Pick<Shift, 'day' | 'from' | 'to'>): void {
  const to = { ...shift, ...place }
  draw(shift.id, { to, kept: moves.get(shift.id)?.kept ?? keep(to) }, true)
}

/** @returns whether the service has it where it was put last */
async function keep(to: Shift): Promise<boolean> {
  const { id, operatorId, day, from, post } = to
  const failure = await changeShift(id, { operatorId, post, day, from, to: to.to }).then(
    () => null,
    (error: unknown) => ({ error }),
  )
  const last = moves.get(id)?.to ?? to
  // A place that was passed over may be refused.
  if (last !== to) return keep(last)
  draw(id, null, drawn(id)?.matches(':focus') === true)
  if (failure === null) return true
  tellWhyNot(failure.error)
  void rereadRota()
  return false
}

/** Whether a presence is where it is shown; true of one that is not being moved. */
export const isKept = (id: string): Promise<boolean> => moves.get(id)?.kept ?? Promise.resolve(true)

/** The days with each presence where it was put last. */
export function useMoved(days: readonly RotaDay[]): readonly RotaDay[] {
  const now = useSyncExternalStore(watch, () => moves)
  return useMemo(() => {
    if (now.size === 0) return days
    const moved = [...now.values()].map(({ to }) => to)
    return days.map((day) => {
      const shifts = [...day.shifts.filter(({ id }) => !now.has(id)), ...moved.filter((shift) => shift.day === day.date)]
      return { ...day, shifts: shifts.toSorted((a, b) => a.from.localeCompare(b.from) || a.name.localeCompare(b.name)) }
    })
  }, [days, now])
}
