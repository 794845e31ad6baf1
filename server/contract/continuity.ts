import { z } from 'zod'
import { moment } from './entities.ts'

/** The encrypted sheet for the day when nothing answers. `at`: of the last one made. */
export const continuityState = z.object({
  /** Whether a password has been chosen; no sheet is made without. */
  ready: z.boolean(),
  at: moment.nullable(),
  /** Why the last one could not be made; null when it could. */
  problem: z.string().nullable(),
})
export type ContinuityState = z.infer<typeof continuityState>

export const shortestContinuityPassword = 12
export const continuityPassword = z.object({ password: z.string().min(shortestContinuityPassword).max(200) })
