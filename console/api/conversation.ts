import type { WatchMode } from '../../server/contract/entities.ts'
import type { RecordingOrder, TransferTo } from '../../server/contract/http.ts'
import { mostKeys } from '../../server/contract/vocabulary.ts'
import { request } from './client.ts'
import { tellFailure, told } from './commands.ts'

const on = (method: 'POST' | 'PUT' | 'DELETE', action: string, callId: string, body?: unknown) =>
  told(request(method, `/calls/${encodeURIComponent(callId)}/${action}`, body))

/** Ask somebody while the caller hears music. */
export const consult = (callId: string, to: TransferTo) => on('POST', 'consult', callId, { to })
/** Back to the caller; of three, two remain. */
export const endConsult = (callId: string) => on('DELETE', 'consult', callId)
/** All three talk. */
export const confer = (callId: string) => on('POST', 'conference', callId)
/** Hand the caller over. @param to null: to whom is being asked */
export const transfer = (callId: string, to: TransferTo | null) => on('POST', 'transfer', callId, { to })
/** While `on`, the operator is not heard. */
export const mute = (callId: string, muted: boolean) => on('POST', 'mute', callId, { on: muted })
/** @see recordingOrder */
export const orderRecording = (callId: string, order: RecordingOrder) => on('POST', 'recording', callId, { order })
/** By call, those pressed while the ones before are on their way. */
const keysToFollow = new Map<string, string>()

/** Telephone keys, for the other side's machine, in their order: two requests may overtake each other. */
export async function sendKeys(callId: string, keys: string): Promise<void> {
  const before = keysToFollow.get(callId)
  keysToFollow.set(callId, (before ?? '') + keys)
  if (before !== undefined) return
  try {
    for (let next = keys; next !== ''; next = (keysToFollow.get(callId) ?? '').slice(0, mostKeys)) {
      keysToFollow.set(callId, (keysToFollow.get(callId) ?? '').slice(next.length))
      await request('POST', `/calls/${encodeURIComponent(callId)}/keys`, { keys: next })
    }
  } catch (error) {
    // Without those that did not go, the rest would be another number.
    tellFailure(error)
  } finally {
    keysToFollow.delete(callId)
  }
}

/** A supervisor's phone rings for this waiting caller. */
export const takeCaller = (callId: string) => on('POST', 'take', callId)
/** A supervisor comes to a conversation, or changes how. */
export const watch = (callId: string, mode: WatchMode) => on('PUT', 'watch', callId, { mode })
export const leaveWatch = (callId: string) => on('DELETE', 'watch', callId)
/** A supervisor ends somebody's call. */
export const endCall = (callId: string) => on('POST', 'end', callId)
