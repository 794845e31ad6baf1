import type { SQL } from 'drizzle-orm'
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
  type CallCounts,
  callFigures,
  callWholes,
  occupancyOf,
  type StateCounts,
  ticketFigures,
  type TicketTally,
  ticketWholes,
  waitBoundsS,
} from '../indicators/tallies.ts'
import type { Db } from './connection.ts'
import * as query from './indicator-sql.ts'

type StateRow = StateCounts & { readonly operatorId: string }

/** Figures of the telephone and of tickets, by days of the desk's own time. */
export function indicatorStore(db: Db, timeZone: string, now: () => Date) {
  const rows = async <T>(asked: SQL): Promise<T[]> => (await db.execute(asked)).rows as T[]
  const one = async <T>(asked: SQL): Promise<T> => {
    const [row] = await rows<T>(asked)
    if (row === undefined) throw new Error('a count without a row')
    return row
  }
  const counted = async (period: Period) => {
    const [calls, { absorbed }, states] = await Promise.all([
      one<CallCounts>(query.callSums(period)),
      one<{ absorbed: number }>(query.absorbedCount(period, timeZone)),
      rows<StateRow>(query.stateSums(period)),
    ])
    return { counts: { ...calls, ...totalOf(states) }, absorbed, states }
  }

  return {
    async calls(period: Period): Promise<CallIndicators> {
      const previous = previousOf(period)
      const step = stepFor(period)
      const [here, before, waits, hours, steps, operators] = await Promise.all([
        counted(period),
        counted(previous),
        rows<{ place: number; answered: number; abandoned: number }>(query.waitCounts(period)),
        rows<CallIndicators['hours'][number]>(query.hourCounts(period)),
        rows<CallIndicators['steps'][number]>(query.callSteps(period, step)),
        rows<{ id: string; name: string; answered: number; talkS: number }>(query.callsByOperator(period)),
      ])
      return {
        period,
        previous,
        figures: callFigures(here.counts, here.absorbed),
        before: callFigures(before.counts, before.absorbed),
        of: callWholes(here.counts),
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

    /** What staffing is worked out from: calls by half hour (ms), and how long they took and waited. */
    async history(period: Period): Promise<{ readonly arrived: ReadonlyMap<number, number>; readonly counts: CallCounts & StateCounts }> {
      const [halves, { counts }] = await Promise.all([
        rows<{ half: number; offered: number }>(query.halfCounts(period, timeZone)),
        counted(period),
      ])
      return { arrived: new Map(halves.map(({ half, offered }) => [half, offered])), counts }
    },

    async callList({ kind, weekday, hour, ...period }: z.infer<typeof callListQuery>): Promise<CallList> {
      const found = await rows<Omit<CallList['calls'][number], 'at'> & { at: string | Date; total: number }>(
        query.callRows(kind, period, timeZone, weekday ?? null, hour ?? null),
      )
      return {
        total: found[0]?.total ?? 0,
        calls: found.map(({ total: _total, at, ...call }) => ({ ...call, at: new Date(at).toISOString() })),
      }
    },

    async tickets(
      { by, across, ...asked }: Omit<z.infer<typeof ticketIndicatorQuery>, 'entityId'>,
      scope: query.FigureScope = query.everyTicket,
    ): Promise<Omit<TicketIndicators, 'names' | 'theirs'>> {
      const whose = query.whoseFigures(scope)
      const period = { from: asked.from, to: asked.to }
      const previous = previousOf(period)
      const step = stepFor(period)
      const [tallies, before, steps] = await Promise.all([
        rows<TicketTally & { whole: boolean; value: string | null; across: string | null }>(
          query.ticketRows(by, across ?? null, period, timeZone, now(), whose),
        ),
        one<TicketTally>(query.ticketRows(null, null, previous, timeZone, now(), whose)),
        rows<TicketIndicators['steps'][number]>(query.ticketSteps(period, step, whose)),
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
        step,
        steps,
      }
    },

    /** The tickets behind a figure, the latest opened first. */
    async ticketList(
      { kind, by, value, across, acrossValue, ...period }: Omit<z.infer<typeof ticketListQuery>, 'entityId'>,
      scope: query.FigureScope = query.everyTicket,
    ): Promise<TicketList> {
      const choices = [
        ...(by === undefined ? [] : [{ by, value: value ?? null }]),
        ...(across === undefined ? [] : [{ by: across, value: acrossValue ?? null }]),
      ]
      type Row = Omit<TicketList['tickets'][number], 'openedAt' | 'closedAt'> &
        Record<'openedAt' | 'closedAt', string | null> & { total: number }
      const found = await rows<Row>(query.ticketList(kind, choices, period, timeZone, now(), query.whoseFigures(scope)))
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
