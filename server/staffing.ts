import { Temporal } from 'temporal-polyfill'
import { daysBetween } from './calendar/ahead.ts'
import { minutesOf, type Span } from './calendar/calendar.ts'
import { thereIn, timeOf } from './calendar/cover.ts'
import { instantOf } from './calendar/intervals.ts'
import { rotaDays } from './calendar/rota.ts'
import type { Config } from './config.ts'
import type { ExpectedService, Staffing, StaffingQuery, StaffingSlot } from './contract/staffing.ts'
import type { Stores } from './database/stores.ts'
import { seeded } from './indicators/chance.ts'
import {
  busySigmaOf,
  type DrawnDay,
  drawDays,
  type Handling,
  lognormalOf,
  type Simulated,
  simulateDay,
  simulatedNeed,
} from './indicators/simulation.ts'
import {
  arrivalsIn,
  type Expected,
  expectedA,
  expectedC,
  type Load,
  meanArrivals,
  operatorsNeeded,
  patienceOf,
} from './indicators/staffing.ts'
import { halfOf } from './indicators/tallies.ts'
import type { SettingsBook } from './settings/book.ts'

type Parts = {
  readonly stores: Pick<Stores, 'indicators' | 'rota'>
  readonly settings: Pick<SettingsBook, 'values'>
  readonly config: Pick<Config, 'timeZone'>
  /** In ms. */
  readonly now: () => number
}

const halfMinutes = 30
const halfS = halfMinutes * 60
const simulatedDays = 300
const seed = 2026

/** The half hours that a day's hours touch, as minutes of the day. */
function halvesOf(spans: readonly Span[]): number[] {
  const found = new Set<number>()
  for (const { from, to } of spans)
    for (let m = Math.floor(minutesOf(from) / halfMinutes) * halfMinutes; m < minutesOf(to); m += halfMinutes) found.add(m)
  return [...found].toSorted((a, b) => a - b)
}

/** What the desk's own weeks say of calls, conversations and patience. */
async function basisOf({ stores, settings, config, now }: Parts, weeks: number, limitMs: number | null) {
  const today = Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(config.timeZone).toPlainDate()
  const period = { from: today.subtract({ weeks }).toString(), to: today.subtract({ days: 1 }).toString() }
  const { arrived, counts, talk } = await stores.indicators.history(period)
  const open = daysBetween(settings.values.hours, period.from, period.to).flatMap(({ date, spans }) => {
    const plain = Temporal.PlainDate.from(date)
    return halvesOf(spans).map((minute) => ({
      date,
      weekday: plain.dayOfWeek,
      minute,
      half: halfOf(instantOf(config.timeZone, plain, timeOf(minute))),
    }))
  })
  const means = meanArrivals(open, arrived)
  const days = [...Map.groupBy(open, ({ date }) => date).values()].map((slots) => ({
    calls: slots.reduce((sum, { half }) => sum + (arrived.get(half) ?? 0), 0),
    expected: slots.reduce((sum, slot) => sum + arrivalsIn(means, slot), 0),
  }))
  const conversations = counts.answered + counts.reached
  return {
    means,
    talk: talk.quartiles === null || talk.quartiles[0] <= 0 ? null : lognormalOf(talk.quartiles, limitMs),
    basis: {
      ...period,
      calls: counts.offered,
      talkS: conversations === 0 ? null : counts.talkMs / 1_000 / conversations,
      wrapUpS: counts.wrapUps === 0 ? null : counts.wrapUpMs / 1_000 / counts.wrapUps,
      patienceS: patienceOf(counts.answeredWaitMs + counts.abandonedWaitMs, counts.abandoned),
      capped: talk.conversations === 0 ? null : talk.capped / talk.conversations,
      busySigma: busySigmaOf(days),
    },
  }
}

/** Callers must not wait for a page: others have their turn between two days. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))
const finite = ({ waitS, ...rest }: Expected): ExpectedService => ({ ...rest, waitS: Number.isFinite(waitS) ? waitS : null })
const told = (of: Simulated | null | undefined): ExpectedService | null =>
  of == null ? null : { serviceLevel: of.serviceLevel, abandoned: of.abandoned, waitS: of.waitS, occupancy: of.occupancy }

/** Operators needed in each half hour of a week by the desk's own history, by formulas and by simulation, beside those who are planned. */
export async function staffingOf(parts: Parts, query: StaffingQuery): Promise<Staffing> {
  const { stores, settings } = parts
  const { limitMinutes: set, limitCuts } = settings.values.desk
  const setMs = (settings.values.lines.lines[0]?.limitCuts ?? limitCuts) ? set * 60_000 : null
  const limitMs = query.limitMinutes === undefined ? setMs : query.limitMinutes === 0 ? null : query.limitMinutes * 60_000
  const to = Temporal.PlainDate.from(query.from).add({ days: 6 }).toString()
  const [{ means, talk, basis }, { shifts, absences, hours }] = await Promise.all([
    basisOf(parts, query.weeks, setMs),
    stores.rota.between(query.from, to),
  ])
  const handlingS = ((basis.talkS ?? 0) + (basis.wrapUpS ?? 0)) * query.handling
  const handling: Handling | null =
    talk === null
      ? null
      : {
          talkMedianMs: talk.talkMedianMs * query.handling,
          talkSigma: talk.talkSigma,
          limitMs,
          wrapUpMs: (basis.wrapUpS ?? 0) * 1_000 * query.handling,
          patienceMs: basis.patienceS === null ? null : basis.patienceS * 1_000,
        }
  const bounds = { withinMs: query.withinS * 1_000, limitMs }
  const formulas = remembered((calls: number) => {
    const load: Load = { callsPerS: calls / halfS, handlingS }
    return {
      erlangA: basis.patienceS === null ? null : operatorsNeeded(load, { ...query, patienceS: basis.patienceS }),
      erlangC: operatorsNeeded(load, { ...query, patienceS: null }),
    }
  })
  const week = rotaDays(daysBetween(settings.values.hours, query.from, to), shifts, absences, hours)
  const days: Staffing['days'] = []
  for (const day of week) {
    const weekday = Temporal.PlainDate.from(day.date).dayOfWeek
    const minutes = handlingS === 0 ? [] : halvesOf(day.open)
    const calls = minutes.map((minute) => Math.round(arrivalsIn(means, { weekday, minute }) * query.calls * 100) / 100)
    const planned = minutes.map((minute) => thereIn(day, timeOf(minute)).size)
    const simulation = handling === null ? null : simulationOf(minutes, calls, handling, basis.busySigma)
    const needed =
      simulation === null ? null : simulation.needed({ ...bounds, serviceLevel: query.serviceLevel, occupancy: query.occupancy })
    const foreseen = simulation === null ? null : simulation.given(planned, bounds)
    days.push({
      date: day.date,
      slots: minutes.map((minute, i): StaffingSlot => {
        const load: Load = { callsPerS: (calls[i] ?? 0) / halfS, handlingS }
        const some = (of: Expected) => (load.callsPerS === 0 ? null : finite(of))
        return {
          from: timeOf(minute),
          calls: calls[i] ?? 0,
          planned: planned[i] ?? 0,
          needed: { ...formulas(calls[i] ?? 0), simulation: needed?.[i] ?? null },
          expected: {
            simulation: load.callsPerS === 0 ? null : told(foreseen?.[i]),
            erlangA: basis.patienceS === null ? null : some(expectedA(planned[i] ?? 0, load, basis.patienceS, query.withinS)),
            erlangC: some(expectedC(planned[i] ?? 0, load, query.withinS)),
          },
        }
      }),
    })
    await breathe()
  }
  return {
    basis,
    simulation: handling && {
      days: simulatedDays,
      talkMedianS: handling.talkMedianMs / 1_000,
      talkSigma: handling.talkSigma,
      limitMinutes: limitMs === null ? null : limitMs / 60_000,
    },
    days,
  }
}

function remembered<T>(work: (calls: number) => T): (calls: number) => T {
  const known = new Map<number, T>()
  return (calls) => {
    const found = known.get(calls) ?? work(calls)
    known.set(calls, found)
    return found
  }
}

/** Half hours that lie apart, as before and after a break, are simulated apart: nobody waits through a closed noon. */
function simulationOf(minutes: readonly number[], calls: readonly number[], handling: Handling, busySigma: number) {
  const random = seeded(seed)
  const runs: { means: number[]; days: readonly DrawnDay[]; from: number }[] = []
  for (const [i, minute] of minutes.entries()) {
    const run = runs.at(-1)
    if (run === undefined || minutes[i - 1] !== minute - halfMinutes) runs.push({ means: [calls[i] ?? 0], days: [], from: i })
    else run.means.push(calls[i] ?? 0)
  }
  for (const run of runs) run.days = drawDays(run.means, { handling, busySigma, days: simulatedDays }, random)
  return {
    needed: (aim: Parameters<typeof simulatedNeed>[2]) => runs.flatMap(({ days, means }) => simulatedNeed(days, means.length, aim)),
    given: (planned: readonly number[], bounds: Parameters<typeof simulateDay>[2]) =>
      runs.flatMap(({ days, means, from }) => simulateDay(days, planned.slice(from, from + means.length), bounds)),
  }
}
