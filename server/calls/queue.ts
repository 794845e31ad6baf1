import type { Call, DeskState } from './model.ts'

const inLine = ({ status }: Call): boolean => status.kind === 'waiting' || status.kind === 'ringing'

/** Who is served before whom. */
export const byRank = (a: Call, b: Call): number => a.rank - b.rank || a.order - b.order

const orders = new WeakMap<DeskState['calls'], readonly Call[]>()

/**
 * Who still needs an operator, the next to be served first: callers on the line, and kept places whose person is not among them.
 * Worked out once while no call changes: several ask in a turn, and whoever follows it.
 */
export function waitingOrder({ calls }: DeskState): readonly Call[] {
  const known = orders.get(calls)
  if (known !== undefined) return known
  const order = orderOf([...calls.values()])
  orders.set(calls, order)
  return order
}

function orderOf(calls: readonly Call[]): readonly Call[] {
  const onTheLine = new Set(calls.filter(inLine).map((c) => c.number))
  return calls.filter((c) => inLine(c) || (c.status.kind === 'kept' && c.status.playing === null && !onTheLine.has(c.number))).sort(byRank)
}

const isPlace = ({ status }: Call): boolean => status.kind === 'kept' || (status.kind === 'dialling' && status.attempts !== null)

/** The kept place of a number, which is being called now perhaps; nobody has two. */
export const placeOf = (state: DeskState, number: string | null): Call | null =>
  number === null ? null : ([...state.calls.values()].find((c) => isPlace(c) && c.number === number) ?? null)

/** Whether an operator's phone may be rung for a call of the line now. A kept place is called in opening hours. */
export const isDue = ({ open }: DeskState, { status }: Call, now: number): boolean =>
  status.kind !== 'kept' || (open && status.nextAt <= now)
