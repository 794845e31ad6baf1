import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { clockOf } from './format.ts'
import { Unplayable } from './unplayable.tsx'
import classes from './voice-player.module.css'

const speeds = [1, 1.25, 1.5, 2] as const
const stepSeconds = 3

type Props = {
  readonly src: string
  readonly label: string
  readonly seconds: number
  /** Loudness of each slice, 0 to 100; empty while it is unknown. */
  readonly peaks: readonly number[]
  /** It begins to play. */
  readonly onHeard?: () => void
}

/**
 * A voice with its waveform: space plays and pauses, arrows move, `×1` changes the speed. The sound is fetched when somebody first
 * plays it, once and whole, so that one listening is one request.
 */
export function VoicePlayer({ src, label, seconds, peaks, onHeard }: Props) {
  const { t } = useTranslation()
  const audio = useRef<HTMLAudioElement>(null)
  const [state, setState] = useState<'rest' | 'fetching' | 'playing' | 'failed'>('rest')
  const [at, setAt] = useState(0)
  const [speed, setSpeed] = useState(0)
  const rate = speeds[speed] ?? 1
  useEffect(() => {
    const player = audio.current
    return () => {
      if (player?.src.startsWith('blob:') === true) URL.revokeObjectURL(player.src)
    }
  }, [])
  const play = async () => {
    const player = audio.current
    if (player === null || state === 'fetching') return
    try {
      if (!player.src.startsWith('blob:')) {
        setState('fetching')
        player.src = await fetched(src)
        player.currentTime = at
        onHeard?.()
      }
      player.playbackRate = rate
      await player.play()
    } catch (error) {
      // Paused before the first sound came.
      setState(error instanceof DOMException && error.name === 'AbortError' ? 'rest' : 'failed')
    }
  }
  const toggle = () => {
    if (state === 'playing') audio.current?.pause()
    else void play()
  }
  const move = (to: number) => {
    const kept = Math.min(seconds, Math.max(0, to))
    setAt(kept)
    if (audio.current?.src.startsWith('blob:') === true) audio.current.currentTime = kept
  }
  const faster = () => {
    const next = (speed + 1) % speeds.length
    setSpeed(next)
    if (audio.current !== null) audio.current.playbackRate = speeds[next] ?? 1
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -stepSeconds, ArrowDown: -stepSeconds, ArrowRight: stepSeconds, ArrowUp: stepSeconds }[event.key]
    if (event.key === ' ' && event.target instanceof HTMLInputElement) toggle()
    else if (step !== undefined) move(at + step)
    else return
    event.preventDefault()
  }
  if (state === 'failed') return <Unplayable label={label} onRetry={() => setState('rest')} />
  const shown = `${clockOf(at)} / ${clockOf(seconds)}`
  const Icon = state === 'playing' ? IconPlayerPauseFilled : IconPlayerPlayFilled
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move from its buttons too
    <div className={classes.player} role="group" aria-label={label} onKeyDown={onKeyDown} data-state={state}>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- what a caller said is not written down anywhere */}
      <audio
        ref={audio}
        preload="none"
        onPlay={() => setState('playing')}
        onPause={() => setState('rest')}
        onEnded={() => setAt(0)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
      />
      <button
        type="button"
        className={classes.play}
        onClick={toggle}
        aria-label={t(state === 'playing' ? 'voice.pause' : 'voice.play')}
        data-busy={state === 'fetching' || undefined}
      >
        <Icon size={16} aria-hidden="true" />
      </button>
      <span className={classes.wave}>
        <Wave peaks={peaks} done={seconds === 0 ? 0 : at / seconds} />
        <input
          type="range"
          min={0}
          max={seconds}
          step={0.1}
          value={Math.min(at, seconds)}
          aria-label={t('voice.position')}
          aria-valuetext={shown}
          onChange={(event) => move(Number(event.currentTarget.value))}
        />
      </span>
      <span className={`${classes.time} g-num`}>{shown}</span>
      <button type="button" className={`${classes.speed} g-num`} onClick={faster} aria-label={t('voice.speed', { speed: shownRate(rate) })}>
        ×{shownRate(rate)}
      </button>
    </div>
  )
}

const shownRate = (rate: number): string => rate.toLocaleString(document.documentElement.lang)

/** @throws when the sound cannot be had */
async function fetched(src: string): Promise<string> {
  const answer = await fetch(src, { credentials: 'same-origin' })
  if (!answer.ok) throw new Error(String(answer.status))
  return URL.createObjectURL(await answer.blob())
}

const flat = 120
const least = 4

function Wave({ peaks, done }: { peaks: readonly number[]; done: number }) {
  const drawn = peaks.length > 0 ? peaks : Array.from({ length: flat }, () => 0)
  return (
    <svg viewBox={`0 0 ${drawn.length * 2} 100`} preserveAspectRatio="none" aria-hidden="true">
      {drawn.map((peak, i) => {
        const height = Math.max(least, peak)
        // Slices only ever stand in their order: the place is the identity.
        return (
          <rect
            key={i}
            x={i * 2 + 0.3}
            width={1.4}
            y={(100 - height) / 2}
            height={height}
            data-done={i / drawn.length < done || undefined}
          />
        )
      })}
    </svg>
  )
}
