import type { RecordingStore } from '../engine/message-import.ts'
import { type Ari, AriError, segment } from './ari.ts'

const isThere = (ari: Ari, path: string): Promise<boolean> =>
  ari.request('GET', path).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AriError && error.status === 404) return false
      throw error
    },
  )

/** Asterisk's stored recordings. */
export const recordingStore = (ari: Ari): RecordingStore => ({
  list: async () => ((await ari.request('GET', '/recordings/stored')) as readonly { name: string }[]).map(({ name }) => name),
  fetch: (name) => ari.download(`/recordings/stored/${segment(name)}/file`),
  isLive: (name) => isThere(ari, `/recordings/live/${segment(name)}`),
  isOnTheLine: (callId) => isThere(ari, `/channels/${segment(callId)}`),
  remove: async (name) => {
    await ari.request('DELETE', `/recordings/stored/${segment(name)}`)
  },
})
