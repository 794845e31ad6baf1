import { and, count, eq, gt, lt } from 'drizzle-orm'
import type { Db, Queries } from './connection.ts'
import { passkeys, recoveryCodes, secondFactorResets, secondFactors, signInSteps } from './schema-access.ts'

export type Passkey = Omit<typeof passkeys.$inferSelect, 'accountId'>
/** @property kind what is awaited */
export type Step = {
  readonly tokenHash: string
  readonly kind: string
  readonly accountId: string | null
  readonly content: Readonly<Record<string, unknown>>
}

const replaceCodes = async (tx: Queries, accountId: string, hashes: readonly string[]) => {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
  await tx.insert(recoveryCodes).values(hashes.map((codeHash) => ({ accountId, codeHash })))
}

const endReset = (tx: Queries, accountId: string) => tx.delete(secondFactorResets).where(eq(secondFactorResets.accountId, accountId))

/** Second factors, and sign-ins that are under way. */
export function secondFactorStore(db: Db, now: () => Date) {
  return {
    async of(accountId: string) {
      const [totp] = await db.select().from(secondFactors).where(eq(secondFactors.accountId, accountId))
      const keys = await db.select().from(passkeys).where(eq(passkeys.accountId, accountId)).orderBy(passkeys.createdAt)
      const [left] = await db.select({ n: count() }).from(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
      const [reset] = await db.select().from(secondFactorResets).where(eq(secondFactorResets.accountId, accountId))
      return { totp: totp ?? null, passkeys: keys as readonly Passkey[], recoveryLeft: left?.n ?? 0, resetAt: reset?.at ?? null }
    },

    /** Who has one, of everybody. */
    async accounts(): Promise<ReadonlySet<string>> {
      const rows = [
        ...(await db.select({ id: secondFactors.accountId }).from(secondFactors)),
        ...(await db.selectDistinct({ id: passkeys.accountId }).from(passkeys)),
      ]
      return new Set(rows.map(({ id }) => id))
    },

    /** @param codes hashes of new recovery codes; null leaves those there are */
    setTotp: (accountId: string, totpSecret: string, totpStep: number, codes: readonly string[] | null): Promise<void> =>
      db.transaction(async (tx) => {
        const set = { totpSecret, totpStep, since: now() }
        await tx
          .insert(secondFactors)
          .values({ accountId, ...set })
          .onConflictDoUpdate({ target: secondFactors.accountId, set })
        await endReset(tx, accountId)
        if (codes !== null) await replaceCodes(tx, accountId, codes)
      }),

    /** Whether this step is later than the last one that served; then it has served. */
    async useTotpStep(accountId: string, step: number): Promise<boolean> {
      const done = await db
        .update(secondFactors)
        .set({ totpStep: step })
        .where(and(eq(secondFactors.accountId, accountId), lt(secondFactors.totpStep, step)))
      return done.rowCount === 1
    },

    async removeTotp(accountId: string): Promise<void> {
      await db.delete(secondFactors).where(eq(secondFactors.accountId, accountId))
    },

    replaceRecoveryCodes: (accountId: string, hashes: readonly string[]): Promise<void> =>
      db.transaction((tx) => replaceCodes(tx, accountId, hashes)),

    /** A recovery code serves once. */
    async useRecoveryCode(accountId: string, codeHash: string): Promise<boolean> {
      const done = await db.delete(recoveryCodes).where(and(eq(recoveryCodes.accountId, accountId), eq(recoveryCodes.codeHash, codeHash)))
      return done.rowCount === 1
    },

    addPasskey: (accountId: string, passkey: Omit<Passkey, 'createdAt' | 'lastUsedAt'>, codes: readonly string[] | null): Promise<void> =>
      db.transaction(async (tx) => {
        await tx.insert(passkeys).values({ ...passkey, accountId, createdAt: now() })
        await endReset(tx, accountId)
        if (codes !== null) await replaceCodes(tx, accountId, codes)
      }),

    async usedPasskey(id: string, counter: number): Promise<void> {
      await db.update(passkeys).set({ counter, lastUsedAt: now() }).where(eq(passkeys.id, id))
    },

    /** @returns whether it was this account's */
    async removePasskey(accountId: string, id: string): Promise<boolean> {
      const done = await db.delete(passkeys).where(and(eq(passkeys.accountId, accountId), eq(passkeys.id, id)))
      return done.rowCount === 1
    },

    /** Everything goes: the next sign-in asks for the password alone. */
    clear: (accountId: string): Promise<void> =>
      db.transaction(async (tx) => {
        for (const table of [secondFactors, passkeys, recoveryCodes]) await tx.delete(table).where(eq(table.accountId, accountId))
      }),

    /** The same by somebody else: from now on, for a time, the password alone opens the way to another one. */
    reset: (accountId: string): Promise<void> =>
      db.transaction(async (tx) => {
        for (const table of [secondFactors, passkeys, recoveryCodes]) await tx.delete(table).where(eq(table.accountId, accountId))
        await tx
          .insert(secondFactorResets)
          .values({ accountId, at: now() })
          .onConflictDoUpdate({ target: secondFactorResets.accountId, set: { at: now() } })
      }),

    /** Nothing is awaited of somebody any more. */
    async endReset(accountId: string): Promise<void> {
      await endReset(db, accountId)
    },

    async beginStep(step: Step, expiresAt: Date): Promise<void> {
      await db.delete(signInSteps).where(lt(signInSteps.expiresAt, now()))
      await db.insert(signInSteps).values({ ...step, expiresAt })
    },

    async step(tokenHash: string, kind: string): Promise<Step | null> {
      const [found] = await db
        .select()
        .from(signInSteps)
        .where(and(eq(signInSteps.tokenHash, tokenHash), eq(signInSteps.kind, kind), gt(signInSteps.expiresAt, now())))
      return found ?? null
    },

    async changeStep(tokenHash: string, content: Step['content']): Promise<void> {
      await db.update(signInSteps).set({ content }).where(eq(signInSteps.tokenHash, tokenHash))
    },

    /** @returns whether it was still there: a step ends once */
    async endStep(tokenHash: string): Promise<boolean> {
      return (await db.delete(signInSteps).where(eq(signInSteps.tokenHash, tokenHash))).rowCount === 1
    },
  }
}
export type SecondFactorStore = ReturnType<typeof secondFactorStore>
