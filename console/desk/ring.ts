import { audioSettings, soundAt } from '../ui/audio-settings.ts'
import { setRingTitle } from '../ui/page-title.ts'
import { stored } from '../ui/stored.ts'

export const ringMuted = stored<boolean>(
  'guichet.ring-muted',
  (text) => text === 'yes',
  (muted) => (muted ? 'yes' : null),
)

const periodMs = 3_000

/** At the usual volume a note is heard across a quiet room. */
const loudest = 0.15

function note(audio: AudioContext, hertz: number, at: number, loudness = 0.09): void {
  if (loudness <= 0) return
  const oscillator = audio.createOscillator()
  const volume = audio.createGain()
  oscillator.frequency.value = hertz
  volume.gain.setValueAtTime(0, at)
  volume.gain.linearRampToValueAtTime(loudness, at + 0.04)
  volume.gain.exponentialRampToValueAtTime(0.0005, at + 0.7)
  oscillator.connect(volume).connect(audio.destination)
  oscillator.start(at)
  oscillator.stop(at + 0.75)
}

/** Three falling notes, once: somebody has waited too long. */
export function chime(): void {
  const audio = new AudioContext()
  const play = () => [880, 740, 587].forEach((hertz, i) => note(audio, hertz, audio.currentTime + 0.24 * i))
  void audio.resume().then(play, () => undefined)
  window.setTimeout(() => void audio.close(), periodMs)
}

function doubleNote(audio: AudioContext): void {
  const loudness = (audioSettings.get().ringVolume / 100) * loudest
  note(audio, 659, audio.currentTime, loudness)
  note(audio, 880, audio.currentTime + 0.22, loudness)
}

/** To hear how loud, and where, it rings. */
export function ringOnce(): void {
  const audio = new AudioContext()
  void soundAt(audio, audioSettings.get().ringer)
    .then(() => audio.resume())
    .then(() => doubleNote(audio))
    .catch(() => undefined)
  window.setTimeout(() => void audio.close(), periodMs)
}

/** A soft double note, repeated. The browser lets it sound once the page has been touched; before that the screen alone rings. */
export function startTone(): () => void {
  const audio = new AudioContext()
  void soundAt(audio, audioSettings.get().ringer)
  const ring = () => {
    if (audio.state === 'running' && !ringMuted.get()) doubleNote(audio)
  }
  void audio.resume().then(ring, () => undefined)
  const again = window.setInterval(ring, periodMs)
  return () => {
    window.clearInterval(again)
    void audio.close()
  }
}

/** The page's tab: its title and icon while a call rings. Returns how to put them back. */
export function ringTab(title: string): () => void {
  const icon = document.querySelector<HTMLLinkElement>('#favicon')
  setRingTitle(title)
  if (icon !== null) icon.href = '/favicon-ringing.svg'
  return () => {
    setRingTitle(null)
    if (icon !== null) icon.href = '/favicon.svg'
  }
}
