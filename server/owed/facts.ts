import type { Actor, Attempt, Entry, Escalation, Origin, SettledHow } from './model.ts'

/** What happened to an answer owed; an entry is the fold of its facts. */
export type OwedFact = { readonly at: number } & (
  | { readonly type: 'owed'; readonly number: string | null; readonly origin: Origin; readonly dueAt: number }
  | { readonly type: 'origin-added'; readonly origin: Origin; readonly dueAt: number }
  | { readonly type: 'message-found'; readonly callId: string; readonly messageId: string | null; readonly seconds: number | null }
  | { readonly type: 'taken'; readonly by: Actor }
  | { readonly type: 'released'; readonly by: Actor }
  | ({ readonly type: 'attempted' } & Omit<Attempt, 'at'>)
  | ({ readonly type: 'escalated' } & Omit<Escalation, 'at'>)
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
      origins: [origin],
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
        origins: [...entry.origins, fact.origin],
        firstAt: Math.min(entry.firstAt, fact.origin.at),
        lastAt: Math.max(entry.lastAt, fact.origin.at),
        dueAt: Math.min(entry.dueAt, fact.dueAt),
        priority: entry.priority || fact.origin.kind === 'capped',
      }
    case 'message-found': {
      const { callId, messageId, seconds } = fact
      return { ...entry, origins: entry.origins.map((o) => (o.callId === callId ? { ...o, kind: 'message', messageId, seconds } : o)) }
    }
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
    case 'settled':
      return { ...entry, status: { kind: 'settled', how: fact.how, by: fact.by, at: fact.at } }
    default:
      return fact satisfies never
  }
}
