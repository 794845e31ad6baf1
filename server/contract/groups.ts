import { z } from 'zod'
import { moment, role } from './entities.ts'

/** A group is a distribution list, and the target of redirections at once. */
export const groupKind = z.enum(['experts', 'correspondents', 'project'])
export type GroupKind = z.infer<typeof groupKind>

/** `referent`: keeps the list up to date, and receives nothing. */
const groupPart = z.enum(['member', 'referent'])
export type GroupPart = z.infer<typeof groupPart>

/** Somebody who signs in here. */
const accountSummary = z.object({ id: z.string(), login: z.string(), name: z.string(), role })
export type AccountSummary = z.infer<typeof accountSummary>
/** `reached`: an address is known, by the directory's person behind the account. */
const listedAccount = accountSummary.extend({ reached: z.boolean() })
export type ListedAccount = z.infer<typeof listedAccount>
export const accountList = z.array(listedAccount)

/** Days on which somebody receives nothing, both ends included, and who does instead. */
const absence = z.object({
  id: z.string(),
  accountId: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  standIn: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Who wrote it down. */
  by: z.string(),
})
export type Absence = z.infer<typeof absence>
export const absenceCreation = z
  .object({ accountId: z.string().max(100), from: z.iso.date(), to: z.iso.date(), standInId: z.string().max(100).nullable().default(null) })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'to' })
  .refine(({ accountId, standInId }) => accountId !== standInId, { path: ['standInId'], message: 'standInId' })
export type AbsenceCreation = z.input<typeof absenceCreation>

/** `absences`: today's and those to come. */
const groupMember = accountSummary.extend({ part: groupPart, absences: z.array(absence) })
export type GroupMember = z.infer<typeof groupMember>

const described = z.object({
  name: z.string().trim().min(1).max(60),
  /** What it answers for, in a sentence. */
  purpose: z.string().trim().max(500).default(''),
  kind: groupKind.default('experts'),
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]).default(2),
  /** The mailing list; null: its members are written to one by one. */
  mail: z.email().max(254).nullable().default(null),
  /** In words; null: the desk's own hours. */
  hours: z.string().trim().min(1).max(200).nullable().default(null),
  /** What level 1 collects before it redirects here. */
  protocol: z.string().trim().max(5_000).default(''),
  /** Within how many working hours it is done with a ticket, which is timed by it; null: the usual delay of level 2. */
  delayHours: z.int().min(1).max(1_000).nullable().default(null),
  /** The directory's group that is the master of its members; null: they are named here. */
  directoryGroup: z.string().trim().min(1).max(500).nullable().default(null),
})

export const group = described.extend({
  id: z.string(),
  version: z.int(),
  retiredAt: moment.nullable(),
  members: z.array(groupMember),
  /** Whether whoever asks may change its members. */
  mayEdit: z.boolean(),
})
export type Group = z.infer<typeof group>
export const groupList = z.array(group)

const membership = z.object({ id: z.string().max(100), part: groupPart })
export const groupCreation = described.extend({ members: z.array(membership).max(500).default([]) })
export type GroupCreation = z.input<typeof groupCreation>
/** `version`: the one it was made of. A retired group receives nothing any more. */
export const groupChange = groupCreation.extend({ version: z.int(), retired: z.boolean().default(false) })
export type GroupChange = z.input<typeof groupChange>
/** What a group was, and who made it so; the newest first. */
export const groupHistory = z.array(
  z.object({
    version: z.int(),
    at: moment,
    by: z.string(),
    name: z.string(),
    members: z.array(z.object({ name: z.string(), part: groupPart })),
  }),
)
export type GroupHistory = z.infer<typeof groupHistory>
