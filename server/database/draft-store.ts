import { eq, lt, sql } from 'drizzle-orm'
import type { Draft } from '../contract/drafts.ts'
import type { Queries } from './connection.ts'
import { drafts } from './schema.ts'

/** Tickets being written, behind the service's memory. */
export function draftStore(db: Queries) {
  return {
    async load(): Promise<Draft[]> {
      const rows = await db.select().from(drafts)
      return rows.map(({ ownerId, ownerName, startedAt, editedAt, content, ...row }) => ({
        ...row,
        // Earlier versions wrote drafts without anybody in copy, or files.
        content: { ...content, observers: content.observers ?? [], files: content.files ?? [], cardOf: content.cardOf ?? null },
        by: { id: ownerId, name: ownerName },
        startedAt: startedAt.toISOString(),
        editedAt: editedAt.toISOString(),
      }))
    },

    /** An older version than the one that is there changes nothing. */
    async save({ key, callId, version, by, startedAt, editedAt, content }: Draft): Promise<void> {
      const changing = { version, ownerId: by.id, ownerName: by.name, editedAt: new Date(editedAt), content }
      await db
        .insert(drafts)
        .values({ key, callId, startedAt: new Date(startedAt), ...changing })
        .onConflictDoUpdate({ target: drafts.key, set: changing, setWhere: lt(drafts.version, sql`excluded.version`) })
    },

    async remove(key: string): Promise<void> {
      await db.delete(drafts).where(eq(drafts.key, key))
    },
  }
}
export type DraftStore = ReturnType<typeof draftStore>
