import { randomUUID } from 'node:crypto'
import { and, eq, isNull, max, sql } from 'drizzle-orm'
import type { Fact } from '../calls/facts.ts'
import { answeredElsewhere, decide, isPromised, note, promisedStill, type OwedCommand } from '../owed/decide.ts'
import type { Actor, Entry, Origin } from '../owed/model.ts'
import { leavesNothing, originOf } from '../owed/origins.ts'
import type { Queries } from './connection.ts'
import { lockEntry, lockOwners, ofCall, ofNumber, ofOwner, record } from './owed-rows.ts'
import { accounts, calls, facts } from './schema.ts'

/** When an answer is due that became owed at `ms`; in ms, by the desk's opening hours. */
export type DueAfter = (ms: number) => number

const lockKey = 7_104_211
/** Whoever may open an entry takes turns, so that a number never has two. To be the first lock of a transaction. */
export const takeTurns = (tx: Queries) => tx.execute(sql`select pg_advisory_xact_lock(${lockKey})`)

/** Whether a fact may make an answer owed or settle one, whatever is known of its call; `when-owed`: if one is owed to the person of the call's number. */
export function owedBy(fact: Fact): 'never' | 'always' | 'when-owed' {
  switch (fact.type) {
    case 'message-left':
    case 'message-numbered':
    case 'place-kept':
    case 'dialling-started':
    case 'dialling-ended':
      return 'always'
    case 'call-answered':
      return 'when-owed'
    case 'call-ended':
      return leavesNothing(fact.reason) ? 'never' : 'always'
    default:
      return 'never'
  }
}

/** Note why an answer is owed; a call noted before changes nothing. @returns the entry that holds it, and whether it changed */
export async function noteOrigin(
  tx: Queries,
  number: string | null,
  origin: Origin,
  due: DueAfter,
): Promise<{ readonly entry: Entry | null; readonly changed: boolean }> {
  const holder = await lockEntry(tx, ofCall(origin.callId))
  const open = holder === null && number !== null ? await lockEntry(tx, ofNumber(number)) : null
  const answeredAt = number === null ? null : await lastAnswered(tx, number)
  const facts = note(holder, open, { origin, number, dueAt: due(origin.at), answeredAt }, origin.at)
  const before = holder ?? open
  return { entry: await record(tx, before?.id ?? randomUUID(), before, facts), changed: facts.length > 0 }
}

async function lastAnswered(tx: Queries, number: string): Promise<number | null> {
  const [row] = await tx
    .select({ at: max(calls.answeredAt) })
    .from(calls)
    .where(and(ofOwner(calls.number, number), eq(calls.direction, 'in'), isNull(calls.keptAt)))
  return row?.at?.getTime() ?? null
}

/** What one shipped fact means for the answers owed; its call is already projected. @returns whether anything changed */
export async function projectOwed(tx: Queries, fact: Fact, due: DueAfter): Promise<boolean> {
  switch (fact.type) {
    case 'message-left': {
      const call = await callOf(tx, fact.callId)
      const seconds = fact.durationMs / 1_000
      const origin: Origin = { kind: 'message', at: fact.at, callId: fact.callId, messageId: null, seconds }
      return (await noteOrigin(tx, call?.number ?? null, origin, due)).changed
    }
    case 'message-numbered': {
      // What is owed to this call from now on is owed to that number, message or not.
      if (fact.number !== null) await tx.update(calls).set({ number: fact.number }).where(eq(calls.id, fact.callId))
      return false
    }
    case 'place-kept': {
      const origin: Origin = { kind: 'place', at: fact.at, callId: fact.callId, messageId: null, seconds: null }
      return (await noteOrigin(tx, fact.number, origin, due)).changed
    }
    case 'dialling-started':
    case 'dialling-ended':
      return attempted(tx, fact)
    case 'call-answered': {
      const call = await callOf(tx, fact.callId)
      // Whether a person answered whom we called, or a machine, the operator says.
      if (call === null || call.direction === 'out' || call.keptAt !== null) return false
      return call.number !== null && (await gotThrough(tx, call.number, fact))
    }
    case 'call-ended': {
      const call = await callOf(tx, fact.callId)
      if (call === null) return false
      const origin = originOf({
        callId: fact.callId,
        number: call.number,
        reason: fact.reason,
        arrivedAt: call.arrivedAt.getTime(),
        answeredAt: call.answeredAt?.getTime() ?? null,
        endedAt: fact.at,
      })
      return origin !== null && (await noteOrigin(tx, call.number, origin, due)).changed
    }
    default:
      return false
  }
}

/** Whoever calls from one of their telephones got through for all of them. @returns whether anything was settled */
async function gotThrough(tx: Queries, number: string, { at, callId }: Extract<Fact, { type: 'call-answered' }>): Promise<boolean> {
  const own = (entry: Entry) => {
    const decision = decide(entry, { type: 'got-through', callId, answeredAt: at }, at)
    return decision.kind === 'refused' ? [] : decision.facts
  }
  let changed = false
  for (const entry of await lockOwners(tx, number)) {
    const facts = entry.number === number ? own(entry) : answeredElsewhere(entry, { at, how: 'got-through', by: null, callId })
    if (facts.length === 0) continue
    await record(tx, entry.id, entry, facts)
    await record(tx, randomUUID(), null, promisedStill(entry, at))
    changed = true
  }
  return changed
}

/** Whoever was reached at one of their telephones is owed nothing at the others. @param entry as it is by now */
export async function reachedToo(tx: Queries, entry: Entry | null): Promise<void> {
  if (entry?.status.kind !== 'settled' || entry.status.how !== 'reached' || entry.number === null) return
  const { at, by } = entry.status
  for (const other of await lockOwners(tx, entry.number)) {
    const facts = answeredElsewhere(other, { at, how: 'reached', by, callId: null })
    if (facts.length === 0) continue
    await record(tx, other.id, other, facts)
    await record(tx, randomUUID(), null, promisedStill(other, at))
  }
}

const outcomes = { 'no-answer': 'no-answer', unreachable: 'no-answer', unallocated: 'no-answer', busy: 'busy' } as const
const notes = { unreachable: 'injoignable', unallocated: 'numéro non attribué' } as const

/** An operator calls somebody back: the entry is theirs, and a vain attempt is written down. */
async function attempted(tx: Queries, fact: Extract<Fact, { type: 'dialling-started' | 'dialling-ended' }>): Promise<boolean> {
  const entry = await entryAbout(tx, fact.callId, (await callOf(tx, fact.callId))?.number ?? null)
  if (entry === null || (isPromised(entry, fact.at) && !(await isAbout(tx, fact.callId, entry)))) return false
  const by = { id: fact.operatorId, name: await nameOf(tx, fact.operatorId) }
  const command = fact.type === 'dialling-started' ? ({ type: 'take', by } as const) : vain(fact, by)
  if (command === null) return false
  const decision = decide(entry, command, fact.at)
  if (decision.kind === 'refused' || decision.facts.length === 0) return false
  await record(tx, entry.id, entry, decision.facts)
  return true
}

function vain({ reason }: Extract<Fact, { type: 'dialling-ended' }>, by: Actor): OwedCommand | null {
  if (reason === 'cancelled' || reason === 'lost') return { type: 'release', by, evenAnothers: false }
  const note = reason === 'unreachable' || reason === 'unallocated' ? notes[reason] : null
  return { type: 'outcome', by, outcome: outcomes[reason], note, laterAt: null }
}

/** Whether an operator called about this very entry. */
async function isAbout(tx: Queries, callId: string, { id }: Entry): Promise<boolean> {
  const ofThis = sql`${facts.body} ? 'callId' and ${facts.body} ->> 'callId' = ${callId}`
  const [placed] = await tx
    .select({ owedId: sql<string | null>`${facts.body} ->> 'owedId'` })
    .from(facts)
    .where(and(ofThis, eq(facts.type, 'call-placed')))
  return placed?.owedId === id
}

/**
 * A conversation with somebody whom we called has left something written: the person was reached. Half hours that were promised for later
 * stay so, unless it was about them.
 */
export async function reachedBy(tx: Queries, callId: string, by: Actor, at: Date): Promise<void> {
  const call = await callOf(tx, callId)
  if (call === null || call.answeredAt === null || (call.direction === 'in' && call.keptAt === null)) return
  const entry = await entryAbout(tx, callId, call.number)
  if (entry === null) return
  const answeredAt = call.answeredAt.getTime()
  const promised = (await isAbout(tx, callId, entry)) ? [] : promisedStill(entry, answeredAt)
  if (promised.length === entry.origins.length) return
  const decision = decide(entry, { type: 'outcome', by, outcome: 'reached', note: null, laterAt: null }, at.getTime())
  if (decision.kind === 'refused') return
  await reachedToo(tx, await record(tx, entry.id, entry, decision.facts))
  await record(tx, randomUUID(), null, promised)
}

const entryAbout = async (tx: Queries, callId: string, number: string | null) =>
  (await lockEntry(tx, ofCall(callId))) ?? (number === null ? null : await lockEntry(tx, ofNumber(number)))

async function nameOf(tx: Queries, accountId: string): Promise<string> {
  const [row] = await tx.select({ name: accounts.name }).from(accounts).where(eq(accounts.id, accountId))
  return row?.name ?? accountId
}

async function callOf(tx: Queries, id: string) {
  const [row] = await tx
    .select({
      number: calls.number,
      arrivedAt: calls.arrivedAt,
      answeredAt: calls.answeredAt,
      direction: calls.direction,
      keptAt: calls.keptAt,
    })
    .from(calls)
    .where(eq(calls.id, id))
  return row ?? null
}
