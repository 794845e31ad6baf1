import { and, asc, count, desc, eq, gt, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import type { OpeningCalendar } from '../calendar/calendar.ts'
import { ServiceError } from '../errors.ts'
import { keptDues } from '../owed/closures.ts'
import { decide, type OwedCommand } from '../owed/decide.ts'
import { escalationOf, type EscalationRules } from '../owed/escalation.ts'
import type { Actor, Entry, Outcome, Told } from '../owed/model.ts'
import { toTell } from '../owed/telling.ts'
import { isUuid } from '../uuid.ts'
import type { Db } from './connection.ts'
import { oweNotices } from './outbox.ts'
import { reachedToo, takeTurns } from './owed-projection.ts'
import { lockEntry, readEntries, record } from './owed-rows.ts'
import { owed } from './schema.ts'

const mostOpen = 1_000
const recentlySettled = 50

/** Answers owed: one list, merged per number; what is owed to several telephones of one person is settled together. */
export function owedStore(db: Db, now: () => Date) {
  const change = (id: string, command: OwedCommand): Promise<Entry> =>
    db.transaction(async (tx) => {
      const entry = await lockEntry(tx, eq(owed.id, id))
      if (entry === null) throw new ServiceError('not_found')
      const decision = decide(entry, command, now().getTime())
      if (decision.kind === 'refused') throw new ServiceError(decision.code, decision.detail)
      const after = (await record(tx, id, entry, decision.facts)) ?? entry
      if (after !== entry) await reachedToo(tx, after)
      return after
    })

  return {
    /** The open ones, the most urgent first. */
    open: (): Promise<Entry[]> =>
      readEntries(db, isNull(owed.settledAt), [desc(owed.priority), asc(owed.dueAt), asc(owed.firstAt), asc(owed.id)], mostOpen),

    /** Those settled of late, the latest first. */
    settled: (): Promise<Entry[]> => readEntries(db, isNotNull(owed.settledAt), [desc(owed.settledAt)], recentlySettled),

    async countOpen(): Promise<number> {
      const [row] = await db.select({ n: count() }).from(owed).where(isNull(owed.settledAt))
      return row?.n ?? 0
    },

    /** Bring what is not late yet to the hours that hold now. @returns whether anything is due at another time */
    async keepDues(hours: OpeningCalendar): Promise<boolean> {
      const at = now()
      const open = await readEntries(db, and(isNull(owed.settledAt), gt(owed.dueAt, at)), [asc(owed.dueAt)], mostOpen)
      const moves = open.filter((entry) => keptDues(entry, hours, at.getTime()).length > 0)
      if (moves.length === 0) return false
      return db.transaction(async (tx) => {
        await takeTurns(tx)
        let changed = false
        for (const { id } of moves) {
          const entry = await lockEntry(tx, and(eq(owed.id, id), isNull(owed.settledAt)))
          const facts = entry === null ? [] : keptDues(entry, hours, at.getTime())
          if (facts.length > 0) changed = (await record(tx, id, entry, facts)) !== null || changed
        }
        return changed
      })
    },

    /**
     * Take what is late further, each entry one step at most; the mails it owes are written with it.
     * @param mailOf what the addresses read of those they are told of
     * @returns whether anything was late
     */
    escalate: (
      rules: EscalationRules,
      mailOf: (late: readonly Entry[]) => { readonly subject: string; readonly text: string },
      mailDomain: string,
    ): Promise<boolean> =>
      db.transaction(async (tx) => {
        await takeTurns(tx)
        const at = now()
        const furthest = rules.mailAt === null ? isNull(owed.escalation) : sql`${owed.escalation} is distinct from 'mail'`
        const late = await readEntries(tx, and(isNull(owed.settledAt), lte(owed.dueAt, at), furthest), [asc(owed.dueAt)], mostOpen)
        const mailed: Entry[] = []
        let changed = false
        for (const { id } of late) {
          const entry = await lockEntry(tx, eq(owed.id, id))
          const fact = entry === null ? null : escalationOf(entry, rules, at.getTime())
          if (entry === null || fact === null) continue
          const after = await record(tx, id, entry, [fact])
          if (fact.step === 'mail' && after !== null) mailed.push(after)
          changed = true
        }
        if (mailed.length > 0) {
          const mail = mailOf(mailed)
          await oweNotices(
            tx,
            rules.mailTo.map((to) => ({ to, ...mail })),
            { at, domain: mailDomain },
          )
        }
        return changed
      }),

    /**
     * Write to those who are owed an answer what became of it, each thing once.
     * @param mailOf what the owner of a number is written; null: nobody is, or no address is known
     * @returns whether anybody was written to
     */
    tell: (
      mailOf: (
        about: Told,
        of: { readonly when: number; readonly number: string },
      ) => { readonly to: string; readonly subject: string; readonly text: string } | null,
      mailDomain: string,
    ): Promise<boolean> =>
      db.transaction(async (tx) => {
        await takeTurns(tx)
        const at = now()
        let written = false
        const open = await readEntries(tx, and(isNull(owed.settledAt), isNotNull(owed.number)), [desc(owed.lastAt)], mostOpen)
        for (const { id } of open.filter((one) => toTell(one, at.getTime()) !== null)) {
          const entry = await lockEntry(tx, eq(owed.id, id))
          const due = entry === null ? null : toTell(entry, at.getTime())
          if (entry === null || due === null || entry.number === null) continue
          const mail = mailOf(due.about, { when: due.when, number: entry.number })
          if (mail === null) continue
          await record(tx, id, entry, [{ at: at.getTime(), type: 'told', about: due.about }])
          await oweNotices(tx, [mail], { at, domain: mailDomain })
          written = true
        }
        return written
      }),

    /** @throws ServiceError `not_found`, `conflict` when somebody else has it or it is settled. */
    take: (id: string, by: Actor): Promise<Entry> => change(id, { type: 'take', by }),

    /** Give it back. @param evenAnothers a supervisor may. @throws ServiceError `not_found`, `conflict` */
    release: (id: string, by: Actor, evenAnothers: boolean): Promise<Entry> => change(id, { type: 'release', by, evenAnothers }),

    /** Give it back if this person has it, and only then. @returns whether it was so */
    async releaseIfMine(id: string, by: Actor): Promise<boolean> {
      if (!isUuid(id)) return false
      const [held] = await readEntries(db, and(eq(owed.id, id), eq(owed.takenBy, by.id), isNull(owed.settledAt)), [], 1)
      if (held === undefined) return false
      await change(id, { type: 'release', by, evenAnothers: false })
      return true
    },

    /**
     * What came of calling back; `laterAt` in ms, with `later` alone.
     * @throws ServiceError `not_found`, `conflict`, `invalid_body` when the time is missing, past, or more than a year away
     */
    outcome: (
      id: string,
      by: Actor,
      tried: { readonly outcome: Outcome; readonly note: string | null; readonly laterAt: number | null },
    ): Promise<Entry> => change(id, { type: 'outcome', by, ...tried }),
  }
}
export type OwedStore = ReturnType<typeof owedStore>
