/*
 * An entry gathers every reason to call one number back, until it is settled, for good: whoever calls in vain after that opens
 * another. A withheld number is nobody's in particular, so that each of its calls is an entry of its own.
 *
 *   status × command   note           take        release        outcome            message-settled   got-through
 *   (none)             open           –           –              –                  –                 –
 *   open               stays          taken       nothing to do  open or settled    settled           settled
 *   taken by me        stays          stays       open           open or settled    settled           settled
 *   taken by another   stays          refused     refused (1)    refused            refused           settled
 *   settled            (none) (2)     refused     refused        refused            nothing to do     nothing to do
 *
 * (1) a supervisor may. (2) but a call that the entry holds already stays with it.
 */
import type { OwedFact } from './facts.ts'
import type { Actor, Entry, Origin, Outcome } from './model.ts'

export type Noted = {
  readonly origin: Origin
  readonly number: string | null
  readonly dueAt: number
  /** When this number last got through, as far as is known: word of a message may come after its caller was answered. */
  readonly answeredAt: number | null
}

/**
 * Something is owed. Said twice of one call it changes nothing, except that a call may turn out to hold a message, or its sound.
 * @param holder the entry, open or settled, that holds this very call; @param open the open entry of the number
 */
export function note(holder: Entry | null, open: Entry | null, noted: Noted, now: number): readonly OwedFact[] {
  const { origin, number, dueAt, answeredAt } = noted
  if (holder !== null) {
    const known = holder.origins.find((o) => o.callId === origin.callId)
    const better = origin.kind === 'message' && (known?.kind !== 'message' || (known.messageId === null && origin.messageId !== null))
    if (!better) return []
    return [{ at: now, type: 'message-found', callId: origin.callId, messageId: origin.messageId, seconds: origin.seconds }]
  }
  if (open !== null) return [{ at: now, type: 'origin-added', origin, dueAt }]
  const owed: OwedFact = { at: now, type: 'owed', number, origin, dueAt }
  if (answeredAt === null || answeredAt <= origin.at) return [owed]
  return [owed, { at: answeredAt, type: 'settled', how: 'got-through', by: null, callId: null }]
}

export type OwedCommand =
  | { readonly type: 'take'; readonly by: Actor }
  | { readonly type: 'release'; readonly by: Actor; readonly evenAnothers: boolean }
  | {
      readonly type: 'outcome'
      readonly by: Actor
      readonly outcome: Outcome
      readonly note: string | null
      readonly laterAt: number | null
    }
  | { readonly type: 'message-settled'; readonly by: Actor }
  | { readonly type: 'got-through'; readonly callId: string; readonly answeredAt: number }
  /** The slot that it was owed for is not wanted any more. */
  | { readonly type: 'withdrawn'; readonly callId: string }
  /** The desk is closed at the slot that was promised: due once it has opened again; `reopensAt` null: it is open then after all. */
  | { readonly type: 'slot-moved'; readonly callId: string; readonly dueAt: number; readonly reopensAt: number | null }

export type OwedDecision =
  | { readonly kind: 'accepted'; readonly facts: readonly OwedFact[] }
  | { readonly kind: 'refused'; readonly code: 'conflict' | 'invalid_body'; readonly detail: string }

const accept = (...facts: readonly OwedFact[]): OwedDecision => ({ kind: 'accepted', facts })
const refuse = (code: 'conflict' | 'invalid_body', detail: string): OwedDecision => ({ kind: 'refused', code, detail })
const longestLaterMs = 366 * 86_400_000

/** What a command does to an entry. */
export function decide(entry: Entry, command: OwedCommand, now: number): OwedDecision {
  const { status } = entry
  if (command.type === 'got-through') {
    const { answeredAt } = command
    // Heard of once more after a later call in vain, it says nothing about that one; nor about a half hour that is to come.
    const inVain = entry.origins.some(({ kind, at }) => kind !== 'slot' && at >= answeredAt)
    if (status.kind === 'settled' || inVain || entry.origins.every(({ at }) => at >= answeredAt)) return accept()
    return accept({ at: command.answeredAt, type: 'settled', how: 'got-through', by: null, callId: command.callId })
  }
  if (command.type === 'withdrawn') {
    // Whoever is owed an answer for another reason too is still called.
    if (status.kind === 'settled' || entry.origins.some(({ callId }) => callId !== command.callId)) return accept()
    return accept({ at: now, type: 'settled', how: 'withdrawn', by: null, callId: null })
  }
  if (command.type === 'slot-moved') {
    const { callId, dueAt, reopensAt } = command
    const slot = entry.origins.find((origin) => origin.callId === callId)
    const same = slot === undefined || (slot.dueAt === dueAt && (slot.reopensAt ?? null) === reopensAt)
    return status.kind === 'settled' || same ? accept() : accept({ at: now, type: 'slot-moved', callId, dueAt, reopensAt })
  }
  const { by } = command
  if (status.kind === 'settled') return command.type === 'message-settled' ? accept() : refuse('conflict', 'déjà traité')
  const another = status.kind === 'taken' && status.by.id !== by.id ? status.by : null
  if (another !== null && !(command.type === 'release' && command.evenAnothers)) return refuse('conflict', `pris par ${another.name}`)
  switch (command.type) {
    case 'take':
      return status.kind === 'taken' ? accept() : accept({ at: now, type: 'taken', by })
    case 'release':
      return status.kind === 'open' ? accept() : accept({ at: now, type: 'released', by })
    case 'message-settled':
      return accept({ at: now, type: 'settled', how: 'message', by, callId: null })
    case 'outcome':
      return tried(command, now)
    default:
      return command satisfies never
  }
}

const isAhead = ({ kind, at }: Origin, ms: number): boolean => kind === 'slot' && at >= ms

/** Whether all that is owed is promised for later than a moment. */
export const isPromised = ({ origins }: Entry, ms: number): boolean => origins.every((origin) => isAhead(origin, ms))

/** Half hours that were promised stay so when their owner gets through before: they are an entry of their own then. */
export function promisedStill({ origins, number, dueAt: entryDueAt }: Entry, answeredAt: number): readonly OwedFact[] {
  const ahead = origins.filter((origin) => isAhead(origin, answeredAt))
  return ahead.map((origin, i): OwedFact => {
    const dueAt = origin.dueAt ?? entryDueAt
    return i === 0 ? { at: answeredAt, type: 'owed', number, origin, dueAt } : { at: answeredAt, type: 'origin-added', origin, dueAt }
  })
}

/**
 * Owed to another telephone of somebody who got through, or was reached. A kept place stays: the desk calls it by itself, until it is let
 * go. @param answer how the answer they have had was settled
 */
export function answeredElsewhere(
  other: Entry,
  answer: Pick<Extract<OwedFact, { type: 'settled' }>, 'at' | 'how' | 'by' | 'callId'>,
): readonly OwedFact[] {
  if (other.origins.some(({ kind }) => kind === 'place')) return []
  const decision = decide(other, { type: 'got-through', callId: answer.callId ?? '', answeredAt: answer.at }, answer.at)
  if (decision.kind === 'refused') return []
  const { at, how, by, callId } = answer
  return decision.facts.map(() => ({ at, type: 'settled', how, by, callId }))
}

/** Those of one person next to one another, the most urgent of them where it stands. @param ownerOf null: nobody in particular */
export function besideEachOther(entries: readonly Entry[], ownerOf: (number: string) => string | null): readonly Entry[] {
  const groups = Map.groupBy(entries, ({ id, number }) => (number === null ? null : ownerOf(number)) ?? `entry ${id}`)
  return [...groups.values()].flat()
}

function tried(command: Extract<OwedCommand, { type: 'outcome' }>, now: number): OwedDecision {
  const { by, outcome, laterAt } = command
  if ((outcome === 'later') !== (laterAt !== null)) return refuse('invalid_body', 'laterAt')
  if (laterAt !== null && (laterAt <= now || laterAt > now + longestLaterMs)) return refuse('invalid_body', 'laterAt')
  const attempted: OwedFact = { at: now, type: 'attempted', by, outcome, note: command.note, laterAt }
  if (outcome !== 'reached' && outcome !== 'wrong-number') return accept(attempted)
  return accept(attempted, { at: now, type: 'settled', how: outcome, by, callId: null })
}
