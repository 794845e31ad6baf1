import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Completion } from '../contract/completion.ts'
import { deskItself } from '../contract/desk-itself.ts'
import type { Ticket } from '../contract/entities.ts'
import type { OutOfScope } from '../contract/out-of-scope.ts'
import type { GivingBack, Missing, Visibility, WaitingFor } from '../contract/ticket-states.ts'
import { complete } from '../tickets/completing.ts'
import { clockNews } from '../tickets/clock-news.ts'
import { closeTicket, contribute, takeUp } from '../tickets/decide.ts'
import { moveToEntity } from '../tickets/partition.ts'
import { confirmRequest, unconfirmedIsOver } from '../tickets/requests.ts'
import { askMissing, giveBack, redirect, resume, wait, waitIsOver } from '../tickets/handing.ts'
import { refused } from '../tickets/model.ts'
import { accept, answerAwaited, notReached, propose, refuse, reopen } from '../tickets/solving.ts'
import { namesOf } from './attachment-store.ts'
import { mentionedIn } from '../tickets/mentions.ts'
import type { Db, Queries } from './connection.ts'
import { clockHearers } from './clock-hearers.ts'
import { accounts, people, tickets } from './schema.ts'
import { isUnreached, takeUnreached } from './outbox.ts'
import { comingVisits } from './visit-store.ts'
import { ticketLinks } from './schema-disruptions.ts'
import { isLineOf } from './ticket-journal.ts'
import { ticketFromRow } from './ticket-rows.ts'
import { dueTickets, holdingGroup, targetGroup, type Actor, type TicketSaving } from './ticket-saving.ts'

const clock: Actor = { ...deskItself, side: 'clock' }
type Contribution = {
  readonly text: string
  readonly visibility?: Visibility
  readonly cites?: number | null
  /** Ids of files that were taken in before, in the actor's name. */
  readonly attachments?: readonly string[]
}
/** The requester's answer to a solution, as whoever acts on their behalf knows it. */
export type Answer = { readonly answer: 'yes' } | { readonly answer: 'no'; readonly reason: string }

/** What is done to a ticket that exists. @throws ServiceError from each: `not_found`, `conflict` in a status that refuses it, `invalid_body` */
export function ticketCommands(db: Db, { change, locked, apply, contextOf }: TicketSaving, now: () => Date) {
  return {
    complete: (number: number, fields: Completion, actor: Actor): Promise<Ticket> =>
      change(number, actor, async (ticket, context, tx) => {
        const { email } = fields.requester ?? ticket.requester
        if (email === null || email === ticket.requester.email) return complete(ticket, fields, context)
        const [mails, visits] = [await takeUnreached(tx, ticket), await comingVisits(tx, ticket.id, now())]
        return complete(ticket, fields, context, { mails, visits })
      }),

    moveToEntity: (number: number, entityId: string, actor: Actor): Promise<Ticket> =>
      change(number, actor, (ticket, context) => moveToEntity(ticket, entityId, context)),

    takeUp: (number: number, actor: Actor): Promise<Ticket> => change(number, actor, takeUp),

    contribute: (number: number, { text, visibility, cites, attachments = [] }: Contribution, actor: Actor): Promise<Ticket> =>
      change(
        number,
        actor,
        async (ticket, context, tx) => {
          if (typeof cites === 'number' && !(await isLineOf(tx, ticket.id, cites))) return refused('invalid_body', 'cites')
          const files = await namesOf(tx, attachments)
          const mentions = await mentionsIn(tx, text, actor)
          return contribute(ticket, text, context, {
            files,
            mentions,
            ...(visibility && { visibility }),
            ...(cites !== undefined && { cites }),
          })
        },
        attachments,
      ),

    /** It is its author's, or an operator takes it as it is. */
    confirm: (number: number, actor: Actor): Promise<Ticket> =>
      change(number, actor, async (ticket, context, tx) => confirmRequest(ticket, context, await parentOf(tx, ticket))),

    /** @param solution null: the one that was proposed */
    /** @param outOfScope it is not for this desk */
    close: (number: number, solution: string | null, actor: Actor, outOfScope?: OutOfScope): Promise<Ticket> =>
      change(number, actor, (ticket, context) => closeTicket(ticket, solution, context, outOfScope)),

    redirect: (number: number, groupId: string, reason: string, actor: Actor): Promise<Ticket> =>
      change(number, actor, async (ticket, context, tx) => redirect(ticket, await targetGroup(tx, groupId), reason, context)),

    giveBack: (number: number, { reason, groupId = null }: GivingBack, actor: Actor): Promise<Ticket> =>
      change(number, actor, async (ticket, context, tx) =>
        giveBack(ticket, await holdingGroup(tx, ticket.groupId), reason, context, await targetGroup(tx, groupId)),
      ),

    /** « Il manque… », said by a group. */
    askMissing: (number: number, asked: Missing, actor: Actor): Promise<Ticket> =>
      change(number, actor, async (ticket, context, tx) => askMissing(ticket, await holdingGroup(tx, ticket.groupId), asked, context)),

    wait: (number: number, what: WaitingFor, text: string, actor: Actor): Promise<Ticket> =>
      change(number, actor, (ticket, context) => wait(ticket, what, text, context)),

    resume: (number: number, actor: Actor): Promise<Ticket> => change(number, actor, (ticket, context) => resume(ticket, '', context)),

    propose: (number: number, solution: string, actor: Actor): Promise<Ticket> =>
      change(number, actor, (ticket, context) => propose(ticket, solution, context)),

    /** @param callId the conversation in which the requester said so @param proposedAt the only proposal that it answers, when given */
    answer: (number: number, given: Answer, callId: string | null, actor: Actor, proposedAt?: string): Promise<Ticket> =>
      change(number, actor, (ticket, context) => {
        if (proposedAt !== undefined && ticket.proposal?.at !== proposedAt) return refused('conflict', '')
        return given.answer === 'yes' ? accept(ticket, callId, context) : refuse(ticket, given.reason, callId, context)
      }),

    reopen: (number: number, reason: string, actor: Actor): Promise<Ticket> =>
      change(number, actor, async (ticket, context, tx) => reopen(ticket, reason, context, await targetGroup(tx, ticket.groupId))),

    /** A ticket without its journal; null when there is none of that number. */
    async find(number: number): Promise<Ticket | null> {
      const [row] = await db.select().from(tickets).where(eq(tickets.number, number))
      return row === undefined ? null : ticketFromRow(row)
    },

    /** What clocks bring: reminders, closings by silence, the ends of waiting. Each in a transaction of its own. @returns those that changed */
    async runDue(): Promise<readonly Ticket[]> {
      const changed: Ticket[] = []
      for (const number of await dueTickets(db, now(), contextOf(clock).policy.unconfirmedDays)) {
        const saved = await db.transaction(async (tx) => {
          const ticket = await locked(tx, number)
          const context = contextOf(clock)
          const { proposal } = ticket
          const isDue = proposal !== null && proposal.closesAt <= context.now
          const decision =
            (isDue && (await isUnreached(tx, ticket, proposal.at)) ? notReached(ticket, context) : null) ??
            answerAwaited(ticket, context) ??
            unconfirmedIsOver(ticket, context) ??
            waitIsOver(ticket, context) ??
            clockNews(ticket, await clockHearers(tx, ticket, context.policy.clocks), context)
          return decision === null ? null : apply(tx, decision)
        })
        if (saved !== null) changed.push(saved)
      }
      return changed
    },
  }
}

/** The number of the ticket whose child this one is. */
async function parentOf(tx: Queries, { id }: Ticket): Promise<number | null> {
  const isTheirs = and(eq(ticketLinks.fromId, id), eq(ticketLinks.kind, 'child-of'))
  const [row] = await tx
    .select({ number: tickets.number })
    .from(ticketLinks)
    .innerJoin(tickets, eq(tickets.id, ticketLinks.toId))
    .where(isTheirs)
  return row?.number ?? null
}

/** Who is named in a text, and where each is written to. */
async function mentionsIn(tx: Queries, text: string, { id, side }: Actor) {
  if (side !== undefined || !text.includes('@')) return []
  const staff = await tx
    .select({ id: accounts.id, name: accounts.name, login: accounts.login, mail: people.email })
    .from(accounts)
    .leftJoin(people, sql`${people.id} = ${accounts.personId} or (${accounts.personId} is null and ${people.login} = ${accounts.login})`)
    .where(and(isNull(accounts.disabledAt), ne(accounts.role, 'user')))
  const named = new Set(mentionedIn(text, staff, id).map((one) => one.id))
  return [...new Map(staff.filter((one) => named.has(one.id)).map((one) => [one.id, one])).values()]
}
