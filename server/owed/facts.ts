import type { Actor, Attempt, Entry, Escalation, Origin, SettledHow, Told } from './model.ts'

/** What happened to an answer owed; an entry is the fold of its facts. */
export type OwedFact = { readonly at: number } & (
  | { readonly type: 'owed'; readonly number: string | null; readonly origin: Origin; readonly dueAt: number }
  | { readonly type: 'origin-added'; readonly origin: Origin; readonly dueAt: number }
  | { readonly type: 'message-found'; readonly callId: string; readonly messageId: string | null; readonly seconds: number | null }
  /** The desk turned out to be closed when the answer was due, or to be open after all (`reopensAt` null). */
  | { readonly type: 'slot-moved'; readonly callId: string; readonly dueAt: number; readonly reopensAt: number | null }
  | { readonly type: 'taken'; readonly by: Actor }
  | { readonly type: 'released'; readonly by: Actor }
  | ({ readonly type: 'attempted' } & Omit<Attempt, 'at'>)
  | ({ readonly type: 'escalated' } & Omit<Escalation, 'at'>)
  /** The person was written to. */
  | { readonly type: 'told'; readonly about: Told }
  | { readonly type: 'settled'; readonly how: SettledHow; readonly by: Actor | null; readonly callId: string | null }
)

/**
 * The entry after one more fact.
 * @param entry null before its first fact, which is `owed`
 * @throws RangeError when the first fact is another
 */
export function evolve(id: string, entry: Entry | null, fact: OwedFact): Entry {
  if (fact.type === 'owed') {
    const { number, origin, dueAt } = fact
    const { at } = origin
    const priority = origin.kind === 'capped'
    return {
      id,
      number,
      origins: [{ ...origin, dueAt }],
      firstAt: at,
      lastAt: at,
      dueAt,
      priority,
      attempts: [],
      escalations: [],
      escalated: null,
      status: { kind: 'open' },
    }
  }
  if (entry === null) throw new RangeError(`The history of ${id} begins with ${fact.type}`)
  switch (fact.type) {
    case 'origin-added':
      return {
        ...entry,
        origins: [...entry.origins, { ...fact.origin, dueAt: fact.dueAt }],
        firstAt: Math.min(entry.firstAt, fact.origin.at),
        lastAt: Math.max(entry.lastAt, fact.origin.at),
        dueAt: Math.min(entry.dueAt, fact.dueAt),
        priority: entry.priority || fact.origin.kind === 'capped',
      }
    case 'message-found': {
      const { callId, messageId, seconds } = fact
      return { ...entry, origins: entry.origins.map((o) => (o.callId === callId ? { ...o, kind: 'message', messageId, seconds } : o)) }
    }
    case 'slot-moved':
      return moved(entry, fact)
    case 'taken':
      return { ...entry, status: { kind: 'taken', by: fact.by, at: fact.at } }
    case 'released':
      return { ...entry, status: { kind: 'open' } }
    case 'attempted': {
      const { at, by, outcome, note, laterAt } = fact
      const tried: Entry = { ...entry, attempts: [...entry.attempts, { at, by, outcome, note, laterAt }], status: { kind: 'open' } }
      // A time agreed with the person holds, whatever came before.
      return laterAt === null ? tried : { ...tried, dueAt: laterAt, priority: false, escalated: null }
    }
    case 'escalated': {
      const { at, step, to } = fact
      return { ...entry, escalations: [...entry.escalations, { at, step, to }], escalated: step }
    }
    case 'told':
      return { ...entry, told: [...(entry.told ?? []), { at: fact.at, about: fact.about }] }
    case 'settled':
      return { ...entry, status: { kind: 'settled', how: fact.how, by: fact.by, at: fact.at } }
    default:
      return fact satisfies never
  }
}

/** One origin is due at another time: so is its entry, unless something else is owed sooner, or another time was agreed with the person. */
function moved(entry: Entry, { callId, dueAt, reopensAt, at }: Extract<OwedFact, { type: 'slot-moved' }>): Entry {
  const agreed = entry.attempts.findLast(({ laterAt }) => laterAt !== null)
  const held = entry.origins.find((origin) => origin.callId === callId)
  if (held === undefined) return entry
  const { reopensAt: _before, ...slot } = held
  const after: Origin = { ...slot, dueAt, ...(reopensAt !== null && { reopensAt }) }
  const origins = entry.origins.map((origin) => (origin === held ? after : origin))
  // What was owed when the time was agreed counts no more.
  const counts = (origin: Origin) => agreed === undefined || (origin === after ? held.dueAt === entry.dueAt : origin.at > agreed.at)
  const dues = origins.flatMap((origin) => (counts(origin) && origin.dueAt !== undefined ? [origin.dueAt] : []))
  const due = Math.min(...dues, ...(agreed?.laterAt == null ? [] : [agreed.laterAt]))
  return { ...entry, origins, dueAt: due, escalated: due > at ? null : entry.escalated }
}
