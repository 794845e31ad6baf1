import { z } from 'zod'

const moment = z.iso.datetime()
const id = z.string().regex(/^[a-z0-9-]{1,40}$/)

/** What is timed: until somebody takes it up; until level 1, or a group, is done with it. Level 3 is waited for, so its clock stands still. */
export const clockName = z.enum(['take-up', 'level1', 'level2'])
export type ClockName = z.infer<typeof clockName>

/** How far a delay's news has been taken; each step is told once. `late`: it is over. `escalated`: those named for it know. */
export const clockStep = z.enum(['running', 'warned', 'late', 'escalated'])
export type ClockStep = z.infer<typeof clockStep>

/** A delay that runs, or stands still. Durations are open time, in ms. */
const runningClock = z.object({
  name: clockName,
  /** Whom it times: `level1`, or a group's id. */
  whose: z.string(),
  startedAt: moment,
  /** Used up before `since`. */
  usedMs: z.int(),
  /** Since when it runs; null while it stands still. */
  since: moment.nullable(),
  /** Null: as long as it takes. */
  allowedMs: z.int().nullable(),
  /** Null while it stands still, or without an end. */
  dueAt: moment.nullable(),
  warnAt: moment.nullable(),
  step: clockStep,
})
export type RunningClock = z.infer<typeof runningClock>

export const ticketClock = z.object({
  takeUp: runningClock.nullable(),
  solve: runningClock.nullable(),
  /** What each level has used of its delay, and each group of one of its own, so that coming back to it does not begin anew. */
  spent: z.object({ level1: z.int(), level2: z.int(), groups: z.record(z.string(), z.int()).optional() }),
})
export type TicketClock = z.infer<typeof ticketClock>

/** How long something may take, in minutes of open time; null: as long as it takes. */
const delay = z.int().min(1).max(60_000).nullable()
const clockDelays = z.object({ takeUpMinutes: delay, level1Minutes: delay, level2Minutes: delay })
export type ClockDelays = z.infer<typeof clockDelays>

/** Delays of their own for some tickets. Null: whatever it is; a category stands for all that is below it. The first rule that holds decides. */
const clockRule = clockDelays.extend({
  id,
  categoryId: id.nullable().default(null),
  priority: z.int().min(1).max(5).nullable().default(null),
})
export type ClockRule = z.infer<typeof clockRule>

export const clockSettings = z.object({
  /** One working hour, half an hour, one working day of eight hours. */
  takeUpMinutes: delay.default(60),
  level1Minutes: delay.default(30),
  level2Minutes: delay.default(480),
  rules: z.array(clockRule).max(100).default([]),
  /** When this much of a delay is used, in per cent, whoever has the ticket is warned; null: nobody is. */
  warnPercent: z.int().min(10).max(95).nullable().default(75),
  /** This long after a delay is over, in minutes of open time, the people below are told; null: never. */
  escalateMinutes: z.int().min(0).max(60_000).nullable().default(60),
  /** Ids of accounts: told live, and by mail where the directory knows their address. */
  escalateTo: z.array(z.string().max(100)).max(20).default([]),
  escalateMailTo: z.array(z.email().max(254)).max(20).default([]),
})
export type ClockSettings = z.infer<typeof clockSettings>

/** A ticket whose delay is over. */
const lateTicket = z.object({
  number: z.int(),
  title: z.string(),
  clock: clockName,
  step: clockStep,
  dueAt: moment,
  /** I am one of those whom it was taken to. */
  mine: z.boolean(),
})
export const lateTickets = z.object({ tickets: z.array(lateTicket), total: z.int() })
export type LateTickets = z.infer<typeof lateTickets>
