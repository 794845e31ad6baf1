/**
 * Wrap-up (R21): the time after a conversation in which the operator finishes the ticket and nothing rings. It ends when the
 * operator says so, or by itself at a moment that is a fact, so that a restart or a change of the setting moves nobody's end.
 */
import type { DeskState, Operator } from './model.ts'
import type { Turn } from './turn.ts'

/** What « encore une minute » adds. */
export const oneMoreMs = 60_000

const endOf = ({ status }: Operator): number | null => (status.kind === 'wrap-up' ? status.until : null)

/** Give every wrap-up that began in this turn its end, now when the setting leaves no time; none when it leaves it to the operator. */
export function timeWrapUps(turn: Turn, before: DeskState): void {
  const { wrapUpMs } = turn.settings
  if (wrapUpMs === null) return
  for (const { id, status } of turn.state.operators.values()) {
    const began = status.kind === 'wrap-up' && status.until === null && before.operators.get(id)?.status.kind !== 'wrap-up'
    if (!began) continue
    if (wrapUpMs === 0) turn.record({ type: 'operator-ready', operatorId: id })
    else turn.record({ type: 'wrap-up-timed', operatorId: id, until: turn.now + wrapUpMs })
  }
}

/** The operator needs one more minute; of a wrap-up without an end it changes nothing. */
export function lengthenWrapUp(turn: Turn, operatorId: string): void {
  const operator = turn.state.operators.get(operatorId)
  const until = operator === undefined ? null : endOf(operator)
  if (until !== null) turn.record({ type: 'wrap-up-timed', operatorId, until: Math.max(until, turn.now) + oneMoreMs })
}

/** Whoever's wrap-up is over is ready. */
export function endWrapUps(turn: Turn): void {
  for (const operator of turn.state.operators.values()) {
    const until = endOf(operator)
    if (until !== null && until <= turn.now) turn.record({ type: 'operator-ready', operatorId: operator.id })
  }
}

/** When the next wrap-up ends by itself; infinite when none does. */
export const wrapUpDeadline = (state: DeskState): number =>
  Math.min(...[...state.operators.values()].map((o) => endOf(o) ?? Number.POSITIVE_INFINITY))
