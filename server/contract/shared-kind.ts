import { z } from 'zod'

/** `spelled`: shown letter by letter; `step`: to be done, and ticked by the caller; `remote`: an offer of remote control, `started` by the caller; `done`: the caller ticked a step. */
export const sharedKind = z.enum(['text', 'spelled', 'step', 'remote', 'started', 'done'])
export type SharedKind = z.infer<typeof sharedKind>
