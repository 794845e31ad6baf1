import { z } from 'zod'
import { moment } from './entities.ts'

/** Somebody who waits for a written answer on their request's page, or has left it meanwhile. */
const talk = z.object({
  number: z.int(),
  title: z.string(),
  requester: z.string(),
  /** When they wrote what nobody has answered yet. */
  since: moment,
  /** How it begins. */
  text: z.string(),
  /** Whether they have the page before them now. */
  here: z.boolean(),
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
})
export type Talk = z.infer<typeof talk>
export const talks = z.object({ talks: z.array(talk) })
export type Talks = z.infer<typeof talks>

/** Whether the requester has their request's page before them, and waits there for an answer. */
export const presence = z.object({ here: z.boolean(), types: z.boolean(), waits: z.boolean() })
export type Presence = z.infer<typeof presence>
