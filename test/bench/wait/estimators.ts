/** The ways of foreseeing a wait that are compared with ours. Waits in ms. */
import type { Seen } from './day.ts'

export type Estimator = {
  readonly name: string
  readonly estimate: (seen: Seen) => number
  /** Somebody's conversation begins after this wait. */
  readonly answered: (waitMs: number) => void
}

/**
 * Asterisk's app_queue: whole seconds, three parts of the old to one of the new for each call that is answered
 * (`recalc_holdtime` in apps/app_queue.c, Asterisk 22): the bits are shifted out, never rounded.
 */
export function appQueue(): Estimator {
  let holdS = 0
  return {
    name: 'app_queue',
    estimate: () => holdS * 1_000,
    answered: (waitMs) => {
      holdS = ((holdS << 2) - holdS + Math.floor(waitMs / 1_000)) >> 2
    },
  }
}

/** Last to enter service, head of line and queue length: Ibrahim and Whitt, M&SOM 11(3), 2009. */
export function lastToEnterService(): Estimator {
  let lastMs = 0
  return { name: 'last-to-enter', estimate: () => lastMs, answered: (waitMs) => void (lastMs = waitMs) }
}

export const headOfLine = (): Estimator => ({
  name: 'head-of-line',
  estimate: ({ nowMs, ahead }) => nowMs - (ahead[0]?.sinceMs ?? nowMs),
  answered: () => undefined,
})

/** Everybody in line takes the mean conversation and wrap-up so far, shared out among those who serve. */
export const queueLength = (): Estimator => ({
  name: 'queue-length',
  estimate: ({ state, ahead, servers }) => {
    const mean = (all: readonly number[]) => all.reduce((sum, ms) => sum + ms, 0) / Math.max(1, all.length)
    const serving = servers.filter((s) => s.phase !== 'away').length
    return ((ahead.length + 1) * (mean(state.talks) + mean(state.wrapUps))) / Math.max(1, serving)
  },
  answered: () => undefined,
})
