import { useEffect, useRef, useState } from 'react'

const repeatMs = 120_000
/** A browser that allows sound by itself says so within this; asking sooner would show a button for a blink. */
const willAllowMs = 1_500

let audio: AudioContext | null = null
const context = (): AudioContext => (audio ??= new AudioContext())

/** Three rising notes, twice: heard across a room, and unlike any phone. */
function sound(): void {
  const at = context()
  for (const [i, hertz] of [523, 659, 784, 523, 659, 784].entries()) {
    const start = at.currentTime + i * 0.22 + (i > 2 ? 0.3 : 0)
    const [oscillator, volume] = [at.createOscillator(), at.createGain()]
    oscillator.type = 'triangle'
    oscillator.frequency.value = hertz
    volume.gain.setValueAtTime(0, start)
    volume.gain.linearRampToValueAtTime(0.3, start + 0.03)
    volume.gain.exponentialRampToValueAtTime(0.0005, start + 0.5)
    oscillator.connect(volume).connect(at.destination)
    oscillator.start(start)
    oscillator.stop(start + 0.55)
  }
}

/**
 * Sounds when an alarm is new, and every two minutes while there is one. Browsers ask for a gesture first, once; those started for a
 * kiosk do not.
 * @param alarms those that are to be heard
 * @param wanted whether they are
 * @returns whether a gesture is asked for, and what it does.
 */
export function useAlarmSound(alarms: readonly string[], wanted: boolean): { readonly asks: boolean; readonly allow: () => void } {
  const [allowed, setAllowed] = useState(false)
  const [patient, setPatient] = useState(true)
  const sounded = useRef<readonly string[]>([])
  const known = alarms.join(' ')
  useEffect(() => {
    if (!wanted) return
    const look = () => setAllowed(context().state === 'running')
    context().addEventListener('statechange', look)
    look()
    const enough = window.setTimeout(() => setPatient(false), willAllowMs)
    return () => {
      window.clearTimeout(enough)
      context().removeEventListener('statechange', look)
    }
  }, [wanted])
  useEffect(() => {
    const now = known === '' ? [] : known.split(' ')
    const isNew = now.some((one) => !sounded.current.includes(one))
    sounded.current = now
    if (!wanted || !allowed || now.length === 0) return
    if (isNew) sound()
    const again = window.setInterval(sound, repeatMs)
    return () => window.clearInterval(again)
  }, [known, wanted, allowed])
  return {
    asks: wanted && !allowed && !patient,
    allow: () => {
      // Asked within the gesture; where there is no loudspeaker the answer may never come.
      setAllowed(true)
      void context()
        .resume()
        .then(sound, () => undefined)
    },
  }
}
