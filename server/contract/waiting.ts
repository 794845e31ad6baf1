import { z } from 'zod'
import { moment } from './entities.ts'

/**
 * Waits announced against what happened. `kept`: answered by the later bound, or before; `late`: not answered by then, whether the
 * caller stayed or not; `left`: gone before the announced wait was over, which says nothing. `medianError` is the wait from the
 * announcement on, less the middle of the range; null without anybody answered.
 */
const accuracy = {
  told: z.int(),
  kept: z.int(),
  late: z.int(),
  left: z.int(),
  medianSeconds: z.number().nullable(),
  medianErrorSeconds: z.number().nullable(),
}
export const waitAccuracy = z.object({
  since: moment,
  ...accuracy,
  ranges: z.array(z.object({ lowMinutes: z.number(), highMinutes: z.number(), ...accuracy })),
})
export type WaitAccuracy = z.infer<typeof waitAccuracy>
export const accuracyQuery = z.object({ days: z.coerce.number().int().min(1).max(366).default(30) })
