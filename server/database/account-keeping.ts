import { and, eq, gt, inArray, isNull, lt, ne, notInArray, or, sql } from 'drizzle-orm'
import type { Role } from '../contract/entities.ts'
import type { AccountChange, AccountCreation } from '../contract/accounts.ts'
import type { Worker } from '../directory/roles.ts'
import { ServiceError } from '../errors.ts'
import type { Db, Queries } from './connection.ts'
import { isDuplicate } from './failures.ts'
import { accounts, passwordLinks, sessions } from './schema.ts'

/** Making and changing accounts: by somebody here, by the directory, by a link. */
export function accountKeeping(db: Db, now: () => Date) {
  return {
    /** @throws ServiceError `conflict` when the login or the extension is taken */
    async create({ login, ...creation }: AccountCreation): Promise<string> {
      const id = login.toLowerCase()
      await unique(() => db.insert(accounts).values({ id, login: id, ...creation, source: 'local' }))
      return id
    },

    /** A directory account keeps its name and role. @throws ServiceError `not_found`, `conflict` when the extension is taken */
    async change(id: string, { name, role, extension, phone, disabled }: AccountChange): Promise<void> {
      const disabledAt = disabled ? sql`coalesce(${accounts.disabledAt}, ${now().toISOString()}::timestamptz)` : null
      // The demonstration's phone, which cannot be named here, stays until another is.
      const rungBy = phone ?? sql`case when ${accounts.phone} = 'demo' then 'demo' end`
      const isOurs = sql`${accounts.source} = 'local'`
      const said = {
        name: sql`case when ${isOurs} then ${name} else ${accounts.name} end`,
        role: sql`case when ${isOurs} then ${role} else ${accounts.role} end`,
      }
      const { rowCount } = await unique(() =>
        db
          .update(accounts)
          .set({ ...said, extension, phone: rungBy, disabledAt })
          .where(eq(accounts.id, id)),
      )
      if (rowCount === 0) throw new ServiceError('not_found')
      if (disabled) await db.delete(sessions).where(eq(sessions.accountId, id))
    },

    /**
     * Somebody of the directory who signed in: their account, a user's where no group lets them work here.
     * @throws ServiceError `account_closed` when an account made here bears their login, disabled or not
     */
    async ofPerson(person: Named): Promise<void> {
      await save(db, person, 'user', false).catch((error: unknown) => {
        throw isDuplicate(error) ? new ServiceError('account_closed') : error
      })
    },

    /** The role that a provider's groups give, to whom the directory's give none. */
    async setProviderRole(id: string, role: Role): Promise<void> {
      const decides = or(eq(accounts.roleBy, 'provider'), eq(accounts.role, 'user'))
      await db
        .update(accounts)
        .set({ role, roleBy: 'provider' })
        .where(and(eq(accounts.id, id), eq(accounts.source, 'directory'), decides))
    },

    /** Makes accounts and roles as the directory says; its other accounts become users. */
    followDirectory: (workers: readonly Worker[]): Promise<{ changed: string[]; refusedLogins: string[] }> =>
      db.transaction(async (tx) => {
        const logins = workers.map(({ person }) => person.login?.toLowerCase() ?? person.id)
        const local = await tx
          .select({ login: accounts.login })
          .from(accounts)
          .where(and(inArray(accounts.login, logins), eq(accounts.source, 'local')))
        const refusedLogins = local.map((row) => row.login)
        const welcome = workers.filter(({ person }) => !refusedLogins.includes(person.login?.toLowerCase() ?? person.id))
        const changed: string[] = []
        for (const worker of welcome) if (await save(tx, worker.person, worker.role, true)) changed.push(worker.person.id)
        const gone = await tx
          .update(accounts)
          .set({ role: 'user' })
          .where(
            and(
              eq(accounts.source, 'directory'),
              eq(accounts.roleBy, 'directory'),
              ne(accounts.role, 'user'),
              notInArray(accounts.id, ['', ...welcome.map(({ person }) => person.id)]),
            ),
          )
          .returning({ id: accounts.id })
        return { changed: [...changed, ...gone.map((row) => row.id)], refusedLogins }
      }),

    /** Whether anybody can administer the service: outside the demonstration it begins with nobody. */
    async hasAdministrator(): Promise<boolean> {
      const can = or(eq(accounts.source, 'directory'), sql`${accounts.passwordHash} is not null`)
      const found = await db
        .select({ id: accounts.id })
        .from(accounts)
        .where(and(eq(accounts.role, 'administrator'), isNull(accounts.disabledAt), can))
        .limit(1)
      return found.length > 0
    },

    /** A link to choose a password; the one an account had before is void. @param accountId null: the first administrator's */
    async offerPassword(tokenHash: string, accountId: string | null, expiresAt: Date): Promise<void> {
      await db
        .delete(passwordLinks)
        .where(
          or(
            lt(passwordLinks.expiresAt, now()),
            accountId === null ? isNull(passwordLinks.accountId) : eq(passwordLinks.accountId, accountId),
          ),
        )
      await db.insert(passwordLinks).values({ tokenHash, accountId, expiresAt })
    },

    /** Whose link this is; null when it has served, is void, or never was. */
    async passwordLink(tokenHash: string): Promise<{ readonly login: string | null; readonly name: string | null } | null> {
      const [found] = await db
        .select({ login: accounts.login, name: accounts.name })
        .from(passwordLinks)
        .leftJoin(accounts, eq(accounts.id, passwordLinks.accountId))
        .where(and(eq(passwordLinks.tokenHash, tokenHash), gt(passwordLinks.expiresAt, now())))
      return found ?? null
    },

    /**
     * Use a link, once: the account's sessions end.
     * @param first who the first administrator is; heeded for that link alone
     * @returns whose password it is now
     * @throws ServiceError `not_found` when the link has served or is void; `conflict` when the login is taken
     */
    usePasswordLink: (
      tokenHash: string,
      passwordHash: string,
      first: { readonly login: string; readonly name: string } | null,
    ): Promise<string> =>
      db.transaction(async (tx) => {
        const [link] = await tx
          .delete(passwordLinks)
          .where(and(eq(passwordLinks.tokenHash, tokenHash), gt(passwordLinks.expiresAt, now())))
          .returning()
        if (link === undefined) throw new ServiceError('not_found')
        if (link.accountId !== null) {
          await tx.update(accounts).set({ passwordHash }).where(eq(accounts.id, link.accountId))
          await tx.delete(sessions).where(eq(sessions.accountId, link.accountId))
          return link.accountId
        }
        if (first === null) throw new ServiceError('invalid_body', 'login')
        const login = first.login.toLowerCase()
        const role: Role = 'administrator'
        await unique(() => tx.insert(accounts).values({ id: login, login, name: first.name, role, source: 'local', passwordHash }))
        return login
      }),
  }
}

type Named = Pick<Worker['person'], 'id' | 'name' | 'login'>

/** @returns whether anything changed */
async function save(tx: Queries, person: Named, role: Role, decidesRole: boolean): Promise<boolean> {
  const login = person.login?.toLowerCase() ?? person.id
  // A login may be given again to somebody else: whoever had it is told apart by their entry.
  await tx
    .update(accounts)
    .set({ login: sql`${accounts.login} || ' ' || ${accounts.id}`, disabledAt: sql`now()` })
    .where(and(eq(accounts.login, login), eq(accounts.source, 'directory'), ne(accounts.id, person.id)))
  const before = await tx
    .select({ login: accounts.login, name: accounts.name, role: accounts.role, disabledAt: accounts.disabledAt })
    .from(accounts)
    .where(eq(accounts.id, person.id))
  const wanted = {
    login,
    name: person.name,
    role: decidesRole ? role : (before[0]?.role ?? role),
    ...(decidesRole && { roleBy: 'directory' as const }),
  }
  await tx
    .insert(accounts)
    .values({ id: person.id, personId: person.id, source: 'directory', ...wanted })
    .onConflictDoUpdate({ target: accounts.id, set: wanted })
  const [was] = before
  return was === undefined || was.login !== wanted.login || was.name !== wanted.name || was.role !== wanted.role
}

async function unique<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw isDuplicate(error) ? new ServiceError('conflict') : error
  }
}
