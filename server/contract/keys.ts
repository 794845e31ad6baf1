import { z } from 'zod'
import { moment } from './entities.ts'
import { keyRoutes } from './rights.ts'

/** A program that calls the interface in its own name: in a role, and never beyond the routes it was given. */
const keyRole = z.enum(['operator', 'supervisor'])
const keyRoute = z.string().refine((route) => keyRoutes.some((one) => one === route), 'routes')

export const keyCreation = z.object({
  name: z.string().trim().min(1).max(60),
  role: keyRole,
  /** Null: whatever this role may read. */
  routes: z.array(keyRoute).min(1).max(100).nullable(),
  expiresInDays: z.int().min(1).max(731),
})
export type KeyCreation = z.output<typeof keyCreation>

const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** Its first letters. */
  hint: z.string(),
  role: keyRole,
  routes: z.array(z.string()).nullable(),
  createdAt: moment,
  createdBy: z.string(),
  expiresAt: moment,
  lastUsedAt: moment.nullable(),
  lastAddress: z.string().nullable(),
  revokedAt: moment.nullable(),
  revokedBy: z.string().nullable(),
})
export type ApiKey = z.infer<typeof apiKey>
export const apiKeysView = z.array(apiKey)
/** @property key shown this once */
export const keyGiven = z.object({ key: z.string(), view: apiKey })
export type KeyGiven = z.infer<typeof keyGiven>
