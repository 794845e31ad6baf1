import { and, desc, eq, max } from 'drizzle-orm'
import type { AnnouncementVersion, SpokenLanguage } from '../contract/announcements.ts'
import { ServiceError } from '../errors.ts'
import type { Db, Queries } from './connection.ts'
import { isDuplicate } from './failures.ts'
import { announcementChoices as choices, announcementVersions as versions } from './schema.ts'

export type Author = { readonly id: string; readonly name: string }
export type AnnouncementSideId = { readonly name: string; readonly language: SpokenLanguage }
/** What a version says: a text, or a recording. `address` is that of the content. */
export type VersionContent =
  | { readonly kind: 'text'; readonly address: string; readonly text: string }
  | { readonly kind: 'upload' | 'phone'; readonly address: string }
/** `version` null: the original. */
export type ChosenSide = AnnouncementSideId & { readonly version: AnnouncementVersion | null }

type Row = typeof versions.$inferSelect
const shown = ({ number, kind, text, address, at, byName }: Row): AnnouncementVersion => ({
  number,
  kind,
  text,
  address: kind === 'text' ? null : address,
  at: at.toISOString(),
  by: byName,
})

const ofSide = ({ name, language }: AnnouncementSideId) => and(eq(versions.name, name), eq(versions.language, language))

/** Every version of every announcement, and which one was in force when; nothing is ever changed or removed. */
export function announcementStore(db: Db, now: () => Date) {
  const choose = async (q: Queries, { name, language }: AnnouncementSideId, number: number, by: Author): Promise<void> => {
    await q.insert(choices).values({ name, language, number, at: now(), byId: by.id, byName: by.name })
  }

  async function keep(q: Queries, side: AnnouncementSideId, content: VersionContent, by: Author): Promise<Row> {
    const [known] = await q
      .select()
      .from(versions)
      .where(and(ofSide(side), eq(versions.address, content.address)))
    if (known !== undefined) return known
    const [last] = await q
      .select({ number: max(versions.number) })
      .from(versions)
      .where(ofSide(side))
    const { kind, address } = content
    const text = content.kind === 'text' ? content.text : null
    const { name, language } = side
    const row = { name, language, number: (last?.number ?? 1) + 1, kind, address, text, at: now(), byId: by.id, byName: by.name }
    await q.insert(versions).values(row)
    return row
  }

  return {
    /** The newest first, without the original. */
    versions: async (side: AnnouncementSideId): Promise<AnnouncementVersion[]> =>
      (await db.select().from(versions).where(ofSide(side)).orderBy(desc(versions.number))).map(shown),

    /** What is in force on every side for which somebody has ever chosen. */
    async inForce(): Promise<ChosenSide[]> {
      const rows = await db
        .selectDistinctOn([choices.name, choices.language], { choice: choices, version: versions })
        .from(choices)
        .leftJoin(
          versions,
          and(eq(versions.name, choices.name), eq(versions.language, choices.language), eq(versions.number, choices.number)),
        )
        .orderBy(choices.name, choices.language, desc(choices.id))
      return rows.map(({ choice: { name, language }, version }) => ({ name, language, version: version === null ? null : shown(version) }))
    },

    /**
     * Keep a content as a version, unless it is one already, and note that it is put in force.
     * @throws ServiceError `conflict` when somebody else made a version at the same moment
     */
    publish: (side: AnnouncementSideId, content: VersionContent, by: Author): Promise<AnnouncementVersion> =>
      db
        .transaction(async (tx) => {
          const row = await keep(tx, side, content, by)
          await choose(tx, side, row.number, by)
          return shown(row)
        })
        .catch((error: unknown) => {
          throw isDuplicate(error) ? new ServiceError('conflict') : error
        }),

    /** Put an earlier version in force again. @returns null for the original @throws ServiceError `not_found` */
    async goBack(side: AnnouncementSideId, number: number, by: Author): Promise<AnnouncementVersion | null> {
      const [row] = await db
        .select()
        .from(versions)
        .where(and(ofSide(side), eq(versions.number, number)))
      if (row === undefined && number !== 1) throw new ServiceError('not_found')
      await choose(db, side, number, by)
      return row === undefined ? null : shown(row)
    },
  }
}
export type AnnouncementStore = ReturnType<typeof announcementStore>
