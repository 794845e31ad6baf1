import { z } from 'zod'
import { moment } from './entities.ts'

/** How the copy of the directory stands, for those who administer. */
export const directoryState = z.object({
  /** False: the service was started without a directory. */
  configured: z.boolean(),
  /** As `LDAP_URL` names them. */
  servers: z.array(z.string()),
  /** How many people are known. */
  people: z.int(),
  /** One is under way, and has read so many. */
  running: z.object({ since: moment, read: z.int() }).nullable(),
  /** The last one that reached its end. */
  last: z
    .object({
      at: moment,
      /** Everybody was read; else only what had changed. */
      complete: z.boolean(),
      seconds: z.number(),
      read: z.int(),
      changed: z.int(),
      retired: z.int(),
      /** How many vanished at once and were kept: that many do not leave in a quarter of an hour. */
      kept: z.int(),
      /** Whether PostgreSQL's copy has followed. */
      saved: z.boolean(),
    })
    .nullable(),
  /** Why the ones since then have failed. */
  failure: z.object({ at: moment, reason: z.string() }).nullable(),
  /** What the directory's groups gave: people with a role, logins that accounts made here bear already, or why nothing was changed. */
  roles: z.object({ at: moment, workers: z.int(), refusedLogins: z.array(z.string()), problem: z.string().nullable() }).nullable(),
  next: moment.nullable(),
})
export type DirectoryState = z.infer<typeof directoryState>

/** @property believeLoss retire those who have vanished, however many: somebody has looked */
export const synchronisationOrder = z.object({ believeLoss: z.boolean().default(false) })
