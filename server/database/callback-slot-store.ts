import { sql, type SQL } from 'drizzle-orm'
import type { MailSettings } from '../contract/mail-templates.ts'
import { calendarFile, invitationOf } from '../mail/invitation.ts'
import type { Interval } from '../calendar/intervals.ts'
import type { KeptSlot } from '../calendar/slots.ts'
import { decide } from '../owed/decide.ts'
import { slotEvent, slotMail, type ChosenSlot, type SlotMail } from '../owed/slot-mails.ts'
import type { Db, Queries } from './connection.ts'
import { oweNotices } from './outbox.ts'
import { noteOrigin, takeTurns } from './owed-projection.ts'
import { lockEntry, ofCall, record } from './owed-rows.ts'

export type CallbackSlot = {
  readonly id: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly number: string
  readonly subject: string
  readonly name: string
  readonly email: string | null
  /** Who chose it, signed in. */
  readonly personId: string | null
  readonly eventId: string
  readonly sequence: number
  readonly state: 'waiting' | 'cancelled' | 'over'
  /** Since when the desk is known to be closed then, and when its owner was told; null: it is not, or they were not. */
  readonly shutAt: Date | null
  readonly shutToldAt: Date | null
  /** When it opens again; null: it is open then, or the desk has not found out yet. */
  readonly reopensAt: Date | null
  readonly dueAt: Date
}
/** What is asked for: by whom, when they are signed in; with an address, it is confirmed there. */
export type SlotAsked = {
  readonly fromMs: number
  readonly toMs: number
  /** Normalised. */
  readonly number: string
  readonly subject: string
  readonly personId: string | null
  /** '' for whoever is not signed in. */
  readonly name: string
  readonly email: string | null
  /** The directory says that this number is theirs. */
  readonly vouched: boolean
}
/** `theirs`: somebody with an account has that number called already, and moves it alone. `often`: that number, or that person, has enough. */
export type Booked = { readonly kind: 'booked'; readonly id: string } | { readonly kind: 'full' | 'theirs' | 'often' }
export type SlotWords = {
  readonly mails: MailSettings
  readonly desk: string
  /** Where a slot is seen and cancelled; where one is chosen. */
  readonly linkOf: (id: string) => string
  readonly choose: string
}
type Row = {
  id: string
  starts_at: string
  ends_at: string
  number: string
  subject: string
  name: string
  email: string | null
  person_id: string | null
  event_id: string
  sequence: number
  cancelled_at: string | null
  shut_at: string | null
  shut_told_at: string | null
  due_at: string | null
  reopens_at: string | null
  settled: boolean | null
}

/** What an answer owed knows a slot by, as it knows a call. */
const callOf = (id: string) => `slot-${id}`
const idOf = (callId: string) => (callId.startsWith('slot-') ? callId.slice('slot-'.length) : null)
const waiting = sql`c.cancelled_at is null and o.settled_at is null`

const rows = async (db: Queries, where: SQL): Promise<readonly CallbackSlot[]> =>
  (
    await db.execute<Row>(sql`select c.*, o.settled_at is not null as settled, g.due_at, g.reopens_at
      from callback_slots c left join owed_origins g on g.call_id = 'slot-' || c.id left join owed o on o.id = g.entry_id
      where ${where} order by c.starts_at`)
  ).rows.map((row) => ({
    id: row.id,
    startsAt: new Date(row.starts_at),
    endsAt: new Date(row.ends_at),
    number: row.number,
    subject: row.subject,
    name: row.name,
    email: row.email,
    personId: row.person_id,
    eventId: row.event_id,
    sequence: row.sequence,
    shutAt: row.shut_at === null ? null : new Date(row.shut_at),
    shutToldAt: row.shut_told_at === null ? null : new Date(row.shut_told_at),
    reopensAt: row.reopens_at === null ? null : new Date(row.reopens_at),
    dueAt: new Date(row.due_at ?? row.ends_at),
    state: row.cancelled_at !== null ? 'cancelled' : row.settled === true ? 'over' : 'waiting',
  }))

/**
 * Whoever types a number need not be the one who answers there: so often it may be asked for by those whom nothing says it belongs to,
 * moves and cancelled ones included, whoever asks and from wherever. And so many numbers one account has called at once.
 */
const perNumber = [
  { most: 3, withinMs: 24 * 3_600_000 },
  { most: 6, withinMs: 7 * 24 * 3_600_000 },
] as const
const perPerson = 3

const sameMail = (a: string | null, b: string | null) => a !== null && b !== null && a.toLowerCase() === b.toLowerCase()
const chosen = (slot: CallbackSlot, email: string, sequence: number): ChosenSlot => ({
  ...slot,
  email,
  sequence,
  fromMs: slot.startsAt.getTime(),
  toMs: slot.endsAt.getTime(),
})

type Settings = {
  readonly now: () => Date
  readonly mailDomain: string
  /** Whom invitations come from. */
  readonly sender: () => { readonly name: string; readonly mail: string }
  readonly timeZone: string
}

/** Calls back at a slot that somebody chose; each is an answer owed when its time has come. */
export function callbackSlotStore(db: Db, { now, mailDomain, sender, timeZone }: Settings) {
  async function write(tx: Queries, kind: SlotMail, slot: CallbackSlot, sequence: number, words: SlotWords, at: Date): Promise<void> {
    if (slot.email === null) return
    const { event, ...mail } = slotMail(kind, chosen(slot, slot.email, sequence), {
      ...words,
      link: words.linkOf(slot.id),
      timeZone,
    })
    await oweNotices(tx, [{ ...mail, calendar: invitationOf(event, { ...sender(), at }) }], { at, domain: mailDomain })
  }

  return {
    /** How many are to be called in each slot from a moment on, by its beginning in ms. */
    async taken(from: Date): Promise<ReadonlyMap<number, number>> {
      const found = await db.execute<{ at: string; n: number }>(sql`select starts_at as at, count(*)::int as n from callback_slots
        where cancelled_at is null and starts_at >= ${from.toISOString()}::timestamptz group by starts_at`)
      return new Map(found.rows.map(({ at, n }) => [new Date(at).getTime(), n]))
    },

    async find(id: string): Promise<CallbackSlot | null> {
      return (await rows(db, sql`c.id = ${id}`))[0] ?? null
    },

    /** One to come as an entry of a calendar (RFC 5545); null when it is over, or there is none. */
    async calendar(id: string, words: SlotWords): Promise<string | null> {
      const [slot] = await rows(db, sql`c.id = ${id} and ${waiting}`)
      if (slot === undefined) return null
      const event = slotEvent(chosen(slot, slot.email ?? '', slot.sequence), { ...words, link: words.linkOf(id) }, { about: slot.subject })
      return calendarFile(event, { mail: sender().mail, at: now() })
    },

    /** Those to come of somebody who was signed in. */
    ofPerson: (personId: string): Promise<readonly CallbackSlot[]> => rows(db, sql`c.person_id = ${personId} and ${waiting}`),

    /** Those of everybody that nobody has settled, the next first. */
    unsettled: (): Promise<readonly CallbackSlot[]> => rows(db, sql`${waiting}`),

    /** What each of these is about, by what an answer owed knows it by; those that say nothing are left out. */
    async subjects(callIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const ids = callIds.flatMap((callId) => idOf(callId) ?? [])
      if (ids.length === 0) return new Map()
      const found = await db.execute<{ id: string; subject: string }>(
        sql`select id, subject from callback_slots where subject <> '' and id = any (${sql.param(ids)}::text[])`,
      )
      return new Map(found.rows.map(({ id, subject }) => [callOf(id), subject]))
    },

    /** Of these, those at whose half hour the desk is closed, by what an answer owed knows them by. */
    async shut(callIds: readonly string[]): Promise<ReadonlyMap<string, 'soon' | 'told' | 'unreachable'>> {
      const ids = callIds.flatMap((callId) => idOf(callId) ?? [])
      if (ids.length === 0) return new Map()
      const found = await rows(db, sql`${waiting} and c.shut_at is not null and c.id = any (${sql.param(ids)}::text[])`)
      return new Map(
        found.map(({ id, email, shutToldAt }) => [callOf(id), email === null ? 'unreachable' : shutToldAt === null ? 'soon' : 'told']),
      )
    },

    /**
     * Hold those to come against the hours: where the desk is closed at one it is due once it has opened again, whoever chose it is told once
     * that has held for so long, and told anew when it is open after all. @returns whether anything changed
     */
    noteShut: (keep: (slot: Interval, before: KeptSlot) => KeptSlot, toldAfterMs: number, words: SlotWords): Promise<boolean> =>
      db.transaction(async (tx) => {
        await takeTurns(tx)
        const at = now()
        let changed = false
        const ahead = sql`(c.ends_at > ${at.toISOString()}::timestamptz or c.shut_at is not null)`
        for (const slot of await rows(tx, sql`${waiting} and ${ahead}`)) {
          const before = { dueAt: slot.dueAt.getTime(), reopensAt: slot.reopensAt?.getTime() ?? null }
          const kept = keep({ fromMs: slot.startsAt.getTime(), toMs: slot.endsAt.getTime() }, before)
          if (await move(tx, slot.id, kept, at)) changed = true
          // One that an earlier version let pass is late as it was.
          const shut = kept.reopensAt !== null || slot.endsAt <= at
          const since = slot.shutAt ?? at
          const toBeTold = shut && slot.shutToldAt === null && slot.email !== null && at.getTime() - since.getTime() >= toldAfterMs
          const after = { shutAt: shut ? since : null, toldAt: !shut ? null : toBeTold ? at : slot.shutToldAt }
          const openAgain = !shut && slot.shutToldAt !== null
          if (!toBeTold && !openAgain && (after.shutAt === null) === (slot.shutAt === null)) continue
          const sequence = slot.sequence + (toBeTold || openAgain ? 1 : 0)
          await tx.execute(sql`update callback_slots set sequence = ${sequence}, shut_at = ${after.shutAt?.toISOString() ?? null}::timestamptz,
            shut_told_at = ${after.toldAt?.toISOString() ?? null}::timestamptz where id = ${slot.id}`)
          if (toBeTold || openAgain) await write(tx, toBeTold ? 'callback-shut' : 'callback-booked', slot, sequence, words, at)
          changed = true
        }
        return changed
      }),

    /**
     * Choose a slot, and owe the mail that says so. One number has one at a time: choosing another moves it, and an address that was
     * told of the first hears of that too. The same asked for again is that one.
     */
    book: (id: string, asked: SlotAsked, capacity: number, words: SlotWords): Promise<Booked> =>
      db.transaction(async (tx) => {
        await takeTurns(tx)
        const at = now()
        const before = await rows(tx, sql`c.number = ${asked.number} and ${waiting}`)
        // Its page is theirs: whoever knows what was asked for is not given it.
        const same = before.find(
          ({ startsAt, subject, email, personId }) =>
            startsAt.getTime() === asked.fromMs &&
            subject === asked.subject &&
            (email ?? '') === (asked.email ?? '') &&
            (personId === null || personId === asked.personId),
        )
        if (same !== undefined) return { kind: 'booked', id: same.id }
        const refused = await tooMany(tx, asked, at)
        if (refused !== null) return { kind: refused }
        const [startsAt, endsAt] = [new Date(asked.fromMs), new Date(asked.toMs)].map((moment) => moment.toISOString())
        const counted = await tx.execute<{ n: number }>(sql`select count(*)::int as n from callback_slots
          where cancelled_at is null and starts_at = ${startsAt}::timestamptz and number <> ${asked.number}`)
        if ((counted.rows[0]?.n ?? 0) >= capacity) return { kind: 'full' }
        for (const one of before) await withdraw(tx, one.id, at)
        const moved = before.find(({ email }) => sameMail(email, asked.email))
        const [eventId, sequence] = moved === undefined ? [id, 0] : [moved.eventId, moved.sequence + 1]
        await tx.execute(sql`insert into callback_slots
            (id, starts_at, ends_at, number, asked_at, subject, person_id, name, email, event_id, sequence)
          values (${id}, ${startsAt}::timestamptz, ${endsAt}::timestamptz, ${asked.number}, ${at.toISOString()}::timestamptz,
            ${asked.subject}, ${asked.personId}, ${asked.name}, ${asked.email}, ${eventId}, ${sequence})`)
        const origin = { kind: 'slot', at: asked.fromMs, callId: callOf(id), messageId: null, seconds: null } as const
        await noteOrigin(tx, asked.number, origin, () => asked.toMs)
        for (const one of before) if (one !== moved) await write(tx, 'callback-cancelled', one, one.sequence + 1, words, at)
        const [booked] = await rows(tx, sql`c.id = ${id}`)
        if (booked !== undefined) await write(tx, 'callback-booked', booked, sequence, words, at)
        return { kind: 'booked', id }
      }),

    /** Its owner needs no call any more. @returns whether it was still to come */
    cancel: (id: string, words: SlotWords): Promise<boolean> =>
      db.transaction(async (tx) => {
        await takeTurns(tx)
        const at = now()
        const [slot] = await rows(tx, sql`c.id = ${id} and ${waiting}`)
        if (slot === undefined || !(await withdraw(tx, id, at))) return false
        await write(tx, 'callback-cancelled', slot, slot.sequence + 1, words, at)
        return true
      }),
  }
}
export type CallbackSlotStore = ReturnType<typeof callbackSlotStore>

/**
 * Somebody's calendar declined the call back that it was told of. @param from the address that says so: one that was not told is not believed
 * @returns whether we know of such a call back of theirs
 */
export async function declineSlot(tx: Queries, eventId: string, from: string, declines: boolean, at: Date): Promise<boolean> {
  const theirs = (await rows(tx, sql`c.event_id = ${eventId}`)).filter(({ email }) => sameMail(email, from))
  const waits = theirs.find(({ state }) => state === 'waiting')
  if (declines && waits !== undefined) await withdraw(tx, waits.id, at)
  return theirs.length > 0
}

async function tooMany(tx: Queries, { number, personId, vouched }: SlotAsked, at: Date): Promise<'theirs' | 'often' | null> {
  const since = ({ withinMs }: { readonly withinMs: number }) => new Date(at.getTime() - withinMs).toISOString()
  const [row] = (
    await tx.execute<{ others: number; day: number; week: number; theirs: number }>(sql`select
        count(*) filter (where c.number = ${number} and ${waiting} and c.person_id is not null
          and c.person_id is distinct from ${personId})::int as others,
        count(*) filter (where c.number = ${number} and c.asked_at > ${since(perNumber[0])}::timestamptz)::int as day,
        count(*) filter (where c.number = ${number} and c.asked_at > ${since(perNumber[1])}::timestamptz)::int as week,
        count(*) filter (where c.number <> ${number} and ${waiting} and c.ends_at > ${at.toISOString()}::timestamptz and c.person_id = ${personId})::int as theirs
      from callback_slots c left join owed_origins g on g.call_id = 'slot-' || c.id left join owed o on o.id = g.entry_id
      where c.number = ${number} or c.person_id = ${personId}`)
  ).rows
  if (row === undefined) return null
  if (row.theirs >= perPerson) return 'often'
  if (vouched) return null
  if (row.others > 0) return 'theirs'
  return row.day >= perNumber[0].most || row.week >= perNumber[1].most ? 'often' : null
}

async function withdraw(tx: Queries, id: string, at: Date): Promise<boolean> {
  const { rowCount } = await tx.execute(
    sql`update callback_slots set cancelled_at = ${at.toISOString()}::timestamptz where id = ${id} and cancelled_at is null`,
  )
  if ((rowCount ?? 0) === 0) return false
  const entry = await lockEntry(tx, ofCall(callOf(id)))
  if (entry === null) return true
  const decision = decide(entry, { type: 'withdrawn', callId: callOf(id) }, at.getTime())
  if (decision.kind === 'accepted') await record(tx, entry.id, entry, decision.facts)
  return true
}

/** @returns whether its entry is due at another time, or opens at another, than before */
async function move(tx: Queries, id: string, { dueAt, reopensAt }: KeptSlot, at: Date): Promise<boolean> {
  const entry = await lockEntry(tx, ofCall(callOf(id)))
  if (entry === null) return false
  const decision = decide(entry, { type: 'slot-moved', callId: callOf(id), dueAt, reopensAt }, at.getTime())
  if (decision.kind === 'refused' || decision.facts.length === 0) return false
  await record(tx, entry.id, entry, decision.facts)
  return true
}
