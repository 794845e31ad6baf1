import { z } from 'zod'
import { moment } from './entities.ts'

export const surveyQuery = z.object({ days: z.coerce.number().int().min(1).max(366).default(30) })

/** What callers answered after their call. `answers`: how many by key, 1 to 5; `latest`: one line a call, the newest first. */
export const surveyResult = z.object({
  asked: z.int(),
  answers: z.array(z.object({ rating: z.int(), count: z.int() })),
  latest: z.array(z.object({ callId: z.string(), at: moment, rating: z.int(), operator: z.string().nullable() })),
})
export type SurveyResult = z.infer<typeof surveyResult>
