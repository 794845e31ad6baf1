import { randomUUID } from 'node:crypto'
import { and, desc, eq, gt, gte, inArray, isNotNull, lte, ne, or, sql } from 'drizzle-orm'
import type { Ticket } from '../contract/entities.ts'
import type { MailReach, MailSending } from '../contract/http.ts'
import { ServiceError } from '../errors.ts'
import type { MailThreads } from '../mail-threads.ts'
import { type Invitation, invitationOf } from '../mail/invitation.ts'
import type { TicketMail } from '../tickets/model.ts'
import { withoutCode } from '../people/identity.ts'
import { englishMark } from '../tickets/mail-text.ts'
import { isUuid } from '../uuid.ts'
import { isPersonOfAccount } from './account-person.ts'
import type { Queries } from './connection.ts'
import { hastenMails } from './outbox-store.ts'
import { accounts, outbox, people, tickets, type MailState } from './schema.ts'

export type OwedMail = {
  readonly id: string
  readonly at: Date
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly state: MailState
  readonly problem: string | null
  readonly ticketNumber: number | null
  readonly settledBy: string | null
  readonly settledAt: Date | null
}

/** How long somebody who looks at the page has to read there what a mail would say. */
const unreadMs = 120_000

/** What an answer to a mail of staff becomes. */
const answerSays = {
  fr: 'Répondre à ce courriel ajoute une note interne au ticket ; pour que l’usager vous lise, commencez par une ligne « #public ».',
  en: 'Answering this mail adds an internal note to the ticket; for the requester to read you, begin with a line “#public”.',
}
const between = `\n\n${englishMark}\n\n`
/** At the end of each language's text. @param text in French, or with English below */
const answerable = (text: string): string =>
  text
    .split(between)
    .map((side, i) => `${side}\n\n${i === 0 ? answerSays.fr : answerSays.en}`)
    .join(between)
/** What comes before the reference by which an answer is recognised. */
const referred = '\n\n-- \nRéf. '
/** What the page says as well, to whoever has it before them. */
const onPage: readonly TicketMail['kind'][] = ['progress', 'passed-on', 'put-aside']
const forStaff: readonly TicketMail['kind'][] = ['redirected', 'mentioned', 'delay-near', 'delay-over', 'visit-staff']

/**
 * Owe mails about a ticket; called in the transaction that decides them, so that neither exists without the other.
 * @param threads signs what an answer is recognised by @param answerable answers are read here: the text bears its reference too
 */
export async function oweMails(
  db: Queries,
  mails: readonly TicketMail[],
  about: {
    ticketId: string
    number: number
    at: Date
    notBefore?: Date
    threads: MailThreads
    answerable: boolean
    /** Whom invitations come from. */
    sender: { readonly name: string; readonly mail: string }
    /** The requester looks at the page: word of progress waits, and is not sent when it is read there. */
    readerHere: boolean
  },
): Promise<void> {
  if (mails.length === 0) return
  await db.insert(outbox).values(
    mails.map(({ kind, to, subject, text, event }) => {
      const id = randomUUID()
      return {
        id,
        at: about.at,
        nextAttemptAt: about.readerHere && onPage.includes(kind) ? new Date(about.at.getTime() + unreadMs) : (about.notBefore ?? about.at),
        unlessRead: about.readerHere && onPage.includes(kind),
        ticketId: about.ticketId,
        kind,
        to,
        subject,
        text: about.answerable
          ? `${forStaff.includes(kind) ? answerable(text) : text}${referred}${about.threads.reference(about.number)}`
          : text,
        messageId: about.threads.messageId(about.number, id),
        headers: { References: about.threads.root(about.number), 'In-Reply-To': about.threads.root(about.number) },
        calendar: event === undefined ? null : invitationOf(event, { ...about.sender, at: about.at }),
      }
    }),
  )
}

/** Whether a ticket's requester was written to since a moment and none of it has left, or it came back. */
export async function isUnreached(db: Queries, { id, requester }: Pick<Ticket, 'id' | 'requester'>, since: string): Promise<boolean> {
  const [row] = await db
    .select({
      owed: sql<number>`count(*)::int`,
      left: sql<number>`(count(*) filter (where ${outbox.state} in ('sent', 'uncertain')))::int`,
    })
    .from(outbox)
    .where(and(eq(outbox.ticketId, id), gte(outbox.at, new Date(since)), sql`lower(${outbox.to}) = lower(${requester.email})`))
  return row !== undefined && row.owed > 0 && row.left === 0
}

/**
 * Mails about a ticket that its requester's address did not receive, taken out of what is to be settled: that address is not the one any more. The
 * oldest first.
 */
export async function takeUnreached(db: Queries, { id, requester }: Pick<Ticket, 'id' | 'requester'>) {
  const taken = await db
    .delete(outbox)
    .where(
      and(
        eq(outbox.ticketId, id),
        eq(outbox.state, 'failed'),
        isNotNull(outbox.kind),
        sql`lower(${outbox.to}) = lower(${requester.email})`,
      ),
    )
    .returning({ at: outbox.at, kind: outbox.kind, subject: outbox.subject, text: outbox.text })
  return taken
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ kind, subject, text }) => ({ kind: kind as TicketMail['kind'], subject, text: text.split(referred)[0] ?? text }))
}

/** Owe mails that are about no ticket. @param domain right-hand side of message ids */
export async function oweNotices(
  db: Queries,
  mails: readonly {
    readonly to: string
    readonly subject: string
    readonly text: string
    readonly headers?: Readonly<Record<string, string>>
    readonly calendar?: Invitation
  }[],
  { at, domain }: { readonly at: Date; readonly domain: string },
): Promise<void> {
  if (mails.length === 0) return
  await db.insert(outbox).values(
    mails.map((mail) => {
      const id = randomUUID()
      return { ...mail, id, at, nextAttemptAt: at, messageId: `<${id}@${domain}>`, headers: mail.headers ?? {} }
    }),
  )
}

const isWaiting = (now: Date) =>
  or(eq(outbox.state, 'sending'), and(eq(outbox.state, 'pending'), or(gt(outbox.attempts, 0), lte(outbox.nextAttemptAt, now))))

/** What the console shows of the outbox, and settles in it. @param domain right-hand side of message ids */
export function mailStore(db: Queries, { now, domain }: { readonly now: () => Date; readonly domain: string }) {
  return {
    /** How many are in each state. */
    counts: (): Promise<{ state: string; n: number }[]> =>
      db.select({ state: outbox.state, n: sql<number>`count(*)::int` }).from(outbox).groupBy(outbox.state),

    /** What waits for the mail server, and what waits for somebody. Held for a reason of its own, a mail is not counted. */
    async waiting(): Promise<Omit<MailSending, keyof MailReach>> {
      const waits = isWaiting(now())
      const [found] = await db
        .select({
          waiting: sql<number>`(count(*) filter (where ${waits}))::int`,
          oldestAt: sql<string | null>`min(${outbox.at}) filter (where ${waits})`,
          nextAt: sql<string | null>`min(${outbox.nextAttemptAt}) filter (where ${waits})`,
          uncertain: sql<number>`(count(*) filter (where ${outbox.state} = 'uncertain'))::int`,
          failed: sql<number>`(count(*) filter (where ${outbox.state} = 'failed'))::int`,
        })
        .from(outbox)
        .where(ne(outbox.state, 'sent'))
      const moment = (at: string | null | undefined) => (at === null || at === undefined ? null : new Date(at).toISOString())
      const { waiting = 0, uncertain = 0, failed = 0 } = found ?? {}
      return { waiting, uncertain, failed, oldestAt: moment(found?.oldestAt), nextAt: moment(found?.nextAt) }
    },

    /** The server is mended, somebody says: what was tried in vain is tried now. */
    retry: (): Promise<number> => hastenMails(db, now()),

    /**
     * The latest mails first. @param only those that wait, or that a person must say something of
     * @param reveal codes as well, for a demonstration whose mails go nowhere
     */
    async list({
      limit = 200,
      reveal = false,
      only = null,
    }: {
      readonly limit?: number
      readonly reveal?: boolean
      readonly only?: 'waiting' | 'to-settle' | null
    } = {}): Promise<OwedMail[]> {
      const rows = await db
        .select({
          id: outbox.id,
          at: outbox.at,
          to: outbox.to,
          subject: outbox.subject,
          text: outbox.text,
          state: outbox.state,
          problem: outbox.lastError,
          ticketNumber: tickets.number,
          settledBy: outbox.settledName,
          settledAt: outbox.settledAt,
          secret: outbox.secret,
        })
        .from(outbox)
        .leftJoin(tickets, eq(tickets.id, outbox.ticketId))
        .where(only === null ? undefined : only === 'waiting' ? isWaiting(now()) : inArray(outbox.state, ['uncertain', 'failed']))
        .orderBy(desc(outbox.at), desc(outbox.id))
        .limit(limit)
      return rows.map(({ secret, ...mail }) => (secret && !reveal ? { ...mail, text: withoutCode(mail.text) } : mail))
    },

    /**
     * Somebody knows what became of a mail: it arrived (an uncertain one alone), or is to be sent again, under the same Message-ID, by
     * which a mail program that has it already knows it.
     * @throws ServiceError `not_found`, `conflict` in any other state
     */
    async settle(id: string, as: 'sent' | 'again', by: { readonly id: string; readonly name: string }): Promise<void> {
      if (!isUuid(id)) throw new ServiceError('not_found')
      const signature = { settledBy: by.id, settledName: by.name, settledAt: now() }
      const settled = await db
        .update(outbox)
        .set(as === 'sent' ? { state: 'sent', lastError: null, ...signature } : { state: 'pending', nextAttemptAt: now(), ...signature })
        .where(and(eq(outbox.id, id), inArray(outbox.state, as === 'sent' ? ['uncertain'] : ['uncertain', 'failed'])))
      if (settled.rowCount === 1) return
      const [there] = await db.select({ state: outbox.state }).from(outbox).where(eq(outbox.id, id))
      throw new ServiceError(there === undefined ? 'not_found' : 'conflict')
    },

    /** A mail about no ticket. */
    owe: (mail: { readonly to: string; readonly subject: string; readonly text: string }): Promise<void> =>
      oweNotices(db, [mail], { at: now(), domain }),

    /** The directory's address of the person behind an account; null when there is none. */
    async addressOf(accountId: string): Promise<string | null> {
      const [found] = await db
        .select({ email: people.email })
        .from(accounts)
        .innerJoin(people, isPersonOfAccount)
        .where(eq(accounts.id, accountId))
        .limit(1)
      return found?.email ?? null
    },
  }
}
export type MailStore = ReturnType<typeof mailStore>
