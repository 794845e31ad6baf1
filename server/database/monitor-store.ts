import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Monitor } from '../contract/monitors.ts'
import { ServiceError } from '../errors.ts'
import type { Db } from './connection.ts'
import { isDuplicate } from './failures.ts'
import { monitors } from './schema-disruptions.ts'

/** Random enough that a plain hash keeps it. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

const shown = ({ id, name, createdAt, createdBy, seenAt }: typeof monitors.$inferSelect): Monitor => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
  createdBy,
  seenAt: seenAt?.toISOString() ?? null,
})

/** Monitorings, and their secrets' hashes. */
export function monitorStore(db: Db, now: () => Date) {
  const inForce = isNull(monitors.revokedAt)
  return {
    list: async (): Promise<Monitor[]> => (await db.select().from(monitors).where(inForce).orderBy(asc(monitors.name))).map(shown),

    /** The only time that its secret is known. @throws ServiceError `conflict` when another has that name */
    async add(name: string, by: string): Promise<Monitor & { readonly secret: string }> {
      const secret = `gu_${randomBytes(30).toString('base64url')}`
      try {
        const values = { id: randomUUID(), name, tokenHash: hashOf(secret), createdAt: now(), createdBy: by }
        const [row] = await db.insert(monitors).values(values).returning()
        if (row === undefined) throw new Error('a monitor was not inserted')
        return { ...shown(row), secret }
      } catch (error) {
        throw isDuplicate(error) ? new ServiceError('conflict', name) : error
      }
    },

    /** Its secret opens nothing any more. @throws ServiceError `not_found` */
    async revoke(id: string, by: string): Promise<void> {
      const gone = await db
        .update(monitors)
        .set({ revokedAt: now(), revokedBy: by })
        .where(and(eq(monitors.id, id), inForce))
        .returning({ id: monitors.id })
      if (gone.length === 0) throw new ServiceError('not_found')
    },

    /** Whose secret it is; null: nobody's. */
    async of(secret: string): Promise<Monitor | null> {
      const [row] = await db
        .update(monitors)
        .set({ seenAt: now() })
        .where(and(eq(monitors.tokenHash, hashOf(secret)), inForce))
        .returning()
      return row === undefined ? null : shown(row)
    },
  }
}
export type MonitorStore = ReturnType<typeof monitorStore>
