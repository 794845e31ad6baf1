import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { IndicatorMail, IndicatorMailSettings } from '../contract/indicator-mails.ts'
import { ServiceError } from '../errors.ts'
import { nextSending } from '../indicators/schedule.ts'
import type { Db } from './connection.ts'

type Row = Omit<IndicatorMail, 'nextAt' | 'lastAt'> & { readonly nextAt: Date | string; readonly lastAt: Date | string | null }
const columns = sql`id, name, every, hour, addresses, language, paused, entity_id as "entityId", next_at as "nextAt", last_at as "lastAt", by_name as "by"`
const shown = ({ nextAt, lastAt, ...row }: Row): IndicatorMail => ({
  ...row,
  nextAt: new Date(nextAt).toISOString(),
  lastAt: lastAt === null ? null : new Date(lastAt).toISOString(),
})
const list = (addresses: readonly string[]) =>
  sql`array[${sql.join(
    addresses.map((one) => sql`${one}`),
    sql`, `,
  )}]::text[]`

/** Who ordered a mail; whose right to its entity is looked at anew whenever it goes out. */
type Orderer = { readonly id: string; readonly name: string }
export type DueMail = IndicatorMail & { readonly byId: string | null }

/** Which indicators go out by mail, and when. */
export function indicatorMailStore(db: Db, settings: { readonly timeZone: string; readonly mailDomain: string; readonly now: () => Date }) {
  const next = (of: IndicatorMailSettings) => new Date(nextSending(of, settings.now().getTime(), settings.timeZone)).toISOString()
  const rows = async (query: ReturnType<typeof sql>) => (await db.execute<Row>(query)).rows.map(shown)
  const one = async (query: ReturnType<typeof sql>) => {
    const [found] = await rows(query)
    if (found === undefined) throw new ServiceError('not_found')
    return found
  }
  return {
    /** @param entities those of these entities alone; null: all of them */
    all: (entities: readonly string[] | null = null) =>
      rows(sql`select ${columns} from indicator_mails where removed_at is null
        and ${entities === null ? sql`true` : sql`entity_id = any (${list(entities)})`} order by name, id`),

    /** @throws ServiceError `not_found` */
    one: (id: string) => one(sql`select ${columns} from indicator_mails where id = ${id} and removed_at is null`),

    add: (of: IndicatorMailSettings, by: Orderer) =>
      one(sql`
        insert into indicator_mails (id, name, every, hour, addresses, language, paused, entity_id, next_at, changed_at, by_name, by_id)
        values (${randomUUID()}, ${of.name}, ${of.every}, ${of.hour}, ${list(of.addresses)}, ${of.language}, ${of.paused}, ${of.entityId},
          ${next(of)}::timestamptz, ${settings.now().toISOString()}::timestamptz, ${by.name}, ${by.id})
        returning ${columns}`),

    /** @throws ServiceError `not_found` */
    change: (id: string, of: IndicatorMailSettings, by: Orderer) =>
      one(sql`
        update indicator_mails set name = ${of.name}, every = ${of.every}, hour = ${of.hour}, addresses = ${list(of.addresses)},
          language = ${of.language}, paused = ${of.paused}, entity_id = ${of.entityId}, next_at = ${next(of)}::timestamptz,
          by_name = ${by.name}, by_id = ${by.id},
          changed_at = ${settings.now().toISOString()}::timestamptz
        where id = ${id} and removed_at is null returning ${columns}`),

    /** @throws ServiceError `not_found` */
    async remove(id: string, by: string): Promise<void> {
      await one(sql`
        update indicator_mails set removed_at = ${settings.now().toISOString()}::timestamptz, removed_by = ${by}
        where id = ${id} and removed_at is null returning ${columns}`)
    },

    /** Those that are due by now. */
    due: (): Promise<DueMail[]> =>
      rows(sql`
        select ${columns}, by_id as "byId" from indicator_mails
        where removed_at is null and not paused and next_at <= ${settings.now().toISOString()}::timestamptz order by next_at limit 20`) as Promise<
        DueMail[]
      >,

    /** Sent no more until somebody who may orders it again. */
    async pause(mail: IndicatorMail): Promise<void> {
      await db.execute(sql`update indicator_mails set paused = true where id = ${mail.id} and next_at = ${mail.nextAt}::timestamptz`)
    },

    /** Owe one's mails and move it on, both or neither; false when another process or a change came first. */
    async send(mail: IndicatorMail, { subject, text }: { readonly subject: string; readonly text: string }): Promise<boolean> {
      const at = settings.now().toISOString()
      return db.transaction(async (tx) => {
        const moved = await tx.execute(sql`
          update indicator_mails set next_at = ${next(mail)}::timestamptz, last_at = ${at}::timestamptz
          where id = ${mail.id} and next_at = ${mail.nextAt}::timestamptz and removed_at is null and not paused returning id`)
        if (moved.rows.length === 0) return false
        for (const address of mail.addresses) {
          const id = randomUUID()
          await tx.execute(sql`
            insert into outbox (id, at, to_address, subject, text, message_id, next_attempt_at)
            values (${id}, ${at}::timestamptz, ${address}, ${subject}, ${text}, ${`<${id}@${settings.mailDomain}>`}, ${at}::timestamptz)`)
        }
        return true
      })
    },
  }
}
export type IndicatorMailStore = ReturnType<typeof indicatorMailStore>
