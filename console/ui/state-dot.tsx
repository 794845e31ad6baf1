import type { OperatorState } from '../../server/contract/entities.ts'
import classes from './state-dot.module.css'

/** A mark whose shape and colour repeat the state that is written beside it. */
export function StateDot({ state }: { state: OperatorState }) {
  return <i className={classes.dot} data-state={state} aria-hidden="true" />
}
