import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { showNumber } from '../calls/number.ts'
import { owedEntry, owedList, owedOutcome, owedQuery, type OwedEntry } from '../contract/http.ts'
import { onlyOne } from '../contract/only-one.ts'
import { mayFurther } from '../contract/rights.ts'
import { ServiceError } from '../errors.ts'
import { besideEachOther } from '../owed/decide.ts'
import type { Entry } from '../owed/model.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneEntry = z.object({ id: z.uuid() })
const iso = (ms: number) => new Date(ms).toISOString()
const actorOf = (request: FastifyRequest) => {
  const { id, name } = signedIn(request)
  return { id, name }
}

/** Answers owed: who is to be called back, by whom, and what came of it. */
export function owedRoutes(
  app: App,
  {
    stores,
    directory,
    desk,
    onOwedChanged,
    messagesTraced,
  }: Pick<HttpParts, 'stores' | 'directory' | 'desk' | 'onOwedChanged' | 'messagesTraced'>,
): void {
  const ownerOf = (number: string) => onlyOne(directory.findByPhone(number))?.id ?? null
  const withTickets = async (entries: readonly Entry[]): Promise<OwedEntry[]> => {
    const callIds = entries.flatMap(({ origins }) => origins.map(({ callId }) => callId))
    const [tickets, subjects, shut] = await Promise.all([
      stores.calls.ticketsOf(callIds),
      stores.callbackSlots.subjects(callIds),
      stores.callbackSlots.shut(callIds),
    ])
    return entries.map((entry) => shown(entry, tickets, subjects, shut))
  }
  const shown = (
    { status, number, origins, attempts, escalations, told = [], escalated, firstAt, lastAt, dueAt, id, priority }: Entry,
    tickets: ReadonlyMap<string, number>,
    subjects: ReadonlyMap<string, string>,
    shut: ReadonlyMap<string, OwedEntry['origins'][number]['shut']>,
  ): OwedEntry => ({
    id,
    number,
    numberShown: showNumber(number),
    people: number === null ? [] : [...directory.findByPhone(number)],
    origins: origins.map(({ dueAt: _due, reopensAt, ...o }) => ({
      ...o,
      at: iso(o.at),
      ...(reopensAt !== undefined && { reopensAt: iso(reopensAt) }),
      subject: subjects.get(o.callId) ?? null,
      ticket: tickets.get(o.callId) ?? null,
      shut: shut.get(o.callId),
    })),
    firstAt: iso(firstAt),
    lastAt: iso(lastAt),
    dueAt: iso(dueAt),
    priority,
    takenBy: status.kind === 'taken' ? { ...status.by, at: iso(status.at) } : null,
    attempts: attempts.map((a) => ({ ...a, at: iso(a.at), by: a.by.name, laterAt: a.laterAt === null ? null : iso(a.laterAt) })),
    escalations: escalations.map(({ at, step, to }) => ({ at: iso(at), step, to: [...to] })),
    told: told.map(({ at, about }) => ({ at: iso(at), about })),
    escalated: escalated !== null && status.kind !== 'settled',
    settledAt: status.kind === 'settled' ? iso(status.at) : null,
    settledHow: status.kind === 'settled' ? status.how : null,
    settledBy: status.kind === 'settled' ? (status.by?.name ?? null) : null,
  })
  const changed = async (entry: Entry): Promise<OwedEntry> => {
    onOwedChanged()
    if (entry.status.kind === 'settled') {
      if (entry.number !== null) desk.settled(entry.number)
      await messagesTraced()
    }
    const [shownOne] = await withTickets([entry])
    if (shownOne === undefined) throw new ServiceError('not_found')
    return shownOne
  }

  app.get(
    '/api/owed',
    { schema: { summary: 'Answers owed, the most urgent first', querystring: owedQuery, response: answering(owedList) } },
    async ({ query }) => {
      const open = query.state === 'settled' ? [] : await stores.owed.open()
      const settled = query.state === 'open' ? [] : await stores.owed.settled()
      return { entries: await withTickets([...besideEachOther(open, ownerOf), ...settled]), open: await stores.owed.countOpen() }
    },
  )

  app.post(
    '/api/owed/:id/take',
    { schema: { summary: 'I call this person back', params: oneEntry, response: answering(owedEntry) } },
    async (request) => changed(await stores.owed.take(request.params.id, actorOf(request))),
  )

  app.post(
    '/api/owed/:id/release',
    { schema: { summary: 'Give an answer owed back to all', params: oneEntry, response: answering(owedEntry) } },
    async (request) =>
      changed(await stores.owed.release(request.params.id, actorOf(request), mayFurther(signedIn(request), 'freeAnyAnswer'))),
  )

  app.post(
    '/api/owed/:id/outcome',
    {
      schema: { summary: 'What came of calling back', params: oneEntry, body: owedOutcome, response: answering(owedEntry) },
    },
    async (request) => {
      const { body } = request
      const laterAt = body.outcome === 'later' ? Date.parse(body.laterAt) : null
      const tried = { outcome: body.outcome, note: body.note, laterAt }
      return changed(await stores.owed.outcome(request.params.id, actorOf(request), tried))
    },
  )
}
