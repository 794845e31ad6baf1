import { z } from 'zod'
import { sampleScript } from './script-sample.ts'

/** The steps of a conversation (R15). What a step is about is known, so that what the ticket shows already is ticked by itself. */
export const stepKind = z.enum(['greet', 'identify', 'existing', 'receivable', 'describe', 'solve', 'recap', 'other'])
export type StepKind = z.infer<typeof stepKind>

const id = z.string().regex(/^[a-z0-9-]{1,40}$/)
const scriptStep = z.object({
  id,
  kind: stepKind,
  title: z.string().trim().min(1).max(80),
  /** The same for whoever reads the console in English; empty: as `stepTitle` says. */
  titleEnglish: z.string().trim().max(80).default(''),
  /** What to say or to ask; empty: the title says enough. */
  says: z.string().trim().max(600).default(''),
  /** The same for who chose English; empty: in French. */
  saysEnglish: z.string().trim().max(600).default(''),
})
export type ScriptStep = z.infer<typeof scriptStep>

/** For the calls of a line, and tickets of a nature and what is below it. Null: whichever. The first script that holds is shown. */
const dialogueScript = z.object({
  id,
  line: z.string().max(40).nullable().default(null),
  categoryId: id.nullable().default(null),
  steps: z.array(scriptStep).min(1).max(20),
})
export type DialogueScript = z.infer<typeof dialogueScript>

export const scriptSettings = z.object({ scripts: z.array(dialogueScript).max(50).default([sampleScript]) })
