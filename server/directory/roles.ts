import { AndFilter, EqualityFilter, OrFilter } from 'ldapts'
import type { Role } from '../contract/entities.ts'
import type { DirectorySettings } from '../contract/settings.ts'
import type { LdapConnection } from './connection.ts'
import { personOf, values, wantedAttributes } from './entry.ts'
import { peopleFilter } from './filters.ts'
import type { KnownPerson } from './ports.ts'

/** Somebody whom the directory's groups let work here. */
export type Worker = { readonly person: KnownPerson; readonly role: Role }

export interface AccountKeeper {
  /** Makes these accounts and their roles as said; directory accounts that are not among them become users. */
  followDirectory(workers: readonly Worker[]): Promise<{ readonly changed: readonly string[]; readonly refusedLogins: readonly string[] }>
}
export interface GroupKeeper {
  /** Groups whose master is a group of the directory. */
  ofDirectory(): Promise<readonly { readonly id: string; readonly directoryGroup: string }[]>
  followDirectory(id: string, accountIds: readonly string[], by: { readonly id: string; readonly name: string }): Promise<boolean>
}

const directory = { id: 'directory', name: 'Annuaire' }

/**
 * The people of one group of the directory, by `member`, `uniqueMember` or `memberUid`; groups within groups are not followed.
 * @throws Error when the group does not exist: a name mistyped, or a right withdrawn, must not take everybody's role away.
 */
async function membersOf(connection: LdapConnection, groupDn: string, mapping: DirectorySettings): Promise<KnownPerson[]> {
  const group = await connection.entry(groupDn, ['member', 'uniqueMember', 'memberUid'])
  if (group === null) throw new Error(`le groupe ${groupDn} n’existe pas dans l’annuaire`)
  const wanted = wantedAttributes(mapping)
  const entries = []
  for (const dn of [...values(group, 'member'), ...values(group, 'uniqueMember')]) entries.push(await connection.entry(dn, wanted))
  for (const login of values(group, 'memberUid')) {
    const isThem = new AndFilter({ filters: [peopleFilter(), new EqualityFilter({ attribute: mapping.login, value: login })] })
    entries.push((await connection.search(isThem, wanted, 2))[0] ?? null)
  }
  return entries.flatMap((entry) => (entry === null ? [] : (personOf(entry, mapping) ?? [])))
}

/** Which of these groups somebody is in, and which the directory does not know. @throws Error when it does not answer */
export async function heldGroups(
  connection: LdapConnection,
  who: { readonly dn: string; readonly login: string },
  groups: readonly string[],
): Promise<{ readonly held: readonly string[]; readonly missing: readonly string[] }> {
  const isIn = new OrFilter({
    filters: [
      new EqualityFilter({ attribute: 'member', value: who.dn }),
      new EqualityFilter({ attribute: 'uniqueMember', value: who.dn }),
      new EqualityFilter({ attribute: 'memberUid', value: who.login }),
    ],
  })
  const held: string[] = []
  const missing: string[] = []
  for (const group of groups) {
    if ((await connection.entry(group, ['cn'], isIn)) !== null) held.push(group)
    else if ((await connection.entry(group, ['cn'])) === null) missing.push(group)
  }
  return { held, missing }
}

/**
 * Roles and members of groups, as the directory's groups say. Everything is read before anything is changed.
 * @returns the accounts whose role or name changed, logins that an account made here bears already, how many people have a role
 */
export async function followRoles(
  connection: LdapConnection,
  mapping: DirectorySettings,
  keepers: { readonly accounts: AccountKeeper; readonly groups: GroupKeeper },
): Promise<{
  readonly changed: readonly string[]
  readonly refusedLogins: readonly string[]
  readonly groupsChanged: boolean
  readonly workers: number
}> {
  const workers = new Map<string, Worker>()
  const note = (person: KnownPerson, role: Role) => {
    if (!workers.has(person.id)) workers.set(person.id, { person, role })
  }
  for (const { group, role } of mapping.roles) for (const person of await membersOf(connection, group, mapping)) note(person, role)
  const lists = []
  for (const { id, directoryGroup } of await keepers.groups.ofDirectory()) {
    const members = await membersOf(connection, directoryGroup, mapping)
    for (const person of members) note(person, 'level2')
    lists.push({ id, members })
  }
  const accounts = await keepers.accounts.followDirectory([...workers.values()])
  let groupsChanged = false
  for (const { id, members } of lists) {
    const there = members.filter((person) => person.login === null || !accounts.refusedLogins.includes(person.login.toLowerCase()))
    groupsChanged =
      (await keepers.groups.followDirectory(
        id,
        there.map((person) => person.id),
        directory,
      )) || groupsChanged
  }
  return { ...accounts, groupsChanged, workers: workers.size }
}
