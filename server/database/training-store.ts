import { and, asc, desc, eq, gte, inArray, isNull, or } from 'drizzle-orm'
import type { TrainingDebrief } from '../contract/training.ts'
import { ServiceError } from '../errors.ts'
import type { Recorded, RecordedTicket } from '../training/debrief.ts'
import type { TrainingDay } from '../training/model.ts'
import type { Db } from './connection.ts'
import { isDuplicate } from './failures.ts'
import { accounts, calls, dispositions, owed, owedOrigins, tickets } from './schema.ts'
import { trainingDays } from './schema-training.ts'

const pastShown = 20

/** Training days, and what is on record of their calls. */
export function trainingStore(db: Db) {
  const is = (id: string) => eq(trainingDays.id, id)

  return {
    /** @throws ServiceError `conflict` when a day is being played */
    async begin(day: TrainingDay): Promise<void> {
      const { id, script, startedAt, startedBy } = day
      try {
        await db.insert(trainingDays).values({ id, script, startedAt: new Date(startedAt), startedBy, state: day })
      } catch (error) {
        throw isDuplicate(error) ? new ServiceError('conflict', 'une journée d’entraînement est déjà en cours') : error
      }
    },
    async keep(day: TrainingDay): Promise<void> {
      await db.update(trainingDays).set({ state: day }).where(is(day.id))
    },
    async end(id: string, debrief: TrainingDebrief): Promise<void> {
      await db
        .update(trainingDays)
        .set({ endedAt: new Date(debrief.endedAt), debrief })
        .where(is(id))
    },
    async running(): Promise<TrainingDay | null> {
      const [row] = await db.select({ state: trainingDays.state }).from(trainingDays).where(isNull(trainingDays.endedAt))
      return row?.state ?? null
    },
    async past(): Promise<TrainingDebrief[]> {
      const rows = await db.select().from(trainingDays).orderBy(desc(trainingDays.startedAt)).limit(pastShown)
      return rows.flatMap(({ debrief }) => (debrief === null ? [] : [debrief]))
    },
    async debrief(id: string): Promise<TrainingDebrief | null> {
      const [row] = await db.select({ debrief: trainingDays.debrief }).from(trainingDays).where(is(id))
      return row?.debrief ?? null
    },

    /** What is on record of each of the day's calls; one that was not answered has what was made of calling back. */
    async records(day: TrainingDay, pathOf: (categoryId: string | null) => readonly string[]): Promise<Recorded[]> {
      const own = day.played.map(({ callId }) => callId)
      if (own.length === 0) return []
      const numbers = day.played.flatMap(({ number }) => (number === null ? [] : [number]))
      const since = new Date(day.startedAt)
      const [all, owing] = await Promise.all([
        db
          .select({ call: calls, operator: accounts.name })
          .from(calls)
          .leftJoin(accounts, eq(accounts.id, calls.operatorId))
          .where(or(inArray(calls.id, own), and(eq(calls.direction, 'out'), inArray(calls.number, numbers), gte(calls.arrivedAt, since))))
          .orderBy(asc(calls.arrivedAt)),
        db
          .select({ callId: owedOrigins.callId, settledAt: owed.settledAt, how: owed.settledHow })
          .from(owedOrigins)
          .innerJoin(owed, eq(owed.id, owedOrigins.entryId))
          .where(inArray(owedOrigins.callId, own)),
      ])
      const ended = await db
        .select({ said: dispositions, ticket: tickets })
        .from(dispositions)
        .leftJoin(tickets, eq(tickets.id, dispositions.ticketId))
        .where(inArray(dispositions.callId, [...own, ...all.map(({ call }) => call.id)]))
        .orderBy(asc(dispositions.id))

      return day.played.flatMap((played): Recorded[] => {
        const first = all.find(({ call }) => call.id === played.callId)
        if (first === undefined) return []
        const debt = owing.find(({ callId }) => callId === played.callId)
        const back = all.filter(
          ({ call }) => call.direction === 'out' && call.number === played.number && call.arrivedAt.getTime() > played.placedAt,
        )
        const answered = first.call.answeredAt !== null
        const spoken = answered ? first : back.findLast(({ call }) => call.answeredAt !== null)
        const of = new Set(answered ? [played.callId] : back.map(({ call }) => call.id))
        const endings = ended.filter(({ said }) => of.has(said.callId))
        const row = endings.find(({ ticket }) => ticket !== null)?.ticket ?? null
        return [
          {
            callId: played.callId,
            operator: spoken?.operator ?? null,
            answered,
            waitMs: first.call.waitMs,
            talkMs: spoken?.call.talkMs ?? null,
            endings: endings.map(({ said, ticket }) => ({ kind: said.kind, ticket: ticket?.number ?? null, sentTo: said.targetName })),
            ticket: row === null ? null : recordedTicket(row, played.placedAt, pathOf),
            owed: debt === undefined ? null : { settled: debt.settledAt !== null, reached: spoken !== undefined },
          },
        ]
      })
    },
  }
}
export type TrainingStore = ReturnType<typeof trainingStore>

const recordedTicket = (
  row: typeof tickets.$inferSelect,
  placedAt: number,
  pathOf: (categoryId: string | null) => readonly string[],
): RecordedTicket => ({
  number: row.number,
  title: row.title,
  summary: row.summary,
  personId: row.requesterPersonId,
  categories: pathOf(row.categoryId),
  settled: row.status === 'closed' || row.status === 'solution-proposed' || row.solution !== null,
  groupId: row.groupId,
  light: row.light,
  before: row.openedAt.getTime() < placedAt,
})
