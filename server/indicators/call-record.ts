import type { Fact } from '../calls/facts.ts'

/** One call that is over, as figures count it. Durations in ms, moments in ms since 1970. */
export type CallRecord = {
  readonly callId: string
  readonly direction: 'in' | 'out'
  readonly arrivedAt: number
  /** Met the closed message without ever having waited or rung. */
  readonly closed: boolean
  /** An operator answered while the caller was on the line; for a call out, whom we called did. */
  readonly answered: boolean
  /** Hung up while waiting or ringing. */
  readonly abandoned: boolean
  /** From the arrival to the answer, or to the end of waiting. */
  readonly waitMs: number
  readonly talkMs: number
  /** Where others than who answered first talked to the caller too: how long each did, in the order they began; null otherwise. */
  readonly talks: readonly Talk[] | null
  readonly holdMs: number
  readonly holds: number
  /** Phones that rang in vain. */
  readonly misses: number
  readonly transfers: number
  /** How often the limit was put off. */
  readonly extended: number
  /** The limit ended the conversation. */
  readonly capped: boolean
  /** Waited for so long that it became an alarm. */
  readonly alarmed: boolean
  readonly message: boolean
  /** The place was kept, and the person reached afterwards. */
  readonly kept: boolean
  readonly reached: boolean
  /** Who answered first. */
  readonly operatorId: string | null
  /** From the desk's own page, by a browser. */
  readonly fromPage: boolean
}

export type Talk = { readonly operatorId: string; readonly ms: number }

type Draft = { -readonly [K in keyof CallRecord]: CallRecord[K] } & {
  waitOver: number | null
  talking: { readonly operatorId: string; readonly since: number } | null
  parts: readonly Talk[]
  heldSince: number | null
  queued: boolean
}

/** @param facts of one call, in order @returns null while it is not over, or when its beginning is not known */
export function callRecord(facts: readonly Fact[]): CallRecord | null {
  let draft: Draft | null = null
  for (const fact of facts) {
    if (fact.type === 'call-arrived' || fact.type === 'call-placed') draft ??= begun(fact)
    else if (draft !== null && fact.type === 'call-ended') return finished(draft, fact)
    else if (draft !== null) add(draft, fact)
  }
  return null
}

const begun = (fact: Extract<Fact, { type: 'call-arrived' | 'call-placed' }>): Draft => ({
  callId: fact.callId,
  direction: fact.type === 'call-arrived' ? 'in' : 'out',
  arrivedAt: fact.at,
  closed: false,
  answered: false,
  abandoned: false,
  waitMs: 0,
  talkMs: 0,
  talks: null,
  holdMs: 0,
  holds: 0,
  misses: 0,
  transfers: 0,
  extended: 0,
  capped: false,
  alarmed: false,
  message: false,
  kept: false,
  reached: false,
  operatorId: fact.type === 'call-placed' ? fact.operatorId : null,
  fromPage: fact.type === 'call-arrived' && fact.page !== undefined,
  waitOver: null,
  talking: null,
  parts: [],
  heldSince: null,
  queued: false,
})

function add(draft: Draft, fact: Fact): void {
  switch (fact.type) {
    case 'call-queued':
      // The desk opened while they heard that it was closed.
      draft.closed = false
      draft.waitOver = null
      draft.queued = true
      return
    case 'offer-made':
      draft.queued = true
      return
    case 'offer-ended':
      if (fact.reason === 'no-answer' || fact.reason === 'unreachable') draft.misses += 1
      return
    case 'call-answered':
      draft.operatorId ??= fact.operatorId
      if (draft.kept) draft.reached = true
      else draft.answered = true
      draft.waitOver ??= fact.at
      draft.talking = { operatorId: fact.operatorId, since: fact.at }
      return
    case 'closed-message-started':
      draft.closed = !draft.queued
      draft.waitOver ??= fact.at
      return
    case 'message-invited':
      draft.waitOver ??= fact.at
      return
    case 'message-left':
      draft.message = true
      return
    case 'place-kept':
      draft.kept = true
      draft.waitOver ??= fact.at
      return
    case 'caller-held':
    case 'consult-started':
      if (draft.heldSince === null) draft.holds += 1
      draft.heldSince ??= fact.at
      return
    case 'caller-resumed':
    case 'consult-ended':
    case 'conference-joined':
      return resumed(draft, fact.at)
    case 'call-transferred':
      draft.transfers += 1
      silent(draft, fact.at)
      if (fact.target.kind === 'operator') draft.talking = { operatorId: fact.target.operatorId, since: fact.at }
      return
    case 'transfer-started':
    case 'caller-requeued':
    case 'farewell-started':
      if (fact.type === 'farewell-started' && fact.reason === 'capped') draft.capped = true
      if (fact.type === 'farewell-started' && fact.reason === 'attached') draft.waitOver ??= fact.at
      return silent(draft, fact.at)
    case 'limit-extended':
      draft.extended += 1
      return
    case 'wait-alarm':
      draft.alarmed = true
      return
    default:
      return
  }
}

function resumed(draft: Draft, at: number): void {
  if (draft.heldSince !== null) draft.holdMs += at - draft.heldSince
  draft.heldSince = null
}

/** No operator of the desk talks to the caller any more. */
function silent(draft: Draft, at: number): void {
  resumed(draft, at)
  if (draft.talking !== null) {
    const ms = at - draft.talking.since
    draft.talkMs += ms
    draft.parts = [...draft.parts, { operatorId: draft.talking.operatorId, ms }]
  }
  draft.talking = null
}

function finished(draft: Draft, fact: Extract<Fact, { type: 'call-ended' }>): CallRecord {
  silent(draft, fact.at)
  const { waitOver, talking: _talking, heldSince: _held, queued, parts, ...record } = draft
  return {
    ...record,
    talks: parts.every(({ operatorId }) => operatorId === record.operatorId) ? null : eachOnce(parts),
    abandoned: fact.reason === 'abandoned' && !record.answered && !record.kept && !record.closed,
    capped: record.capped || fact.reason === 'capped',
    waitMs: record.direction === 'in' && (queued || record.answered) ? (waitOver ?? fact.at) - record.arrivedAt : 0,
  }
}

function eachOnce(parts: readonly Talk[]): readonly Talk[] {
  const whole = new Map<string, number>()
  for (const { operatorId, ms } of parts) whole.set(operatorId, (whole.get(operatorId) ?? 0) + ms)
  return [...whole].map(([operatorId, ms]) => ({ operatorId, ms }))
}
