import { randomUUID } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { and, inArray, isNotNull } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { defineCalendar } from '../calendar/calendar.ts'
import { mailSettings } from '../contract/mail-templates.ts'
import { clockSettings } from '../contract/clocks.ts'
import { categorySettings, deskSettings, ticketSettings } from '../contract/settings.ts'
import type { Ticket } from '../contract/entities.ts'
import { openTicket, takeUp } from '../tickets/decide.ts'
import { redirect, wait } from '../tickets/handing.ts'
import type { Accepted, TicketContext, TicketDecision } from '../tickets/model.ts'
import type { Db } from './connection.ts'
import { demoAccounts, demoPassword, demoPeople, demoRota, demoTickets } from './demo-people.ts'
import { peopleStore } from './people-store.ts'
import { demoGroups } from './demo-groups.ts'
import { reopenSampleAccounts, sampleIds } from './sample-accounts.ts'
import { accounts, tickets } from './schema.ts'
import { groupMembers, groups } from './schema-groups.ts'
import { rotaShifts } from './schema-rota.ts'
import { writeJournal } from './ticket-journal.ts'
import { rowFromTicket } from './ticket-rows.ts'

const samplePolicy = {
  calendar: defineCalendar({}),
  deskName: deskSettings.parse({}).name,
  ...ticketSettings.parse({}),
  ...categorySettings.parse({}),
  clocks: clockSettings.parse({}),
  mails: mailSettings.parse({}),
}

const sampleContext = {
  side: 'level1',
  portalUrl: '',
  policy: samplePolicy,
  answerUrl: () => '',
  followUrl: () => '',
  confirmUrl: () => '',
  groupUrl: () => '',
  ticketUrl: () => '',
} as const

/**
 * The sample university: accounts, people and a few tickets. Again and again on the same database it adds only what is missing, and
 * leaves what was worked on.
 */
export async function seedDemo(db: Db, now: Date = new Date()): Promise<void> {
  await peopleStore(db, () => now).save(demoPeople, 'sample')
  await seedAccounts(db)
  await seedGroups(db)
  await seedRota(db, now)
  for (const sample of demoTickets) await seedTicket(db, sample, now)
}

/** Whose account it is: their mails are known as theirs. */
const personOf = new Map(demoPeople.map(({ login, id }) => [login, id]))

async function seedAccounts(db: Db): Promise<void> {
  const there = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(inArray(accounts.id, [...sampleIds]), isNotNull(accounts.passwordHash)))
  if (there.length === sampleIds.length) return
  const passwordHash = await hash(demoPassword)
  await db
    .insert(accounts)
    .values(demoAccounts.map((account) => ({ ...account, passwordHash, personId: personOf.get(account.login) ?? null })))
    .onConflictDoNothing()
  await reopenSampleAccounts(db, passwordHash)
}

async function seedGroups(db: Db): Promise<void> {
  for (const { members, referents, ...group } of demoGroups) {
    const added = await db
      .insert(groups)
      .values({ ...group, version: 1 })
      .onConflictDoNothing()
    const parts = [...members.map((id) => ({ id, part: 'member' as const })), ...referents.map((id) => ({ id, part: 'referent' as const }))]
    if (added.rowCount === 0 || parts.length === 0) continue
    await db.insert(groupMembers).values(parts.map(({ id, part }) => ({ groupId: group.id, accountId: id, part })))
  }
}

/** Two weeks of presences on working days, once: a morning and an afternoon each, a lunchtime without anybody now and then. */
async function seedRota(db: Db, now: Date): Promise<void> {
  const [some] = await db.select({ id: rotaShifts.id }).from(rotaShifts).limit(1)
  if (some !== undefined) return
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO('Europe/Paris').toPlainDate()
  const monday = today.subtract({ days: today.dayOfWeek - 1 })
  const weekdays = Array.from({ length: 12 }, (_, i) => monday.add({ days: i })).filter(({ dayOfWeek }) => dayOfWeek <= 5)
  await db
    .insert(rotaShifts)
    .values(
      weekdays.flatMap((date, i) =>
        demoRota(i).map((shift) => ({ id: randomUUID(), day: date.toString(), offered: false, byName: 'Sophie Garnier', ...shift })),
      ),
    )
}

async function seedTicket(db: Db, sample: (typeof demoTickets)[number], now: Date): Promise<void> {
  const openedAt = new Date(now.getTime() - sample.hoursAgo * 3_600_000)
  const decision = openTicket(
    {
      title: sample.title,
      summary: sample.summary,
      medium: sample.medium,
      urgency: 'normal',
      impact: 'low',
      categoryId: null,
      placeId: null,
      nature: null,
      callId: null,
      solution: sample.solution,
      requester: { personId: sample.person.id, name: sample.person.name, email: sample.person.email, phone: sample.phone },
    },
    {
      id: sample.id,
      number: sample.number,
      ...sampleContext,
      now: openedAt.toISOString(),
      by: sample.by.id,
      operatorName: sample.by.name,
    },
  )
  if (decision.kind === 'refused') throw new Error(`Sample ticket ${sample.number}: ${decision.detail}`)
  const steps = [
    decision,
    ...lived(decision.ticket, sample, { ...sampleContext, by: sample.by.id, operatorName: sample.by.name }, openedAt, now),
  ]
  const last = steps.at(-1) ?? decision
  await db.transaction(async (tx) => {
    const added = await tx.insert(tickets).values(rowFromTicket(last.ticket, samplePolicy)).onConflictDoNothing()
    // The sample's mails were never owed to anybody: its journal tells none.
    const lines = steps.flatMap(({ journal }) => journal).filter((entry) => entry.kind !== 'mail')
    if (added.rowCount === 1) await writeJournal(tx, sample.id, lines)
  })
}

const minutesLater = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000).toISOString()

/** What was done with an open sample ticket since, a few minutes after it was opened. */
function lived(
  ticket: Ticket,
  { then, number }: (typeof demoTickets)[number],
  by: Omit<TicketContext, 'now'>,
  openedAt: Date,
  now: Date,
): readonly Accepted[] {
  const done = (decision: TicketDecision): Accepted => {
    if (decision.kind === 'refused') throw new Error(`Sample ticket ${number}: ${decision.detail}`)
    return decision
  }
  const first: TicketContext = { ...by, now: minutesLater(openedAt, 6) }
  switch (then) {
    case undefined:
      return []
    case 'waits-for-level3': {
      const dueAt = minutesLater(now, 2 * 24 * 60)
      return [
        done(wait(ticket, { for: 'level3', name: 'Le mainteneur des copieurs', reference: 'INT-2207', dueAt }, 'Pièce commandée.', first)),
      ]
    }
    case 'waits-for-user':
      return [done(wait(ticket, { for: 'user', remindAt: null }, 'La liste des dossiers concernés lui est demandée.', first))]
    case 'with-correspondents': {
      const group = { id: 'correspondants-sciences', name: 'Correspondants Faculté des sciences', mail: null }
      const sent = done(redirect(ticket, group, 'Les trois vacataires sont inscrits à la scolarité.', first))
      const nadia: TicketContext = { ...by, by: 'nadia', operatorName: 'Nadia Roussel', side: 'level2', now: minutesLater(openedAt, 20) }
      return [sent, done(takeUp(sent.ticket, nadia))]
    }
    default:
      return then satisfies never
  }
}
