import { and, count, desc, eq, inArray, isNull, min, sql } from 'drizzle-orm'
import type { Ticket } from '../contract/entities.ts'
import type { GlpiImport, GlpiState } from '../contract/glpi.ts'
import type { GlpiFields } from '../neighbours/glpi/merge.ts'
import { accepted as asAccepted, signed } from '../tickets/journal.ts'
import type { OpeningContext, TicketContext, TicketDecision } from '../tickets/model.ts'
import type { Db } from './connection.ts'
import { glpiImports, glpiItems, glpiOutbox, glpiOwing, glpiTickets } from './schema-neighbours.ts'
import { people, ticketJournal, tickets, ticketTexts } from './schema.ts'
import { ticketFromRow } from './ticket-rows.ts'
import type { Actor, TicketSaving } from './ticket-saving.ts'
import type { TicketStore } from './ticket-store.ts'
import { withIdentity } from './verified.ts'

export type OwedLine = {
  readonly id: number
  /** This try included: from the second on, the one before may have arrived. */
  readonly attempts: number
  /** Nothing else of this ticket waits. */
  readonly last: boolean
  readonly ticket: Ticket
  readonly erased: boolean
  readonly login: string | null
  readonly line: {
    readonly id: number
    readonly by: string
    readonly kind: string
    readonly text: string
    readonly visibility: 'public' | 'internal'
    /** Fields that it changed. */
    readonly changed: readonly string[]
  }
}
/** @property erased what it said here has gone: what GLPI still says of it does not come back */
export type GlpiLink = {
  readonly ticketId: string
  readonly number: number
  readonly glpiId: number
  readonly agreed: GlpiFields
  readonly erased: boolean
}

const refusedShown = 50
const waits = inArray(glpiOutbox.state, ['pending', 'sending'])

/** What is owed to GLPI, what of ours is there, and what of theirs is here. Due times are the database's own. */
export function glpiStore(db: Db, saving: TicketSaving, now: () => Date, open: TicketStore['opening']) {
  const linkColumns = {
    ticketId: glpiTickets.ticketId,
    number: tickets.number,
    glpiId: glpiTickets.glpiId,
    agreed: glpiTickets.agreed,
    erased: sql<boolean>`${tickets.erasedAt} is not null`,
  }
  return {
    /** Whether what happens from now on is owed. */
    async owe(on: boolean): Promise<void> {
      const value = on ? sql`coalesce(${glpiOwing.since}, now())` : null
      await db.update(glpiOwing).set({ since: value })
    },

    /** The next line to send, its ticket as it is now; null when nothing is due. Those of one ticket go one after the other. */
    async claim(leaseMs: number): Promise<OwedLine | null> {
      const { rows } = await db.execute<{ id: string; entryId: string; attempts: number; last: boolean }>(sql`
        update glpi_outbox set state = 'sending', attempts = attempts + 1, next_attempt_at = now() + ${leaseMs} * interval '1 ms'
        where id = (
          select o.id from glpi_outbox o join tickets t on t.id = o.ticket_id
          where o.state in ('pending', 'sending') and o.next_attempt_at <= now() and not t.unconfirmed
            and not exists (
              select 1 from glpi_outbox e where e.ticket_id = o.ticket_id and e.id < o.id and e.state in ('pending', 'sending'))
          order by o.id limit 1 for update of o skip locked)
        returning id, entry_id as "entryId", attempts, not exists (
          select 1 from glpi_outbox l
          where l.ticket_id = glpi_outbox.ticket_id and l.id > glpi_outbox.id and l.state in ('pending', 'sending')) as last`)
      const [claimed] = rows
      if (claimed === undefined) return null
      const [found] = await db
        .select({ ticket: tickets, line: ticketJournal, text: ticketTexts.text, login: people.login })
        .from(ticketJournal)
        .innerJoin(tickets, eq(tickets.id, ticketJournal.ticketId))
        .leftJoin(ticketTexts, eq(ticketTexts.entryId, ticketJournal.id))
        .leftJoin(people, eq(people.id, tickets.requesterPersonId))
        .where(eq(ticketJournal.id, Number(claimed.entryId)))
      if (found === undefined) throw new Error('an owed line that is not there')
      const { ticket, line, text, login } = found
      return {
        id: Number(claimed.id),
        attempts: claimed.attempts,
        last: claimed.last,
        ticket: ticketFromRow(ticket),
        erased: ticket.erasedAt !== null,
        login,
        line: {
          id: line.id,
          by: line.byName,
          kind: line.kind,
          text: text ?? '',
          visibility: line.visibility,
          changed: Object.keys(line.detail?.before ?? {}),
        },
      }
    },

    /** What became of a try. @param retryMs when it is tried again; null: it is settled */
    async settle(
      { id, attempts }: Pick<OwedLine, 'id' | 'attempts'>,
      state: 'sent' | 'failed' | 'dropped' | 'pending',
      error: string | null = null,
      retryMs: number | null = null,
    ): Promise<void> {
      await db
        .update(glpiOutbox)
        .set({
          state,
          lastError: error,
          settledAt: state === 'pending' ? null : now(),
          ...(retryMs !== null && { nextAttemptAt: sql`now() + ${retryMs} * interval '1 ms'` }),
        })
        .where(and(eq(glpiOutbox.id, id), eq(glpiOutbox.attempts, attempts), eq(glpiOutbox.state, 'sending')))
    },

    /** What was refused is tried again. @returns how many lines */
    async retry(): Promise<number> {
      const done = await db
        .update(glpiOutbox)
        .set({ state: 'pending', nextAttemptAt: sql`now()`, settledAt: null })
        .where(eq(glpiOutbox.state, 'failed'))
      return done.rowCount ?? 0
    },

    async isOwed(ticketId: string): Promise<boolean> {
      const [row] = await db
        .select({ n: count() })
        .from(glpiOutbox)
        .where(and(eq(glpiOutbox.ticketId, ticketId), waits))
      return (row?.n ?? 0) > 0
    },

    async linkOf(ticketId: string): Promise<GlpiLink | null> {
      const [row] = await db
        .select(linkColumns)
        .from(glpiTickets)
        .innerJoin(tickets, eq(tickets.id, glpiTickets.ticketId))
        .where(eq(glpiTickets.ticketId, ticketId))
      return row ?? null
    },

    /** Those of GLPI's tickets that are here. */
    links: (glpiIds: readonly number[]): Promise<GlpiLink[]> =>
      glpiIds.length === 0
        ? Promise.resolve([])
        : db
            .select(linkColumns)
            .from(glpiTickets)
            .innerJoin(tickets, eq(tickets.id, glpiTickets.ticketId))
            .where(inArray(glpiTickets.glpiId, [...glpiIds])),

    /** They are one, and agree upon this. */
    async link({ ticketId, glpiId, agreed }: Pick<GlpiLink, 'ticketId' | 'glpiId' | 'agreed'>): Promise<void> {
      const values = { glpiId, agreed, at: now() }
      await db
        .insert(glpiTickets)
        .values({ ticketId, ...values })
        .onConflictDoUpdate({ target: glpiTickets.ticketId, set: values })
    },

    /** GLPI's own mark of the last change that was looked at; null: none was yet. */
    async seen(): Promise<string | null> {
      const [row] = await db.select({ seen: glpiOwing.seen }).from(glpiOwing)
      return row?.seen ?? null
    },
    async see(mark: string | null): Promise<void> {
      await db.update(glpiOwing).set({ seen: mark })
    },

    /** Which of these are here already. */
    async known(itemtype: string, ids: readonly number[]): Promise<ReadonlySet<number>> {
      if (ids.length === 0) return new Set()
      const rows = await db
        .select({ id: glpiItems.itemId })
        .from(glpiItems)
        .where(and(eq(glpiItems.itemtype, itemtype), inArray(glpiItems.itemId, [...ids])))
      return new Set(rows.map(({ id }) => id))
    },

    /**
     * Something that was written in GLPI joins its ticket, once.
     * @param decide in turn: the first decision that is not refused holds
     * @returns null: it had joined already
     */
    bring: (
      number: number,
      item: { readonly itemtype: string; readonly id: number },
      actor: Actor,
      ...decide: readonly ((ticket: Ticket, context: TicketContext) => TicketDecision)[]
    ): Promise<Ticket | null> =>
      db.transaction(async (tx) => {
        const ticket = await saving.locked(tx, number)
        const fresh = await tx
          .insert(glpiItems)
          .values({ itemtype: item.itemtype, itemId: item.id, ticketId: ticket.id, at: now() })
          .onConflictDoNothing()
          .returning({ id: glpiItems.itemId })
        if (fresh.length === 0) return null
        const context = await withIdentity(tx, saving.contextOf(actor), ticket)
        const decisions = decide.map((one) => one(ticket, context))
        const decision = decisions.find(({ kind }) => kind === 'accepted') ?? decisions[0]
        return decision === undefined ? ticket : saving.apply(tx, decision)
      }),

    /** Who in the directory this is, by login, then by address; null: nobody, or several. */
    async personBy(
      login: string,
      email: string,
    ): Promise<{ readonly id: string; readonly name: string; readonly email: string | null } | null> {
      const columns = { id: people.id, name: people.name, email: people.email }
      for (const [column, value] of [
        [people.login, login],
        [people.email, email],
      ] as const) {
        if (value === '') continue
        const found = await db
          .select(columns)
          .from(people)
          .where(and(sql`lower(${column}) = ${value.toLowerCase()}`, isNull(people.retiredAt)))
          .limit(2)
        if (found.length === 1) return found[0] ?? null
      }
      return null
    },

    /** A ticket of GLPI's is opened here with what was written in it, once and whole. @returns null: it is here already */
    take: (
      ticket: {
        readonly glpiId: number
        readonly agreed: GlpiFields
        readonly items: readonly { readonly itemtype: string; readonly id: number }[]
      },
      actor: Actor,
      decide: (context: OpeningContext) => TicketDecision,
    ): Promise<Ticket | null> =>
      db.transaction(async (tx) => {
        const [known] = await tx.select({ id: glpiTickets.ticketId }).from(glpiTickets).where(eq(glpiTickets.glpiId, ticket.glpiId))
        if (known !== undefined) return null
        const opened = await open(tx, actor, decide)
        await tx.insert(glpiTickets).values({ ticketId: opened.id, glpiId: ticket.glpiId, agreed: ticket.agreed, at: now() })
        if (ticket.items.length > 0)
          await tx
            .insert(glpiItems)
            .values(ticket.items.map(({ itemtype, id }) => ({ itemtype, itemId: id, ticketId: opened.id, at: now() })))
            .onConflictDoNothing()
        return opened
      }),

    /** That something of GLPI's which is no ticket's is here. */
    async noteItem(itemtype: string, itemId: number): Promise<void> {
      await db.insert(glpiItems).values({ itemtype, itemId, ticketId: null, at: now() }).onConflictDoNothing()
    },

    async importBegun(byName: string, dry: boolean): Promise<number> {
      const report = { parts: [], failure: null }
      const [row] = await db.insert(glpiImports).values({ at: now(), byName, dry, report }).returning({ id: glpiImports.id })
      return row?.id ?? 0
    },
    async importGoesOn(id: number, report: Pick<GlpiImport, 'parts' | 'failure'>, ended: boolean): Promise<void> {
      await db
        .update(glpiImports)
        .set({ report, endedAt: ended ? now() : null })
        .where(eq(glpiImports.id, id))
    },
    /** The latest first. */
    async imports(): Promise<GlpiImport[]> {
      const rows = await db.select().from(glpiImports).orderBy(desc(glpiImports.id)).limit(10)
      return rows.map(({ at, byName, dry, endedAt, report }) => ({
        at: at.toISOString(),
        by: byName,
        dry,
        endedAt: endedAt?.toISOString() ?? null,
        ...report,
      }))
    },

    /** A line for those who work here, that moves nothing. */
    note: (number: number, text: string, actor: Actor): Promise<Ticket> =>
      saving.change(number, actor, (ticket, context) => internalLine(ticket, text, context)),

    async loginOf(personId: string | null): Promise<string | null> {
      if (personId === null) return null
      const [row] = await db.select({ login: people.login }).from(people).where(eq(people.id, personId))
      return row?.login ?? null
    },

    /** By what GLPI may know somebody. */
    async personOf(personId: string): Promise<{ readonly login: string | null; readonly email: string | null }> {
      const [row] = await db.select({ login: people.login, email: people.email }).from(people).where(eq(people.id, personId))
      return row ?? { login: null, email: null }
    },

    async ofTicket(number: number): Promise<{ readonly glpiId: number | null; readonly pending: number; readonly refused: number }> {
      const [row] = await db
        .select({ id: tickets.id, glpiId: glpiTickets.glpiId })
        .from(tickets)
        .leftJoin(glpiTickets, eq(glpiTickets.ticketId, tickets.id))
        .where(eq(tickets.number, number))
      if (row === undefined) return { glpiId: null, pending: 0, refused: 0 }
      const states = await db
        .select({ state: glpiOutbox.state, n: count() })
        .from(glpiOutbox)
        .where(eq(glpiOutbox.ticketId, row.id))
        .groupBy(glpiOutbox.state)
      const of = (...which: readonly string[]) => states.filter(({ state }) => which.includes(state)).reduce((sum, { n }) => sum + n, 0)
      return { glpiId: row.glpiId, pending: of('pending', 'sending'), refused: of('failed', 'dropped') }
    },

    async counts(): Promise<Pick<GlpiState, 'linked' | 'pending' | 'oldest' | 'refused'>> {
      const [[linked], [owed], refused] = await Promise.all([
        db.select({ n: count() }).from(glpiTickets),
        db
          .select({ n: count(), oldest: min(glpiOutbox.at) })
          .from(glpiOutbox)
          .where(waits),
        db
          .select({ row: glpiOutbox, number: tickets.number })
          .from(glpiOutbox)
          .innerJoin(tickets, eq(tickets.id, glpiOutbox.ticketId))
          .where(inArray(glpiOutbox.state, ['failed', 'dropped']))
          .orderBy(desc(glpiOutbox.id))
          .limit(refusedShown),
      ])
      return {
        linked: linked?.n ?? 0,
        pending: owed?.n ?? 0,
        oldest: owed?.oldest?.toISOString() ?? null,
        refused: refused.map(({ row, number }) => ({
          id: row.id,
          ticket: number,
          kind: row.kind,
          at: row.at.toISOString(),
          says: row.lastError ?? '',
          dropped: row.state === 'dropped',
        })),
      }
    },
  }
}
export type GlpiStore = ReturnType<typeof glpiStore>

/** What is worth knowing, for those who work here; the ticket stays where it is. */
export const internalLine = (ticket: Ticket, text: string, context: TicketContext): TicketDecision =>
  asAccepted({ ...ticket, touchedAt: context.now }, context, [signed(context, 'contribution', text, { visibility: 'internal' })])
