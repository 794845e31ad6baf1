import { z } from 'zod'
import { moment, role } from './entities.ts'
import { phoneKind } from './phones.ts'

const phone = phoneKind.exclude(['demo']).nullable()
const extension = z
  .string()
  .trim()
  .regex(/^\d{2,10}$/)
  .nullable()

/** Somebody who signs in, as administrators see them. */
const account = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  role,
  extension: z.string().nullable(),
  phone: phoneKind.nullable(),
  /** `directory`: name, login and role are the directory's. */
  source: z.enum(['local', 'directory']),
  disabled: z.boolean(),
  /** Whether a password or the directory lets them in; otherwise they need a link. */
  canSignIn: z.boolean(),
  /** Whether something is asked of them beside a password. */
  secondFactor: z.boolean(),
  /** Since when they have had none because it was taken away. */
  secondFactorResetAt: moment.nullable(),
})
export type Account = z.infer<typeof account>
export const accountsView = z.array(account)

const described = z.object({
  name: z.string().trim().min(1).max(100),
  role,
  extension: extension.default(null),
  phone: phone.default(null),
})
export const accountCreation = described.extend({
  login: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9._@-]{0,59}$/),
})
export type AccountCreation = z.output<typeof accountCreation>
export const accountChange = described.extend({ disabled: z.boolean().default(false) })
export type AccountChange = z.output<typeof accountChange>

/** A link that lets somebody choose a password, once. */
export const passwordLink = z.object({ url: z.string(), expiresAt: moment })
export type PasswordLink = z.infer<typeof passwordLink>
/** Whose link it is; null: the first administrator, who says so. */
export const passwordOffer = z.object({ login: z.string().nullable(), name: z.string().nullable() })
export type PasswordOffer = z.infer<typeof passwordOffer>
export const newPassword = z.object({
  password: z.string().min(12).max(200),
  first: z.object({ login: accountCreation.shape.login, name: described.shape.name }).nullable().default(null),
})
export type NewPassword = z.input<typeof newPassword>

/** Where I am signed in. `id` opens nothing. */
const ownSession = z.object({
  id: z.string(),
  current: z.boolean(),
  since: moment,
  lastSeen: moment,
  address: z.string().nullable(),
  browser: z.string().nullable(),
})
export type OwnSession = z.infer<typeof ownSession>
export const ownSessions = z.array(ownSession)

export const passwordChange = z.object({ current: z.string().min(1).max(200), password: z.string().min(12).max(200) })

/** What the directory holds of one person, and what it is read as with a mapping. */
export const directoryTrial = z.object({ login: z.string().trim().min(1).max(100), mapping: z.record(z.string(), z.unknown()).default({}) })
export const directoryTrialled = z.object({
  dn: z.string(),
  attributes: z.record(z.string(), z.array(z.string())),
  person: z
    .object({
      name: z.string(),
      login: z.string().nullable(),
      email: z.string().nullable(),
      phones: z.array(z.string()),
      affiliation: z.string(),
      unit: z.string().nullable(),
      place: z.string().nullable(),
      title: z.string().nullable(),
    })
    .nullable(),
  /** The group that gives them their role, and which; null: they would be a user. */
  rule: z.object({ group: z.string(), role }).nullable(),
  /** Groups of the rules that the directory does not know: no role follows while there are any. */
  missingGroups: z.array(z.string()),
})
export type DirectoryTrialled = z.infer<typeof directoryTrialled>
