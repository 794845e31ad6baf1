import { z } from 'zod'
import { attachmentIds } from './attachments.ts'
import { moment, person } from './entities.ts'
import { mostObservers, observerOrder } from './observers.ts'
import { outsideTarget, refusalReason as reason } from './out-of-scope.ts'

/** What became of a call. `nothing`: there was nothing to note, and a word says why. */
const dispositionKind = z.enum(['opened', 'attached', 'refused', 'nothing'])
export type DispositionKind = z.infer<typeof dispositionKind>

/** Ends a call otherwise than by a ticket of its own, which is made by `POST /api/tickets` with its `callId`. */
export const dispositionOrder = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('attached'),
    ticket: z.int().min(1).max(2_147_483_647),
    /** Added to the ticket; empty: that the person called again. */
    text: z.string().max(20_000).default(''),
    /** Files brought for the ticket that was being written. */
    attachments: attachmentIds.default([]),
    /** Who was put in copy of it: they are in copy of this one. */
    observers: z.array(observerOrder).max(mostObservers).default([]),
  }),
  /** Not for us: sent on, or not. */
  z.object({ kind: z.literal('refused'), reason, target: outsideTarget.nullable().default(null) }),
  z.object({ kind: z.literal('nothing'), reason }),
])
export type DispositionOrder = z.input<typeof dispositionOrder>

export const disposition = z.object({
  callId: z.string(),
  at: moment,
  by: z.string(),
  kind: dispositionKind,
  ticket: z.int().nullable(),
  reason: z.string().nullable(),
  target: outsideTarget.nullable(),
})
export type Disposition = z.infer<typeof disposition>

/** A conversation that has ended and left nothing written yet. */
const callWithoutTicket = z.object({
  id: z.string(),
  number: z.string().nullable(),
  numberShown: z.string(),
  people: z.array(person),
  operatorId: z.string().nullable(),
  /** Who answered. */
  operator: z.string(),
  answeredAt: moment,
  endedAt: moment,
  seconds: z.int(),
})
export type CallWithoutTicket = z.infer<typeof callWithoutTicket>
/** The oldest first; `total` counts those not listed too. */
export const callsWithoutTicket = z.object({ calls: z.array(callWithoutTicket), total: z.int() })
export type CallsWithoutTicket = z.infer<typeof callsWithoutTicket>
