import type { Call, DeskState, Operator } from './model.ts'

const serving = new Set(['ready', 'offered', 'talking', 'wrap-up'])

/** Callers who still need an operator, first come first. */
export function waitingOrder(state: DeskState): readonly Call[] {
  return [...state.calls.values()]
    .filter((c) => c.status.kind === 'waiting' || c.status.kind === 'ringing')
    .sort((a, b) => a.order - b.order)
}

/** 1 for the next to be served; null for a call that does not wait. */
export function positionOf(state: DeskState, callId: string): number | null {
  const index = waitingOrder(state).findIndex((c) => c.id === callId)
  return index < 0 ? null : index + 1
}

/** How many operators serve the queue, busy ones included. */
export const staffing = (state: DeskState): number => [...state.operators.values()].filter((o) => serving.has(o.status.kind)).length

/**
 * The operator to ring for a call: ready, rested, preferably one who has not passed on this call, and of those the one idle
 * for longest (ties by id, so that the choice is the same everywhere).
 */
export function chooseOperator(state: DeskState, call: Call, now: number): Operator | null {
  const free = [...state.operators.values()].filter((o) => o.status.kind === 'ready' && o.restUntil <= now)
  const passed = (o: Operator) => (call.passedBy.includes(o.id) ? 1 : 0)
  free.sort((a, b) => passed(a) - passed(b) || a.status.since - b.status.since || (a.id < b.id ? -1 : 1))
  return free[0] ?? null
}
