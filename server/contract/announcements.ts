import { z } from 'zod'
import { moment } from './entities.ts'

/** What the desk line says: bodies of `/api/announcements`. */
export const spokenLanguage = z.enum(['fr', 'en'])
export type SpokenLanguage = z.infer<typeof spokenLanguage>

/** One version of an announcement in one language; every one is kept. */
export const announcementVersion = z.object({
  /** 1 is the original text, which every announcement can go back to. */
  number: z.int(),
  kind: z.enum(['original', 'text', 'upload', 'phone']),
  /** With its placeholders: `{nom}`, `{horaires}`, `{limite}`; null for a recording. */
  text: z.string().nullable(),
  /** A recording's content; null for a text, whose sound changes with what its placeholders stand for. */
  address: z.string().nullable(),
  /** When it was made, and by whom; null for the original. */
  at: moment.nullable(),
  by: z.string().nullable(),
})
export type AnnouncementVersion = z.infer<typeof announcementVersion>

const announcementSide = z.object({
  version: announcementVersion,
  /** The original text with its placeholders: what is said unless the site chose otherwise. */
  original: z.string(),
  /** What is said now, placeholders filled in; null for a recording. */
  spoken: z.string().nullable(),
  /** The content of what callers hear, at `/api/announcements/sounds/:address`; null when it could not be made. */
  sound: z.string().nullable(),
  seconds: z.number(),
})
export type AnnouncementSide = z.infer<typeof announcementSide>

export const announcement = z.object({ name: z.string(), fr: announcementSide, en: announcementSide })
export type AnnouncementView = z.infer<typeof announcement>
export const announcementList = z.object({
  announcements: z.array(announcement),
  /** Whether texts can be spoken here at all. */
  voice: z.boolean(),
  /** Whether what is put in force is heard at once; else the sounds must be copied to Asterisk by hand. */
  heard: z.boolean(),
})
export type AnnouncementList = z.infer<typeof announcementList>

const text = z.string().trim().min(1).max(2_000)
export const announcementText = z.object({ text })

/** A sound that is not in force: to be heard, then put in force or forgotten. */
export const soundDraft = z.object({ sound: z.string(), seconds: z.number(), spoken: z.string().nullable() })
export type SoundDraft = z.infer<typeof soundDraft>

/** Put in force: a text, a recording that was brought (`sound` of its draft), or an earlier version. */
export const announcementChange = z.union([
  z.object({ text }),
  z.object({ recording: z.string().max(64) }),
  z.object({ version: z.int().min(1) }),
])
export type AnnouncementChange = z.infer<typeof announcementChange>

/** The newest first, the original last, each with its sound. */
export const announcementVersions = z.array(announcementVersion.extend({ sound: z.string().nullable(), seconds: z.number() }))
export type AnnouncementHistory = z.infer<typeof announcementVersions>

/** Ring a telephone: to record at it, or to play a sound to it. */
export const phoneTask = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('record'), operatorId: z.string().max(100) }),
  z.object({ kind: z.literal('listen'), operatorId: z.string().max(100), sound: z.string().max(64) }),
])
export type PhoneTask = z.infer<typeof phoneTask>

/** How far a task at a telephone is. `done` with a draft when something was recorded. */
export const phoneProgress = z.object({
  id: z.string(),
  kind: z.enum(['record', 'listen']),
  stage: z.enum(['ringing', 'speaking', 'recording', 'playing', 'done', 'failed']),
  /** Why it failed. */
  reason: z.enum(['no-answer', 'empty', 'too-long', 'telephony']).nullable(),
  draft: soundDraft.nullable(),
})
export type PhoneProgress = z.infer<typeof phoneProgress>
export const phoneState = z.object({
  task: phoneProgress.nullable(),
  /** Whose telephones can be rung. */
  telephones: z.array(z.object({ operatorId: z.string(), name: z.string(), extension: z.string() })),
})
export type PhoneState = z.infer<typeof phoneState>
