import { useEffect, useSyncExternalStore } from 'react'
import type { Pop } from '../../server/contract/live.ts'
import { draftsQuery } from '../api/drafts.ts'
import { queryClient } from '../api/queries.ts'
import { callOfMine, isWritten, partIn } from '../live/desk.ts'
import { listen, liveStore } from '../live/store.ts'
import { adopted, afterRead } from './draft-exchange.ts'
import { sendDrafts } from './draft-sender.ts'
import { afterHandOver, draftsOf, replaced, withCall, withDesk, withEnd, without, type Kept } from './drafts.ts'
import { sendSaves } from './save-sender.ts'
import { tellSaved } from './tell-saved.ts'
import { pops } from './pops.ts'

export function useDrafts(operatorId: string): Kept {
  const store = draftsOf(operatorId)
  return useSyncExternalStore(store.watch, store.get)
}

/** The call, with what somebody else has written of it already. */
function withPop(kept: Kept, { call, draft }: Pop): Kept {
  const next = withCall(kept, call)
  const mine = next.drafts.find((d) => d.key === call.id)
  if (draft === null || mine === undefined || mine.unsent || mine.version >= draft.version) return next
  return replaced(next, adopted(mine, draft))
}

/**
 * Follow the live link into the drafts for as long as somebody is signed in, whatever page is shown.
 * @param shares whether this person's drafts are kept by the server too
 */
export function useDraftKeeper(operatorId: string, shares: boolean): void {
  useEffect(() => {
    const store = draftsOf(operatorId)
    const update = (next: Kept) => {
      if (next !== store.get()) store.set(next)
    }
    const read = async () => {
      const drafts = await queryClient.fetchQuery({ ...draftsQuery, staleTime: 0 }).catch(() => null)
      const isLive = (id: string) => liveStore.get().desk?.calls.some((c) => c.id === id) === true
      if (drafts !== null) update(afterRead(store.get(), drafts, operatorId, isLive))
    }
    let lastMine: string | null = null
    const stopEvents = listen({
      pop: (pop) => {
        pops.set(pop)
        const part = partIn(pop.call, operatorId)
        if (part === null || isWritten(part)) update(withPop(store.get(), pop))
      },
      ended: (ended) => {
        pops.forget(ended.id)
        update(withEnd(store.get(), ended, operatorId))
      },
      snapshot: (desk) => {
        update(withDesk(store.get(), desk))
        if (shares) void read()
      },
      stale: (what) => {
        if (what === 'drafts' && shares) void read()
        else void queryClient.invalidateQueries({ queryKey: [what] })
        // The page of a ticket follows what others write in it; what nobody looks at is read when it is looked at.
        if (what === 'tickets')
          for (const key of ['ticket', 'links', 'observers', 'visits']) void queryClient.invalidateQueries({ queryKey: [key] })
        if (what === 'owed' || what === 'tickets' || what === 'calls') void queryClient.invalidateQueries({ queryKey: ['next'] })
      },
    })
    const follow = () => {
      const desk = liveStore.get().desk
      if (desk === null) return
      const mine = callOfMine(desk)
      if (mine !== null) update(withCall(store.get(), mine))
      // Handed over to me by somebody who had noted something.
      if (mine !== null && mine.id !== lastMine && shares) void read()
      for (const draft of store.get().drafts) {
        const call = draft.key === mine?.id || !draft.answered ? undefined : desk.calls.find((c) => c.id === draft.key)
        if (call !== undefined) update(afterHandOver(store.get(), draft, call))
      }
      // Refused or not picked up: the call waits again, its ticket is the next operator's to write.
      const left = lastMine !== null && lastMine !== mine?.id ? desk.calls.find((c) => c.id === lastMine) : undefined
      if (left !== undefined && store.get().drafts.some((d) => d.key === left.id && !d.answered)) update(without(store.get(), left.id))
      lastMine = mine?.id ?? null
    }
    follow()
    const stopState = liveStore.watch(follow)
    const stopSending = shares ? sendDrafts(store, operatorId) : () => undefined
    const stopSaving = sendSaves(store, operatorId, tellSaved)
    return () => {
      stopSaving()
      stopSending()
      stopEvents()
      stopState()
    }
  }, [operatorId, shares])
}
