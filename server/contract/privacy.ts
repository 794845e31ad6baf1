import { z } from 'zod'
import { moment } from './entities.ts'

/** What is kept for a time and then goes. `recordings` follows `desk.recordingDays`. */
export const retainedKind = z.enum(['messages', 'recordings', 'calls', 'tickets', 'mails', 'drafts', 'sessions', 'traces', 'left'])
export type RetainedKind = z.infer<typeof retainedKind>

const days = (usual: number, least = 1) => z.int().min(least).max(3_650).default(usual)
/** For how many days each kind is kept. */
export const retentionSettings = z.object({
  /** Voice messages that were answered: the sound, what a machine understood, the number. */
  messages: days(180, 7),
  /** Numbers and names in calls and in what happened to them; figures stay. */
  calls: days(365, 30),
  /** What was written in closed tickets, and for whom; the signed journal stays. */
  tickets: days(1_095, 90),
  mails: days(365, 7),
  /** Tickets begun and never saved, since somebody last wrote in them. */
  drafts: days(30, 2),
  /** Sessions that are over. */
  sessions: days(30),
  /** Who read or listened to what. */
  traces: days(365, 30),
  /** People who left, since they did. */
  left: days(365, 30),
})
export type RetentionSettings = z.infer<typeof retentionSettings>

const purgeLine = z.object({
  day: z.iso.date(),
  kind: retainedKind,
  days: z.int(),
  removed: z.int(),
  oldestLeft: moment.nullable(),
  at: moment,
  done: z.boolean(),
})
/** The latest day first. */
export const purgeReports = z.array(purgeLine)
export type PurgeReports = z.infer<typeof purgeReports>

export const exportQuery = z.object({ format: z.enum(['html', 'json']).default('html') })

/** `name` is typed again: there is no way back. */
export const erasureOrder = z.object({ reason: z.string().trim().min(1).max(500), name: z.string().max(200) })
/** What went. `stays`: the directory still knows them, and their name there. */
export const erasureDone = z.object({
  tickets: z.int(),
  messages: z.int(),
  calls: z.int(),
  mails: z.int(),
  stays: z.boolean(),
})
export type ErasureDone = z.infer<typeof erasureDone>
