import type { RecordingStore } from '../engine/message-import.ts'
import { type Ari, AriError, segment } from './ari.ts'

/** Asterisk's stored recordings. */
export const recordingStore = (ari: Ari): RecordingStore => ({
  list: async () => ((await ari.request('GET', '/recordings/stored')) as readonly { name: string }[]).map(({ name }) => name),
  fetch: (name) => ari.download(`/recordings/stored/${segment(name)}/file`),
  isLive: (name) =>
    ari.request('GET', `/recordings/live/${segment(name)}`).then(
      () => true,
      (error: unknown) => {
        if (error instanceof AriError && error.status === 404) return false
        throw error
      },
    ),
  remove: async (name) => {
    await ari.request('DELETE', `/recordings/stored/${segment(name)}`)
  },
})
