import { z } from 'zod'
import { moment, ticketStatus } from './entities.ts'
import { linkKind } from './ticket-states.ts'

export type { LinkKind } from './ticket-states.ts'

const number = z.int().min(1).max(2_147_483_647)
/** From the ticket whose page it is made on: « child of n° 12 », « follows n° 12 ». */
/** What of the other ticket the requester of this one reads under their own number. */
export const linkShares = z.enum(['nothing', 'messages'])
export type LinkShares = z.infer<typeof linkShares>
/** `merge`: a duplicate is closed into the other. */
export const linking = z
  .object({ kind: linkKind, ticket: number, shares: linkShares.default('nothing'), merge: z.boolean().default(false) })
  .refine(({ kind, merge }) => !merge || kind === 'duplicate-of', { path: ['merge'] })
export type Linking = z.input<typeof linking>
/** What a link shares from now on. */
export const sharing = z.object({ shares: linkShares })

/** A link as one of its two tickets sees it. `outward`: it goes from this one (a child of the other) or comes from the other. */
const ticketLink = z.object({
  kind: linkKind,
  outward: z.boolean(),
  ticket: z.int(),
  title: z.string(),
  status: ticketStatus,
  requester: z.string(),
  light: z.boolean(),
  shares: linkShares,
  /** This link has closed a duplicate; undone, it is open again. */
  merged: z.boolean(),
  at: moment,
  by: z.string(),
})
export type TicketLink = z.infer<typeof ticketLink>

/**
 * A ticket's links, the newest first, light children left out after the first fifty. `children` counts them all, and `informed` those that
 * were told of their parent's end.
 */
export const ticketLinks = z.object({ links: z.array(ticketLink), children: z.int(), informed: z.int() })
export type TicketLinks = z.infer<typeof ticketLinks>
