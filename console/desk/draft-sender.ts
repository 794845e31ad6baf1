import { writeDraft } from '../api/drafts.ts'
import type { Stored } from '../ui/stored.ts'
import type { Draft } from './draft.ts'
import { afterWrite, serverKeyOf, writeOf } from './draft-exchange.ts'
import type { Kept } from './drafts.ts'

/** A pause in typing. */
const pauseMs = 600
/** The copy on this computer is the net meanwhile. */
const retryMs = 5_000

let sendNow: () => Promise<void> = async () => undefined
const atMostMs = 1_000

/** Send what was typed since the last pause: a colleague is about to have the form. Waits for the server a second at most. */
export const flushDrafts = (): Promise<void> => Promise.race([sendNow(), new Promise<void>((done) => window.setTimeout(done, atMostMs))])

/** Send what is written to the server at each pause, one after another, again until it answers. Returns how to stop. */
export function sendDrafts(store: Stored<Kept>, me: string): () => void {
  let timer: number | null = null
  let sending = false
  let before = Promise.resolve()
  const next = (): Draft | undefined => store.get().drafts.find((d) => d.unsent && d.theirs === null && !d.over)
  const arm = (ms: number) => {
    if (timer !== null) window.clearTimeout(timer)
    timer = next() === undefined ? null : window.setTimeout(() => void send(), ms)
  }
  const send = (): Promise<void> => {
    before = before.then(one)
    return before
  }
  const one = async () => {
    timer = null
    const draft = next()
    if (draft === undefined) return
    sending = true
    try {
      const written = await writeDraft(serverKeyOf(draft, me), writeOf(draft))
      const next = afterWrite(store.get(), draft, written)
      if (next !== store.get()) store.set(next)
      sending = false
      arm(pauseMs)
    } catch {
      sending = false
      arm(retryMs)
    }
  }
  const stopWatching = store.watch(() => {
    if (!sending) arm(pauseMs)
  })
  arm(pauseMs)
  sendNow = send
  return () => {
    sendNow = async () => undefined
    stopWatching()
    if (timer !== null) window.clearTimeout(timer)
  }
}
