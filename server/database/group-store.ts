import { randomUUID } from 'node:crypto'
import { and, asc, desc, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm'
import type { z } from 'zod'
import type { Absence, Group, groupChange, groupCreation, GroupHistory, GroupMember } from '../contract/groups.ts'
import { ServiceError } from '../errors.ts'
import { absencesFrom } from './absence-store.ts'
import type { Db, Queries } from './connection.ts'
import { isDuplicate } from './failures.ts'
import type { GroupPhones } from '../calls/group-phones.ts'
import { accounts, people } from './schema.ts'
import { groupMembers, groups, groupVersions, type GroupVersion } from './schema-groups.ts'

type Actor = { readonly id: string; readonly name: string }
type Row = typeof groups.$inferSelect
/** A group as it is kept; whether somebody may edit it is for who asks. */
export type StoredGroup = Omit<Group, 'mayEdit'>
/** Whom a redirection reaches: the mailing list when there is one, and the people who work for the group today. */
export type GroupReach = {
  readonly id: string
  readonly name: string
  readonly mail: string | null
  /** Members who are here, and the stand-ins of those who are not. */
  readonly accountIds: readonly string[]
}

const shownVersions = 50

/** Groups, their members and every version of them. `today` is the desk's date, ISO. */
export function groupStore(db: Db, now: () => Date, today: () => string) {
  async function membersOf(groupIds: readonly string[]): Promise<ReadonlyMap<string, GroupMember[]>> {
    const rows = await db
      .select({
        groupId: groupMembers.groupId,
        part: groupMembers.part,
        id: accounts.id,
        login: accounts.login,
        name: accounts.name,
        role: accounts.role,
      })
      .from(groupMembers)
      .innerJoin(accounts, eq(accounts.id, groupMembers.accountId))
      .where(and(inArray(groupMembers.groupId, [...groupIds]), isNull(accounts.disabledAt)))
      .orderBy(accounts.name)
    const away = Map.groupBy(await absencesFrom(db, today()), (absence: Absence) => absence.accountId)
    const whole = rows.map(({ groupId, ...member }) => ({ groupId, member: { ...member, absences: away.get(member.id) ?? [] } }))
    return new Map([...Map.groupBy(whole, ({ groupId }) => groupId)].map(([id, found]) => [id, found.map(({ member }) => member)]))
  }

  async function withMembers(rows: readonly Row[]): Promise<StoredGroup[]> {
    const members = await membersOf(rows.map((row) => row.id))
    return rows.map(({ retiredAt, ...row }) => ({
      ...row,
      retiredAt: retiredAt?.toISOString() ?? null,
      members: members.get(row.id) ?? [],
    }))
  }

  async function one(id: string): Promise<StoredGroup | null> {
    const [found] = await withMembers(await db.select().from(groups).where(eq(groups.id, id)))
    return found ?? null
  }

  return {
    /** Every group, retired ones last. */
    list: async (): Promise<StoredGroup[]> =>
      withMembers(
        await db
          .select()
          .from(groups)
          .orderBy(desc(isNull(groups.retiredAt)), asc(groups.name)),
      ),

    one,

    /** The groups an account works for or keeps the list of. */
    async ofAccount(accountId: string): Promise<readonly { readonly id: string; readonly part: 'member' | 'referent' }[]> {
      return db
        .select({ id: groupMembers.groupId, part: groupMembers.part })
        .from(groupMembers)
        .innerJoin(groups, eq(groups.id, groupMembers.groupId))
        .where(and(eq(groupMembers.accountId, accountId), isNull(groups.retiredAt)))
    },

    /** Whom a redirection to this group reaches today; null when it does not exist or is retired. */
    async reach(id: string): Promise<GroupReach | null> {
      const found = await one(id)
      if (found === null || found.retiredAt !== null) return null
      const absences = await absencesFrom(db, today())
      return { id, name: found.name, mail: found.mail, accountIds: workingToday(found.members, absences, today()) }
    },

    /** Every group in use, with the telephone numbers of who works for it today. */
    /** What groups promise, retired ones too: they may still have tickets. */
    async delays(): Promise<{ id: string; hours: number }[]> {
      const rows = await db.select({ id: groups.id, hours: groups.delayHours }).from(groups).where(isNotNull(groups.delayHours))
      return rows.flatMap(({ id, hours }) => (hours === null ? [] : [{ id, hours }]))
    },

    async phones(): Promise<GroupPhones[]> {
      const rows = await db.select().from(groups).where(isNull(groups.retiredAt))
      const absences = await absencesFrom(db, today())
      const reached = (await withMembers(rows)).map(({ id, name, mail, members }) => ({
        id,
        name,
        mail,
        ids: workingToday(members, absences, today()),
      }))
      const ids = [...new Set(reached.flatMap((group) => group.ids))]
      // An account made here by hand belongs to whom the directory knows by the same login.
      const sameLogin = and(isNull(accounts.personId), eq(people.login, accounts.login))
      const found = await db
        .select({ id: accounts.id, name: accounts.name, numbers: people.phones })
        .from(accounts)
        .leftJoin(people, and(isNull(people.retiredAt), or(eq(people.id, accounts.personId), sameLogin)))
        .where(inArray(accounts.id, ids))
      const known = new Map(found.map((one) => [one.id, one]))
      return reached.map(({ ids: working, ...group }) => ({
        ...group,
        members: working.flatMap((accountId) => {
          const one = known.get(accountId)
          return one === undefined ? [] : [{ accountId, name: one.name, numbers: one.numbers ?? [] }]
        }),
      }))
    },

    /** @throws ServiceError `conflict` when the name is taken, `not_found` when a member does not exist */
    create: async (creation: z.output<typeof groupCreation>, actor: Actor): Promise<string> => {
      const { members, ...described } = creation
      const id = randomUUID()
      await named(() =>
        db.transaction(async (tx) => {
          await tx.insert(groups).values({ id, version: 1, retiredAt: null, ...described })
          await tx.insert(groupVersions).values(await versionOf(tx, id, 1, { ...described, members, retired: false }, actor))
        }),
      )
      return id
    },

    /** @throws ServiceError `not_found`; `conflict` when another change came first, or the name is taken */
    change: (id: string, change: z.output<typeof groupChange>, actor: Actor): Promise<void> =>
      named(() =>
        db.transaction(async (tx) => {
          const [before] = await tx.select().from(groups).where(eq(groups.id, id)).for('update')
          if (before === undefined) throw new ServiceError('not_found')
          const { members, retired, version, ...described } = change
          if (before.version !== version) throw new ServiceError('conflict')
          const retiredAt = retired ? (before.retiredAt ?? now()) : null
          await tx
            .update(groups)
            .set({ ...described, version: version + 1, retiredAt })
            .where(eq(groups.id, id))
          const kept = described.directoryGroup === null ? [] : await workingFor(tx, id)
          const wanted = described.directoryGroup === null ? members : [...kept, ...members.filter(({ part }) => part === 'referent')]
          await tx.insert(groupVersions).values(await versionOf(tx, id, version + 1, { ...described, members: wanted, retired }, actor))
        }),
      ),

    /** Put in place whom the directory says work for a group; those who keep its list stay. @returns whether anything changed */
    followDirectory: (id: string, accountIds: readonly string[], actor: Actor): Promise<boolean> =>
      db.transaction(async (tx) => {
        const [before] = await tx.select().from(groups).where(eq(groups.id, id)).for('update')
        if (before === undefined || before.directoryGroup === null) return false
        const there = await tx
          .select({ id: groupMembers.accountId, part: groupMembers.part })
          .from(groupMembers)
          .where(eq(groupMembers.groupId, id))
        const referents = there.filter(({ part }) => part === 'referent')
        const wanted = new Set(accountIds.filter((accountId) => referents.every((r) => r.id !== accountId)))
        if (wanted.size === there.length - referents.length && there.every((m) => m.part === 'referent' || wanted.has(m.id))) return false
        const { id: _, version, retiredAt, ...described } = before
        const members = [...referents, ...[...wanted].map((accountId) => ({ id: accountId, part: 'member' as const }))]
        await tx
          .update(groups)
          .set({ version: version + 1 })
          .where(eq(groups.id, id))
        await tx
          .insert(groupVersions)
          .values(await versionOf(tx, id, version + 1, { ...described, members, retired: retiredAt !== null }, actor))
        return true
      }),

    /** Groups whose master is a group of the directory. */
    async ofDirectory(): Promise<{ id: string; directoryGroup: string }[]> {
      const rows = await db
        .select({ id: groups.id, directoryGroup: groups.directoryGroup })
        .from(groups)
        .where(and(isNotNull(groups.directoryGroup), isNull(groups.retiredAt)))
      return rows.flatMap(({ id, directoryGroup }) => (directoryGroup === null ? [] : [{ id, directoryGroup }]))
    },

    /** The newest version first. */
    async history(id: string): Promise<GroupHistory> {
      const rows = await db
        .select()
        .from(groupVersions)
        .where(eq(groupVersions.groupId, id))
        .orderBy(desc(groupVersions.version))
        .limit(shownVersions)
      return rows.map(({ version, at, byName, value }) => ({
        version,
        at: at.toISOString(),
        by: byName,
        name: value.name,
        members: value.members.map(({ name, part }) => ({ name, part })),
      }))
    },
  }

  type Described = Omit<GroupVersion, 'members'> & {
    readonly members: readonly { readonly id: string; readonly part: 'member' | 'referent' }[]
  }

  /** Writes the members, and says the version that they are part of. */
  async function versionOf(tx: Queries, groupId: string, version: number, { members, ...described }: Described, actor: Actor) {
    const ids = [...new Set(members.map((m) => m.id))]
    const known = await tx.select({ id: accounts.id, name: accounts.name }).from(accounts).where(inArray(accounts.id, ids))
    const names = new Map(known.map((account) => [account.id, account.name]))
    if (names.size !== ids.length) throw new ServiceError('not_found')
    const parts = new Map(members.map(({ id, part }) => [id, part]))
    await tx.delete(groupMembers).where(eq(groupMembers.groupId, groupId))
    if (parts.size > 0) await tx.insert(groupMembers).values([...parts].map(([accountId, part]) => ({ groupId, accountId, part })))
    const value = { ...described, members: [...parts].map(([id, part]) => ({ id, name: names.get(id) ?? id, part })) }
    return { groupId, version, value, at: now(), byId: actor.id, byName: actor.name }
  }
}
export type GroupStore = ReturnType<typeof groupStore>

/** Members who are here, and those who stand in for the others and are here themselves. @param absences not over yet @param day ISO date */
function workingToday(members: readonly GroupMember[], absences: readonly Absence[], day: string): readonly string[] {
  const away = Map.groupBy(
    absences.filter(({ from, to }) => from <= day && day <= to),
    ({ accountId }) => accountId,
  )
  const reached = new Set(members.filter(({ part, role }) => part === 'member' && role !== 'user').map(({ id }) => id))
  // What is added meanwhile is walked too. What the shared calendar says names nobody: an absence written down for the same day may.
  for (const id of reached) for (const { standIn } of away.get(id) ?? []) if (standIn !== null) reached.add(standIn.id)
  return [...reached].filter((id) => !away.has(id))
}

async function workingFor(tx: Queries, groupId: string) {
  return tx
    .select({ id: groupMembers.accountId, part: groupMembers.part })
    .from(groupMembers)
    .where(and(eq(groupMembers.groupId, groupId), eq(groupMembers.part, 'member')))
}

/** A name that another group bears is a conflict. */
async function named<T>(save: () => Promise<T>): Promise<T> {
  try {
    return await save()
  } catch (error) {
    throw isDuplicate(error) ? new ServiceError('conflict', 'nom') : error
  }
}
