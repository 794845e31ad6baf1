import { and, eq } from 'drizzle-orm'
import type { JournalEntry } from '../contract/entities.ts'
import type { SignedEntry } from '../tickets/model.ts'
import type { Queries } from './connection.ts'
import { ticketJournal, ticketTexts } from './schema.ts'

/** Append to a ticket's journal, in order. @returns the new lines' ids, in that order */
export async function writeJournal(tx: Queries, ticketId: string, entries: readonly SignedEntry[]): Promise<readonly number[]> {
  if (entries.length === 0) return []
  const rows = entries.map(({ at, by, byId, kind, visibility, detail, cites }) => ({
    ticketId,
    at: new Date(at),
    byId,
    byName: by,
    kind,
    visibility,
    detail,
    cites,
  }))
  const written = await tx.insert(ticketJournal).values(rows).returning({ id: ticketJournal.id })
  const ids = written.map(({ id }) => id).toSorted((a, b) => a - b)
  const texts = entries.flatMap(({ text }, i) => (text === '' || ids[i] === undefined ? [] : [{ entryId: ids[i], text }]))
  if (texts.length > 0) await tx.insert(ticketTexts).values(texts)
  return ids
}

/** A ticket's journal, the oldest line first. */
export async function journalOf(db: Queries, ticketId: string): Promise<JournalEntry[]> {
  const lines = await db
    .select({ line: ticketJournal, text: ticketTexts.text })
    .from(ticketJournal)
    .leftJoin(ticketTexts, eq(ticketTexts.entryId, ticketJournal.id))
    .where(eq(ticketJournal.ticketId, ticketId))
    .orderBy(ticketJournal.id)
  return lines.map(({ line, text }) => ({
    id: line.id,
    at: line.at.toISOString(),
    by: line.byName,
    kind: line.kind,
    text: text ?? '',
    visibility: line.visibility,
    detail: line.detail,
    cites: line.cites,
  }))
}

/** Whether a line is of this ticket's journal. */
export async function isLineOf(db: Queries, ticketId: string, lineId: number): Promise<boolean> {
  const found = await db
    .select({ id: ticketJournal.id })
    .from(ticketJournal)
    .where(and(eq(ticketJournal.id, lineId), eq(ticketJournal.ticketId, ticketId)))
  return found.length > 0
}
