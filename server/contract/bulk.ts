import { z } from 'zod'
import { linkShares } from './ticket-links.ts'
import { linkKind } from './ticket-states.ts'

const text = z.string().trim().min(1).max(20_000)
const bulkOrder = z.discriminatedUnion('do', [
  z.object({ do: z.literal('take-up') }),
  z.object({ do: z.literal('redirect'), groupId: z.string().min(1).max(100), reason: z.string().trim().max(20_000).default('') }),
  z.object({ do: z.literal('close'), solution: text }),
  z.object({
    do: z.literal('link'),
    kind: linkKind,
    ticket: z.int().min(1).max(2_147_483_647),
    shares: linkShares.default('nothing'),
    /** Each is closed into that one. */
    merge: z.boolean().default(false),
  }),
])
export type BulkOrder = z.infer<typeof bulkOrder>

/** As many as a list shows on one page, however far it is read. */
const mostAtOnce = 2_000
/** One gesture on many tickets. `id` is chosen by the client: sent twice, it is done once. */
export const bulkCreation = z.object({
  id: z.uuid(),
  numbers: z.array(z.int().min(1).max(2_147_483_647)).min(1).max(mostAtOnce),
  order: bulkOrder,
})
export type BulkCreation = z.input<typeof bulkCreation>

/**
 * How far it has come. `failed`: refused, and why. `kept`: could not be taken back, somebody had done something since. `undoableUntil`:
 * until when mails wait and it can be taken back; null: no more.
 */
export const bulkProgress = z.object({
  id: z.uuid(),
  state: z.enum(['running', 'done', 'undoing', 'undone']),
  total: z.int(),
  done: z.int(),
  undone: z.int(),
  kept: z.int(),
  failed: z.array(z.object({ number: z.int(), why: z.string() })),
  undoableUntil: z.iso.datetime().nullable(),
})
export type BulkProgress = z.infer<typeof bulkProgress>
