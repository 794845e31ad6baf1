import { type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type {
  CallIndicators,
  CallList,
  callListQuery,
  Period,
  ticketIndicatorQuery,
  TicketIndicators,
  TicketList,
  ticketListQuery,
} from '../contract/indicators.ts'
import { previousOf, stepFor } from '../indicators/period.ts'
import {
  backlogAges,
  type Beside,
  type CallCounts,
  callFigures,
  callWholes,
  occupancyOf,
  type OwedCounts,
  type StateCounts,
  ticketFigures,
  type TicketTally,
  ticketWholes,
  waitBoundsS,
} from '../indicators/tallies.ts'
import type { Db } from './connection.ts'
import { everyTicket, type FigureScope, whoseCalls, whoseFigures } from './figure-scope.ts'
import * as query from './indicator-sql.ts'
import * as ticketQuery from './ticket-indicator-sql.ts'

/** How many a list shows; a file holds more. */
const listed = 200

type StateRow = StateCounts & { readonly operatorId: string }

/** Figures of the telephone and of tickets, by days of the desk's own time. */
export function indicatorStore(db: Db, timeZone: string, now: () => Date) {
  const rows = async <T>(asked: SQL): Promise<T[]> => (await db.execute(asked)).rows as T[]
  const one = async <T>(asked: SQL): Promise<T> => {
    const [row] = await rows<T>(asked)
    if (row === undefined) throw new Error('a count without a row')
    return row
  }
  const noTime: StateCounts = { readyMs: 0, talkingMs: 0, wrapUpMs: 0, wrapUps: 0 }
  /** Operators' time is of no entity: with one it counts for nothing. */
  const counted = async (period: Period, whose: SQL | null) => {
    const [calls, { absorbed }, { fromPage }, owed, states] = await Promise.all([
      one<CallCounts>(query.callSums(period, whose)),
      one<{ absorbed: number }>(query.absorbedCount(period, timeZone, whose)),
      one<{ fromPage: number }>(query.fromPageCount(period, timeZone, whose)),
      one<OwedCounts>(query.owedCounts(period, timeZone, now(), whose)),
      whose === null ? rows<StateRow>(query.stateSums(period)) : [],
    ])
    const beside: Beside = { absorbed, fromPage, ...owed }
    return { counts: { ...calls, ...(whose === null ? totalOf(states) : noTime) }, beside, states }
  }

  return {
    /** Sum up anew the days of entities whose calls have changed: figures are exact without it, and sooner told with it. */
    async sumChangedDays(): Promise<void> {
      for (let drawn = 1; drawn > 0; ) ({ drawn } = await one<{ drawn: number }>(query.sumChangedDays))
    },

    /** @param scope whose calls; of some entities' there is neither wrap-up nor occupancy */
    async calls(period: Period, scope: FigureScope = everyTicket): Promise<Omit<CallIndicators, 'theirs'>> {
      const whose = whoseCalls(scope)
      const previous = previousOf(period)
      const step = stepFor(period)
      const [here, before, waits, hours, steps, operators] = await Promise.all([
        counted(period, whose),
        counted(previous, whose),
        rows<{ place: number; answered: number; abandoned: number }>(query.waitCounts(period, whose)),
        rows<CallIndicators['hours'][number]>(query.hourCounts(period, whose)),
        rows<CallIndicators['steps'][number]>(query.callSteps(period, step, whose)),
        rows<{ id: string; name: string; answered: number; talkS: number }>(query.callsByOperator(period, whose)),
      ])
      return {
        period,
        previous,
        figures: callFigures(here.counts, here.beside),
        before: callFigures(before.counts, before.beside),
        of: callWholes(here.counts, here.beside),
        waits: [...waitBoundsS, null].map((upToS, i) => {
          const found = waits.find(({ place }) => place === i)
          return { upToS, answered: found?.answered ?? 0, abandoned: found?.abandoned ?? 0 }
        }),
        hours,
        step,
        steps,
        operators: operators.map((o) => ({
          ...o,
          occupancy: occupancyOf(totalOf(here.states.filter((s) => s.operatorId === o.id))),
        })),
      }
    },

    /** What staffing is worked out from: calls by half hour (ms), how long they took and waited, and how conversations spread. */
    async history(period: Period): Promise<{
      readonly arrived: ReadonlyMap<number, number>
      readonly counts: CallCounts & StateCounts
      readonly talk: {
        readonly quartiles: readonly [number, number, number] | null
        readonly conversations: number
        readonly capped: number
      }
    }> {
      const [halves, { counts }, talk] = await Promise.all([
        rows<{ half: number; offered: number }>(query.halfCounts(period, timeZone)),
        counted(period, null),
        one<{ quartiles: [number, number, number] | null; conversations: number; capped: number }>(query.talkQuartiles(period, timeZone)),
      ])
      return { arrived: new Map(halves.map(({ half, offered }) => [half, offered])), counts, talk }
    },

    /** The calls behind a figure, the latest first. */
    async callList(
      { kind, weekday, hour, from, to }: Omit<z.infer<typeof callListQuery>, 'entityId'>,
      scope: FigureScope = everyTicket,
      limit = listed,
    ): Promise<CallList> {
      const period = { from, to }
      const whose = whoseCalls(scope)
      const found = await rows<Omit<CallList['calls'][number], 'at'> & { at: string | Date; total: number }>(
        kind === 'owed' || kind === 'owedLate'
          ? query.owedRows({ kind, limit }, period, timeZone, now(), whose)
          : query.callRows({ kind, weekday: weekday ?? null, hour: hour ?? null, limit }, period, timeZone, whose ?? sql`true`),
      )
      return {
        total: found[0]?.total ?? 0,
        calls: found.map(({ total: _total, at, ...call }) => ({ ...call, at: new Date(at).toISOString() })),
      }
    },

    async tickets(
      { by, across, ...asked }: Omit<z.infer<typeof ticketIndicatorQuery>, 'entityId'>,
      scope: FigureScope = everyTicket,
    ): Promise<Omit<TicketIndicators, 'names' | 'theirs'>> {
      const whose = whoseFigures(scope)
      const period = { from: asked.from, to: asked.to }
      const previous = previousOf(period)
      const step = stepFor(period)
      const [tallies, before, steps, hours] = await Promise.all([
        rows<TicketTally & { whole: boolean; value: string | null; across: string | null }>(
          ticketQuery.ticketRows(by, across ?? null, period, timeZone, now(), scope),
        ),
        one<TicketTally>(ticketQuery.ticketRows(null, null, previous, timeZone, now(), scope)),
        rows<TicketIndicators['steps'][number]>(ticketQuery.ticketSteps(period, step, whose)),
        rows<TicketIndicators['hours'][number]>(ticketQuery.ticketHours(period, whose)),
      ])
      const here = tallies.find(({ whole }) => whole)
      if (here === undefined) throw new Error('a count without a row')
      return {
        period,
        previous,
        figures: ticketFigures(here),
        before: ticketFigures(before),
        of: ticketWholes(here),
        ages: backlogAges(here),
        by,
        across: across ?? null,
        rows: tallies
          .filter(({ whole }) => !whole)
          .map((row) => ({ value: row.value, across: row.across, figures: ticketFigures(row), of: ticketWholes(row) })),
        hours,
        step,
        steps,
      }
    },

    /** The tickets behind a figure, the latest opened first. */
    async ticketList(
      { kind, by, value, across, acrossValue, weekday, hour, from, to }: Omit<z.infer<typeof ticketListQuery>, 'entityId'>,
      scope: FigureScope = everyTicket,
      limit = listed,
    ): Promise<TicketList> {
      const choices = [
        ...(by === undefined ? [] : [{ by, value: value ?? null }]),
        ...(across === undefined ? [] : [{ by: across, value: acrossValue ?? null }]),
      ]
      type Row = Omit<TicketList['tickets'][number], 'openedAt' | 'closedAt'> &
        Record<'openedAt' | 'closedAt', string | null> & { total: number }
      const found = await rows<Row>(
        kind === 'refused'
          ? ticketQuery.refusedList(choices, { from, to }, timeZone, scope, limit)
          : ticketQuery.ticketList(
              kind,
              choices,
              { weekday: weekday ?? null, hour: hour ?? null },
              { from, to },
              timeZone,
              now(),
              scope,
              limit,
            ),
      )
      const iso = (at: string | null) => (at === null ? null : new Date(at).toISOString())
      return {
        total: found[0]?.total ?? 0,
        tickets: found.map(({ total: _total, openedAt, closedAt, ...ticket }) => ({
          ...ticket,
          openedAt: iso(openedAt) ?? '',
          closedAt: iso(closedAt),
        })),
      }
    },
  }
}
export type IndicatorStore = ReturnType<typeof indicatorStore>

function totalOf(states: readonly StateRow[]): StateCounts {
  const sum = (name: keyof StateCounts) => states.reduce((total, s) => total + s[name], 0)
  return { readyMs: sum('readyMs'), talkingMs: sum('talkingMs'), wrapUpMs: sum('wrapUpMs'), wrapUps: sum('wrapUps') }
}
