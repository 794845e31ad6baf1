import { useEffect, useSyncExternalStore } from 'react'
import { queryClient } from '../api/queries.ts'
import { myCall } from '../live/desk.ts'
import { listen, liveStore } from '../live/store.ts'
import { draftsOf, withCall, withDesk, withEnd, without, type Kept } from './drafts.ts'
import { pops } from './pops.ts'

export function useDrafts(operatorId: string): Kept {
  const store = draftsOf(operatorId)
  return useSyncExternalStore(store.watch, store.get)
}

/** Follow the live link into the drafts for as long as somebody is signed in, whatever page is shown. */
export function useDraftKeeper(operatorId: string): void {
  useEffect(() => {
    const store = draftsOf(operatorId)
    const update = (next: Kept) => {
      if (next !== store.get()) store.set(next)
    }
    let lastMine: string | null = null
    const stopEvents = listen({
      pop: (pop) => {
        pops.set(pop)
        update(withCall(store.get(), pop.call))
      },
      ended: (ended) => {
        pops.forget(ended.id)
        update(withEnd(store.get(), ended, operatorId))
      },
      snapshot: (desk) => update(withDesk(store.get(), desk)),
      stale: (what) => void queryClient.invalidateQueries({ queryKey: [what] }),
    })
    const follow = () => {
      const desk = liveStore.get().desk
      if (desk === null) return
      const mine = myCall(desk)
      if (mine !== null) update(withCall(store.get(), mine))
      // Refused or not picked up: the call waits again, its ticket is the next operator's to write.
      const left = lastMine !== null && lastMine !== mine?.id ? desk.calls.find((c) => c.id === lastMine) : undefined
      if (left !== undefined && store.get().drafts.some((d) => d.key === left.id && !d.answered)) update(without(store.get(), left.id))
      lastMine = mine?.id ?? null
    }
    follow()
    const stopState = liveStore.watch(follow)
    return () => {
      stopEvents()
      stopState()
    }
  }, [operatorId])
}
