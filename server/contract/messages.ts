import { z } from 'zod'
import { moment } from './entities.ts'

/** A voice message as its player shows it before a word is heard. */
export const messageShape = z.object({
  /** The loudness of each slice, 0 to 100. */
  peaks: z.array(z.int().min(0).max(100)),
  /** `off`: this site has set up nothing that writes down what messages say. */
  transcription: z.enum(['off', 'waiting', 'done']),
})
export type MessageShape = z.infer<typeof messageShape>

/** What a machine understood, and which. */
export const transcript = z.object({ text: z.string(), by: z.string() })
export type Transcript = z.infer<typeof transcript>

/** Who had access to a voice message. */
const listening = z.object({ at: moment, who: z.string(), how: z.enum(['heard', 'downloaded']) })
export type Listening = z.infer<typeof listening>
export const listenings = z.array(listening)
