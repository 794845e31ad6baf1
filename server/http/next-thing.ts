import type { CallView, OperatorView } from '../contract/entities.ts'
import type { NextAnswer, NextThing } from '../contract/next.ts'
import { onlyOne } from '../contract/only-one.ts'
import { callerName } from '../calls/caller-name.ts'
import type { UnwrittenCall } from '../database/call-store.ts'
import type { WaitingTalk } from '../database/talk-store.ts'
import type { ToTakeUpRow } from '../database/ticket-claims.ts'
import { ServiceError } from '../errors.ts'
import { keyOf, onTheLine, type Thing, written } from '../next/order.ts'
import type { Entry } from '../owed/model.ts'
import type { Viewer } from '../database/ticket-scope.ts'
import type { HttpParts } from './ports.ts'

export type NextParts = Pick<HttpParts, 'stores' | 'directory' | 'desk' | 'readers' | 'onOwedChanged'>
type Actor = NonNullable<Viewer> & { readonly name: string }
type Material = {
  readonly calls: readonly CallView[]
  readonly entries: readonly Entry[]
  readonly unwritten: readonly UnwrittenCall[]
  readonly tickets: readonly ToTakeUpRow[]
  readonly talks: readonly (WaitingTalk & { readonly here: boolean })[]
  /** What those to call back have said that it is about. */
  readonly subjects: ReadonlyMap<string, string>
}

/** Who has put themselves apart has said that the phone is not for them: « Suivant » does not bring them back to it. */
const answers = (me: OperatorView | undefined): boolean =>
  me !== undefined && (me.state === 'wrap-up' || (me.state === 'paused' && me.reason === 'missed'))

/**
 * What this person does next. The line comes from memory alone: with PostgreSQL away a caller is still given.
 * @param take false: only look
 */
export async function nextFor(
  parts: NextParts,
  me: Actor,
  { passed, take, now }: { readonly passed: ReadonlySet<string>; readonly take: boolean; readonly now: number },
): Promise<NextAnswer> {
  const { desk, stores, readers } = parts
  const { calls, operators } = desk.view()
  const caller = answers(operators.find((o) => o.id === me.id)) ? desk.nextCaller(me.id) : null
  const line = onTheLine({ me: me.id, caller, calls })
  const nothing: Material = { calls, entries: [], unwritten: [], tickets: [], talks: [], subjects: new Map() }
  if (line[0] !== undefined) return give(parts, me, line, nothing, take)
  if (take) await giveBack(parts, me, passed)
  const [entries, unwritten, tickets, waiting] = await Promise.all([
    stores.owed.open(),
    stores.calls.withoutTicket(),
    stores.tickets.toTakeUp(new Date(now)),
    stores.talks.waiting(me),
  ])
  const subjects = await stores.callbackSlots.subjects(entries.flatMap(({ origins }) => origins.map(({ callId }) => callId)))
  const talks = waiting.map((one) => ({ ...one, here: readers.isHere(one.number) }))
  const world = {
    owed: entries,
    unwritten: unwritten.calls.map((c) => ({ ...c, endedAt: c.endedAt.getTime() })),
    tickets: tickets.map((t) => ({ ...t, openedAt: t.openedAt.getTime() })),
    talks: talks.map(({ owner, ...t }) => ({ ...t, ownerId: owner?.id ?? null, since: t.since.getTime() })),
  }
  const things = written(me.id, world, now).filter((thing) => !passed.has(keyOf(thing)))
  return give(parts, me, things, { calls, entries, unwritten: unwritten.calls, tickets, talks, subjects }, take)
}

/** The first that can still be taken: somebody else may have been faster. */
async function give(parts: NextParts, me: Actor, things: readonly Thing[], material: Material, take: boolean): Promise<NextAnswer> {
  for (const [i, thing] of things.entries()) {
    if (take && !(await taken(parts, me, thing))) continue
    const next = shown(parts, thing, material)
    if (next !== null) return { next, others: things.length - i - 1 }
  }
  return { next: null, others: 0 }
}

async function taken({ stores, desk, onOwedChanged }: NextParts, me: Actor, thing: Thing): Promise<boolean> {
  switch (thing.kind) {
    case 'call':
    case 'unwritten':
      return true
    case 'line':
      desk.changeOperator(me.id, { state: 'ready' })
      return true
    case 'callback':
      try {
        await stores.owed.take(thing.id, me)
        onOwedChanged()
        return true
      } catch (error) {
        if (error instanceof ServiceError && (error.code === 'conflict' || error.code === 'not_found')) return false
        throw error
      }
    case 'talk':
      return stores.talks.claim(thing.number, me)
    case 'ticket':
      return stores.tickets.claim(thing.number, me)
    default:
      return thing satisfies never
  }
}

async function giveBack({ stores, onOwedChanged }: NextParts, me: Actor, passed: ReadonlySet<string>): Promise<void> {
  for (const key of passed) {
    const [kind, id = ''] = key.split(':')
    if ((kind === 'ticket' || kind === 'talk') && /^\d{1,9}$/.test(id)) await stores.tickets.unclaim(Number(id), me)
    if (kind === 'callback' && (await stores.owed.releaseIfMine(id, me))) onOwedChanged()
  }
}

function shown(
  { directory }: NextParts,
  thing: Thing,
  { calls, entries, unwritten, tickets, talks, subjects }: Material,
): NextThing | null {
  const key = keyOf(thing)
  const whoAt = (number: string | null): string => callerName({ number, people: number === null ? [] : directory.findByPhone(number) })
  const whoCalls = ({ people, numberShown }: CallView) => onlyOne(people)?.name ?? numberShown
  switch (thing.kind) {
    case 'call': {
      const call = calls.find((c) => c.id === thing.id)
      return call === undefined ? null : { kind: 'call', key, callId: call.id, who: whoCalls(call), ringing: call.operatorId === null }
    }
    case 'line': {
      const call = calls.find((c) => c.id === thing.id)
      const waiting = calls.filter((c) => c.position !== null).length
      return call === undefined ? null : { kind: 'line', key, who: whoCalls(call), since: call.arrivedAt, waiting }
    }
    case 'callback': {
      const entry = entries.find((e) => e.id === thing.id)
      if (entry === undefined) return null
      const dueAt = new Date(entry.dueAt).toISOString()
      const about = entry.origins.map(({ callId }) => subjects.get(callId)).find((said) => said !== undefined)
      const { id: entryId, priority } = entry
      return { kind: 'callback', key, entryId, who: whoAt(entry.number), dueAt, priority, ...(about !== undefined && { about }) }
    }
    case 'unwritten': {
      const call = unwritten.find((c) => c.id === thing.id)
      return call === undefined
        ? null
        : { kind: 'unwritten', key, callId: call.id, who: whoAt(call.number), since: call.endedAt.toISOString() }
    }
    case 'talk': {
      const talk = talks.find((t) => t.number === thing.number)
      if (talk === undefined) return null
      const { number, requester, title, since, here } = talk
      return { kind: 'talk', key, number, who: requester || title, since: since.toISOString(), here }
    }
    case 'ticket': {
      const ticket = tickets.find((t) => t.number === thing.number)
      if (ticket === undefined) return null
      const { number, title, status, medium, urgency, openedAt } = ticket
      return { kind: 'ticket', key, number, title, status, medium, urgency, since: openedAt.toISOString() }
    }
    default:
      return thing satisfies never
  }
}
