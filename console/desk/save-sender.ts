import type { OutOfScope } from '../../server/contract/out-of-scope.ts'
import { isToldInPerson } from '../../server/contract/vocabulary.ts'
import { createTicket } from '../api/commands.ts'
import { ApiError } from '../api/client.ts'
import { endDraft } from '../api/drafts.ts'
import { queryClient } from '../api/queries.ts'
import type { Stored } from '../ui/stored.ts'
import { creationOf, type Draft } from './draft.ts'
import { serverKeyOf } from './draft-exchange.ts'
import { type Kept, replaced, withSaved } from './drafts.ts'

const retryMs = 3_000

/** Whether the same request may succeed later: nobody answered, or the server could not. */
export const mayPass = (error: unknown): boolean => error instanceof ApiError && (error.status === 0 || error.status >= 500)

export type SavedTicket = { readonly number: number; readonly closed: boolean; readonly mailed: boolean }

/** Save a draft as a ticket; said again with the same draft it makes one. @throws ApiError */
export async function saveTicket(draft: Draft, outOfScope?: OutOfScope): Promise<SavedTicket> {
  const ticket = await createTicket({ ...creationOf(draft), ...(outOfScope && { outOfScope }) })
  void queryClient.invalidateQueries({ queryKey: ['tickets'] })
  const isWrittenTo = outOfScope === undefined || !isToldInPerson(draft.medium)
  return { number: ticket.number, closed: ticket.status === 'closed', mailed: ticket.requester.email !== null && isWrittenTo }
}

/** What follows from a ticket that was saved: its draft has served. */
export function afterSave(store: Stored<Kept>, draft: Draft, ticket: SavedTicket, me: string): void {
  store.set(withSaved(store.get(), draft, ticket))
  if (draft.callId === null) void endDraft(serverKeyOf(draft, me)).catch(() => null)
}

/** What follows from a save that may yet succeed: it is asked again, unless its writer has gone on writing meanwhile. */
export function afterVain(store: Stored<Kept>, draft: Draft): void {
  const now = store.get().drafts.find((d) => d.key === draft.key)
  if (now !== undefined && JSON.stringify(creationOf(now)) === JSON.stringify(creationOf(draft)))
    store.set(replaced(store.get(), { ...now, wanted: true }))
}

type Told = { saved(draft: Draft, ticket: SavedTicket): void; refused(draft: Draft, error: unknown): void }

/**
 * Save again, until the server takes them, the drafts whose writer has asked for it in vain. Whatever page is shown, and after a
 * reload too. Returns how to stop.
 */
export function sendSaves(store: Stored<Kept>, me: string, { saved, refused }: Told): () => void {
  let timer: number | null = null
  const wanted = () => store.get().drafts.find((d) => d.wanted)
  const arm = () => {
    if (timer === null && wanted() !== undefined) timer = window.setTimeout(() => void send(), retryMs)
  }
  const send = async () => {
    const draft = wanted()
    try {
      if (draft !== undefined) {
        const ticket = await saveTicket(draft)
        afterSave(store, draft, ticket, me)
        saved(draft, ticket)
      }
    } catch (error) {
      const now = store.get().drafts.find((d) => d.key === draft?.key)
      if (!mayPass(error) && draft !== undefined && now !== undefined) {
        store.set(replaced(store.get(), { ...now, wanted: false }))
        refused(draft, error)
      }
    } finally {
      timer = null
      arm()
    }
  }
  const stopWatching = store.watch(arm)
  arm()
  return () => {
    stopWatching()
    if (timer !== null) window.clearTimeout(timer)
  }
}
