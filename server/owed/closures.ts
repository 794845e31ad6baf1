/** How an answer owed keeps its time when the desk closes before it was given, and when it opens sooner than was foreseen. */
import type { OpeningCalendar } from '../calendar/calendar.ts'
import { addWorking, isOpen, nextChange, workingMs } from '../calendar/hours.ts'
import type { KeptSlot } from '../calendar/slots.ts'
import type { OwedFact } from './facts.ts'
import { type Entry, owedWithinMs } from './model.ts'

/**
 * What was left of its time goes on from the reopening; what is late stays late.
 * @param before what was made of it at the last look
 * @param hours with a closure that somebody ordered by hand
 */
export function keepDue(before: KeptSlot, hours: OpeningCalendar, nowMs: number): KeptSlot {
  const { dueAt } = before
  if (dueAt <= nowMs) return before
  const foreseen = before.reopensAt !== null && before.reopensAt > nowMs ? before.reopensAt : null
  const leftMs = Math.min(owedWithinMs, dueAt - (foreseen ?? nowMs))
  const dueFrom = (openMs: number, withinMs: number) => addWorking(hours, openMs, withinMs) ?? dueAt
  if (!isOpen(hours, nowMs)) {
    const next = nextChange(hours, nowMs)?.atMs ?? null
    const stays = next === null || (foreseen === null ? dueAt > next : foreseen === next)
    return stays ? before : { dueAt: dueFrom(next, leftMs), reopensAt: next }
  }
  if (foreseen !== null) return { dueAt: dueFrom(nowMs, leftMs), reopensAt: null }
  // It became owed during a closure that was taken back.
  const tooFar = workingMs(hours, nowMs, dueAt) > owedWithinMs
  return { dueAt: tooFar ? dueFrom(nowMs, owedWithinMs) : dueAt, reopensAt: null }
}

/**
 * What an entry's reasons to call become by the hours of now; empty when all is as before. Half hours that were promised have their own rule
 * (keepSlot), and a time agreed with the person holds whatever the hours.
 */
export function keptDues({ origins, attempts }: Entry, hours: OpeningCalendar, now: number): readonly OwedFact[] {
  const agreedAt = attempts.findLast(({ laterAt }) => laterAt !== null)?.at ?? Number.NEGATIVE_INFINITY
  return origins.flatMap(({ kind, at, callId, dueAt, reopensAt = null }): readonly OwedFact[] => {
    if (kind === 'slot' || dueAt === undefined || at <= agreedAt) return []
    const kept = keepDue({ dueAt, reopensAt }, hours, now)
    const same = kept.dueAt === dueAt && kept.reopensAt === reopensAt
    return same ? [] : [{ at: now, type: 'slot-moved', callId, ...kept }]
  })
}
