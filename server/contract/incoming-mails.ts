import { z } from 'zod'
import { moment } from './entities.ts'

/**
 * What became of a mail that came in. `opened` a pre-ticket; `added` to one; `bounced`: one of ours came back; `ignored`: a machine's;
 * `held`: too many from one sender; `unreadable`: kept as it came.
 */
const incomingOutcome = z.enum(['opened', 'added', 'bounced', 'ignored', 'held', 'unreadable'])
export type IncomingOutcome = z.infer<typeof incomingOutcome>

export const incomingMail = z.object({
  id: z.string(),
  at: moment,
  from: z.object({ name: z.string(), address: z.string() }).nullable(),
  subject: z.string(),
  /** Its whole text, what it repeats included; null when it cannot be read or was erased. */
  text: z.string().nullable(),
  files: z.int(),
  bytes: z.int(),
  outcome: incomingOutcome,
  /** Why nothing followed from it; a word of `server/tickets/automatic.ts`, or a sentence. */
  why: z.string().nullable(),
  ticketNumber: z.int().nullable(),
  /** Nothing follows from it by itself: somebody must look. */
  toSee: z.boolean(),
  seenBy: z.string().nullable(),
  seenAt: moment.nullable(),
})
export type IncomingMail = z.infer<typeof incomingMail>
export const incomingMails = z.array(incomingMail)
