import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { daysBetween } from '../calendar/ahead.ts'
import { proposedShifts, shortOf } from '../calendar/cover.ts'
import { dutyAt, gapAt, mayChangeShift, rotaDays } from '../calendar/rota.ts'
import {
  coverWrite,
  rota,
  rotaProposal,
  rotaProposalQuery,
  rotaQuery,
  shiftChange,
  shiftCreation,
  shiftHistory,
  weekCopied,
  weekCopy,
  type Rota,
  type RotaDay,
} from '../contract/rota.ts'
import { signedIn } from './access.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'
import { managesPeople } from './scope.ts'

const oneShift = z.object({ id: z.uuid() })

/** Who is at the desk when; who should be there now and is not. */
export function rotaRoutes(
  app: App,
  {
    stores,
    settings,
    desk,
    config,
    now,
    onRotaChanged,
  }: Pick<HttpParts, 'stores' | 'settings' | 'desk' | 'config' | 'now' | 'onRotaChanged'>,
): void {
  async function days(from: string, to: string): Promise<RotaDay[]> {
    const [{ shifts, absences, hours }, cover] = await Promise.all([stores.rota.between(from, to), stores.rota.cover(from, to)])
    return rotaDays(daysBetween(settings.values.hours, from, to), shifts, absences, hours).map((day) => {
      const needs = cover.get(day.date)?.map(({ from: since, needed }) => ({ from: since, needed })) ?? []
      return { ...day, cover: needs, short: shortOf(day, needs) }
    })
  }

  async function dutyNow(): Promise<Rota['now']> {
    const at = Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(config.timeZone)
    const date = at.toPlainDate().toString()
    const [today] = await days(date, date)
    const here = desk.view().operators.filter(({ state }) => state !== 'offline')
    const time = at.toPlainTime().toString({ smallestUnit: 'minute' })
    if (today === undefined) return { expected: [], missing: [], gap: null }
    const gap = gapAt(today, time)
    const [before, after] = [at.subtract({ days: 7 }), at.add({ days: 7 })].map((moment) => moment.toPlainDate().toString())
    const isKept = gap !== null && (await stores.rota.isKept(before ?? date, after ?? date))
    return { ...dutyAt(today, time, new Set(here.map(({ id }) => id))), gap: isKept ? gap : null }
  }

  app.get(
    '/api/rota',
    { schema: { summary: 'The rota of some days, its gaps, and who is missing now', querystring: rotaQuery, response: answering(rota) } },
    async ({ query }) => {
      const to = Temporal.PlainDate.from(query.from).add({ days: query.days - 1 })
      const operators = await stores.accounts.operators()
      return {
        days: await days(query.from, to.toString()),
        operators: operators.map(({ id, name }) => ({ id, name })),
        now: await dutyNow(),
      }
    },
  )

  app.post(
    '/api/rota/shifts',
    { schema: { summary: 'Put somebody down for the desk, once or each week', body: shiftCreation, response: creating(z.null()) } },
    async (request, reply) => {
      await stores.rota.add(request.body, signedIn(request).name)
      onRotaChanged()
      return reply.code(201).send(null)
    },
  )

  app.post(
    '/api/rota/weeks',
    {
      schema: {
        summary: 'Put a week’s shifts down in another week, where their holders are free',
        body: weekCopy,
        response: answering(weekCopied),
      },
    },
    async (request) => {
      const copied = await stores.rota.copyWeek(request.body.from, request.body.to, signedIn(request).name)
      onRotaChanged()
      return copied
    },
  )

  app.put(
    '/api/rota/cover',
    {
      schema: {
        summary: 'Write down how many operators each half hour of a week needs, in place of what was written down of it',
        body: coverWrite,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await stores.rota.writeCover(request.body, signedIn(request).name)
      onRotaChanged()
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/api/rota/proposals',
    {
      schema: {
        summary: 'Presences that would meet what a week needs; nothing is written down',
        querystring: rotaProposalQuery,
        response: answering(rotaProposal),
      },
    },
    async ({ query: { from } }) => {
      const to = Temporal.PlainDate.from(from).add({ days: 6 }).toString()
      const [week, operators, { absences, hours }] = await Promise.all([
        days(from, to),
        stores.accounts.operators(),
        stores.rota.between(from, to),
      ])
      return proposedShifts(
        week,
        operators,
        (operatorId, day, span) =>
          absences.some((one) => one.accountId === operatorId && one.from <= day && day <= one.to) ||
          hours.some((one) => one.accountId === operatorId && one.day === day && one.from < span.to && span.from < one.to),
      )
    },
  )

  app.get(
    '/api/rota/shifts/:id/history',
    { schema: { summary: 'What became of a shift, and by whom', params: oneShift, response: answering(shiftHistory) } },
    ({ params }) => stores.rota.history(params.id),
  )

  app.put(
    '/api/rota/shifts/:id',
    {
      schema: {
        summary: 'Offer a shift, or take one that is offered; who plans may give it to anybody, or put it down otherwise',
        params: oneShift,
        body: shiftChange,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const session = signedIn(request)
      const who = { id: session.id, plans: managesPeople(session) }
      const { params, body } = request
      await stores.rota.change(params.id, body, session.name, (shift) => mayChangeShift(shift, body, who))
      onRotaChanged()
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/api/rota/shifts/:id',
    { schema: { summary: 'Take a shift off the rota', params: oneShift, response: { 204: z.null() } } },
    async (request, reply) => {
      await stores.rota.remove(request.params.id, signedIn(request).name)
      onRotaChanged()
      return reply.code(204).send(null)
    },
  )
}
