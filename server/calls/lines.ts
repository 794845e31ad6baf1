/**
 * Lines (R21): numbers of their own by which the desk is called, each with its operators and its precedence.
 *
 * A caller's rank is the moment of arrival less what the line is ahead by, and the lowest rank is served first. A line that is ahead
 * by two minutes is served before callers who came up to two minutes earlier on another, and never before anybody who has waited
 * for two minutes more: after that wait nobody who arrives can overtake any longer, so no line starves. A rank is a fact of the
 * arrival: it never changes while somebody waits, and within a line the order of arrival holds.
 */
import type { Call } from './model.ts'
import { type LineRules, mainLine, type Settings } from './settings.ts'

/** A line that is no more: those who came by it are everybody's. */
const noLonger: LineRules = {
  id: '',
  numbers: [],
  aheadMs: 0,
  operators: null,
  overflowMs: null,
  welcome: null,
  recording: 'off',
  limitCuts: null,
}

export const rulesOf = ({ lines }: Pick<Settings, 'lines'>, id: string): LineRules => lines.find((line) => line.id === id) ?? noLonger

/** Whether the limit ends a conversation of a line, or its operator is only warned. */
export const limitCuts = ({ lines, capCuts }: Pick<Settings, 'lines' | 'capCuts'>, line: string): boolean =>
  rulesOf({ lines }, line).limitCuts ?? capCuts

/** The line that is called by dialling a number, normalised. */
export const lineDialled = ({ lines }: Settings, dialled: string | null): LineRules =>
  lines.find(({ numbers }) => dialled !== null && numbers.includes(dialled)) ?? rulesOf({ lines }, mainLine)

/** Whether an operator serves the line a call came by. */
export function servesOwn({ line }: Call, operatorId: string, settings: Settings): boolean {
  const { operators } = rulesOf(settings, line)
  return operators === null || operators.includes(operatorId)
}

/** The moment from which an operator's phone may be rung for a call: long since for its own line's, infinite when never. */
export function mayRingFrom(call: Call, operatorId: string, settings: Settings): number {
  if (servesOwn(call, operatorId, settings)) return Number.NEGATIVE_INFINITY
  const { overflowMs } = rulesOf(settings, call.line)
  return overflowMs === null ? Number.POSITIVE_INFINITY : call.arrivedAt + overflowMs
}

/** Whether two callers may ever want the same operator. */
export function compete(a: Call, b: Call, settings: Settings): boolean {
  const [one, other] = [rulesOf(settings, a.line), rulesOf(settings, b.line)]
  if (one.overflowMs !== null || other.overflowMs !== null || one.operators === null || other.operators === null) return true
  const those = new Set(other.operators)
  return one.operators.some((id) => those.has(id))
}
