import { z } from 'zod'
import { categoryId, impact, redirectionRule } from './categories.ts'
import { person, requester, urgency } from './entities.ts'

/** What an operator fills in of a ticket. Fields left out stay. */
export const completion = z.object({
  title: z.string().trim().min(1).max(200).optional(),
  summary: z.string().max(20_000).optional(),
  requester: requester.optional(),
  urgency: urgency.optional(),
  impact: impact.optional(),
  categoryId: categoryId.nullable().optional(),
  placeId: categoryId.nullable().optional(),
})
export type Completion = z.infer<typeof completion>

/** Who would receive a ticket sorted like this. */
export const redirectionTrial = z.object({
  categoryId: categoryId.nullable().default(null),
  placeId: categoryId.nullable().default(null),
  affiliation: person.shape.affiliation.nullable().default(null),
  /** Whose ticket it is: decides the affiliation when it is not said. */
  personId: z.string().max(100).nullable().default(null),
  /** Rules that are being edited; without, those in force. */
  rules: z.array(redirectionRule).max(200).optional(),
})
export type RedirectionTrial = z.input<typeof redirectionTrial>

/** `rule`: the place of the one that decides; `desk`: it leaves it to the desk itself; else `group` null beside it: a group that is no more. No `people` today and no `mail`: nobody would hear of it. */
export const redirectionVerdict = z.object({
  rule: z.int().nullable(),
  desk: z.boolean(),
  group: z.object({ id: z.string(), name: z.string(), mail: z.string().nullable(), people: z.int() }).nullable(),
})
export type RedirectionVerdict = z.infer<typeof redirectionVerdict>
