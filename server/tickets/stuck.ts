import { workingDaysAgo } from '../calendar/ago.ts'
import type { TicketPolicy } from './model.ts'

/** Before which moments (ISO 8601) a ticket is stuck, by why. */
export type Cutoffs = {
  readonly now: string
  /** Nobody has touched it since. */
  readonly forgotten: string
  /** Waits for the requester since before. */
  readonly silent: string
}

/** What counts as stuck at a moment. @param now ms */
export function cutoffsAt({ calendar, forgottenAfterDays, silentAfterDays }: TicketPolicy, now: number): Cutoffs {
  const iso = (ms: number) => new Date(ms).toISOString()
  return {
    now: iso(now),
    forgotten: iso(workingDaysAgo(calendar, now, forgottenAfterDays)),
    silent: iso(workingDaysAgo(calendar, now, silentAfterDays)),
  }
}
