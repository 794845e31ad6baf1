import { z } from 'zod'
import { moment } from './entities.ts'

/** What happened to one call, fact by fact. */
export const callStory = z.object({
  id: z.string(),
  number: z.string().nullable(),
  /** Whose number it may be. */
  people: z.array(z.string()),
  direction: z.enum(['in', 'out']),
  /** From the desk's own page: by an account, or not; and from which request's. Null: by a telephone. */
  page: z.object({ signedIn: z.boolean(), ticket: z.int().nullable() }).nullable(),
  arrivedAt: moment,
  ended: z.boolean(),
  tickets: z.array(z.int()),
  facts: z.array(
    z.object({
      at: moment,
      /** Since the call began. */
      afterMs: z.int(),
      type: z.string(),
      /** Who did it, or whom it happened to, by name. */
      who: z.string().nullable(),
      /** Whom it was about: a colleague asked, a number. */
      other: z.string().nullable(),
      /** Why, how, or how much: a word of the fact's own. */
      how: z.string().nullable(),
      /** How long the fact says that something lasted or will last. */
      ms: z.int().nullable(),
    }),
  ),
})
export type CallStory = z.infer<typeof callStory>
