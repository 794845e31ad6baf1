import { z } from 'zod'

const day = z.iso.date().refine((date) => date >= '2000-01-02' && date < '2100-01-01')

/** `calls` and `handling` multiply what the history says: what if a fifth more called? */
export const staffingQuery = z.object({
  from: day,
  weeks: z.coerce.number().int().min(1).max(52).default(12),
  serviceLevel: z.coerce.number().min(0.1).max(0.99).default(0.8),
  withinS: z.coerce.number().min(5).max(900).default(60),
  occupancy: z.coerce.number().min(0.3).max(1).default(0.85),
  calls: z.coerce.number().min(0.1).max(5).default(1),
  handling: z.coerce.number().min(0.1).max(5).default(1),
})
export type StaffingQuery = z.output<typeof staffingQuery>

export const staffing = z.object({
  /** The days that were looked at, and what they say; null: nothing to say it from. */
  basis: z.object({
    from: z.iso.date(),
    to: z.iso.date(),
    calls: z.int(),
    talkS: z.number().nullable(),
    wrapUpS: z.number().nullable(),
    patienceS: z.number().nullable(),
  }),
  /** A week. `needed` by Erlang A where patience is known, else by Erlang C; `neededC` by Erlang C. */
  days: z.array(
    z.object({
      date: z.iso.date(),
      slots: z.array(
        z.object({
          from: z.string(),
          calls: z.number(),
          needed: z.int(),
          neededC: z.int(),
          planned: z.int(),
          /** What those who are planned would give; null: nobody calls. */
          serviceLevel: z.number().nullable(),
        }),
      ),
    }),
  ),
})
export type Staffing = z.infer<typeof staffing>
