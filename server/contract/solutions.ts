import { z } from 'zod'
import { moment } from './entities.ts'

/** What the holder of a mailed link sees of the ticket, and nothing more. `over`: answered meanwhile, taken back, or closed. */
export const solutionShown = z.object({
  number: z.int(),
  title: z.string(),
  summary: z.string(),
  state: z.enum(['open', 'over']),
  status: z.enum(['open', 'closed']),
  solution: z.string().nullable(),
  by: z.string().nullable(),
  at: moment,
  closesAt: moment.nullable(),
})
export type SolutionShown = z.infer<typeof solutionShown>

export const solutionKey = z.object({ key: z.string().max(60) })
export const solutionAnswer = z.discriminatedUnion('answer', [
  z.object({ key: z.string().max(60), answer: z.literal('yes') }),
  z.object({ key: z.string().max(60), answer: z.literal('no'), reason: z.string().trim().min(1).max(20_000) }),
])
export type SolutionAnswer = z.infer<typeof solutionAnswer>
