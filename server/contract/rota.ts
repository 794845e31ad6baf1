import { z } from 'zod'
import { openSpan } from './settings.ts'

/** Within what both the calendar and the database can count. */
const day = z.iso.date().refine((date) => date >= '2000-01-01' && date < '2100-01-01')

/** Somebody's presence at the desk on a day, in wall time. */
export const rotaShift = openSpan.extend({
  id: z.string(),
  operatorId: z.string(),
  name: z.string(),
  day: z.iso.date(),
  /** Its holder seeks somebody who takes it. */
  offered: z.boolean(),
})
export type RotaShift = z.infer<typeof rotaShift>

/** `open`: the desk's own hours of that day. `gaps`: the parts of them for which nobody is down who is not away. */
export const rotaDay = z.object({
  date: z.iso.date(),
  open: z.array(openSpan),
  shifts: z.array(rotaShift.extend({ away: z.boolean() })),
  gaps: z.array(openSpan),
})
export type RotaDay = z.infer<typeof rotaDay>

const named = z.object({ id: z.string(), name: z.string() })
export const rota = z.object({
  days: z.array(rotaDay),
  /** Those who may be put down. */
  operators: z.array(named),
  /** At this moment: who is expected, and who of them is not signed in at the desk. */
  now: z.object({ expected: z.array(named), missing: z.array(named) }),
})
export type Rota = z.infer<typeof rota>

export const rotaQuery = z.object({ from: day, days: z.coerce.number().int().min(1).max(42).default(7) })

/** The same shift each week, `weeks` times. */
export const shiftCreation = openSpan
  .extend({ operatorId: z.string().max(100), day, weeks: z.int().min(1).max(52).default(1) })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'to' })
export type ShiftCreation = z.input<typeof shiftCreation>

/** Offering a shift or withdrawing the offer; or giving it to somebody. */
export const shiftChange = z.union([z.strictObject({ offered: z.boolean() }), z.strictObject({ operatorId: z.string().max(100) })])
export type ShiftChange = z.infer<typeof shiftChange>
