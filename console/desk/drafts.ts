import type { CallView } from '../../server/contract/entities.ts'
import type { Session } from '../../server/contract/http.ts'
import type { HandMedium } from '../../server/contract/vocabulary.ts'
import { isWritten, partIn, type Desk } from '../live/desk.ts'
import type { Ended } from '../live/store.ts'
import { stored, type Stored } from '../ui/stored.ts'
import { blankDraft, draftOfCall, grown, isBare, isUntouched, type CallerOf, type Draft } from './draft.ts'

/** What is kept on this computer for one operator: tickets being written, and which calls have theirs already. */
export type Kept = {
  readonly drafts: readonly Draft[]
  readonly saved: readonly { readonly callId: string; readonly number: number; readonly closed: boolean; readonly mailed: boolean }[]
  /** Calls that ended otherwise than by a ticket of their own. */
  readonly settled: readonly string[]
  /** The key of the ticket by hand that is in front; those put aside wait as chips. */
  readonly hand: string | null
}

export const handKey = 'hand'
const savedRemembered = 20
const nothing: Kept = { drafts: [], saved: [], settled: [], hand: handKey }
const stores = new Map<string, Stored<Kept>>()

/** The drafts of this operator. */
export function draftsOf(operatorId: string): Stored<Kept> {
  const found = stores.get(operatorId)
  if (found !== undefined) return found
  const made = stored<Kept>(`guichet.drafts.${operatorId}`, read, (kept) =>
    kept.drafts.length + kept.saved.length + kept.settled.length === 0 ? null : JSON.stringify(kept),
  )
  stores.set(operatorId, made)
  return made
}

function read(text: string | null): Kept {
  if (text === null) return nothing
  try {
    const kept = { ...nothing, ...(JSON.parse(text) as Partial<Kept>) }
    return {
      ...kept,
      drafts: kept.drafts.map((d) => ({ ...blankDraft({ key: d.key, idempotencyKey: d.idempotencyKey, now: d.startedAt }), ...d })),
    }
  } catch {
    return nothing
  }
}

const birth = () => ({ idempotencyKey: crypto.randomUUID(), now: new Date().toISOString() })

/** The drafts once this call is known to be ours: its own is begun, or grows. Unchanged when the call has its ticket already. */
export function withCall(kept: Kept, call: CallView): Kept {
  if (kept.settled.includes(call.id) || kept.saved.some((s) => s.callId === call.id)) return kept
  const old = kept.drafts.find((d) => d.key === call.id)
  const known = old === undefined ? draftOfCall(call, birth()) : grown(old, call)
  const draft = call.status === 'talking' && !known.answered ? { ...known, answered: true } : known
  return old === undefined ? { ...kept, drafts: [...kept.drafts, draft] } : replaced(kept, draft)
}

/** The drafts after a call has ended: nobody had answered here → its draft is gone; else it waits to be saved. */
export function withEnd(kept: Kept, ended: Ended, me: string): Kept {
  const draft = kept.drafts.find((d) => d.key === ended.id)
  if (draft === undefined) return kept
  if (ended.operatorId !== me && !draft.answered) return without(kept, ended.id)
  return replaced(kept, { ...draft, answered: true, ended: true })
}

/** The drafts against the whole desk: what we missed while away is settled as if we had seen it. */
export function withDesk(kept: Kept, desk: Desk): Kept {
  let next = kept
  for (const draft of kept.drafts) {
    if (draft.callId === null) continue
    const call = desk.calls.find((c) => c.id === draft.callId)
    const part = call === undefined ? null : partIn(call, desk.me)
    if (call !== undefined && part !== null && isWritten(part)) next = withCall(next, call)
    else if (call !== undefined && draft.answered) next = afterHandOver(next, draft, call)
    else if (draft.answered || !isBare(draft)) next = draft.ended ? next : replaced(next, { ...draft, ended: true })
    else next = without(next, draft.key)
  }
  return next
}

/**
 * The drafts once a conversation has left me and goes on: a colleague who has it has its notes too, by the server; outside the desk, or
 * until somebody picks up, they are mine still.
 */
export const afterHandOver = (kept: Kept, draft: Draft, call: CallView): Kept =>
  call.operatorId !== null && !draft.unsent ? without(kept, draft.key) : kept

/** The first is known by the same key on every computer, so that it is one draft there; others as the server knows them. */
const freeHandKey = (kept: Kept, me: string, id: string) => (kept.drafts.some((d) => d.key === handKey) ? `hand-${me}-${id}` : handKey)

/** Whoever comes to level 2 has come past the desk; to all others, to it. */
const usualMedium = ({ role }: Pick<Session, 'role'>): HandMedium => (role === 'level2' ? 'level2' : 'walk-in')

/** The drafts with one by hand in front in which nothing is written yet; what was being written waits beside it. */
export function withHand(kept: Kept, me: Pick<Session, 'id' | 'role'>): Kept {
  const medium = usualMedium(me)
  const free = kept.drafts.find(isUntouched)
  // What its writer chose already stays.
  if (free !== undefined) return { ...replaced(kept, free.editedAt === null ? { ...free, medium } : free), hand: free.key }
  const { idempotencyKey, now } = birth()
  const key = freeHandKey(kept, me.id, idempotencyKey)
  return { ...kept, hand: key, drafts: [...kept.drafts, { ...blankDraft({ key, idempotencyKey, now }), medium }] }
}

/** A draft that was dropped, taken back: another one, since the server has done with the first. */
export function begunAgain(kept: Kept, draft: Draft, me: string): Kept {
  const idempotencyKey = crypto.randomUUID()
  const key = freeHandKey(kept, me, idempotencyKey)
  return { ...kept, hand: key, drafts: [...kept.drafts, { ...draft, key, idempotencyKey, version: 0, unsent: true }] }
}

export function replaced(kept: Kept, draft: Draft): Kept {
  return kept.drafts.includes(draft) ? kept : { ...kept, drafts: kept.drafts.map((d) => (d.key === draft.key ? draft : d)) }
}

export function without(kept: Kept, key: string): Kept {
  return { ...kept, drafts: kept.drafts.filter((d) => d.key !== key) }
}

/** The drafts once one has become a ticket. */
export function withSaved(kept: Kept, draft: Draft, ticket: { number: number; closed: boolean; mailed: boolean }): Kept {
  const left = without(kept, draft.key)
  return draft.callId === null ? left : { ...left, saved: [...left.saved, { callId: draft.callId, ...ticket }].slice(-savedRemembered) }
}

/** The drafts once a call has ended otherwise than by a ticket of its own. */
export const withSettled = (kept: Kept, draft: Draft): Kept =>
  draft.callId === null
    ? without(kept, draft.key)
    : { ...without(kept, draft.key), settled: [...kept.settled, draft.callId].slice(-savedRemembered) }

/** The drafts with that of a conversation that is over, begun unless there is one. */
export function withUnwritten(kept: Kept, call: CallerOf): Kept {
  if (kept.drafts.some((d) => d.key === call.id)) return kept
  const draft: Draft = { ...draftOfCall(call, birth()), answered: true, ended: true }
  return { ...kept, drafts: [...kept.drafts, draft], saved: kept.saved.filter((s) => s.callId !== call.id) }
}

/** Calls that have ended and still have no ticket. */
export const owed = (kept: Kept): readonly Draft[] => kept.drafts.filter((d) => d.callId !== null && d.ended)
