import { z } from 'zod'
import { moment, operatorState } from './entities.ts'

/*
 * The big screen. Whoever has its address sees it, without signing in: nothing that it is sent may name a caller, a number, or more of an
 * operator than the site chose. The schema is strict and is what is sent; its only free words are `shown`, `desk` and a disruption's title.
 */

/** How operators are named: by first name, by initials, or not at all. */
export const wallNames = z.enum(['first', 'initials', 'none'])
export type WallNames = z.infer<typeof wallNames>

export const wallSettings = z.object({
  name: z.string().trim().min(1).max(60),
  names: wallNames.default('first'),
  scheme: z.enum(['auto', 'light', 'dark']).default('auto'),
  /** Whether its alarms are heard. */
  sound: z.boolean().default(true),
})
export type WallSettings = z.output<typeof wallSettings>

/** An address, as those who keep them see it. */
export const wallRow = wallSettings.extend({
  id: z.string(),
  url: z.string(),
  createdAt: moment,
  by: z.string(),
  /** How many screens show it now. */
  screens: z.int(),
})
export type WallRow = z.infer<typeof wallRow>
export const wallList = z.array(wallRow)

/** What is counted in the database; moments of the desk's own day. */
const wallCounts = z.strictObject({
  at: moment,
  offered: z.int(),
  answered: z.int(),
  abandoned: z.int(),
  /** Between 0 and 1; null: nothing to count. */
  serviceLevel: z.number().nullable(),
  /** Average speed of answer, in s; null: nobody was answered. */
  asaS: z.number().nullable(),
  owed: z.int(),
  owedLate: z.int(),
  toTakeUp: z.int(),
})

export const wallBoard = z.strictObject({
  now: moment,
  build: z.string().max(80).nullable(),
  desk: z.string().max(80),
  /** Where the site's own picture is; null: it has none. */
  logo: z
    .string()
    .regex(/^\/logo\?v=\d+$/)
    .nullable(),
  scheme: wallSettings.shape.scheme.unwrap(),
  sound: z.boolean(),
  open: z.boolean(),
  telephony: z.boolean(),
  /** When the desk next closes or opens; null when nobody knows. */
  next: z.strictObject({ at: moment, opens: z.boolean() }).nullable(),
  waiting: z.int(),
  /** When whoever waits for longest came. */
  oldestAt: moment.nullable(),
  /** Kept places. */
  kept: z.int(),
  /** From which wait on attention is asked for, and from which it is an alarm, in s. */
  attentionS: z.number(),
  alarmS: z.number(),
  operators: z.array(z.strictObject({ shown: z.string().max(18), state: operatorState, since: moment })).max(500),
  /** What the service level's words need, in s. */
  inTimeS: z.number(),
  shortS: z.number(),
  /** Null while PostgreSQL has not been heard since the start. */
  counts: wallCounts.nullable(),
  /** `absorbed`: callers who freed their line by joining it. */
  disruptions: z.array(z.strictObject({ title: z.string().max(160), since: moment, absorbed: z.int().min(0) })).max(6),
})
export type WallBoard = z.infer<typeof wallBoard>

/** The socket's namespace; the key travels in the handshake. */
export const wallNamespace = '/mur'
export type WallEvents = { board: (board: WallBoard) => void }
