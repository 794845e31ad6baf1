import { and, between, desc, eq, gte, inArray, isNotNull, isNull, lt, ne, not, or, sql } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import type { DisruptionContent } from '../contract/disruptions.ts'
import type { CalendarLogKind } from '../contract/shared-calendar.ts'
import type { CalendarAbsence, Colleague } from '../shared-calendar/absences.ts'
import type { ShiftBody } from '../shared-calendar/shift-event.ts'
import type { Db } from './connection.ts'
import { absenceHours, calendarLog, calendarNotices, calendarSecret, calendarShifts } from './schema-shared-calendar.ts'
import { absences } from './schema-groups.ts'
import { rotaShifts } from './schema-rota.ts'
import { accounts } from './schema.ts'
import { disruptions } from './schema-disruptions.ts'

export type CalendarShiftRow = { readonly shiftId: string; readonly href: string; readonly etag: string; readonly body: ShiftBody }
export type CalendarLine = { readonly kind: CalendarLogKind; readonly subject: string; readonly detail?: string }

/** What the tickets' journal and the groups' pages say of who wrote such an absence. */
export const calendarActor = { id: 'calendar', name: 'Agenda partagé' }
const logShown = 50

/** What stands in the shared calendar, and what was read of it. */
export function sharedCalendarStore(db: Db, now: () => Date) {
  const log = (lines: readonly CalendarLine[]) =>
    lines.length === 0
      ? Promise.resolve()
      : db
          .insert(calendarLog)
          .values(lines.map(({ kind, subject, detail = '' }) => ({ at: now(), kind, subject, detail })))
          .then(() => undefined)
  return {
    log,

    async secret(): Promise<string | null> {
      const [row] = await db.select({ sealed: calendarSecret.sealed }).from(calendarSecret)
      return row?.sealed ?? null
    },

    /** @param sealed null: none is kept any more */
    async keepSecret(sealed: string | null, byName: string): Promise<void> {
      if (sealed === null) {
        await db.delete(calendarSecret)
        return
      }
      const values = { sealed, byName, at: now() }
      await db
        .insert(calendarSecret)
        .values({ one: true, ...values })
        .onConflictDoUpdate({ target: calendarSecret.one, set: values })
    },

    /** Whoever may be absent: those who work here. A user who signed in once must not keep a first name from telling who is meant. */
    colleagues: (): Promise<Colleague[]> =>
      db
        .select({ id: accounts.id, login: accounts.login, name: accounts.name })
        .from(accounts)
        .where(and(isNull(accounts.disabledAt), ne(accounts.role, 'user'))),

    async shifts(): Promise<readonly (CalendarShiftRow & { readonly isOff: boolean })[]> {
      const rows = await db
        .select({
          shiftId: calendarShifts.shiftId,
          href: calendarShifts.href,
          etag: calendarShifts.etag,
          body: calendarShifts.body,
          known: rotaShifts.id,
        })
        .from(calendarShifts)
        .leftJoin(rotaShifts, eq(rotaShifts.id, calendarShifts.shiftId))
      return rows.map(({ known, ...row }) => ({ ...row, isOff: known === null }))
    },

    async written(row: CalendarShiftRow): Promise<void> {
      const { shiftId, ...values } = { ...row, at: now() }
      await db
        .insert(calendarShifts)
        .values({ shiftId, ...values })
        .onConflictDoUpdate({ target: calendarShifts.shiftId, set: values })
    },

    async takenOff(shiftId: string): Promise<void> {
      await db.delete(calendarShifts).where(eq(calendarShifts.shiftId, shiftId))
    },

    /**
     * The absences of a window are those given: others that the calendar said before, and says no more, go.
     * @param from ISO date @param to ISO date
     * @param unread UIDs of events that are there and could not be read: what they said before stays
     */
    replaceAbsences: (
      found: readonly CalendarAbsence[],
      from: string,
      to: string,
      unread: readonly string[] = [],
    ): Promise<{ readonly added: CalendarAbsence[]; readonly removed: number }> =>
      db.transaction(async (tx) => {
        const whole = found.filter(({ hours }) => hours === null)
        const partly = found.flatMap(({ hours, ...one }) => (hours === null ? [] : [{ ...one, hours }]))
        const keysOf = (some: readonly { readonly key: string }[]) => (some.length === 0 ? ['no key'] : some.map(({ key }) => key))
        const stays = (key: typeof absences.calendarKey | typeof absenceHours.key) =>
          or(sql`false`, ...unread.map((uid) => sql`starts_with(${key}, ${`${uid}|`})`))
        const mine = and(isNotNull(absences.calendarKey), lt(absences.from, to), gte(absences.to, from))
        const goneDays = await tx
          .delete(absences)
          .where(and(mine, not(inArray(absences.calendarKey, keysOf(whole))), sql`not ${stays(absences.calendarKey)}`))
          .returning({ id: absences.id })
        const goneHours = await tx
          .delete(absenceHours)
          .where(
            and(between(absenceHours.day, from, to), not(inArray(absenceHours.key, keysOf(partly))), sql`not ${stays(absenceHours.key)}`),
          )
          .returning({ key: absenceHours.key })
        const knownDays = new Set(
          (
            await tx
              .select({ key: absences.calendarKey })
              .from(absences)
              .where(inArray(absences.calendarKey, keysOf(whole)))
          ).map(({ key }) => key),
        )
        const knownHours = new Set(
          (
            await tx
              .select({ key: absenceHours.key })
              .from(absenceHours)
              .where(inArray(absenceHours.key, keysOf(partly)))
          ).map(({ key }) => key),
        )
        for (const one of whole)
          await tx
            .insert(absences)
            .values({
              id: randomUUID(),
              accountId: one.accountId,
              from: one.from,
              to: one.to,
              standInId: null,
              byName: calendarActor.name,
              calendarKey: one.key,
            })
            .onConflictDoUpdate({
              target: absences.calendarKey,
              targetWhere: isNotNull(absences.calendarKey),
              set: { from: one.from, to: one.to },
            })
        for (const one of partly)
          await tx
            .insert(absenceHours)
            .values({ key: one.key, accountId: one.accountId, day: one.from, from: one.hours.from, to: one.hours.to })
            .onConflictDoUpdate({ target: absenceHours.key, set: { day: one.from, from: one.hours.from, to: one.hours.to } })
        return {
          added: found.filter(({ key, hours }) => !(hours === null ? knownDays : knownHours).has(key)),
          removed: goneDays.length + goneHours.length,
        }
      }),

    notices: (): Promise<
      {
        readonly key: string
        readonly disruptionId: string
        readonly said: DisruptionContent
        readonly isOver: boolean
        readonly byCalendar: boolean
      }[]
    > =>
      db
        .select({
          key: calendarNotices.key,
          disruptionId: calendarNotices.disruptionId,
          said: calendarNotices.said,
          isOver: sql<boolean>`${disruptions.endedAt} is not null`,
          byCalendar: sql<boolean>`${disruptions.byId} = ${calendarActor.id}`,
        })
        .from(calendarNotices)
        .innerJoin(disruptions, eq(disruptions.id, calendarNotices.disruptionId)),

    async noticed(key: string, disruptionId: string, said: DisruptionContent): Promise<void> {
      await db
        .insert(calendarNotices)
        .values({ key, disruptionId, said })
        .onConflictDoUpdate({ target: calendarNotices.key, set: { disruptionId, said } })
    },

    async counts(today: string): Promise<{ readonly shifts: number; readonly absences: number; readonly notices: number }> {
      const { rows } = await db.execute<{ shifts: number; absences: number; notices: number }>(sql`select
        (select count(*)::int from shared_calendar_shifts) shifts,
        (select count(*)::int from absences where calendar_key is not null and to_day >= ${today})
          + (select count(*)::int from absence_hours where day >= ${today}) absences,
        (select count(*)::int from shared_calendar_notices n join disruptions d on d.id = n.disruption_id where d.ended_at is null) notices`)
      return rows[0] ?? { shifts: 0, absences: 0, notices: 0 }
    },

    async latest(): Promise<{ readonly at: string; readonly kind: CalendarLogKind; readonly subject: string; readonly detail: string }[]> {
      const rows = await db.select().from(calendarLog).orderBy(desc(calendarLog.id)).limit(logShown)
      return rows.map(({ at, kind, subject, detail }) => ({ at: at.toISOString(), kind, subject, detail }))
    },
  }
}
export type SharedCalendarStore = ReturnType<typeof sharedCalendarStore>
