import { useSyncExternalStore } from 'react'
import type { TicketSummary } from '../../server/contract/entities.ts'

const byCall = new Map<string, readonly TicketSummary[]>()
const watchers = new Set<() => void>()
const tell = () => { for (const watcher of watchers) watcher() }
const none: readonly TicketSummary[] = []

/** The open tickets that came with a call, shown before any request is answered. */
export const callTickets = {
  set: (callId: string, tickets: readonly TicketSummary[]) => {
    byCall.set(callId, tickets)
    tell()
  },
  forget: (callId: string) => {
    byCall.delete(callId)
    tell()
  },
}

export function useCallTickets(callId: string | null): readonly TicketSummary[] {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher)
    return () => watchers.delete(watcher)
  }, () => (callId === null ? none : (byCall.get(callId) ?? none)))
}
