import { z } from 'zod'

/** Whom somebody is sent on to: a name, and the number as a person reads it. */
export const outsideTarget = z.object({ name: z.string().trim().min(1).max(100), number: z.string().trim().min(1).max(40) })
export type OutsideTarget = z.infer<typeof outsideTarget>
export const refusalReason = z.string().trim().min(1).max(300)

/** Not for this desk: why, which stays among us, and to whom the person was sent on, with the number and the address that were given. */
export const outOfScope = z.object({
  reason: refusalReason,
  target: outsideTarget.extend({ email: z.email().max(254).nullable().optional() }).nullable(),
})
export type OutOfScope = z.infer<typeof outOfScope>
