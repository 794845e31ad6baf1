import { z } from 'zod'
import { ticketFilters } from './ticket-lists.ts'

/** A list that somebody keeps. `mine`: may be changed by whoever asks. */
const savedView = z.object({
  id: z.uuid(),
  name: z.string(),
  filters: ticketFilters,
  shared: z.boolean(),
  by: z.string(),
  mine: z.boolean(),
})
export type SavedView = z.infer<typeof savedView>
export const savedViews = z.array(savedView)

export const viewWrite = z.object({
  name: z.string().trim().min(1).max(60),
  filters: ticketFilters,
  /** For everybody who works here; supervisors' and administrators' to decide. */
  shared: z.boolean().default(false),
})
export type ViewWrite = z.input<typeof viewWrite>
