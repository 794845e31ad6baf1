import { and, eq, inArray, isNull, ne } from 'drizzle-orm'
import type { ClockSettings } from '../contract/clocks.ts'
import type { Ticket } from '../contract/entities.ts'
import type { ClockHearers } from '../tickets/clock-news.ts'
import { isPersonOfAccount } from './account-person.ts'
import type { Queries } from './connection.ts'
import { accounts, people } from './schema.ts'
import { groups } from './schema-groups.ts'
import { peopleOf } from './ticket-saving.ts'

const addressesOf = (db: Queries, ids: readonly string[]) =>
  db
    .select({ id: accounts.id, name: accounts.name, mail: people.email })
    .from(accounts)
    .leftJoin(people, isPersonOfAccount)
    .where(and(inArray(accounts.id, [...ids]), isNull(accounts.disabledAt), ne(accounts.role, 'user')))

async function ofGroup(db: Queries, groupId: string | null): Promise<readonly (string | null)[]> {
  if (groupId === null) return []
  const [group] = await db.select({ mail: groups.mail }).from(groups).where(eq(groups.id, groupId))
  const list = group?.mail ?? null
  return list === null ? (await peopleOf(db, groupId)).map(({ mail }) => mail) : [list]
}

/**
 * Who hears of a ticket's delays by mail: its owner, else its group, by its list or each of its people; and those named in the settings who
 * still work here.
 */
export async function clockHearers(
  db: Queries,
  { owner, groupId }: Pick<Ticket, 'owner' | 'groupId'>,
  { escalateTo, escalateMailTo }: ClockSettings,
): Promise<ClockHearers> {
  const known = await addressesOf(db, [...(owner === null ? [] : [owner.id]), ...escalateTo])
  const named = escalateTo.flatMap((id) => known.find((one) => one.id === id) ?? []).map(({ name, mail }) => ({ name, mail }))
  return {
    keepers: owner === null ? await ofGroup(db, groupId) : [known.find(({ id }) => id === owner.id)?.mail ?? null],
    named: [...named, ...escalateMailTo.map((mail) => ({ name: mail, mail }))],
  }
}
