import { z } from 'zod'
import { moment } from './entities.ts'
import { misrouted } from './routing.ts'

/** « Toujours exacte ? »: it is, or something is to be corrected. */
const listAnswer = z.enum(['right', 'wrong'])
export type ListAnswer = z.infer<typeof listAnswer>

/** What was last said of a list; `over`: it has been changed since. */
const listSaid = z.object({ answer: listAnswer, at: moment, by: z.string(), note: z.string(), over: z.boolean() })
export type ListSaid = z.infer<typeof listSaid>

/** @property note what is wrong: needed then */
export const listAnswering = z
  .object({ answer: listAnswer, note: z.string().trim().max(2_000).default('') })
  .refine(({ answer, note }) => answer === 'right' || note !== '', { path: ['note'], message: 'note' })
export type ListAnswering = z.input<typeof listAnswering>

/** A list, for whoever keeps it. */
const keptList = z.object({
  id: z.string(),
  name: z.string(),
  /** Who keeps it, by name. */
  referents: z.array(z.string()),
  members: z.int(),
  /** Members who are away today and whom nobody stands in for. */
  missing: z.int(),
  /** Tickets that are with the group and not closed; of them, those whose delay is over. */
  open: z.int(),
  late: z.int(),
  /** In ninety days: tickets that came here, and those that came by mistake. */
  came: z.int(),
  misrouted: z.int(),
  /** Null: nothing was said of it yet, or the directory is its master. */
  said: listSaid.nullable(),
  /** Since when an answer has been waited for; null: none is. */
  askedAt: moment.nullable(),
  /** The directory says who is on it. */
  fromDirectory: z.boolean(),
})
export type KeptList = z.infer<typeof keptList>

/** `lost`: tickets that were given back and that nobody has found a place for, the oldest first. */
export const keptLists = z.object({
  lists: z.array(keptList),
  lost: z.array(misrouted.extend({ groupId: z.string(), group: z.string() })),
})
export type KeptLists = z.infer<typeof keptLists>
