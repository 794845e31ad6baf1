import { useSyncExternalStore } from 'react'
import { settleMessage, tellFailure } from '../api/commands.ts'
import { queryClient } from '../api/queries.ts'

/** How long a settled message can be taken back before the server is told, which is for good. */
const undoMs = 6_000

let leaving: ReadonlySet<string> = new Set()
const timers = new Map<string, number>()
const watchers = new Set<() => void>()
const set = (next: ReadonlySet<string>) => {
  leaving = next
  for (const watcher of watchers) watcher()
}
const without = (id: string) => new Set([...leaving].filter((x) => x !== id))

async function tellServer(id: string): Promise<void> {
  timers.delete(id)
  try {
    await settleMessage(id)
    await queryClient.invalidateQueries({ queryKey: ['messages'] })
  } catch (error) {
    tellFailure(error)
  }
  set(without(id))
}

// A page that is closed meanwhile meant what it did.
window.addEventListener('pagehide', () => {
  for (const id of timers.keys()) void settleMessage(id, { keepalive: true })
})

function settle(id: string): void {
  set(new Set([...leaving, id]))
  timers.set(
    id,
    window.setTimeout(() => void tellServer(id), undoMs),
  )
}

function undo(id: string): void {
  window.clearTimeout(timers.get(id))
  timers.delete(id)
  set(without(id))
}

/** Messages on their way to being settled, and how to send or take back one. */
export function useSettling(): { leaving: ReadonlySet<string>; settle: (id: string) => void; undo: (id: string) => void } {
  const now = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => leaving,
  )
  return { leaving: now, settle, undo }
}
