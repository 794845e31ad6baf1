import { useSyncExternalStore } from 'react'
import type { Pop } from '../../server/contract/live.ts'

const byCall = new Map<string, Pop>()
const watchers = new Set<() => void>()
const tell = () => {
  for (const watcher of watchers) watcher()
}

/** What came ahead of a call: the call itself, before the desk's own stream has it, and the caller's open tickets, before any request is answered. */
export const pops = {
  set: (pop: Pop) => {
    byCall.set(pop.call.id, pop)
    tell()
  },
  forget: (callId: string) => {
    byCall.delete(callId)
    tell()
  },
}

/** Null when nothing came ahead, or no longer holds. */
export function usePop(callId: string | null): Pop | null {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => (callId === null ? null : (byCall.get(callId) ?? null)),
  )
}
