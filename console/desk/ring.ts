import { setRingTitle } from '../ui/page-title.ts'
import { stored } from '../ui/stored.ts'

export const ringMuted = stored<boolean>(
  'guichet.ring-muted',
  (text) => text === 'yes',
  (muted) => (muted ? 'yes' : null),
)

const periodMs = 3_000

function note(audio: AudioContext, hertz: number, at: number): void {
  const oscillator = audio.createOscillator()
  const volume = audio.createGain()
  oscillator.frequency.value = hertz
  volume.gain.setValueAtTime(0, at)
  volume.gain.linearRampToValueAtTime(0.09, at + 0.04)
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

/** A soft double note, repeated. The browser lets it sound once the page has been touched; before that the screen alone rings. */
export function startTone(): () => void {
  const audio = new AudioContext()
  const ring = () => {
    if (audio.state !== 'running' || ringMuted.get()) return
    note(audio, 659, audio.currentTime)
    note(audio, 880, audio.currentTime + 0.22)
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
