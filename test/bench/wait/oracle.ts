import { draw, drawRest, type Random } from '../../../server/indicators/chance.ts'
import { type Span, thereFrom, type University } from './university.ts'
import type { Seen } from './day.ts'

const plays = 300

/**
 * The wait of somebody who knows what durations, patience and staffing are made of, and how long each conversation has lasted, but
 * not what will happen: the median of many ways on from here.
 * @param planned false: knows who is there now, and not who comes and goes later
 */
export function oracleWait(university: University, seen: Seen, random: Random, planned: boolean): number {
  const there = planned
    ? thereFrom
    : (spans: readonly Span[], ms: number) => (thereFrom(spans, seen.nowMs) > seen.nowMs ? Number.POSITIVE_INFINITY : ms)
  const waits = Array.from({ length: plays }, () => play(university, seen, random, there)).sort((a, b) => a - b)
  return waits[Math.floor(plays / 2)] ?? 0
}

function play(
  { talk, wrapUp, patience, shifts }: University,
  { nowMs, ahead, servers }: Seen,
  random: Random,
  there: typeof thereFrom,
): number {
  const free = servers.map((server, i) => {
    const sinceMs = nowMs - server.sinceMs
    const left =
      server.phase === 'talking'
        ? drawRest(talk, sinceMs, random) + draw(wrapUp, random)
        : server.phase === 'wrap-up'
          ? drawRest(wrapUp, sinceMs, random)
          : 0
    return there(shifts[i] ?? [], nowMs + left)
  })
  for (const { sinceMs } of ahead) {
    const first = free.indexOf(Math.min(...free))
    const from = free[first] ?? Infinity
    const leaves = nowMs + drawRest(patience, nowMs - sinceMs, random)
    if (leaves > from) free[first] = there(shifts[first] ?? [], from + draw(talk, random) + draw(wrapUp, random))
  }
  return Math.min(...free) - nowMs
}
