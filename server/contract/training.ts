import { z } from 'zod'
import { moment } from './entities.ts'

const scriptName = z.enum(['premiers-appels', 'journee'])
export const trainingStart = z.object({ script: scriptName })

const script = z.object({
  id: scriptName,
  /** About how long it takes. */
  minutes: z.int(),
  calls: z.int(),
  /** Level 2 announces a disruption in it. */
  disruption: z.boolean(),
})

const trainingCall = z.object({
  callId: z.string(),
  who: z.string(),
  /** What the caller says, for who has no sound; null until somebody has answered, or called back. */
  says: z.string().nullable(),
  state: z.enum(['waiting', 'talking', 'over']),
})

const runningTraining = z.object({
  id: z.string(),
  script: scriptName,
  startedAt: moment,
  startedBy: z.string(),
  /** Calls of the whole day; those that have come are in `calls`. */
  total: z.int(),
  calls: z.array(trainingCall),
  /** Nobody calls any more: what is left is to write and to call back. */
  allCame: z.boolean(),
  unwritten: z.int(),
  toCallBack: z.int(),
})
export type RunningTraining = z.infer<typeof runningTraining>

const checkName = z.enum(['answered', 'wait', 'called-back', 'written', 'ending', 'requester', 'title', 'category', 'closing'])
const judgedCall = z.object({
  scene: z.string(),
  title: z.string(),
  who: z.string(),
  says: z.string(),
  lesson: z.string(),
  expected: z.object({
    kind: z.enum(['solved', 'handed', 'refused', 'attached', 'joined']),
    /** By name. */
    categories: z.array(z.string()),
    groups: z.array(z.string()),
  }),
  /** Who answered, or called back; null: nobody. */
  operator: z.string().nullable(),
  waitSeconds: z.int().nullable(),
  talkSeconds: z.int().nullable(),
  ticket: z.object({ number: z.int(), title: z.string() }).nullable(),
  checks: z.array(z.object({ name: checkName, good: z.boolean() })),
})
export type JudgedCall = z.infer<typeof judgedCall>

export const trainingDebrief = z.object({
  id: z.string(),
  script: scriptName,
  startedAt: moment,
  endedAt: moment,
  startedBy: z.string(),
  calls: z.int(),
  answered: z.int(),
  longestWaitSeconds: z.int(),
  meanTalkSeconds: z.int(),
  /** Conversations of which nothing is written, and callers who are still owed a call. */
  unwritten: z.int(),
  forgotten: z.int(),
  good: z.int(),
  of: z.int(),
  judged: z.array(judgedCall),
})
export type TrainingDebrief = z.infer<typeof trainingDebrief>

export const trainingState = z.object({
  scripts: z.array(script),
  running: runningTraining.nullable(),
  /** The latest first. */
  past: z.array(trainingDebrief.pick({ id: true, script: true, startedAt: true, endedAt: true, startedBy: true, good: true, of: true })),
})
export type TrainingState = z.infer<typeof trainingState>
