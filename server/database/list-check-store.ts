import { and, desc, eq, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import type { GroupPart } from '../contract/groups.ts'
import type { KeptList, ListAnswer, ListSaid } from '../contract/list-checks.ts'
import type { MailLanguage, MailSettings } from '../contract/mail-templates.ts'
import { ServiceError } from '../errors.ts'
import { listCheckMail } from '../people/list-mail.ts'
import type { SecretLinks } from '../secret-links.ts'
import type { Db } from './connection.ts'
import type { GroupStore, StoredGroup } from './group-store.ts'
import { oweNotices } from './outbox.ts'
import { accounts, people } from './schema.ts'
import { groupMembers, groups, listChecks, listClocks } from './schema-groups.ts'

type Settings = {
  readonly now: () => Date
  readonly mailDomain: string
  readonly groups: Pick<GroupStore, 'one'>
}
/** What the mails are written with. */
export type AskingWords = {
  readonly mails: MailSettings
  readonly publicUrl: string
  readonly links: SecretLinks
  readonly days: (from: string, to: string, language: MailLanguage) => string
}
type By = { readonly id: string; readonly name: string }
/** A question, as its link shows it. `said`: the answer that was given to it, or to the same question by somebody else. */
export type ListQuestion = {
  readonly id: string
  readonly at: string
  readonly group: StoredGroup
  readonly asked: By
  readonly said: ListSaid | null
}

const monthDays = 30
const isReferent = eq(groupMembers.part, 'referent' satisfies GroupPart)
const worksHere = and(isNull(accounts.disabledAt), ne(accounts.role, 'user'))

/** Whether lists are still right: who was asked, and what they said. */
export function listCheckStore(db: Db, { now, mailDomain, groups: ofGroups }: Settings) {
  const saidOf = (row: typeof listChecks.$inferSelect, version: number): ListSaid | null =>
    row.answer === null || row.answeredAt === null
      ? null
      : {
          answer: row.answer,
          at: row.answeredAt.toISOString(),
          by: row.byName ?? '',
          note: row.note,
          over: row.answer === 'wrong' && version > row.version,
        }

  /** Every question that waits about a list has its answer. */
  const settle = (groupId: string, version: number, answer: ListAnswer, note: string, by: By, ownId: string | null, newId: string) =>
    db.transaction(async (tx) => {
      const at = now()
      const [there] = await tx.select({ id: groups.id }).from(groups).where(eq(groups.id, groupId)).for('update')
      if (there === undefined) throw new ServiceError('not_found')
      const given = { answeredAt: at, answer, note, byId: by.id, byName: by.name, version }
      const open = and(eq(listChecks.groupId, groupId), isNull(listChecks.answeredAt))
      const settled = await tx.update(listChecks).set(given).where(open)
      if (ownId !== null && settled.rowCount === 0) throw new ServiceError('conflict')
      if (settled.rowCount === 0) await tx.insert(listChecks).values({ id: newId, groupId, at, accountId: null, ...given })
      await tx.insert(listClocks).values({ groupId, at }).onConflictDoUpdate({ target: listClocks.groupId, set: { at } })
    })

  return {
    /**
     * Ask about every list that nobody has looked at for a month: neither asked about, nor answered, nor changed. Each in its own
     * transaction with its mails.
     * @returns of how many lists
     */
    async askDue(words: AskingWords): Promise<number> {
      const month = new Date(now().getTime() - monthDays * 86_400_000)
      await db.execute(
        sql`insert into list_clocks (group_id, at) select id, ${now().toISOString()}::timestamptz from groups on conflict do nothing`,
      )
      const looked = sql`greatest(${listClocks.at}, (select max(v.at) from group_versions v where v.group_id = ${groups.id}))`
      const due = await db
        .select({ id: groups.id })
        .from(groups)
        .innerJoin(listClocks, eq(listClocks.groupId, groups.id))
        .where(
          and(
            isNull(groups.retiredAt),
            isNull(groups.directoryGroup),
            sql`${looked} <= ${month.toISOString()}::timestamptz`,
            sql`exists (select 1 from group_members m join accounts a on a.id = m.account_id where m.group_id = ${groups.id} and m.part = 'referent' and a.disabled_at is null and a.role <> 'user')`,
          ),
        )
        .orderBy(groups.id)
      let asked = 0
      for (const { id } of due) if (await this.ask(id, words, month)) asked += 1
      return asked
    },

    /** @param unlessSince not when it was asked about since */
    async ask(groupId: string, { mails, publicUrl, links, days }: AskingWords, unlessSince: Date): Promise<boolean> {
      const group = await ofGroups.one(groupId)
      if (group === null) return false
      return db.transaction(async (tx) => {
        const at = now()
        const [clock] = await tx.select().from(listClocks).where(eq(listClocks.groupId, groupId)).for('update')
        if (clock === undefined || clock.at > unlessSince) return false
        await tx.update(listClocks).set({ at }).where(eq(listClocks.groupId, groupId))
        const asked = await tx
          .select({ id: accounts.id, email: people.email })
          .from(groupMembers)
          .innerJoin(accounts, eq(accounts.id, groupMembers.accountId))
          // An account made here by hand belongs to whom the directory knows by the same login.
          .leftJoin(
            people,
            and(
              isNull(people.retiredAt),
              sql`(${people.id} = ${accounts.personId} or (${accounts.personId} is null and ${people.login} = ${accounts.login}))`,
            ),
          )
          .where(and(eq(groupMembers.groupId, groupId), isReferent, worksHere))
        const each = [...new Map(asked.map((one) => [one.id, one])).values()].map((one) => ({ ...one, check: links.newId() }))
        if (each.length === 0) return false
        await tx.insert(listChecks).values(each.map(({ id, check }) => ({ id: check, groupId, version: group.version, at, accountId: id })))
        const written = each.flatMap(({ email, check }) =>
          email === null
            ? []
            : [
                {
                  to: email,
                  ...listCheckMail(group, { mails, url: links.url(check), link: `${publicUrl}/console/groupes/${groupId}`, days }),
                },
              ],
        )
        await oweNotices(tx, written, { at, domain: mailDomain })
        return true
      })
    },

    /** @returns null for one that does not exist, or about a group that is gone, or to somebody who keeps that list no longer */
    async question(id: string): Promise<ListQuestion | null> {
      const [row] = await db
        .select({ check: listChecks, name: accounts.name })
        .from(listChecks)
        .innerJoin(accounts, and(eq(accounts.id, listChecks.accountId), worksHere))
        .innerJoin(groupMembers, and(eq(groupMembers.groupId, listChecks.groupId), eq(groupMembers.accountId, accounts.id), isReferent))
        .where(eq(listChecks.id, id))
      const group = row === undefined ? null : await ofGroups.one(row.check.groupId)
      if (row === undefined || group === null || group.retiredAt !== null) return null
      const { check, name } = row
      return { id, at: check.at.toISOString(), group, asked: { id: check.accountId ?? '', name }, said: saidOf(check, group.version) }
    },

    /** By the link of a mail. @throws ServiceError `conflict` when it was answered meanwhile */
    answer: ({ id, group, asked }: ListQuestion, answer: ListAnswer, note: string): Promise<void> =>
      settle(group.id, group.version, answer, note, asked, id, id),

    /** In the console, asked or not. @throws ServiceError `not_found` */
    say: (group: Pick<StoredGroup, 'id' | 'version'>, answer: ListAnswer, note: string, by: By, newId: string): Promise<void> =>
      settle(group.id, group.version, answer, note, by, null, newId),

    /** What was last said of some groups' lists, and since when an answer is waited for. */
    async standing(of: readonly Pick<StoredGroup, 'id' | 'version'>[]): Promise<ReadonlyMap<string, Pick<KeptList, 'said' | 'askedAt'>>> {
      if (of.length === 0) return new Map()
      const about = inArray(
        listChecks.groupId,
        of.map(({ id }) => id),
      )
      const [said, asked] = await Promise.all([
        db
          .selectDistinctOn([listChecks.groupId])
          .from(listChecks)
          .where(and(about, isNotNull(listChecks.answeredAt)))
          .orderBy(listChecks.groupId, desc(listChecks.answeredAt)),
        db
          .select({ id: listChecks.groupId, at: sql<string>`min(${listChecks.at})` })
          .from(listChecks)
          .where(and(about, isNull(listChecks.answeredAt)))
          .groupBy(listChecks.groupId),
      ])
      const answers = new Map(said.map((row) => [row.groupId, row]))
      const since = new Map(asked.map((row) => [row.id, new Date(row.at).toISOString()]))
      return new Map(
        of.map(({ id, version }) => {
          const row = answers.get(id)
          return [id, { said: row === undefined ? null : saidOf(row, version), askedAt: since.get(id) ?? null }]
        }),
      )
    },
  }
}
export type ListCheckStore = ReturnType<typeof listCheckStore>
