import { setRingTitle } from '../ui/page-title.ts'
import { stored } from '../ui/stored.ts'

export const ringMuted = stored<boolean>(
  'guichet.ring-muted',
  (text) => text === 'yes',
  (muted) => (muted ? 'yes' : null),
)

const periodMs = 3_000

/** A soft double note, repeated. The browser lets it sound once the page has been touched; before that the screen alone rings. */
export function startTone(): () => void {
  const audio = new AudioContext()
  const note = (hertz: number, at: number) => {
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
  const ring = () => {
    if (audio.state !== 'running' || ringMuted.get()) return
    note(659, audio.currentTime)
    note(880, audio.currentTime + 0.22)
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
