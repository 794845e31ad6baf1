import { hash, verify } from '@node-rs/argon2'
import type { OwnSession } from '../contract/accounts.ts'
import type { Session } from '../contract/http.ts'
import type { Account, AccountStore } from '../database/account-store.ts'
import type { KnownPerson } from '../directory/ports.ts'
import type { Provider } from './sign-in.ts'
import { ServiceError } from '../errors.ts'
import { sessionCookie, sessionHours } from './session-cookie.ts'
import { createSignInGuard } from './sign-in-guard.ts'

/** How long a session seen in the database is believed without asking again. */
const freshMs = 5_000
/** How long a known session waits for a slow PostgreSQL before it is believed. */
const patienceMs = 250
/** After PostgreSQL was found away, known sessions do not wait for it at all. */
const awayMs = 2_000
const cachedAtMost = 5_000
/** How precisely its owner is told when a session was last seen. */
const seenEveryMs = 60_000

type Seen = { readonly session: Session; readonly expiresAt: number; readonly checkedAt: number }

export type SignInFrom = { readonly address: string; readonly cookie: string | undefined; readonly browser: string | undefined }
/** The directory's part in signing in. */
export interface DirectorySignIn {
  /** Null when this is nobody's login and password. @throws Error when the directory does not answer */
  signIn(login: string, password: string): Promise<KnownPerson | null>
}

export type Sessions = {
  /**
   * Whose login and password these are, ours or the directory's.
   * @throws ServiceError `bad_credentials`, `too_many_attempts`, `database_away`, `directory_away` when only the directory could say,
   *   `account_closed` when the account made here that bears this login is disabled, and the password is the directory's
   */
  check(login: string, password: string, from: SignInFrom): Promise<Account>
  /** Open a new session, the one the browser had is closed. @returns who is signed in, and the `Set-Cookie` to send */
  open(account: Account, from: SignInFrom, provider: Provider | null): Promise<{ session: Session; setCookie: string }>
  /** Whether this account has a password, here or in the directory. */
  hasPassword(session: Session): Promise<boolean>
  /** Whoever has a password gives it again, before something is taken away. @throws ServiceError as {@link check} */
  prove(session: Session, password: string, from: SignInFrom): Promise<void>
  /** Where somebody is signed in; `cookieHeader` tells which one asks. */
  list(accountId: string, cookieHeader: string | undefined): Promise<OwnSession[]>
  /** End one of one's own sessions. @throws ServiceError `not_found` */
  end(accountId: string, id: string): Promise<void>
  /** @throws ServiceError `bad_credentials`, `too_many_attempts`; `conflict` for an account of the directory */
  changePassword(session: Session, current: string, password: string, from: SignInFrom): Promise<void>
  /** What is believed of an account without asking is forgotten: its role, or its sessions, have changed. */
  forget(accountId: string): void
  /** @returns the `Set-Cookie` that clears the browser's, and who had vouched for the session */
  signOut(cookieHeader: string | undefined): Promise<{ readonly setCookie: string; readonly provider: Provider | null }>
  /**
   * Who a `Cookie` header stands for; null when nobody. A session already seen goes on while PostgreSQL is away.
   * @throws ServiceError `database_away` for a session not seen yet
   */
  authenticate(cookieHeader: string | undefined): Promise<Session | null>
}

/** Sign-in and sessions, kept in PostgreSQL. @param settings.now in ms */
export function createSessions(
  accounts: AccountStore,
  settings: {
    readonly publicUrl: string
    readonly demo: boolean
    readonly now?: () => number
    readonly directory?: DirectorySignIn
    /** Sessions of this account have ended, or its role has changed. */
    readonly onChange?: (accountId: string) => void
  },
): Sessions {
  const now = settings.now ?? Date.now
  const cookie = sessionCookie(settings.publicUrl.startsWith('https:'))
  const guard = createSignInGuard(now)
  const seen = new Map<string, Seen>()
  let awayUntil = 0
  // Compared with when the login is unknown, so that the answer takes as long.
  const nobodysHash = hash('no account has this password')

  const sessionOf = ({ id, login, name, role, extension }: Account): Session => ({ id, login, name, role, extension, demo: settings.demo })

  function remember(idHash: string, session: Session, expiresAt: number): Session {
    const [oldest] = seen.keys()
    if (seen.size >= cachedAtMost && oldest !== undefined) seen.delete(oldest)
    seen.set(idHash, { session, expiresAt, checkedAt: now() })
    return session
  }

  async function ask(idHash: string): Promise<Session | null> {
    const found = await accounts.findSession(idHash)
    if (found !== null && found.expiresAt.getTime() > now()) {
      if (now() - found.seenAt.getTime() > seenEveryMs) void accounts.seenSession(idHash).catch(() => undefined)
      return remember(idHash, sessionOf(found.account), found.expiresAt.getTime())
    }
    seen.delete(idHash)
    return null
  }

  /** Ask again, and believe what was seen when the answer is late or the database away. */
  function askWithPatience(idHash: string, last: Seen): Promise<Session | null> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => resolve(last.session), patienceMs)
      ask(idHash)
        .then(resolve, (error: unknown) => {
          if (!(error instanceof ServiceError && error.code === 'database_away')) return reject(error)
          awayUntil = now() + awayMs
          resolve(last.session)
        })
        .finally(() => clearTimeout(late))
    })
  }

  /** An account made here has its password here, and nowhere else. */
  async function whoHas(login: string, password: string): Promise<Account | null> {
    const account = await accounts.forSignIn(login)
    const { directory } = settings
    if (directory === undefined || account?.source === 'local') {
      const right = await verify(account?.passwordHash ?? (await nobodysHash), password)
      return account !== null && account.passwordHash !== null && right ? account : null
    }
    const person = await directory.signIn(login, password).catch(() => {
      throw new ServiceError('directory_away')
    })
    if (person === null) return null
    await accounts.ofPerson(person)
    return accounts.forSignIn(person.login ?? person.id)
  }

  function changed(accountId: string): void {
    for (const [idHash, { session }] of seen) if (session.id === accountId) seen.delete(idHash)
    settings.onChange?.(accountId)
  }

  async function check(login: string, password: string, from: SignInFrom): Promise<Account> {
    guard.begin(login, from.address)
    const account = await whoHas(login, password)
    if (account === null) throw new ServiceError('bad_credentials')
    guard.succeeded(login, from.address)
    return account
  }

  async function hasPassword({ login }: Session): Promise<boolean> {
    const account = await accounts.forSignIn(login)
    return account !== null && (account.passwordHash !== null || (account.source === 'directory' && settings.directory !== undefined))
  }

  async function close(cookieHeader: string | undefined): Promise<Provider | null> {
    const idHash = cookie.read(cookieHeader)
    if (idHash === null) return null
    const provider = await accounts.closeSession(idHash)
    seen.delete(idHash)
    return (provider ?? null) as Provider | null
  }

  return {
    check,
    hasPassword,

    async prove(session, password, from) {
      if (!(await hasPassword(session))) return
      const { id } = await check(session.login, password, from)
      if (id !== session.id) throw new ServiceError('bad_credentials')
    },

    async open(account, from, provider) {
      await close(from.cookie)
      const { token, idHash } = cookie.create()
      const expiresAt = now() + sessionHours * 3_600_000
      await accounts.openSession(idHash, account.id, new Date(expiresAt), {
        address: from.address,
        browser: from.browser?.slice(0, 300) ?? null,
        provider,
      })
      return { session: remember(idHash, sessionOf(account), expiresAt), setCookie: cookie.give(token) }
    },

    async list(accountId, cookieHeader) {
      const current = cookie.read(cookieHeader)
      const rows = await accounts.sessionsOf(accountId)
      return rows.map(({ id, idHash, createdAt, seenAt, address, browser }) => ({
        id,
        current: idHash === current,
        since: createdAt.toISOString(),
        lastSeen: seenAt.toISOString(),
        address,
        browser,
      }))
    },

    async end(accountId, id) {
      if ((await accounts.endSession(accountId, id)) === null) throw new ServiceError('not_found')
      changed(accountId)
    },

    async changePassword({ id, login }, current, password, from) {
      guard.begin(login, from.address)
      const account = await accounts.forSignIn(login)
      if (account === null || account.passwordHash === null) throw new ServiceError('conflict')
      if (!(await verify(account.passwordHash, current))) throw new ServiceError('bad_credentials')
      guard.succeeded(login, from.address)
      await accounts.changePassword(id, await hash(password), cookie.read(from.cookie) ?? '')
      changed(id)
    },

    forget: changed,

    async signOut(cookieHeader) {
      return { provider: await close(cookieHeader), setCookie: cookie.clear() }
    },

    async authenticate(cookieHeader) {
      const idHash = cookie.read(cookieHeader)
      if (idHash === null) return null
      const last = seen.get(idHash)
      if (last !== undefined && last.expiresAt <= now()) seen.delete(idHash)
      const usable = last !== undefined && last.expiresAt > now() ? last : undefined
      if (usable === undefined) return ask(idHash)
      if (now() - usable.checkedAt < freshMs || now() < awayUntil) return usable.session
      return askWithPatience(idHash, usable)
    },
  }
}
