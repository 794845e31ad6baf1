import type { RunningClock, TicketClock } from './clocks.ts'

/** The clock whose end comes first; null when none runs towards one. */
export function nextDue(clock: TicketClock | null): (RunningClock & { readonly dueAt: string }) | null {
  const running = [clock?.takeUp ?? null, clock?.solve ?? null].flatMap((one) =>
    one === null || one.dueAt === null ? [] : [{ ...one, dueAt: one.dueAt }],
  )
  return running.toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0] ?? null
}
