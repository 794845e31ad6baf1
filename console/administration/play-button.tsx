import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './play-button.module.css'

/** Whatever is played stops what was played before. */
let playing: HTMLAudioElement | null = null

/** A sound in one gesture; once more stops it. */
export function PlayButton({ src, what, language, children }: { src: string; what: string; language: string; children: ReactNode }) {
  const { t } = useTranslation()
  const [on, setOn] = useState(false)
  const audio = useRef<HTMLAudioElement | null>(null)
  useEffect(() => () => audio.current?.pause(), [])

  function play(): void {
    playing?.pause()
    const sound = new Audio(src)
    audio.current = sound
    playing = sound
    sound.addEventListener('pause', () => setOn(false))
    sound.addEventListener('ended', () => setOn(false))
    setOn(true)
    // A sound that is stopped before it could begin is no failure.
    sound.play().catch(() => setOn(false))
  }
  const Icon = on ? IconPlayerStop : IconPlayerPlay
  return (
    <button
      type="button"
      className={classes.play}
      data-on={on || undefined}
      aria-label={t(on ? 'announcements.stop' : 'announcements.play', { what, language })}
      onClick={() => (on ? audio.current?.pause() : play())}
    >
      <Icon size={13} stroke={1.8} aria-hidden="true" />
      <span className="g-num">{children}</span>
    </button>
  )
}
