import { workingDaysAgo } from '../calendar/ago.ts'
import type { TicketPolicy } from './model.ts'

/** Before which moments (ISO 8601) a ticket is stuck, by why. */
export type Cutoffs = {
  readonly now: string
  /** Nobody has touched it since. */
  readonly forgotten: string
  /** Waits for the requester since before. */
  readonly silent: string
  /** Nobody has touched it since, though it is of a high priority. */
  readonly pressing: string
}

/** What comes first and second of five is waited for by somebody who cannot work, or by many. */
export const highPriority = 2
const pressingAfterDays = 1

/** What counts as stuck at a moment. @param now ms */
export function cutoffsAt({ calendar, forgottenAfterDays, silentAfterDays }: TicketPolicy, now: number): Cutoffs {
  const iso = (ms: number) => new Date(ms).toISOString()
  return {
    now: iso(now),
    forgotten: iso(workingDaysAgo(calendar, now, forgottenAfterDays)),
    silent: iso(workingDaysAgo(calendar, now, silentAfterDays)),
    pressing: iso(workingDaysAgo(calendar, now, Math.min(pressingAfterDays, forgottenAfterDays))),
  }
}
