import { z } from 'zod'
import { sheetQuery } from './sheets.ts'

const day = z.iso.date().refine((date) => date >= '2000-01-02' && date < '2100-01-01')

/**
 * `calls` and `handling` multiply what the history says: what if a fifth more called? `limitMinutes`: what if conversations were cut there;
 * absent: as the desk is set; 0: never.
 */
export const staffingQuery = z.object({
  from: day,
  weeks: z.coerce.number().int().min(1).max(52).default(12),
  serviceLevel: z.coerce.number().min(0.1).max(0.99).default(0.8),
  withinS: z.coerce.number().min(5).max(900).default(60),
  occupancy: z.coerce.number().min(0.3).max(1).default(0.85),
  calls: z.coerce.number().min(0.1).max(5).default(1),
  handling: z.coerce.number().min(0.1).max(5).default(1),
  limitMinutes: z.coerce.number().min(0).max(240).optional(),
})
export const staffingFileQuery = staffingQuery.extend(sheetQuery)
export type StaffingQuery = z.output<typeof staffingQuery>

/** By what the operators that a half hour needs are reckoned. */
export const staffingMethods = ['simulation', 'erlangA', 'erlangC'] as const
export type StaffingMethod = (typeof staffingMethods)[number]

const expected = z.object({
  /** Answered within the bound, over all who called. */
  serviceLevel: z.number(),
  /** Left without an answer. */
  abandoned: z.number(),
  /** Mean wait of everybody, in s; null: the queue grows without end. */
  waitS: z.number().nullable(),
  occupancy: z.number(),
})
export type ExpectedService = z.infer<typeof expected>

export const staffing = z.object({
  /** The days that were looked at, and what they say; null: nothing to say it from. */
  basis: z.object({
    from: z.iso.date(),
    to: z.iso.date(),
    calls: z.int(),
    talkS: z.number().nullable(),
    wrapUpS: z.number().nullable(),
    patienceS: z.number().nullable(),
    /** Share of conversations that the limit cut. */
    capped: z.number().nullable(),
    /** σ of the factor by which days are busier or calmer than their mean. */
    busySigma: z.number(),
  }),
  /** What was simulated; null: there is nothing to simulate from. */
  simulation: z
    .object({
      days: z.int(),
      /** Of each half hour's conversations, before the limit. */
      talkMedianS: z.number(),
      talkSigma: z.number(),
      /** Null: nothing is cut. */
      limitMinutes: z.number().nullable(),
    })
    .nullable(),
  /** A week. Needed by each method; by Erlang A only where patience is known, by simulation where there is something to simulate. */
  days: z.array(
    z.object({
      date: z.iso.date(),
      slots: z.array(
        z.object({
          from: z.string(),
          calls: z.number(),
          needed: z.object({ simulation: z.int().nullable(), erlangA: z.int().nullable(), erlangC: z.int() }),
          planned: z.int(),
          /** What those who are planned would give; null: nobody calls, or the method has nothing to say. */
          expected: z.object({ simulation: expected.nullable(), erlangA: expected.nullable(), erlangC: expected.nullable() }),
        }),
      ),
    }),
  ),
})
export type Staffing = z.infer<typeof staffing>
export type StaffingSlot = Staffing['days'][number]['slots'][number]

/** The first of the methods that has something to say. */
export const bestNeed = ({ simulation, erlangA, erlangC }: StaffingSlot['needed']): number => simulation ?? erlangA ?? erlangC
