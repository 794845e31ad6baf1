import { expect, it } from 'vitest'
import { consultEndOf, dialEndOf, offerEndOf } from '../../server/calls/hang-up-causes.ts'

/* What a cause says, of an operator's own phone, of whom we called, and of whoever was to be asked. */
it.each<readonly [string, number, ReturnType<typeof offerEndOf>, ReturnType<typeof dialEndOf>, ReturnType<typeof consultEndOf>]>([
  ['busy', 17, 'declined', 'busy', 'busy'],
  ['refused', 21, 'declined', 'busy', 'busy'],
  ['no longer rung', 16, 'no-answer', 'no-answer', 'no-answer'],
  ['nobody there', 18, 'no-answer', 'no-answer', 'no-answer'],
  ['nobody picked up', 19, 'no-answer', 'no-answer', 'no-answer'],
  ['not said', 0, 'unreachable', 'no-answer', 'no-answer'],
  ['no such number', 1, 'unreachable', 'unallocated', 'unreachable'],
  ['a number that cannot be', 28, 'unreachable', 'unallocated', 'unreachable'],
  ['not registered', 20, 'unreachable', 'unreachable', 'unreachable'],
  ['a failure', 41, 'unreachable', 'unreachable', 'unreachable'],
])('%s (%i)', (_what, cause, offer, dial, consult) => {
  expect([offerEndOf(cause), dialEndOf(cause), consultEndOf(cause)]).toEqual([offer, dial, consult])
})
