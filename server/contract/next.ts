import { z } from 'zod'
import { medium, moment, ticketStatus, urgency } from './entities.ts'

/**
 * What « Suivant » gives, in its one order.
 * call       mine: it rings, or we are talking
 * line       somebody waits, and I was not ready
 * callback   an answer owed, mine from now on
 * unwritten  a conversation of mine that has left nothing written
 * talk       somebody waits for a written answer on their request, or has left the page meanwhile; kept from the others for a moment
 * ticket     one to take up, kept from the others for a while
 */
const nextThing = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), key: z.string(), callId: z.string(), who: z.string(), ringing: z.boolean() }),
  z.object({ kind: z.literal('line'), key: z.string(), who: z.string(), since: moment, waiting: z.int() }),
  z.object({
    kind: z.literal('callback'),
    key: z.string(),
    entryId: z.string(),
    who: z.string(),
    dueAt: moment,
    priority: z.boolean(),
    about: z.string().optional(),
  }),
  z.object({ kind: z.literal('unwritten'), key: z.string(), callId: z.string(), who: z.string(), since: moment }),
  z.object({ kind: z.literal('talk'), key: z.string(), number: z.int(), who: z.string(), since: moment, here: z.boolean() }),
  z.object({
    kind: z.literal('ticket'),
    key: z.string(),
    number: z.int(),
    title: z.string(),
    status: ticketStatus,
    medium,
    urgency,
    since: moment,
  }),
])
export type NextThing = z.infer<typeof nextThing>

/** `passed`: keys that this operator leaves aside; what was taken of them is given back. */
export const nextAsked = z.object({ passed: z.array(z.string().max(120)).max(200).default([]) })
/** `next` null: nothing waits. `others`: how many things wait after it. */
export const nextAnswer = z.object({ next: nextThing.nullable(), others: z.int() })
export type NextAnswer = z.infer<typeof nextAnswer>
