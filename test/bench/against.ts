import type { DeskLine } from '../support/desk-line.ts'
import { type Figure, percentile, ratioOfMedians, rounded } from './figures.ts'
import type { Run } from './runs.ts'
import type { Side, Sides } from './sides.ts'

export type Goals = { readonly p50?: number; readonly p95?: number; readonly leastRatio?: number; readonly mostRatio?: number }

/**
 * The same run on both sides in turn, ABBA, so that a machine that warms up or slows down favours neither.
 * @param pairs how many times each side runs; an even number
 * @returns the tries of each run of each side, in ms
 */
export async function inTurn(line: DeskLine, sides: Sides, run: Run, pairs: number): Promise<{ desk: number[][]; peer: number[][] }> {
  const tries = { desk: [] as number[][], peer: [] as number[][] }
  const once = async (side: Side, into: number[][]) => {
    into.push([...(await run(line, side))])
    await side.staff(0)
    await line.reset()
  }
  for (let pair = 0; pair < pairs; pair += 1) {
    const deskFirst = pair % 2 === 0
    if (deskFirst) await once(sides.desk, tries.desk)
    await once(sides.peer, tries.peer)
    if (!deskFirst) await once(sides.desk, tries.desk)
  }
  return tries
}

/** Our figure beside app_queue's: met when every goal is. */
export function compared(name: string, tries: { readonly desk: number[][]; readonly peer: number[][] }, goals: Goals): Figure {
  const [ours, theirs] = [tries.desk.flat(), tries.peer.flat()]
  const of = (values: readonly number[]) => ({ p50: rounded(percentile(values, 0.5)), p95: rounded(percentile(values, 0.95)) })
  const { p50, p95 } = of(ours)
  const ratio = ratioOfMedians(tries.desk, tries.peer)
  const judged = goals.p95 === undefined ? p50 : p95
  const met =
    p50 <= (goals.p50 ?? Number.POSITIVE_INFINITY) &&
    p95 <= (goals.p95 ?? Number.POSITIVE_INFINITY) &&
    ratio.value <= (goals.mostRatio ?? (goals.leastRatio === undefined ? Number.POSITIVE_INFINITY : 1 / goals.leastRatio))
  const goal = goals.p95 ?? goals.p50 ?? null
  return { name, value: judged, unit: 'ms', p50, p95, goal, met, tries: ours.length, peer: { ...of(theirs), tries: theirs.length }, ratio }
}
