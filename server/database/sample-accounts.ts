import { verify } from '@node-rs/argon2'
import { and, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { Db } from './connection.ts'
import { demoAccounts, demoPassword } from './demo-people.ts'
import { accounts } from './schema.ts'

export const sampleIds: readonly string[] = demoAccounts.map(({ id }) => id)

/**
 * A desk that was tried out first and is real now, on the same data: whom a password that everybody knows lets in is let in no more, nor
 * rung. Who chose another one stays.
 * @returns who was closed out
 */
export async function closeSampleAccounts(db: Db): Promise<readonly string[]> {
  const open = await db
    .select({ id: accounts.id, passwordHash: accounts.passwordHash })
    .from(accounts)
    .where(and(inArray(accounts.id, [...sampleIds]), isNotNull(accounts.passwordHash), isNull(accounts.disabledAt)))
  const known: string[] = []
  for (const { id, passwordHash } of open) if (passwordHash !== null && (await verify(passwordHash, demoPassword))) known.push(id)
  if (known.length > 0) await db.update(accounts).set({ passwordHash: null, disabledAt: new Date() }).where(inArray(accounts.id, known))
  return known
}

/** The demonstration again, after a real desk: those who were closed out are back. */
export async function reopenSampleAccounts(db: Db, passwordHash: string): Promise<void> {
  await db
    .update(accounts)
    .set({ passwordHash, disabledAt: null })
    .where(and(inArray(accounts.id, [...sampleIds]), isNull(accounts.passwordHash)))
}
