import { hash, verify } from '@node-rs/argon2'
import type { Session } from '../contract/http.ts'
import type { Account, AccountStore } from '../database/account-store.ts'
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

type Seen = { readonly session: Session; readonly expiresAt: number; readonly checkedAt: number }

export type Sessions = {
  /**
   * Check a password and open a new session; the one the browser had is closed.
   * @returns who signed in, and the `Set-Cookie` to send
   * @throws ServiceError `bad_credentials`, `too_many_attempts`, `database_away`
   */
  signIn(
    login: string,
    password: string,
    from: { readonly address: string; readonly cookie: string | undefined },
  ): Promise<{ session: Session; setCookie: string }>
  /** @returns the `Set-Cookie` that clears the browser's */
  signOut(cookieHeader: string | undefined): Promise<string>
  /**
   * Who a `Cookie` header stands for; null when nobody. A session already seen goes on while PostgreSQL is away.
   * @throws ServiceError `database_away` for a session not seen yet
   */
  authenticate(cookieHeader: string | undefined): Promise<Session | null>
}

/** Sign-in and sessions, kept in PostgreSQL. @param settings.now in ms */
export function createSessions(
  accounts: AccountStore,
  settings: { readonly publicUrl: string; readonly demo: boolean; readonly now?: () => number },
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
    if (found !== null && found.expiresAt.getTime() > now()) return remember(idHash, sessionOf(found.account), found.expiresAt.getTime())
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

  async function close(cookieHeader: string | undefined): Promise<void> {
    const idHash = cookie.read(cookieHeader)
    if (idHash === null) return
    await accounts.closeSession(idHash)
    seen.delete(idHash)
  }

  return {
    async signIn(login, password, from) {
      guard.begin(login, from.address)
      const account = await accounts.forSignIn(login)
      const right = await verify(account?.passwordHash ?? (await nobodysHash), password)
      if (account === null || account.passwordHash === null || !right) throw new ServiceError('bad_credentials')
      guard.succeeded(login, from.address)
      await close(from.cookie)
      const { token, idHash } = cookie.create()
      const expiresAt = now() + sessionHours * 3_600_000
      await accounts.openSession(idHash, account.id, new Date(expiresAt))
      return { session: remember(idHash, sessionOf(account), expiresAt), setCookie: cookie.give(token) }
    },

    async signOut(cookieHeader) {
      await close(cookieHeader)
      return cookie.clear()
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
