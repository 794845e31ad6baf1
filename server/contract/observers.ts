import { z } from 'zod'
import { moment } from './entities.ts'

const id = z.string().min(1).max(100)

/** Who is to watch a ticket: somebody who works here, or somebody of the directory, who reads what the requester reads. */
export const observerOrder = z.union([z.strictObject({ accountId: id }), z.strictObject({ personId: id })])
export type ObserverOrder = z.infer<typeof observerOrder>

/** `staff`: works here, and hears of internal notes too. `me`: whoever asks. `reached`: an address is known. */
const observer = z.object({
  id: z.uuid(),
  accountId: z.string().nullable(),
  personId: z.string().nullable(),
  name: z.string(),
  staff: z.boolean(),
  me: z.boolean(),
  reached: z.boolean(),
  by: z.string(),
  at: moment,
})
export type Observer = z.infer<typeof observer>
/** In the order in which they came. */
export const observers = z.array(observer)
export type Observers = z.infer<typeof observers>

/** More than so many watch a disruption, not a ticket. */
export const mostObservers = 30
