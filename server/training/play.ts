import type { Scene, Script, TrainingDay } from './model.ts'

/** What the desk knows of one of the day's calls now; absent: nothing any more. */
export type Standing = 'unanswered' | 'answered'

/** What is to be done next, one thing at a time. */
export type Step =
  | { readonly do: 'note-over'; readonly callId: string }
  | { readonly do: 'hang-up'; readonly callId: string; readonly channel: string }
  | { readonly do: 'announce' }
  | { readonly do: 'end-disruption' }
  | { readonly do: 'call'; readonly scene: Scene }
  /** Nobody has touched it for long. */
  | { readonly do: 'finish' }

/** The desk may know of a call a moment later than whoever placed it. */
const arrivesWithinMs = 10_000
/** Between the word that something is broken and the first who calls about it. */
const wordMs = 5_000
/** What is left to write and to call back has this long before the day ends by itself. */
const leftAloneMs = 20 * 60_000
/** Operators who are still writing about the call before are given this long. */
const writingMs = 90_000

/**
 * What the day's script asks for at `now`; null: to wait.
 * @param free whether an operator could answer now
 */
export function nextStep(
  script: Script,
  day: TrainingDay,
  standing: ReadonlyMap<string, Standing>,
  free: boolean,
  now: number,
): Step | null {
  for (const { callId, channel, scene, placedAt, overAt } of day.played) {
    if (overAt !== null) continue
    const state = standing.get(callId)
    if (state === undefined && now - placedAt > arrivesWithinMs) return { do: 'note-over', callId }
    const { patienceS = 0 } = script.scenes.find(({ id }) => id === scene) ?? {}
    if (state === 'unanswered' && now - placedAt > patienceS * 1_000) return { do: 'hang-up', callId, channel }
  }
  const next = script.scenes[day.played.length]
  const last = day.played.at(-1)
  const live = day.played.some(({ overAt }) => overAt === null)
  const quietSince = Math.max(day.startedAt, ...day.played.map(({ overAt }) => overAt ?? 0))
  if (next === undefined) {
    if (live) return null
    if (day.disruption !== null && day.disruption.endedAt === null) return { do: 'end-disruption' }
    return now - quietSince > leftAloneMs ? { do: 'finish' } : null
  }
  if (next.begins === 'after' && live) return null
  const from = next.begins === 'with' ? (last?.placedAt ?? day.startedAt) : quietSince
  if (now - from < next.pauseS * 1_000) return null
  // The day waits for whoever writes, or has yet to sit down; not for ever.
  if (next.begins === 'after' && !free && now - from < writingMs + next.pauseS * 1_000) return null
  if (next.announces === true && script.disruption !== null) {
    if (day.disruption === null) return { do: 'announce' }
    if (now - day.disruption.announcedAt < wordMs) return null
  }
  return { do: 'call', scene: next }
}
