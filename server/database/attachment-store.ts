import { and, asc, eq, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { Attachment } from '../contract/attachments.ts'
import { ServiceError } from '../errors.ts'
import type { Db, Queries } from './connection.ts'
import { attachments } from './schema-attachments.ts'

/** A file as it was taken in. */
export type KeptFile = {
  readonly id: string
  readonly ticketId: string | null
  readonly hash: string
  readonly name: string
  readonly type: string
  readonly bytes: number
  readonly picture: Attachment['picture']
  readonly byId: string
  readonly forArticles?: boolean
  readonly draftKey?: string | null
}
type Row = typeof attachments.$inferSelect

const shown = ({ id, entryId, name, type, bytes, width, height }: Row): Attachment => ({
  id,
  entryId,
  name,
  type,
  bytes,
  picture: width === null || height === null ? null : { width, height },
})

const oneContent = (tx: Queries, hash: string) => tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`attachment ${hash}`}))`)
const mostUnsent = 60
/** A version of an article shows it, in force or not: it can be gone back to. */
const isInNoArticle = sql`not exists (select 1 from article_versions v where v.pictures @> array[attachments.id])`
/** What a caller sent by the page they share waits for the call's ticket, however long that takes to be written. */
const isNotOnPage = sql`not exists (select 1 from shared_lines l where l.files @> array[attachments.id])`
/** A ticket put aside keeps its files as long as itself. */
const isInNoDraft = sql`(attachments.draft_key is null or not exists (
  select 1 from drafts d where d.content -> 'files' @> jsonb_build_array(jsonb_build_object('id', attachments.id))))`

/** The files of a ticket that go with its journal, the oldest first. */
export async function attachmentsOf(db: Queries, ticketId: string): Promise<Attachment[]> {
  const rows = await db
    .select()
    .from(attachments)
    .where(and(eq(attachments.ticketId, ticketId), sql`${attachments.entryId} is not null`))
    .orderBy(asc(attachments.at), asc(attachments.id))
  return rows.map(shown)
}

/** What files are called, in the order of their ids; those that are not there are left out. */
export async function namesOf(db: Queries, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const rows = await db
    .select({ id: attachments.id, name: attachments.name })
    .from(attachments)
    .where(inArray(attachments.id, [...ids]))
  return ids.flatMap((id) => rows.find((row) => row.id === id)?.name ?? [])
}

/** Files by their ids, in no order. */
export async function shownFiles(db: Queries, ids: readonly string[]): Promise<readonly Attachment[]> {
  if (ids.length === 0) return []
  return (
    await db
      .select()
      .from(attachments)
      .where(inArray(attachments.id, [...ids]))
  ).map(shown)
}

type Line = { readonly ticketId: string; readonly entryId: number; readonly byId: string }

/** Several may have written what became of a call. */
const ofItsCalls = (ticketId: string) =>
  sql`${attachments.draftKey} in (select d.call_id from dispositions d where d.ticket_id = ${ticketId})`

const unsentOf = (ids: readonly string[], { ticketId, byId }: Omit<Line, 'entryId'>) =>
  and(
    inArray(attachments.id, [...ids]),
    isNull(attachments.entryId),
    or(eq(attachments.byId, byId), ofItsCalls(ticketId)),
    or(isNull(attachments.ticketId), eq(attachments.ticketId, ticketId)),
  )

const ofDraft = (draftKey: string, byId: string) =>
  and(isNull(attachments.entryId), or(eq(attachments.draftKey, draftKey), and(isNotNull(attachments.draftKey), eq(attachments.byId, byId))))

/** Send files with a line; they must be the author's own, or of the draft of a call that led to that ticket, and of no other line. @throws ServiceError `invalid_body` */
export async function joinFiles(tx: Queries, ids: readonly string[], to: Line): Promise<void> {
  if (ids.length === 0) return
  const { rowCount } = await tx.update(attachments).set({ ticketId: to.ticketId, entryId: to.entryId }).where(unsentOf(ids, to))
  if (rowCount !== new Set(ids).size) throw new ServiceError('invalid_body', 'attachments')
}

/** Files that somebody brought and has not sent go with what another writes for them. */
export async function handFiles(tx: Queries, ids: readonly string[], byId: string, to: string): Promise<void> {
  if (ids.length === 0) return
  const theirs = and(
    inArray(attachments.id, [...ids]),
    isNull(attachments.entryId),
    isNull(attachments.ticketId),
    eq(attachments.byId, byId),
  )
  await tx.update(attachments).set({ byId: to }).where(theirs)
}

/** @throws ServiceError `conflict` in words for whoever saves, when it was a file that is no longer there */
export function missingFile(error: unknown): never {
  if (error instanceof ServiceError && error.detail === 'attachments')
    throw new ServiceError('conflict', 'un fichier joint n’est plus là : retirez-le, puis enregistrez de nouveau')
  throw error
}

/** What is known of files; their bytes are kept elsewhere. */
export function attachmentStore(db: Db, now: () => Date) {
  return {
    /**
     * Write down a file that was taken in. Nobody forgets that content between `place`, which puts its bytes where they are kept, and the row.
     * @throws ServiceError `too_many_files` for one author who brings and never sends
     */
    add: ({ picture, forArticles = false, draftKey = null, ...file }: KeptFile, place: () => Promise<void>): Promise<Attachment> =>
      db.transaction(async (tx) => {
        await oneContent(tx, file.hash)
        const unsent = await tx.$count(
          attachments,
          and(isNull(attachments.entryId), eq(attachments.byId, file.byId), eq(attachments.forArticles, forArticles), isInNoArticle),
        )
        if (unsent >= mostUnsent && (file.ticketId !== null || forArticles || draftKey !== null)) throw new ServiceError('too_many_files')
        await place()
        const [row] = await tx
          .insert(attachments)
          .values({ ...file, forArticles, draftKey, width: picture?.width ?? null, height: picture?.height ?? null, at: now() })
          .returning()
        if (row === undefined) throw new Error('a row that was just written is not there')
        return shown(row)
      }),

    namesOf: (ids: readonly string[]) => namesOf(db, ids),

    /** A file of a ticket that was sent, or that this account has brought; null otherwise. */
    async find(number: number, id: string, byId: string): Promise<(Attachment & { readonly hash: string }) | null> {
      const [row] = await db
        .select({ file: attachments })
        .from(attachments)
        .where(
          and(
            eq(attachments.id, id),
            sql`${attachments.ticketId} = (select t.id from tickets t where t.number = ${number})`,
            or(sql`${attachments.entryId} is not null`, eq(attachments.byId, byId)),
          ),
        )
      return row === undefined ? null : { ...shown(row.file), hash: row.file.hash }
    },

    /** A file that the requester may read: it came with a public line. */
    async findPublic(ticketId: string, id: string): Promise<(Attachment & { readonly hash: string }) | null> {
      const [row] = await db
        .select({ file: attachments })
        .from(attachments)
        .where(
          and(
            eq(attachments.id, id),
            eq(attachments.ticketId, ticketId),
            sql`exists (select 1 from ticket_journal j where j.id = ${attachments.entryId} and j.visibility = 'public')`,
          ),
        )
      return row === undefined ? null : { ...shown(row.file), hash: row.file.hash }
    },

    /** A file of a ticket being written, or that this account brought for one it dropped and took back; null otherwise. */
    async findOfDraft(draftKey: string, id: string, byId: string): Promise<(Attachment & { readonly hash: string }) | null> {
      const [row] = await db
        .select()
        .from(attachments)
        .where(and(eq(attachments.id, id), ofDraft(draftKey, byId)))
      return row === undefined ? null : { ...shown(row), hash: row.hash }
    },

    /** Take a file back from a ticket being written. @returns whether there was one */
    async dropOfDraft(draftKey: string, id: string, byId: string): Promise<boolean> {
      const { rowCount } = await db
        .update(attachments)
        .set({ at: new Date(0), draftKey: null })
        .where(and(eq(attachments.id, id), ofDraft(draftKey, byId)))
      return rowCount === 1
    },

    /**
     * A picture of the knowledge base. @param reach `public`: one that a public article shows now; `staff`: or one for those who work here;
     * `all`: whatever version shows it, and those that nobody has used yet
     */
    async findPicture(id: string, reach: 'public' | 'staff' | 'all'): Promise<(Attachment & { readonly hash: string }) | null> {
      const shows = sql`exists (select 1 from articles a join article_versions v on v.article_id = a.id and v.version = a.version
        where v.pictures @> array[${attachments.id}] and ${reach === 'public' ? sql`a.state = 'public'` : sql`a.state in ('staff', 'public')`})`
      const [row] = await db
        .select({ file: attachments })
        .from(attachments)
        .where(and(eq(attachments.id, id), eq(attachments.forArticles, true), reach === 'all' ? undefined : shows))
      return row === undefined ? null : { ...shown(row.file), hash: row.file.hash }
    },

    /** Take back what was brought and not sent. @returns whether there was one */
    async drop(id: string, byId: string): Promise<boolean> {
      const { rowCount } = await db
        .update(attachments)
        .set({ at: new Date(0) })
        .where(and(eq(attachments.id, id), eq(attachments.byId, byId), isNull(attachments.entryId)))
      return rowCount === 1
    },

    /** Forget what was brought before a moment and never sent. @param remove the content, when no other row has it @returns how many rows */
    async forgetUnsent(before: Date, remove: (hash: string) => Promise<void>): Promise<number> {
      const old = await db
        .select({ id: attachments.id, hash: attachments.hash })
        .from(attachments)
        .where(and(isNull(attachments.entryId), lt(attachments.at, before), isNotOnPage, isInNoArticle, isInNoDraft))
        .limit(1_000)
      let gone = 0
      for (const { id, hash } of old) {
        await db.transaction(async (tx) => {
          await oneContent(tx, hash)
          const { rowCount } = await tx.delete(attachments).where(and(eq(attachments.id, id), isNull(attachments.entryId)))
          gone += rowCount ?? 0
          if ((await tx.$count(attachments, eq(attachments.hash, hash))) === 0) await remove(hash)
        })
      }
      return gone
    },
  }
}
export type AttachmentStore = ReturnType<typeof attachmentStore>
