import { and, desc, eq, gt, isNull, or, lt } from 'drizzle-orm'
import type { ApiKey } from '../contract/keys.ts'
import type { Db } from './connection.ts'
import { apiKeys } from './schema-access.ts'

type Row = typeof apiKeys.$inferSelect
/** How precisely it is told when a key last served. */
const usedEveryMs = 60_000

const shown = ({ keyHash: _hash, createdAt, expiresAt, lastUsedAt, revokedAt, ...row }: Row): ApiKey => ({
  ...row,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
  revokedAt: revokedAt?.toISOString() ?? null,
})

/** Programs' keys, known by a hash. */
export function keyStore(db: Db, now: () => Date) {
  return {
    /** Those that serve first, then the others, the newest first. */
    async list(): Promise<ApiKey[]> {
      return (await db.select().from(apiKeys).orderBy(desc(apiKeys.createdAt))).map(shown)
    },

    async create(key: Pick<Row, 'name' | 'hint' | 'keyHash' | 'role' | 'routes' | 'createdBy' | 'expiresAt'>): Promise<ApiKey> {
      const [made] = await db
        .insert(apiKeys)
        .values({ ...key, createdAt: now() })
        .returning()
      if (made === undefined) throw new Error('no row')
      return shown(made)
    },

    /** The key of this hash, while it serves. */
    async serving(keyHash: string): Promise<Pick<Row, 'id' | 'name' | 'role' | 'routes'> | null> {
      const [found] = await db
        .select({ id: apiKeys.id, name: apiKeys.name, role: apiKeys.role, routes: apiKeys.routes })
        .from(apiKeys)
        .where(and(eq(apiKeys.keyHash, keyHash), gt(apiKeys.expiresAt, now()), isNull(apiKeys.revokedAt)))
      return found ?? null
    },

    async used(id: string, address: string): Promise<void> {
      const longAgo = new Date(now().getTime() - usedEveryMs)
      await db
        .update(apiKeys)
        .set({ lastUsedAt: now(), lastAddress: address })
        .where(and(eq(apiKeys.id, id), or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, longAgo))))
    },

    /** @returns whether it served until now */
    async revoke(id: string, by: string): Promise<boolean> {
      const done = await db
        .update(apiKeys)
        .set({ revokedAt: now(), revokedBy: by })
        .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
      return done.rowCount === 1
    },
  }
}
export type KeyStore = ReturnType<typeof keyStore>
