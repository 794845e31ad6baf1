import { decide, note, type OwedCommand } from '../../server/owed/decide.ts'
import { evolve, type OwedFact } from '../../server/owed/facts.ts'
import type { Actor, Entry, Origin, OriginKind } from '../../server/owed/model.ts'

export const alice: Actor = { id: 'alice', name: 'Alice Martin' }
export const bruno: Actor = { id: 'bruno', name: 'Bruno Lefort' }
export const claire = '+33561551234'
export const hourMs = 3_600_000

export const origin = (kind: OriginKind, at: number, callId = `call-${at}`): Origin => ({
  kind,
  at,
  callId,
  messageId: null,
  seconds: 42,
})

export const folded = (id: string, entry: Entry | null, facts: readonly OwedFact[]): Entry | null => {
  let after = entry
  for (const fact of facts) after = evolve(id, after, fact)
  return after
}

/** All entries, kept as the database keeps them: found by call, then by the number's open one. */
export class Book {
  readonly entries = new Map<string, Entry>()
  readonly #answered = new Map<string, number>()

  /** Due an hour after. @returns the facts */
  note(number: string | null, noted: Origin): readonly OwedFact[] {
    const all = [...this.entries.values()]
    const holder = all.find((e) => e.origins.some((o) => o.callId === noted.callId)) ?? null
    const open = number === null ? null : (all.find((e) => e.number === number && e.status.kind !== 'settled') ?? null)
    const answeredAt = number === null ? null : (this.#answered.get(number) ?? null)
    const facts = note(holder, open, { origin: noted, number, dueAt: noted.at + hourMs, answeredAt }, noted.at)
    const before = holder ?? open
    const id = before?.id ?? `entry-${this.entries.size + 1}`
    const after = folded(id, before, facts)
    if (after !== null) this.entries.set(id, after)
    return facts
  }

  answered(number: string, at: number): void {
    this.#answered.set(number, Math.max(at, this.#answered.get(number) ?? 0))
    for (const entry of this.entries.values())
      if (entry.number === number && entry.status.kind !== 'settled')
        this.tell(entry.id, { type: 'got-through', callId: `answered-${at}`, answeredAt: at }, at)
  }

  /** @returns whether it was accepted */
  tell(id: string, command: OwedCommand, now: number): boolean {
    const entry = this.entries.get(id)
    if (entry === undefined) return false
    const decision = decide(entry, command, now)
    if (decision.kind === 'refused') return false
    const after = folded(id, entry, decision.facts)
    if (after !== null) this.entries.set(id, after)
    return true
  }

  get open(): readonly Entry[] {
    return [...this.entries.values()].filter((e) => e.status.kind !== 'settled')
  }
}

/** An entry with one abandoned call at 1 000, in a status. */
export function entryThatIs(status: 'open' | 'taken by me' | 'taken by another' | 'settled'): Entry {
  const book = new Book()
  book.note(claire, origin('abandoned', 1_000))
  const { id } = [...book.entries.values()][0] ?? { id: '' }
  if (status === 'taken by me') book.tell(id, { type: 'take', by: alice }, 2_000)
  if (status === 'taken by another') book.tell(id, { type: 'take', by: bruno }, 2_000)
  if (status === 'settled') book.answered(claire, 2_000)
  const entry = book.entries.get(id)
  if (entry === undefined) throw new Error('nothing was noted')
  return entry
}
