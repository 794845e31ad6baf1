import { eq } from 'drizzle-orm'
import type { Db } from './connection.ts'
import { neighbourSecrets } from './schema-neighbours.ts'

/** What opens neighbours' doors, as it was sealed. */
export function neighbourSecretStore(db: Db, now: () => Date) {
  const own = (neighbour: string) => eq(neighbourSecrets.neighbour, neighbour)
  return {
    async sealed(neighbour: string): Promise<string | null> {
      const [row] = await db.select({ sealed: neighbourSecrets.sealed }).from(neighbourSecrets).where(own(neighbour))
      return row?.sealed ?? null
    },

    /** @param sealed null: none is kept any more */
    async keep(neighbour: string, sealed: string | null, byName: string): Promise<void> {
      if (sealed === null) {
        await db.delete(neighbourSecrets).where(own(neighbour))
        return
      }
      const values = { sealed, byName, at: now() }
      await db
        .insert(neighbourSecrets)
        .values({ neighbour, ...values })
        .onConflictDoUpdate({ target: neighbourSecrets.neighbour, set: values })
    },
  }
}
export type NeighbourSecretStore = ReturnType<typeof neighbourSecretStore>
