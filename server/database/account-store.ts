import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, ne, sql } from 'drizzle-orm'
import type { Role } from '../contract/entities.ts'
import type { Account as AccountView } from '../contract/accounts.ts'
import type { ListedAccount } from '../contract/groups.ts'
import type { PhoneKind } from '../contract/phones.ts'
import { accountKeeping } from './account-keeping.ts'
import { isPersonOfAccount } from './account-person.ts'
import type { Db } from './connection.ts'
import { secondFactorResets } from './schema-access.ts'
import { accounts, people, sessions } from './schema.ts'

export type Account = {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly extension: string | null
}
/** What its owner recognises a session by. */
export type SessionPlace = {
  readonly address: string | null
  readonly browser: string | null
  /** Who vouched instead of a password. */
  readonly provider?: Readonly<Record<string, unknown>> | null
}
export type OperatorAccount = Account & { readonly extension: string; readonly phone: PhoneKind | null }

const columns = { id: accounts.id, login: accounts.login, name: accounts.name, role: accounts.role, extension: accounts.extension }

/** Those who sign in, and their open sessions (known by a hash of their cookie). */
export function accountStore(db: Db, now: () => Date) {
  return {
    ...accountKeeping(db, now),

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
    list: (): Promise<ListedAccount[]> =>
      db
        .select({
          id: accounts.id,
          login: accounts.login,
          name: accounts.name,
          role: accounts.role,
          reached: sql<boolean>`exists (select 1 from ${people} where ${isPersonOfAccount} and ${people.email} is not null)`,
        })
        .from(accounts)
        .where(isNull(accounts.disabledAt))
        .orderBy(accounts.name),

    /** The account of a login, however its letters are cased, with its password's hash; null when unknown or disabled. */
    async forSignIn(
      login: string,
    ): Promise<(Account & { readonly passwordHash: string | null; readonly source: 'local' | 'directory' }) | null> {
      const [found] = await db
        .select({ ...columns, passwordHash: accounts.passwordHash, source: accounts.source })
        .from(accounts)
        .where(and(eq(accounts.login, login.trim().toLowerCase()), isNull(accounts.disabledAt)))
      return found ?? null
    },

    async openSession(idHash: string, accountId: string, expiresAt: Date, from: SessionPlace): Promise<void> {
      await db.delete(sessions).where(lt(sessions.expiresAt, now()))
      await db.insert(sessions).values({ idHash, accountId, createdAt: now(), expiresAt, ...from, seenAt: now() })
    },

    async findSession(idHash: string): Promise<{ readonly account: Account; readonly expiresAt: Date; readonly seenAt: Date } | null> {
      const [found] = await db
        .select({ account: columns, expiresAt: sessions.expiresAt, seenAt: sessions.seenAt })
        .from(sessions)
        .innerJoin(accounts, eq(accounts.id, sessions.accountId))
        .where(and(eq(sessions.idHash, idHash), gt(sessions.expiresAt, now()), isNull(accounts.disabledAt)))
      return found ?? null
    },

    /** Null when it does not exist, or is disabled. */
    async byId(id: string): Promise<Account | null> {
      const [found] = await db
        .select(columns)
        .from(accounts)
        .where(and(eq(accounts.id, id), isNull(accounts.disabledAt)))
      return found ?? null
    },

    async endSessions(accountId: string): Promise<void> {
      await db.delete(sessions).where(eq(sessions.accountId, accountId))
    },

    /** All accounts, as administrators see them. */
    async all(): Promise<AccountView[]> {
      const rows = await db
        .select({
          ...columns,
          phone: accounts.phone,
          source: accounts.source,
          disabledAt: accounts.disabledAt,
          hash: accounts.passwordHash,
          secondFactor: sql<boolean>`exists (select 1 from second_factors f where f.account_id = ${accounts.id})
            or exists (select 1 from passkeys k where k.account_id = ${accounts.id})`,
          resetAt: secondFactorResets.at,
        })
        .from(accounts)
        .leftJoin(secondFactorResets, eq(secondFactorResets.accountId, accounts.id))
        .orderBy(accounts.name)
      return rows.map(({ disabledAt, hash, resetAt, ...row }) => ({
        ...row,
        secondFactorResetAt: resetAt?.toISOString() ?? null,
        disabled: disabledAt !== null,
        canSignIn: row.source === 'directory' || hash !== null,
      }))
    },

    /** Where an account is signed in, the latest seen first. */
    async sessionsOf(accountId: string) {
      return db
        .select()
        .from(sessions)
        .where(and(eq(sessions.accountId, accountId), gt(sessions.expiresAt, now())))
        .orderBy(desc(sessions.seenAt))
    },

    /** Ends a session of this account. @returns its hash; null when there is none */
    async endSession(accountId: string, id: string): Promise<string | null> {
      const [ended] = await db
        .delete(sessions)
        .where(and(eq(sessions.accountId, accountId), eq(sessions.id, id)))
        .returning({ idHash: sessions.idHash })
      return ended?.idHash ?? null
    },

    async seenSession(idHash: string): Promise<void> {
      await db.update(sessions).set({ seenAt: now() }).where(eq(sessions.idHash, idHash))
    },

    /** A new password, which ends the account's other sessions. */
    changePassword: (accountId: string, passwordHash: string, keptIdHash: string): Promise<void> =>
      db.transaction(async (tx) => {
        await tx.update(accounts).set({ passwordHash }).where(eq(accounts.id, accountId))
        await tx.delete(sessions).where(and(eq(sessions.accountId, accountId), ne(sessions.idHash, keptIdHash)))
      }),

    async phoneOf(id: string): Promise<PhoneKind | null> {
      const [found] = await db.select({ phone: accounts.phone }).from(accounts).where(eq(accounts.id, id))
      return found?.phone ?? null
    },

    async choosePhone(id: string, phone: PhoneKind | null): Promise<void> {
      await db.update(accounts).set({ phone }).where(eq(accounts.id, id))
    },

    /** @returns who vouched for it, when it was not a password */
    async closeSession(idHash: string): Promise<SessionPlace['provider']> {
      const [closed] = await db.delete(sessions).where(eq(sessions.idHash, idHash)).returning({ provider: sessions.provider })
      return closed?.provider ?? null
    },

    /** Ends the sessions that one of an OpenID provider's opened, or all of whom it names. @returns whose they were */
    async endProviderSessions({
      sid,
      subject,
    }: {
      readonly sid: string | null
      readonly subject: string | null
    }): Promise<readonly string[]> {
      const said = [
        ...(sid === null ? [] : [sql`${sessions.provider} ->> 'sid' = ${sid}`]),
        ...(subject === null ? [] : [sql`${sessions.provider} ->> 'subject' = ${subject}`]),
      ]
      if (said.length === 0) return []
      const ended = await db
        .delete(sessions)
        .where(and(sql`${sessions.provider} ->> 'kind' = 'oidc'`, ...said))
        .returning({ accountId: sessions.accountId })
      return ended.map(({ accountId }) => accountId)
    },

    /** Ends the sessions that a CAS ticket opened. @returns whose they were */
    async endTicketSessions(ticketHash: string): Promise<readonly string[]> {
      const ended = await db
        .delete(sessions)
        .where(sql`${sessions.provider} ->> 'ticketHash' = ${ticketHash}`)
        .returning({ accountId: sessions.accountId })
      return ended.map(({ accountId }) => accountId)
    },
  }
}
export type AccountStore = ReturnType<typeof accountStore>
