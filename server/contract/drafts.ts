import { z } from 'zod'
import { attachment } from './attachments.ts'
import { moment, urgency } from './entities.ts'
import { mostObservers } from './observers.ts'
import { handMedia } from './vocabulary.ts'

/** Somebody who will be in copy: by their account, or of the directory. */
const draftObserver = z.object({ kind: z.enum(['account', 'person']), id: z.string().min(1).max(100), name: z.string().max(200) })
export type DraftObserver = z.infer<typeof draftObserver>

/** A file that was brought for a ticket being written, and leaves with it. */
const draftFile = attachment.pick({ id: true, name: true, type: true, bytes: true })
export type DraftFile = z.infer<typeof draftFile>

/** A ticket being written, as its form holds it: half an address is kept too. */
const draftContent = z.object({
  medium: z.enum(['phone', ...handMedia]),
  title: z.string().max(200),
  summary: z.string().max(20_000),
  solution: z.string().max(20_000),
  categoryId: z.string().max(40).nullable(),
  placeId: z.string().max(40).nullable(),
  urgency,
  impact: urgency,
  personId: z.string().max(100).nullable(),
  name: z.string().max(200),
  email: z.string().max(254),
  phone: z.string().max(40),
  /** Requester fields that a person typed: what the directory says later does not overwrite them. */
  typed: z.array(z.enum(['name', 'email', 'phone'])),
  /** In copy from the beginning; drafts of earlier versions have nobody. */
  observers: z.array(draftObserver).max(mostObservers).default([]),
  /** Drafts of earlier versions have none. */
  files: z.array(draftFile).max(50).default([]),
  /** Whose card was seen; drafts of earlier versions have nobody's. */
  cardOf: z.string().max(100).nullable().default(null),
})
export type DraftContent = z.infer<typeof draftContent>

/** The call's id; or `hand-ACCOUNT-UUID` for a ticket without a call, which is its writer's alone. */
export const draftKey = z.string().min(1).max(200)

export const draft = z.object({
  key: draftKey,
  callId: z.string().nullable(),
  /** 1 for the first, one more with each write. */
  version: z.int(),
  /** Who wrote last. */
  by: z.object({ id: z.string(), name: z.string() }),
  startedAt: moment,
  editedAt: moment,
  content: draftContent,
})
export type Draft = z.infer<typeof draft>

/** `version`: the one that was changed, 0 when there was none. */
export const draftWrite = z.object({ version: z.int().min(0), startedAt: moment, content: draftContent })
export type DraftWrite = z.infer<typeof draftWrite>

/**
 * `kept`: it is now the draft. `conflict`: somebody else wrote meanwhile, `draft` is theirs, nothing of it was overwritten.
 * `over`: its ticket has been saved, or its call settled.
 */
export const draftWritten = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('kept'), draft }),
  z.object({ outcome: z.literal('conflict'), draft }),
  z.object({ outcome: z.literal('over') }),
])
export type DraftWritten = z.infer<typeof draftWritten>

/** `over`: keys of drafts that have served, of late. */
export const drafts = z.object({ drafts: z.array(draft), over: z.array(z.string()) })
export type Drafts = z.infer<typeof drafts>
