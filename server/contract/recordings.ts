import { z } from 'zod'
import { moment } from './entities.ts'

/** A conversation, or a part of it, that was recorded. `at`: the conversation's beginning. */
const recorded = z.object({ id: z.string(), callId: z.string(), at: moment, keptAt: moment, seconds: z.number() })
export type Recorded = z.infer<typeof recorded>

/** Either of a call or of a ticket. */
export const recordingsOf = z
  .object({ call: z.string().max(100).optional(), ticket: z.coerce.number().int().positive().optional() })
  .refine(({ call, ticket }) => (call === undefined) !== (ticket === undefined), 'call')

/** @property removedAfterDays how long a recording is kept */
export const recordings = z.object({ recordings: z.array(recorded), removedAfterDays: z.int() })
export type Recordings = z.infer<typeof recordings>

/** The loudness of a recording, slice by slice, 0 to 100. */
export const recordingShape = z.object({ peaks: z.array(z.int().min(0).max(100)) })
export type RecordingShape = z.infer<typeof recordingShape>
