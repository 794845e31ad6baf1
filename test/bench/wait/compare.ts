import { emptyDesk } from '../../../server/calls/model.ts'
import { defaultSettings, type Presence } from '../../../server/calls/settings.ts'
import { lineOf } from '../../../server/calls/outlook.ts'
import { estimateWait, type WaitRange } from '../../../server/calls/wait.ts'
import { seeded } from '../../support/seeded.ts'
import { DayAtTheDesk, type Seen } from './day.ts'
import { appQueue, headOfLine, lastToEnterService, queueLength } from './estimators.ts'
import { oracleWait } from './oracle.ts'
import { drawDay, type University } from './university.ts'

const dayMs = 86_400_000
/** Days on which estimators learn, and nothing is compared. */
const learningDays = 5

/** One caller who had to wait: what was foreseen by each way of foreseeing, ours and the oracle's among them, and what it was. */
export type Wait = {
  readonly surge: boolean
  readonly waitMs: number
  readonly range: WaitRange
  readonly foreseen: Readonly<Record<string, number>>
}
/** In the order in which they are shown. */
export const ways = [
  'oracle',
  'oracle-unplanned',
  'ours',
  'ours-unplanned',
  'app_queue',
  'last-to-enter',
  'head-of-line',
  'queue-length',
] as const

/** Waits on `days` simulated days. The same seed gives the same days to everybody. */
export function compareOn(university: University, days: number, seed: number): readonly Wait[] {
  const chance = seeded(seed)
  const oracleChance = seeded(seed + 1)
  const others = [appQueue(), lastToEnterService(), headOfLine(), queueLength()]
  const settings = { ...defaultSettings, capMs: university.talk.mostMs, wrapUpMs: university.wrapUp.mostMs }
  const foresee = (seen: Seen, openingMs: number): Omit<Wait, 'waitMs'> | null => {
    const rota = { ...settings, presences: presencesOf(university, openingMs) }
    const [range, withoutRota] = [rota, settings].map((known) =>
      estimateWait(lineOf(seen.state, seen.callId, openingMs + seen.nowMs, known)),
    )
    const oracle = oracleWait(university, seen, oracleChance, true)
    const unplanned = oracleWait(university, seen, oracleChance, false)
    if (range == null || withoutRota == null || !Number.isFinite(oracle + unplanned)) return null
    const told = others.map((way) => [way.name, way.estimate(seen)] as const)
    return {
      surge: seen.surge,
      range,
      foreseen: {
        oracle,
        'oracle-unplanned': unplanned,
        ours: range.likelyMs,
        'ours-unplanned': withoutRota.likelyMs,
        ...Object.fromEntries(told),
      },
    }
  }
  const waits: Wait[] = []
  let state = emptyDesk
  for (let n = 0; n < days + learningDays; n += 1) {
    const waiting = new Map<string, Omit<Wait, 'waitMs'>>()
    const day = new DayAtTheDesk(university, drawDay(university, chance), state, n * dayMs, chance, {
      waits: (seen) => {
        const wait = n < learningDays ? null : foresee(seen, n * dayMs)
        if (wait !== null) waiting.set(seen.callId, wait)
      },
      served: ({ callId, waitMs, shadow }) => {
        if (!shadow) for (const way of others) way.answered(waitMs)
        const wait = waiting.get(callId)
        if (wait !== undefined) waits.push({ ...wait, waitMs })
      },
    })
    day.run()
    state = day.state
  }
  return waits
}

/** The rota of a day: who comes and goes when. */
const presencesOf = ({ shifts }: University, openingMs: number): readonly Presence[] =>
  shifts.flatMap((spans, i) =>
    spans.map(({ fromMs, toMs }) => ({ operatorId: `op${i + 1}`, from: openingMs + fromMs, until: openingMs + toMs })),
  )

/** Mean absolute error of one way of foreseeing, in s. */
export const errorS = (waits: readonly Wait[], way: string): number =>
  waits.reduce((sum, w) => sum + Math.abs((w.foreseen[way] ?? 0) - w.waitMs), 0) / waits.length / 1_000

/** The share of waits that ended within the announced range. */
export const covered = (waits: readonly Wait[]): number =>
  waits.filter(({ waitMs, range }) => waitMs >= range.lowMs && waitMs <= range.highMs).length / waits.length
