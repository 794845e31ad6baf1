import { Temporal } from 'temporal-polyfill'
import { daysBetween } from '../calendar/ahead.ts'
import { minutesOf, type Span } from '../calendar/calendar.ts'
import { instantOf } from '../calendar/intervals.ts'
import { rotaDays } from '../calendar/rota.ts'
import { staffing, type Staffing, staffingQuery, type StaffingQuery } from '../contract/staffing.ts'
import type { RotaDay } from '../contract/rota.ts'
import { arrivalsIn, expectedA, expectedC, meanArrivals, operatorsNeeded, patienceOf, type Slot } from '../indicators/staffing.ts'
import { halfOf } from '../indicators/tallies.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const halfMinutes = 30
const halfS = halfMinutes * 60
const two = (n: number) => String(n).padStart(2, '0')
const timeOf = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`

/** The half hours that a day's hours touch, as minutes of the day. */
function halvesOf(spans: readonly Span[]): number[] {
  const found = new Set<number>()
  for (const { from, to } of spans)
    for (let m = Math.floor(minutesOf(from) / halfMinutes) * halfMinutes; m < minutesOf(to); m += halfMinutes) found.add(m)
  return [...found].toSorted((a, b) => a - b)
}

/** Operators needed in each half hour of a week, from the desk's own history, against those who are planned. */
export function staffingRoutes(
  app: App,
  { stores, settings, config, now }: Pick<HttpParts, 'stores' | 'settings' | 'config' | 'now'>,
): void {
  async function basisOf({ weeks }: StaffingQuery) {
    const today = Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(config.timeZone).toPlainDate()
    const to = today.subtract({ days: 1 })
    const period = { from: today.subtract({ weeks }).toString(), to: to.toString() }
    const { arrived, counts } = await stores.indicators.history(period)
    const open = daysBetween(settings.values.hours, period.from, period.to).flatMap(({ date, spans }) => {
      const plain = Temporal.PlainDate.from(date)
      return halvesOf(spans).map((minute) => ({
        weekday: plain.dayOfWeek,
        minute,
        half: halfOf(instantOf(config.timeZone, plain, timeOf(minute))),
      }))
    })
    const conversations = counts.answered + counts.reached
    return {
      means: meanArrivals(open, arrived),
      basis: {
        ...period,
        calls: counts.offered,
        talkS: conversations === 0 ? null : counts.talkMs / 1_000 / conversations,
        wrapUpS: counts.wrapUps === 0 ? null : counts.wrapUpMs / 1_000 / counts.wrapUps,
        patienceS: patienceOf(counts.answeredWaitMs + counts.abandonedWaitMs, counts.abandoned),
      },
    }
  }

  app.get(
    '/api/staffing',
    {
      schema: {
        summary: 'Operators needed by half hour of a week, from the history, against the rota',
        querystring: staffingQuery,
        response: answering(staffing),
      },
    },
    async ({ query }): Promise<Staffing> => {
      const to = Temporal.PlainDate.from(query.from).add({ days: 6 }).toString()
      const [{ means, basis }, { shifts, absences, hours }] = await Promise.all([basisOf(query), stores.rota.between(query.from, to)])
      const handlingS = ((basis.talkS ?? 0) + (basis.wrapUpS ?? 0)) * query.handling
      const needs = new Map<number, { needed: number; neededC: number }>()
      const need = (calls: number) => {
        const known = needs.get(calls)
        if (known !== undefined) return known
        const load = { callsPerS: calls / halfS, handlingS }
        const found = {
          needed: operatorsNeeded(load, { ...query, patienceS: basis.patienceS }),
          neededC: operatorsNeeded(load, { ...query, patienceS: null }),
        }
        needs.set(calls, found)
        return found
      }
      const slotOf = (day: RotaDay, slot: Slot) => {
        const [from, until] = [timeOf(slot.minute), timeOf(slot.minute + halfMinutes)]
        const calls = Math.round(arrivalsIn(means, slot) * query.calls * 100) / 100
        const planned = new Set(
          day.shifts
            .filter(
              (shift) =>
                !shift.away &&
                shift.from <= from &&
                shift.to >= until &&
                !shift.awayFor.some((part) => part.from < until && from < part.to),
            )
            .map((shift) => shift.operatorId),
        ).size
        const load = { callsPerS: calls / halfS, handlingS }
        const expected =
          basis.patienceS === null ? expectedC(planned, load, query.withinS) : expectedA(planned, load, basis.patienceS, query.withinS)
        return { from, calls, ...need(calls), planned, serviceLevel: calls === 0 ? null : expected.serviceLevel }
      }
      const week = rotaDays(daysBetween(settings.values.hours, query.from, to), shifts, absences, hours)
      return {
        basis,
        days: week.map((day) => {
          const weekday = Temporal.PlainDate.from(day.date).dayOfWeek
          return { date: day.date, slots: handlingS === 0 ? [] : halvesOf(day.open).map((minute) => slotOf(day, { weekday, minute })) }
        }),
      }
    },
  )
}
