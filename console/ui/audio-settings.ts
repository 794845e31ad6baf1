import { stored } from './stored.ts'

/** Which devices sound and speech use on this computer; null: the browser's usual one. `ringVolume` from 0 to 100. */
export type AudioSettings = {
  readonly microphone: string | null
  readonly speaker: string | null
  readonly ringer: string | null
  readonly ringVolume: number
}

const usual: AudioSettings = { microphone: null, speaker: null, ringer: null, ringVolume: 60 }

function read(text: string | null): AudioSettings {
  try {
    const { microphone, speaker, ringer, ringVolume } = JSON.parse(text ?? '{}') as Partial<Record<keyof AudioSettings, unknown>>
    const device = (id: unknown) => (typeof id === 'string' && id !== '' ? id : null)
    const volume = typeof ringVolume === 'number' && ringVolume >= 0 && ringVolume <= 100 ? ringVolume : usual.ringVolume
    return { microphone: device(microphone), speaker: device(speaker), ringer: device(ringer), ringVolume: volume }
  } catch {
    return usual
  }
}

export const audioSettings = stored<AudioSettings>('guichet.audio', read, (settings) => JSON.stringify(settings))

/** What is asked of the microphone. A device that was unplugged gives way to another. */
export const microphoneWanted = ({ microphone }: AudioSettings): MediaStreamConstraints => ({
  audio: {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    ...(microphone !== null && { deviceId: { ideal: microphone } }),
  },
})

/** Have an element, or a context, sound at a device; one that is gone gives way to the usual one. */
export async function soundAt(what: HTMLMediaElement | AudioContext, device: string | null): Promise<void> {
  const sink = what as { setSinkId?: (id: string) => Promise<void> }
  try {
    await sink.setSinkId?.(device ?? '')
  } catch {
    await sink.setSinkId?.('').catch(() => undefined)
  }
}
