import { z } from 'zod'
import { moment, ticketStatus } from './entities.ts'

/** A ticket that came to a group by mistake: given back (« pas pour nous »), or sent on to another. */
export const misrouted = z.object({
  number: z.int(),
  title: z.string(),
  status: ticketStatus,
  at: moment,
  by: z.string(),
  /** What they said of it; empty once erased. */
  reason: z.string(),
  /** Where it was sent on to; null: back to level 1. */
  to: z.string().nullable(),
  /** Where it is now; null: with level 1. */
  now: z.string().nullable(),
  /** Nobody has found its place yet: it is with level 1 again. */
  lost: z.boolean(),
})
export type Misrouted = z.infer<typeof misrouted>

/** Of the last ninety days, for whoever keeps the group's list. */
export const routing = z.object({
  misrouted: z.array(misrouted),
  /** How many tickets came here, and where those that left went; `group` null: back to level 1. */
  came: z.int(),
  went: z.array(z.object({ group: z.string().nullable(), count: z.int() })),
})
export type Routing = z.infer<typeof routing>
