import { createHash, randomBytes } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import type { PasswordLink, PasswordOffer } from '../contract/accounts.ts'
import type { AccountStore } from '../database/account-store.ts'
import { ServiceError } from '../errors.ts'

const lastsMs = 72 * 3_600_000

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** Links that let somebody choose a password, once: the secret is in the address's fragment, which no server or log sees. */
export function createInvitations(accounts: AccountStore, settings: { readonly publicUrl: string; readonly now?: () => number }) {
  const now = settings.now ?? Date.now
  const invite = async (accountId: string | null): Promise<PasswordLink> => {
    const token = randomBytes(32).toString('base64url')
    const expiresAt = new Date(now() + lastsMs)
    await accounts.offerPassword(hashOf(token), accountId, expiresAt)
    return { url: `${settings.publicUrl}/mot-de-passe#${token}`, expiresAt: expiresAt.toISOString() }
  }
  return {
    /** A link for an account; the one it had before is void. */
    forAccount: (accountId: string): Promise<PasswordLink> => invite(accountId),

    /** Where nobody administers the service yet, a link for whoever will; null otherwise. */
    async first(): Promise<PasswordLink | null> {
      return (await accounts.hasAdministrator()) ? null : invite(null)
    },

    /** @throws ServiceError `not_found` when the link has served, is void, or never was */
    async offer(token: string): Promise<PasswordOffer> {
      const found = await accounts.passwordLink(hashOf(token))
      if (found === null) throw new ServiceError('not_found')
      return found
    },

    /** @returns whose password it is now @throws ServiceError `not_found` as `offer`; `conflict` when the first administrator's login is taken */
    async use(token: string, password: string, first: { readonly login: string; readonly name: string } | null): Promise<string> {
      // Asked before the password is hashed: a guess costs nothing.
      if ((await accounts.passwordLink(hashOf(token))) === null) throw new ServiceError('not_found')
      return accounts.usePasswordLink(hashOf(token), await hash(password), first)
    },
  }
}
export type Invitations = ReturnType<typeof createInvitations>
