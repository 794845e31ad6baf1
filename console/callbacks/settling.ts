import { notifications } from '@mantine/notifications'
import { useSyncExternalStore } from 'react'
import type { OwedOutcome } from '../../server/contract/http.ts'
import { beforeSignOut } from '../api/commands.ts'
import { tellOutcome, tellOutcomeOnLeaving } from '../api/owed.ts'
import { i18n } from '../ui/i18n.ts'

/** How long a settled entry can be taken back before the server is told, which is for good. */
export const undoMs = 6_000

let leaving: ReadonlyMap<string, OwedOutcome> = new Map()
const timers = new Map<string, number>()
const watchers = new Set<() => void>()
const set = (next: ReadonlyMap<string, OwedOutcome>) => {
  leaving = next
  for (const watcher of watchers) watcher()
}
const without = (id: string) => new Map([...leaving].filter(([other]) => other !== id))

async function tellServer(id: string, outcome: OwedOutcome): Promise<void> {
  timers.delete(id)
  await tellOutcome(id, outcome, (number) =>
    notifications.show({ message: i18n.t('owed.messageNoted', { number }), withBorder: true, autoClose: 8_000 }),
  )
  set(without(id))
}

// A page that is closed meanwhile meant what it did.
window.addEventListener('pagehide', () => {
  for (const [id, outcome] of leaving) if (timers.has(id)) tellOutcomeOnLeaving(id, outcome)
})

// So did whoever signs out.
beforeSignOut(() =>
  Promise.all(
    [...leaving].flatMap(([id, outcome]) => {
      if (!timers.has(id)) return []
      window.clearTimeout(timers.get(id))
      return [tellServer(id, outcome)]
    }),
  ),
)

/** Settle an entry in a moment, unless it is taken back. */
export function settle(id: string, outcome: OwedOutcome): void {
  set(new Map(leaving).set(id, outcome))
  timers.set(
    id,
    window.setTimeout(() => void tellServer(id, outcome), undoMs),
  )
}

export function undo(id: string): void {
  window.clearTimeout(timers.get(id))
  timers.delete(id)
  set(without(id))
}

/** Entries on their way to being settled. */
export function useLeaving(): ReadonlyMap<string, OwedOutcome> {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => leaving,
  )
}
