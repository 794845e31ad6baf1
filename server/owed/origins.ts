import type { EndReason } from '../calls/model.ts'
import type { Origin } from './model.ts'

export type EndedCall = {
  readonly callId: string
  readonly number: string | null
  readonly reason: EndReason
  readonly arrivedAt: number
  readonly answeredAt: number | null
  readonly endedAt: number
}

/** Whoever hangs up sooner dialled by mistake, or changed their mind before the desk could answer anybody. */
const shortestCallMs = 3_000

type Quiet = 'completed' | 'unanswered' | 'withdrawn' | 'got-through' | 'attached'
const quiet: Readonly<Record<Quiet, true>> = { completed: true, unanswered: true, withdrawn: true, 'got-through': true, attached: true }
/** Whether nothing is ever owed for a call that ended so. */
export const leavesNothing = (reason: EndReason): reason is Quiet => reason in quiet

const secondsBetween = (from: number, to: number) => Math.max(0, Math.round((to - from) / 1_000))

/**
 * What is owed for a call that has ended; null when nothing is. The message itself, if there is one, is noted apart, and is worth
 * more. A withheld number that left no message and talked to nobody cannot be called back: it counts in the figures alone.
 */
export function originOf(call: EndedCall): Origin | null {
  const { callId, reason, arrivedAt, answeredAt, endedAt } = call
  if (leavesNothing(reason)) return null
  const origin = (kind: Origin['kind'], seconds: number | null): Origin => ({ kind, at: endedAt, callId, messageId: null, seconds })
  const inVain = answeredAt === null
  // Cut by our fault is nobody's change of mind, however soon.
  const hungUpAtOnce = reason !== 'cut' && endedAt - arrivedAt < shortestCallMs
  if (inVain && (call.number === null || hungUpAtOnce)) return null
  const lasted = secondsBetween(answeredAt ?? arrivedAt, endedAt)
  switch (reason) {
    case 'capped':
    case 'cut':
      return origin(reason, lasted)
    // Whoever was answered and came back into the line, handed over in vain or their operator lost, was not helped either.
    case 'closed':
      return origin('closed', null)
    case 'abandoned':
    case 'message':
      return origin('abandoned', lasted)
    default:
      return reason satisfies never
  }
}
