import type { Part } from '../contract/http.ts'

/** A part's state for health: `since` moves only when the state changes. */
export function createPartState(name: string, state: Part['state'], detail: string | null = null, now: () => number = Date.now) {
  let part: Part = { name, state, since: new Date(now()).toISOString(), version: null, detail }
  return {
    get: (): Part => part,
    set(next: Part['state'], nextDetail: string | null): void {
      part = { ...part, state: next, since: next === part.state ? part.since : new Date(now()).toISOString(), detail: nextDetail }
    },
  }
}
