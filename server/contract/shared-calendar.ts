import { z } from 'zod'
import { moment } from './entities.ts'

/*
 * The calendar that is shared with the rest of the service, by CalDAV. Ours is the master of shifts and is written there; absences and
 * notices are read from there. The password is none of the settings: it is kept sealed, and never given back.
 */

/** An address without a password in it; plain `http://` to this machine alone. */
const davAddress = z
  .url()
  .max(500)
  .refine((written) => /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(?=[:/]|$))[^@/?#]*([/?#]|$)/i.test(written))
const collection = davAddress.nullable().default(null)

export const sharedCalendarSettings = z.object({
  /** Of the server, or of the account's calendars; null: no calendar is shared. */
  address: davAddress.nullable().default(null),
  login: z.string().trim().max(200).default(''),
  /** Where shifts go; where absences and notices are read. */
  shifts: collection,
  absences: collection,
  notices: collection,
  /** Events whose title holds one of these are no absence. */
  present: z.array(z.string().trim().min(1).max(40)).max(20).default(['télétravail']),
  /** Who reads what notices say. */
  noticesFor: z.enum(['public', 'staff']).default('staff'),
})
export type SharedCalendarSettings = z.infer<typeof sharedCalendarSettings>

export const calendarPart = z.enum(['shifts', 'absences', 'notices'])
export type CalendarPart = z.infer<typeof calendarPart>

const tried = z.object({ ok: z.boolean(), says: z.string() })
export const calendarTrialled = z.object({
  ok: z.boolean(),
  /** A sentence: what answered, or why nothing did. */
  says: z.string(),
  calendars: z.array(z.object({ url: z.string(), name: z.string() })),
  /** Null for those not chosen. */
  shifts: tried.nullable(),
  absences: tried.nullable(),
  notices: tried.nullable(),
})
export type CalendarTrialled = z.infer<typeof calendarTrialled>
/** `password` null: the one that is kept, if it is for this server and login. */
export const calendarTrial = sharedCalendarSettings.extend({ password: z.string().min(1).max(500).nullable().default(null) })
export type CalendarTrial = z.input<typeof calendarTrial>

export const calendarPassword = z.object({
  password: z.string().min(1).max(500).nullable(),
  address: davAddress,
  login: z.string().trim().max(200),
})

const calendarLogKind = z.enum([
  'shift-restored',
  'shift-put-back',
  'absence-added',
  'absence-removed',
  'notice-announced',
  'notice-updated',
  'notice-kept',
  'notice-ended',
])
export type CalendarLogKind = z.infer<typeof calendarLogKind>

export const sharedCalendarState = z.object({
  /** `unset`: nothing to do; `waiting`: for its first time. */
  state: z.enum(['unset', 'no-password', 'waiting', 'well', 'failing']),
  passwordKept: z.boolean(),
  /** When it last succeeded. */
  doneAt: moment.nullable(),
  failure: z.object({ at: moment, says: z.string() }).nullable(),
  nextAt: moment.nullable(),
  running: z.boolean(),
  /** Shifts that stand there, and those that are still to be written or taken off. */
  shifts: z.int(),
  pending: z.int(),
  absences: z.int(),
  notices: z.int(),
  /** Titles of absences of which nobody knows whose they are, with their first day. */
  unmatched: z.array(z.object({ title: z.string(), day: z.iso.date() })),
  /** Events that could not be read. */
  unread: z.int(),
  log: z.array(z.object({ at: moment, kind: calendarLogKind, subject: z.string(), detail: z.string() })),
})
export type SharedCalendarState = z.infer<typeof sharedCalendarState>
