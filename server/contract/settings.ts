import { z } from 'zod'
import { category, priorityMatrix, redirectionRule, sampleCategories, sampleRules, usualPriorities } from './categories.ts'
import { clockSettings } from './clocks.ts'
import { phraseSettings } from './phrases.ts'
import { scriptSettings } from './script.ts'
import { retentionSettings } from './privacy.ts'
import { moment, recordingMode, role } from './entities.ts'
import { partitionSettings } from './partition.ts'
import { portalSettings } from './portal.ts'
import { knowledgeSettings } from './articles.ts'
import { mailSettings } from './mail-templates.ts'
import { sharedCalendarSettings } from './shared-calendar.ts'
import { glpiSettings } from './glpi.ts'
import { ocsSettings } from './ocs.ts'

/**
 * What a site decides for itself, one schema per domain. Each field has a default: what was saved before a field existed stays
 * readable, and nothing has to be saved for the desk to open.
 */

/** `08:30`; `24:00` is midnight at the day's end. */
const timeOfDay = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/)
export const openSpan = z.object({ from: timeOfDay, to: timeOfDay })
export type OpenSpan = z.infer<typeof openSpan>

/** In order, and apart from one another; times of one width compare as text. */
const areApart = (spans: readonly OpenSpan[]) => spans.every(({ from, to }, i) => from < to && (spans[i - 1]?.to ?? '') < from)
/** When a day is open; none: closed. */
const daySpans = z.array(openSpan).max(6).refine(areApart, 'spans')

const workday = [{ from: '08:30', to: '16:30' }]
/** By ISO day of the week: 1 is Monday. */
const weekTable = z.object({ 1: daySpans, 2: daySpans, 3: daySpans, 4: daySpans, 5: daySpans, 6: daySpans, 7: daySpans })
export type WeekTable = z.infer<typeof weekTable>

const holidayRegion = z.enum(['metropole', 'alsace-moselle'])
export type HolidayRegion = z.infer<typeof holidayRegion>

/** Days declared ahead, both ends included, that do not follow the week nor the holidays. */
const exceptionalDays = z
  .object({
    /** Chosen by the client; also names the sound of its announcement. */
    id: z.string().regex(/^[a-z0-9-]{1,40}$/),
    from: z.iso.date(),
    to: z.iso.date(),
    spans: daySpans,
    reason: z.string().trim().min(1).max(100),
    /** Said to callers in place of the usual hours while the desk is closed on these days; null: the usual message. */
    announcement: z.object({ fr: z.string().trim().min(1).max(600), en: z.string().trim().min(1).max(600) }).nullable(),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'to' })
export type ExceptionalDays = z.infer<typeof exceptionalDays>

export const hoursSettings = z.object({
  week: weekTable.default({ 1: workday, 2: workday, 3: workday, 4: workday, 5: workday, 6: [], 7: [] }),
  region: holidayRegion.default('metropole'),
  exceptions: z.array(exceptionalDays).max(200).default([]),
  /** Open whatever the hour; heeded in the demonstration alone. */
  alwaysOpen: z.boolean().default(false),
})
export type HoursSettings = z.infer<typeof hoursSettings>

export const deskSettings = z.object({
  name: z.string().trim().min(1).max(80).default('Guichet unique du Numérique'),
  /** As people read it; null: not shown. */
  phone: z.string().trim().min(1).max(40).nullable().default(null),
  /** Where people may come, as they read it; null: nobody is received. */
  place: z.string().trim().min(1).max(200).nullable().default(null),
  limitMinutes: z.number().min(0.1).max(240).default(15),
  /** Whether the limit ends a conversation, or only warns the operator. */
  limitCuts: z.boolean().default(true),
  /** Whom a call rings: the operator idle for longest, or (up to ten of) those who are free at once. */
  distribution: z.enum(['longest-idle', 'ring-all']).default('longest-idle'),
  ringSeconds: z.int().min(5).max(120).default(20),
  /** Music between two announcements. */
  musicSeconds: z.int().min(10).max(600).default(45),
  missesBeforePause: z.int().min(1).max(10).default(2),
  /** How long nothing rings after a conversation, 0 for no time at all; null: until the operator says ready. */
  wrapUpSeconds: z.int().min(0).max(3600).nullable().default(120),
  /** What one may pause for, the usual one first. */
  pauseReasons: z
    .array(z.string().trim().min(1).max(40))
    .min(1)
    .max(12)
    .default(['Pause', 'Déjeuner', 'Réunion', 'Formation', 'Autre tâche']),
  /** How long a caller is kept for the operator of the last conversation; null: no such preference. */
  stickySeconds: z.int().min(0).max(300).nullable().default(null),
  /** Ids of the operators who speak English, and how long a caller who asked for it is kept for them. */
  englishOperators: z.array(z.string().max(100)).max(200).default([]),
  englishSeconds: z.int().min(0).max(600).default(60),
  /** A wait this long is an alarm. */
  alarmMinutes: z.number().min(0.1).max(60).default(15),
  messageMaxSeconds: z.int().min(10).max(600).default(180),
  /** After how many days the recording of a conversation is removed, sound and row. */
  recordingDays: z.int().min(1).max(365).default(30),
})
export type DeskSettings = z.infer<typeof deskSettings>

/** The beginning of an E.164 number, `+336`; or `ext:`, every internal number. */
const dialPrefix = z.string().regex(/^(ext:|\+[1-9]\d{0,14})$/)
const transferTarget = z.object({
  name: z.string().trim().min(1).max(80),
  number: z.string().trim().min(1).max(40),
  /** Where the ticket of a caller who was handed over there is announced; null: the directory's address, if it knows one. */
  email: z.email().max(254).nullable().default(null),
})

export const outgoingSettings = z.object({
  /** What may be dialled begins with one of these. Premium numbers (+338) and other countries are out unless somebody lets them in. */
  allowedPrefixes: z.array(dialPrefix).max(100).default(['ext:', '+331', '+332', '+333', '+334', '+335', '+336', '+337', '+339']),
  perOperatorPerHour: z.int().min(0).max(500).default(40),
  /** All operators and the desk line's own calls to kept places together. */
  perHour: z.int().min(0).max(5000).default(200),
  /** Where a caller may be sent, or whose number is given. */
  targets: z.array(transferTarget).max(50).default([]),
})
export type OutgoingSettings = z.infer<typeof outgoingSettings>

/** What follows from a call: what callers hear of their ticket, who learns of answers that are late. */
const followUpSettings = z.object({
  /** Whether somebody who calls again while a ticket of theirs is open hears where it stands. */
  tellTicket: z.boolean().default(true),
  /** Whether whoever is owed an answer is written to: that their call was missed, that they were called back in vain. */
  tellMissed: z.boolean().default(true),
  /** Whether an answer owed that is late becomes an alarm. */
  escalate: z.boolean().default(true),
  /** How long after its due time, in opening hours, these addresses are written to as well. */
  escalationMailMinutes: z.int().min(0).max(2_400).default(60),
  escalationMailTo: z.array(z.email().max(254)).max(20).default([]),
  /** Whether callers are asked one question by key after a conversation. */
  survey: z.boolean().default(false),
  /** Whether whoever keeps a list is asked once a month whether it is still right. */
  checkLists: z.boolean().default(true),
})
export type FollowUpSettings = z.infer<typeof followUpSettings>

/** Days on which the desk is open. */
const workingDays = z.int().min(1).max(90)
export const ticketSettings = z.object({
  /** A solution that gets no answer closes its ticket after so many days. */
  closeAfterDays: workingDays.default(5),
  /** The requester is reminded once, after so many; null: never. */
  remindAfterDays: workingDays.nullable().default(2),
  /** A closed ticket can be reopened for so many. */
  reopenWithinDays: workingDays.default(10),
  /** One that nobody has touched for so many is among the stuck. */
  forgottenAfterDays: workingDays.default(5),
  /** So is one whose requester has not answered for so many. */
  silentAfterDays: workingDays.default(3),
  /** A request of somebody unknown that nobody confirms nor accepts is closed after so many days, of whatever kind. */
  unconfirmedDays: z.int().min(1).max(365).default(14),
  /** Files that come with a message: how large each may be, and how many. */
  attachmentMegabytes: z.int().min(1).max(200).default(25),
  attachmentsEach: z.int().min(0).max(50).default(10),
  /** Endings of names that are not accepted, whatever the file holds. */
  refusedEndings: z
    .array(z.string().regex(/^[a-z0-9]{1,10}$/))
    .max(100)
    .default(['exe', 'com', 'scr', 'bat', 'cmd', 'msi', 'ps1', 'vbs', 'vbe', 'js', 'jse', 'wsf', 'hta', 'jar', 'lnk', 'reg', 'dll']),
})
export type TicketSettings = z.infer<typeof ticketSettings>

/** A line by which the desk is called. */
export const lineSettings = z.object({
  /** Chosen by the client; also names the sound of its welcome. */
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().trim().min(1).max(60),
  /** What is dialled for it, as people or the exchange write it; of the first line, everything that is no other's. */
  numbers: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
  /** Its callers are served before those of other lines who came up to this much earlier. */
  aheadSeconds: z.int().min(0).max(1800).default(0),
  /** Ids of the operators who serve it; null: everybody. */
  operators: z.array(z.string().max(100)).max(200).nullable().default(null),
  /** After which wait the other operators are rung for its callers too; null: never. */
  overflowSeconds: z.int().min(0).max(1800).nullable().default(null),
  /** Whether its conversations are recorded, which callers are told first: never, when an operator asks, or always. */
  recording: recordingMode.default('off'),
  /** Whether the limit ends its conversations, or only warns the operator; null: as for the desk. */
  limitCuts: z.boolean().nullable().default(null),
  /** Said before the waiting or the closed message. */
  welcome: z
    .object({ fr: z.string().trim().min(1).max(500), en: z.string().trim().min(1).max(500) })
    .nullable()
    .default(null),
})
export type LineSettings = z.infer<typeof lineSettings>

const linesSettings = z.object({
  /** The first is the one that always is, `guichet`. */
  lines: z
    .array(lineSettings)
    .min(1)
    .max(5)
    .default([lineSettings.parse({ id: 'guichet', name: 'Guichet' })]),
})
export type LinesSettings = z.infer<typeof linesSettings>

const attribute = z
  .string()
  .trim()
  .max(60)
  .regex(/^[A-Za-z0-9][A-Za-z0-9;._-]*$/)
/** Which attributes of the directory say what of a person. */
const directoryAttributes = z.object({
  login: attribute.default('uid'),
  name: attribute.default('displayName'),
  mail: attribute.default('mail'),
  phones: z.array(attribute).min(1).max(10).default(['telephoneNumber', 'mobile']),
  affiliation: attribute.default('employeeType'),
  unit: attribute.default('departmentNumber'),
  place: attribute.default('roomNumber'),
  title: attribute.default('title'),
})
export type DirectoryAttributes = z.infer<typeof directoryAttributes>

export const directorySettings = directoryAttributes.extend({
  /** Whoever is in a group of the directory has this role; the first line that holds decides. */
  roles: z
    .array(z.object({ group: z.string().trim().min(1).max(500), role: role.exclude(['user']) }))
    .max(50)
    .default([]),
})
export type DirectorySettings = z.infer<typeof directorySettings>

/** How tickets are sorted, and how that decides what comes first. */
export const categorySettings = z.object({
  categories: z
    .array(category)
    .max(500)
    .default([...sampleCategories]),
  priorities: priorityMatrix.default(usualPriorities),
})
export type CategorySettings = z.infer<typeof categorySettings>

/** Where tickets go: in their order, the first that holds decides. */
const redirectionSettings = z.object({
  rules: z
    .array(redirectionRule)
    .max(200)
    .default([...sampleRules]),
})

/** Who must give more than a password. */
const signInSettings = z.object({
  secondFactorFor: z
    .array(role.exclude(['user']))
    .max(10)
    .default([]),
  /** For so many hours a second factor that was taken away can be set up again by the password alone. */
  secondFactorResetHours: z.int().min(1).max(720).default(24),
})

/** Every domain, here alone: what is kept, shown, exported and at its defaults goes through them. */
export const settingsSchemas = {
  hours: hoursSettings,
  desk: deskSettings,
  outgoing: outgoingSettings,
  followUp: followUpSettings,
  tickets: ticketSettings,
  lines: linesSettings,
  directory: directorySettings,
  signIn: signInSettings,
  categories: categorySettings,
  redirection: redirectionSettings,
  retention: retentionSettings,
  mails: mailSettings,
  clocks: clockSettings,
  phrases: phraseSettings,
  script: scriptSettings,
  portal: portalSettings,
  entities: partitionSettings,
  knowledge: knowledgeSettings,
  sharedCalendar: sharedCalendarSettings,
  glpi: glpiSettings,
  ocs: ocsSettings,
} as const
export type SettingsDomain = keyof typeof settingsSchemas
export const settingsDomain = z.enum(Object.keys(settingsSchemas) as SettingsDomain[])
/** One thing for each domain. */
export const eachDomain = <T>(make: (domain: SettingsDomain) => T): Record<SettingsDomain, T> =>
  Object.fromEntries(settingsDomain.options.map((domain) => [domain, make(domain)])) as Record<SettingsDomain, T>
export type SettingsValues = { readonly [D in SettingsDomain]: z.infer<(typeof settingsSchemas)[D]> }

const signature = { version: z.int(), by: z.string().nullable(), at: moment.nullable() }
type InForce = { readonly [D in SettingsDomain]: z.ZodObject<typeof signature & { readonly value: (typeof settingsSchemas)[D] }> }
/** Each domain as it is in force; version 0, signed by nobody, is what holds until somebody saves. */
export const settingsView = z.object(eachDomain((domain) => z.object({ ...signature, value: settingsSchemas[domain] })) as InForce)
export type SettingsView = z.infer<typeof settingsView>

/** `version` is the one that was changed from: when another was saved meanwhile, the answer is `conflict`. Fields left out stay. */
export const settingsChange = z.object({ version: z.int().min(0), value: z.record(z.string(), z.unknown()) })
export const settingsHistory = z.array(z.object({ version: z.int(), by: z.string(), at: moment, value: z.unknown() }))
export type SettingsHistory = z.infer<typeof settingsHistory>

const hoursInWords = z.object({
  /** « Ouvert jusqu’à 16 h 30 » */
  now: z.string(),
  /** The usual week, a line for each run of days alike. */
  week: z.array(z.string()),
  /** What the coming days hold that is not as usual. */
  notices: z.array(z.string()),
  /** What a caller hears today while the desk is closed. */
  closed: z.string(),
})
/** What hours that are being edited would mean. */
export const hoursPreview = z.object({
  today: z.iso.date(),
  fr: hoursInWords,
  en: hoursInWords,
  /** Twelve months from the first of this one, day by day. */
  days: z.array(
    z.object({
      date: z.iso.date(),
      kind: z.enum(['usual', 'holiday', 'exceptional']),
      spans: z.array(openSpan),
      name: z.object({ fr: z.string(), en: z.string() }).nullable(),
    }),
  ),
})
export type HoursPreview = z.infer<typeof hoursPreview>

/** Who opened or closed the desk by hand, the latest first; `open` null: back to the hours. `by` null: the order's own end. */
export const openingHistory = z.array(
  z.object({ at: moment, open: z.boolean().nullable(), by: z.string().nullable(), until: moment.nullable() }),
)
export type OpeningHistory = z.infer<typeof openingHistory>

/** Whether a number, however it is written, could be dialled with these prefixes; `number` null: nothing that could be dialled at all. */
export const dialTrial = z.object({ number: z.string().min(1).max(100), allowedPrefixes: z.array(z.string().max(20)).max(100) })
export const dialVerdict = z.object({ number: z.string().nullable(), numberShown: z.string().nullable(), allowed: z.boolean() })
export type DialVerdict = z.infer<typeof dialVerdict>
