import { and, eq, inArray, gt, isNotNull, isNull, lt } from 'drizzle-orm'
import type { Role } from '../contract/entities.ts'
import type { AccountSummary } from '../contract/groups.ts'
import type { Queries } from './connection.ts'
import { accounts, sessions, type PhoneKind } from './schema.ts'

export type Account = {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly extension: string | null
}
export type OperatorAccount = Account & { readonly extension: string; readonly phone: PhoneKind | null }

const columns = { id: accounts.id, login: accounts.login, name: accounts.name, role: accounts.role, extension: accounts.extension }

/** Those who sign in, and their open sessions (known by a hash of their cookie). */
export function accountStore(db: Queries, now: () => Date) {
  return {
    /** Those who take calls: what the desk starts from. */
    async operators(): Promise<OperatorAccount[]> {
      const rows = await db
        .select({ ...columns, phone: accounts.phone })
        .from(accounts)
        .where(and(inArray(accounts.role, ['operator', 'supervisor']), isNotNull(accounts.extension), isNull(accounts.disabledAt)))
        .orderBy(accounts.extension)
      return rows.flatMap((row) => (row.extension === null ? [] : [{ ...row, extension: row.extension }]))
    },

    /** Everybody who may sign in, by name. */
    list: (): Promise<AccountSummary[]> =>
      db
        .select({ id: accounts.id, login: accounts.login, name: accounts.name, role: accounts.role })
        .from(accounts)
        .where(isNull(accounts.disabledAt))
        .orderBy(accounts.name),

    /** The account of a login, however its letters are cased, with its password's hash; null when unknown or disabled. */
    async forSignIn(login: string): Promise<(Account & { readonly passwordHash: string | null }) | null> {
      const [found] = await db
        .select({ ...columns, passwordHash: accounts.passwordHash })
        .from(accounts)
        .where(and(eq(accounts.login, login.trim().toLowerCase()), isNull(accounts.disabledAt)))
      return found ?? null
    },

    async openSession(idHash: string, accountId: string, expiresAt: Date): Promise<void> {
      await db.delete(sessions).where(lt(sessions.expiresAt, now()))
      await db.insert(sessions).values({ idHash, accountId, createdAt: now(), expiresAt })
    },

    async findSession(idHash: string): Promise<{ readonly account: Account; readonly expiresAt: Date } | null> {
      const [found] = await db
        .select({ account: columns, expiresAt: sessions.expiresAt })
        .from(sessions)
        .innerJoin(accounts, eq(accounts.id, sessions.accountId))
        .where(and(eq(sessions.idHash, idHash), gt(sessions.expiresAt, now()), isNull(accounts.disabledAt)))
      return found ?? null
    },

    async closeSession(idHash: string): Promise<void> {
      await db.delete(sessions).where(eq(sessions.idHash, idHash))
    },
  }
}
export type AccountStore = ReturnType<typeof accountStore>
