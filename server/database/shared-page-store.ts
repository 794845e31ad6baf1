import { randomUUID } from 'node:crypto'
import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { SharedKind } from '../contract/shared-kind.ts'
import type { Attachment } from '../contract/attachments.ts'
import type { SignedEntry } from '../tickets/model.ts'
import { joinFiles, shownFiles } from './attachment-store.ts'
import type { Db, Queries } from './connection.ts'
import { dispositions, tickets } from './schema.ts'
import { attachments } from './schema-attachments.ts'
import { sharedLines, sharedPages } from './schema-shared-pages.ts'
import { writeJournal } from './ticket-journal.ts'

export type StoredPage = { readonly id: string; readonly callId: string; readonly endsAt: Date | null }
export type StoredLine = Omit<typeof sharedLines.$inferSelect, 'files'> & { readonly files: readonly Attachment[] }
export type NewLine = {
  readonly side: 'operator' | 'caller'
  readonly by: { readonly id: string; readonly name: string }
  readonly kind: SharedKind
  readonly text: string
  readonly confidential?: boolean
  readonly language?: string | null
  readonly files?: readonly string[]
}

/** In whose name a page's files are kept. */
export const bringerOf = (pageId: string) => `page:${pageId}`
const shown = ({ id, callId, endsAt }: typeof sharedPages.$inferSelect): StoredPage => ({ id, callId, endsAt })

/** The ticket that a call led to last, with its requester's name. */
export async function ticketOfCall(tx: Queries, callId: string) {
  const [attached] = await tx
    .select({ id: tickets.id, name: tickets.requesterName, number: tickets.number })
    .from(dispositions)
    .innerJoin(tickets, eq(tickets.id, dispositions.ticketId))
    .where(eq(dispositions.callId, callId))
    .orderBy(desc(dispositions.id))
    .limit(1)
  if (attached !== undefined) return attached
  const [opened] = await tx
    .select({ id: tickets.id, name: tickets.requesterName, number: tickets.number })
    .from(tickets)
    .where(eq(tickets.callId, callId))
    .limit(1)
  return opened ?? null
}

/** Pages shared during a call, and what is written on them until a ticket's journal has it. */
export function sharedPageStore(db: Db, now: () => Date) {
  const find = async (where: { readonly id: string } | { readonly callId: string }): Promise<StoredPage | null> => {
    const [row] = await db
      .select()
      .from(sharedPages)
      .where('id' in where ? eq(sharedPages.id, where.id) : eq(sharedPages.callId, where.callId))
    return row === undefined ? null : shown(row)
  }

  return {
    find,

    /** The page of a call; open again when it had been closed. */
    async open(callId: string, by: { readonly id: string; readonly name: string }): Promise<StoredPage> {
      const [row] = await db
        .insert(sharedPages)
        .values({ id: randomUUID(), callId, openedAt: now(), byId: by.id, byName: by.name })
        .onConflictDoUpdate({ target: sharedPages.callId, set: { endsAt: null } })
        .returning()
      if (row === undefined) throw new Error('a row that was just written is not there')
      return shown(row)
    },

    /** @returns those pages whose end was not known */
    async end(callIds: readonly string[], at: Date): Promise<readonly StoredPage[]> {
      if (callIds.length === 0) return []
      const rows = await db
        .update(sharedPages)
        .set({ endsAt: at })
        .where(and(inArray(sharedPages.callId, [...callIds]), isNull(sharedPages.endsAt)))
        .returning()
      return rows.map(shown)
    },
    async close(id: string): Promise<void> {
      await db.update(sharedPages).set({ endsAt: now() }).where(eq(sharedPages.id, id))
    },

    /** Pages without an end. */
    async unended(): Promise<readonly StoredPage[]> {
      return (await db.select().from(sharedPages).where(isNull(sharedPages.endsAt))).map(shown)
    },

    async linesOf(pageId: string): Promise<readonly StoredLine[]> {
      const rows = await db.select().from(sharedLines).where(eq(sharedLines.pageId, pageId)).orderBy(asc(sharedLines.id))
      const files = await shownFiles(
        db,
        rows.flatMap((row) => row.files),
      )
      return rows.map((row) => ({ ...row, files: row.files.flatMap((id) => files.find((file) => file.id === id) ?? []) }))
    },

    async write(pageId: string, { side, by, kind, text, confidential = false, language = null, files = [] }: NewLine): Promise<number> {
      const [row] = await db
        .insert(sharedLines)
        .values({
          pageId,
          at: now(),
          side,
          byId: by.id,
          byName: by.name,
          kind,
          text: confidential ? '' : text,
          confidential,
          language,
          files: [...files],
        })
        .returning({ id: sharedLines.id })
      if (row === undefined) throw new Error('a row that was just written is not there')
      return row.id
    },

    /** A step is done. @returns whether it was to be */
    async done(pageId: string, lineId: number): Promise<boolean> {
      const { rowCount } = await db
        .update(sharedLines)
        .set({ doneAt: now() })
        .where(and(eq(sharedLines.id, lineId), eq(sharedLines.pageId, pageId), eq(sharedLines.kind, 'step'), isNull(sharedLines.doneAt)))
      return rowCount === 1
    },

    /** A file that came by the page. */
    async file(pageId: string, id: string): Promise<(Attachment & { readonly hash: string }) | null> {
      const [row] = await db
        .select()
        .from(attachments)
        .where(and(eq(attachments.id, id), eq(attachments.byId, bringerOf(pageId))))
      if (row === undefined) return null
      const [file] = await shownFiles(db, [id])
      return file === undefined ? null : { ...file, hash: row.hash }
    },

    /**
     * What is written so far goes into the journal of the ticket that the call led to, once.
     * @returns the ticket's number, or null when there is none, or nothing new
     */
    deliver: (callId: string): Promise<number | null> =>
      db.transaction(async (tx) => {
        const [page] = await tx.select().from(sharedPages).where(eq(sharedPages.callId, callId)).for('update')
        if (page === undefined) return null
        const ticket = await ticketOfCall(tx, callId)
        if (ticket === null) return null
        const lines = await tx
          .select()
          .from(sharedLines)
          .where(and(eq(sharedLines.pageId, page.id), isNull(sharedLines.entryId)))
          .orderBy(asc(sharedLines.id))
        for (const line of lines) {
          const [entry] = await writeJournal(tx, ticket.id, [entryOf(line, ticket.name)])
          if (entry === undefined) continue
          const kept = await tx
            .select({ id: attachments.id })
            .from(attachments)
            .where(inArray(attachments.id, [...line.files, page.id]))
          await joinFiles(
            tx,
            kept.map(({ id }) => id),
            { ticketId: ticket.id, entryId: entry, byId: bringerOf(page.id) },
          )
          await tx.update(sharedLines).set({ entryId: entry }).where(eq(sharedLines.id, line.id))
        }
        if (lines.length === 0) return null
        await tx.update(tickets).set({ touchedAt: now() }).where(eq(tickets.id, ticket.id))
        return ticket.number
      }),

    /** Calls whose page holds what no journal has yet, and that led to a ticket. */
    async undelivered(): Promise<readonly string[]> {
      const { rows } = await db.execute<{ call_id: string }>(sql`
        select p.call_id from shared_pages p
        where exists (select 1 from shared_lines l where l.page_id = p.id and l.entry_id is null)
          and (exists (select 1 from tickets t where t.call_id = p.call_id)
            or exists (select 1 from dispositions d where d.call_id = p.call_id and d.ticket_id is not null))`)
      return rows.map((row) => row.call_id)
    },
  }
}
export type SharedPageStore = ReturnType<typeof sharedPageStore>

function entryOf(line: typeof sharedLines.$inferSelect, requester: string): SignedEntry {
  const caller = line.side === 'caller'
  return {
    at: line.at.toISOString(),
    by: caller && requester.trim() !== '' ? requester : line.byName,
    byId: caller ? 'requester' : line.byId,
    kind: 'shared',
    text: line.text,
    visibility: 'public',
    detail: { page: { kind: line.kind, side: line.side, confidential: line.confidential, language: line.language } },
    cites: null,
  }
}
