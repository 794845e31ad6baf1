import type { Role } from '../contract/entities.ts'
import type { DirectorySettings } from '../contract/settings.ts'
import type { Account, AccountStore } from '../database/account-store.ts'
import type { PeopleStore } from '../database/people-store.ts'
import { ServiceError } from '../errors.ts'

/** Somebody for whom a provider of identities vouches. @property groups null: it says nothing of them here */
export type Vouched = {
  readonly kind: 'oidc' | 'cas'
  readonly subject: string
  readonly login: string
  readonly name: string
  readonly groups: readonly string[] | null
}

/** `cn=guichet,ou=groups,dc=univ` and `/guichet` are both `guichet`. */
const shortName = (group: string) =>
  group
    .trim()
    .replace(/^\//, '')
    .replace(/^cn=([^,]+),.*$/i, '$1')
    .toLowerCase()

/** The role that somebody's groups give, by the directory's rules; the first line that holds decides. Groups by their whole name, or its own part. */
export function roleOfGroups(rules: DirectorySettings['roles'], groups: readonly string[]): Role {
  const whole = new Set(groups.map((group) => group.trim().toLowerCase()))
  const short = new Set(groups.map(shortName))
  return rules.find(({ group }) => whole.has(group.trim().toLowerCase()) || short.has(shortName(group)))?.role ?? 'user'
}

/**
 * The account of somebody for whom a provider vouches: the directory's person of that login, or somebody known by the provider alone.
 * @param parts.onChange an account was made, or its role has changed
 */
export function createVouching(parts: {
  readonly accounts: Pick<AccountStore, 'forSignIn' | 'ofPerson' | 'byId' | 'setProviderRole'>
  readonly people: Pick<PeopleStore, 'byLogin'>
  readonly rules: () => DirectorySettings['roles']
  readonly onChange: (accountId: string) => void
}) {
  const { accounts, people } = parts
  /**
   * @throws ServiceError `login_here` when an account made here bears this login: its password is here; `account_closed` when the account is
   *   disabled
   */
  return async function accountOf({ kind, subject, login, name, groups }: Vouched): Promise<Account> {
    if ((await accounts.forSignIn(login))?.source === 'local') throw new ServiceError('login_here')
    const known = await people.byLogin(login)
    const person = { id: known?.id ?? `${kind}:${subject}`, name: known?.name ?? name.slice(0, 200), login: login.toLowerCase() }
    const before = await accounts.byId(person.id)
    await accounts.ofPerson(person)
    if (groups !== null) await accounts.setProviderRole(person.id, roleOfGroups(parts.rules(), groups))
    const account = await accounts.byId(person.id)
    if (account === null) throw new ServiceError('account_closed')
    if (before?.role !== account.role) parts.onChange(account.id)
    return account
  }
}
export type Vouching = ReturnType<typeof createVouching>
