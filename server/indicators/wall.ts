/** What the big screen shows of the desk: figures, and operators by as much of their names as was chosen. */
import type { CallView, OperatorState, OperatorView } from '../contract/entities.ts'
import type { WallBoard, WallNames } from '../contract/walls.ts'
import { type CallCounts, callFigures, inTimeS, type StateCounts } from './tallies.ts'

type Seen = { readonly calls: readonly CallView[]; readonly operators: readonly OperatorView[] }

const order: readonly OperatorState[] = ['ringing', 'talking', 'watching', 'wrap-up', 'ready', 'front-desk', 'paused', 'offline']
const longestShown = 18

/** Who waits on the line; kept places apart. */
export function queueOf({ calls }: Pick<Seen, 'calls'>): Pick<WallBoard, 'waiting' | 'oldestAt' | 'kept'> {
  const line = calls.filter((c) => c.position !== null && c.operatorId === null && c.status !== 'kept')
  const oldestAt = line.map((c) => c.arrivedAt).reduce<string | null>((min, at) => (min === null || at < min ? at : min), null)
  return { waiting: line.length, oldestAt, kept: calls.filter((c) => c.status === 'kept').length }
}

/** Operators on duty, those who work first. */
export function wallOperators({ operators }: Pick<Seen, 'operators'>, names: WallNames): WallBoard['operators'] {
  const present = operators.filter((o) => o.state !== 'offline')
  const shown = shownNames(
    present.map((o) => o.name),
    names,
  )
  return present
    .map(({ state, since }, i) => ({ shown: shown[i] ?? '', state, since }))
    .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.shown.localeCompare(b.shown, 'fr'))
}

const wordsOf = (name: string): string[] => name.split(/\s+/).filter((word) => /\p{L}/u.test(word))
const letterOf = (word: string | undefined): string => (word?.match(/\p{L}/u)?.[0] ?? '').toLocaleUpperCase('fr')

/** First names; where two have the same, their last names' first letter with it. Or the first letters of both. */
export function shownNames(names: readonly string[], how: WallNames): readonly string[] {
  if (how === 'none') return names.map(() => '')
  const words = names.map(wordsOf)
  if (how === 'initials') return words.map((of) => letterOf(of[0]) + (of.length > 1 ? letterOf(of.at(-1)) : ''))
  const first = words.map((of) => (of[0] ?? '').slice(0, longestShown - 3))
  return first.map((name, i) => {
    const twice = first.some((other, j) => j !== i && other === name)
    const last = letterOf(words[i]?.at(-1))
    return twice && (words[i]?.length ?? 0) > 1 ? `${name} ${last}.` : name
  })
}

/** Today's counts of calls that are over, and those conversations under way that are not counted yet. */
export function todaysCalls(
  over: CallCounts,
  calls: Seen['calls'],
  firstAnswers: ReadonlyMap<string, number>,
): { offered: number; answered: number; abandoned: number; serviceLevel: number | null; asaS: number | null } {
  let counts = over
  for (const call of calls) {
    const answeredMs = firstAnswers.get(call.id) ?? (call.answeredAt === null ? null : Date.parse(call.answeredAt))
    if (call.direction !== 'in' || answeredMs === null || call.attempts !== null) continue
    const waitMs = Math.max(0, answeredMs - Date.parse(call.arrivedAt))
    counts = {
      ...counts,
      offered: counts.offered + 1,
      answered: counts.answered + 1,
      answeredInTime: counts.answeredInTime + (waitMs <= inTimeS * 1_000 ? 1 : 0),
      answeredWaitMs: counts.answeredWaitMs + waitMs,
    }
  }
  const { serviceLevel, asa } = callFigures({ ...counts, ...noStates })
  return { offered: counts.offered, answered: counts.answered, abandoned: counts.abandoned, serviceLevel, asaS: asa }
}
const noStates: StateCounts = { readyMs: 0, talkingMs: 0, wrapUpMs: 0, wrapUps: 0 }
