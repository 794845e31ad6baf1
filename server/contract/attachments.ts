import { z } from 'zod'

/** A file that came with a line of a ticket's journal, and is read by whoever reads that line. */
export const attachment = z.object({
  id: z.string(),
  /** Null: brought by who asks, and not sent yet. */
  entryId: z.int().nullable(),
  /** Safe to show and to save under. */
  name: z.string(),
  /** By its content, whatever its name. */
  type: z.string(),
  bytes: z.int(),
  /** Of a picture that a browser shows, in pixels. */
  picture: z.object({ width: z.int(), height: z.int() }).nullable(),
})
export type Attachment = z.infer<typeof attachment>

export const attachmentIds = z.array(z.uuid()).max(50)
/** A file's bytes are the body, its name is in the address. */
export const attachmentName = z.object({ name: z.string().max(1_000).default('') })
