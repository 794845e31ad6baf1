import { and, asc, eq, gt, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import type { MailLanguage, MailSettings } from '../contract/mail-templates.ts'
import { mailOwed, subscriberMail, toldOf } from '../disruptions/subscriber-mails.ts'
import { mailText } from '../tickets/mail-text.ts'
import type { SecretLinks } from '../secret-links.ts'
import type { Db } from './connection.ts'
import { oweNotices } from './outbox.ts'
import { disruptionSubscribers, disruptionTold } from './schema-subscribers.ts'
import { disruptions, disruptionVersions } from './schema-disruptions.ts'
import { graceMs } from './ticket-children.ts'

export type Subscriber = { readonly id: string; readonly email: string; readonly confirmed: boolean; readonly left: boolean }
export type SubscriberWords = {
  readonly mails: MailSettings
  readonly publicUrl: string
  readonly links: SecretLinks
  readonly moment: (iso: string, language: MailLanguage) => string
}

const chunk = 500

/** Whoever is written to about disruptions, and what they were told. */
export function subscriberStore(db: Db, { now, mailDomain }: { readonly now: () => Date; readonly mailDomain: string }) {
  const there = isNull(disruptionSubscribers.leftAt)
  const read = async (id: string): Promise<Subscriber | null> => {
    const [row] = await db.select().from(disruptionSubscribers).where(eq(disruptionSubscribers.id, id))
    return row === undefined ? null : { id, email: row.email, confirmed: row.confirmedAt !== null, left: row.leftAt !== null }
  }
  return {
    find: read,

    /** How many are written to. */
    async count(): Promise<number> {
      const [row] = await db
        .select({ n: sql<number>`count(*)::int` })
        .from(disruptionSubscribers)
        .where(and(there, isNotNull(disruptionSubscribers.confirmedAt)))
      return row?.n ?? 0
    },

    /** Ask for an address: a mail goes there unless it is confirmed already. Who asks learns nothing of that. */
    ask: (email: string, language: MailLanguage, { mails, publicUrl, links }: SubscriberWords): Promise<void> =>
      db.transaction(async (tx) => {
        const at = now()
        const same = and(there, sql`lower(${disruptionSubscribers.email}) = lower(${email})`)
        await tx.insert(disruptionSubscribers).values({ id: links.newId(), email, language, askedAt: at }).onConflictDoNothing()
        const [row] = await tx.select().from(disruptionSubscribers).where(same).for('update')
        if (row === undefined || row.confirmedAt !== null) return
        await tx.update(disruptionSubscribers).set({ askedAt: at }).where(eq(disruptionSubscribers.id, row.id))
        const values = () => ({ confirm: `${links.url(row.id)}/confirmer`, link: `${publicUrl}/perturbations` })
        const mail = mailText(mails['disruption-subscribe'], mails, null, values)
        await oweNotices(tx, [{ to: row.email, ...mail }], { at, domain: mailDomain })
      }),

    async confirm(id: string): Promise<void> {
      await db
        .update(disruptionSubscribers)
        .set({ confirmedAt: sql`coalesce(${disruptionSubscribers.confirmedAt}, ${now().toISOString()}::timestamptz)` })
        .where(and(eq(disruptionSubscribers.id, id), there))
    },

    async leave(id: string): Promise<void> {
      await db
        .update(disruptionSubscribers)
        .set({ leftAt: now() })
        .where(and(eq(disruptionSubscribers.id, id), there))
    },

    /**
     * Owe the mails of one disruption whose latest version nobody was told of yet and can be taken back no more; in one transaction with
     * what was told, so that a killed service tells nobody twice.
     * @returns whether there was one
     */
    tell: ({ mails, publicUrl, links, moment }: SubscriberWords): Promise<boolean> =>
      db.transaction(async (tx) => {
        const at = now()
        const [due] = await tx
          .select({ id: disruptions.id, version: disruptions.version, said: disruptionTold.said })
          .from(disruptions)
          .leftJoin(disruptionTold, eq(disruptionTold.disruptionId, disruptions.id))
          .where(
            and(
              lte(disruptions.at, new Date(at.getTime() - graceMs)),
              sql`(${disruptionTold.judged} is null or ${disruptionTold.judged} < ${disruptions.version})`,
            ),
          )
          .orderBy(asc(disruptions.at))
          .limit(1)
          .for('update', { of: disruptions, skipLocked: true })
        if (due === undefined) return false
        const bodyOf = async (version: number) => {
          const of = and(eq(disruptionVersions.disruptionId, due.id), eq(disruptionVersions.version, version))
          const [row] = await tx.select({ body: disruptionVersions.body }).from(disruptionVersions).where(of)
          return row?.body ?? null
        }
        const stands = await bodyOf(due.version)
        const before = due.said === null ? null : await bodyOf(due.said)
        const name = stands === null ? null : mailOwed(stands, before)
        if (stands !== null && name !== null) {
          const link = `${publicUrl}/perturbations`
          const said = toldOf(stands, before)
          for (let last = ''; ; ) {
            const some = await tx
              .select({ id: disruptionSubscribers.id, email: disruptionSubscribers.email })
              .from(disruptionSubscribers)
              .where(and(there, isNotNull(disruptionSubscribers.confirmedAt), gt(disruptionSubscribers.id, last)))
              .orderBy(asc(disruptionSubscribers.id))
              .limit(chunk)
            const written = some.map(({ id, email }) => {
              const leave = `${links.url(id)}/quitter`
              const headers = { 'List-Unsubscribe': `<${leave}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
              return { to: email, headers, ...subscriberMail(name, said, { mails, link, leave, moment }) }
            })
            await oweNotices(tx, written, { at, domain: mailDomain })
            last = some.at(-1)?.id ?? ''
            if (some.length < chunk) break
          }
        }
        const values = { judged: due.version, said: name === null ? due.said : due.version, at }
        await tx
          .insert(disruptionTold)
          .values({ disruptionId: due.id, ...values })
          .onConflictDoUpdate({ target: disruptionTold.disruptionId, set: values })
        return true
      }),
  }
}
export type SubscriberStore = ReturnType<typeof subscriberStore>
