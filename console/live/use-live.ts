import { useEffect, useState, useSyncExternalStore } from 'react'
import { liveStore, type Live } from './store.ts'

/** What comes within this after a drawing waits for the next one: a busy hour must not draw the desk eighty times a second. */
const calmMs = 100

let drawn: Live = liveStore.get()
let drawnAt = 0
let timer: number | null = null
let stop: (() => void) | null = null
const watchers = new Set<() => void>()

function draw(): void {
  timer = null
  drawn = liveStore.get()
  drawnAt = performance.now()
  for (const watcher of watchers) watcher()
}

/** The first change shows at once, those that follow closely are drawn together. */
function changed(): void {
  if (timer !== null) return
  const left = drawnAt + calmMs - performance.now()
  // Losing the link, or having it again, is never late.
  if (left <= 0 || liveStore.get().link !== drawn.link) draw()
  else timer = window.setTimeout(draw, left)
}

function watch(watcher: () => void): () => void {
  if (stop === null) {
    drawn = liveStore.get()
    stop = liveStore.watch(changed)
  }
  watchers.add(watcher)
  return () => {
    watchers.delete(watcher)
    if (watchers.size > 0) return
    stop?.()
    stop = null
  }
}
const shown = (): Live => {
  // Nobody is told while nobody watches.
  if (stop === null) drawn = liveStore.get()
  return drawn
}

/** The live state, whole; renders again as it changes, at most ten times a second. */
export function useLive(): Live {
  return useSyncExternalStore(watch, shown)
}

/** The server's clock in ms, renewed each second. */
export function useServerNow(): number {
  const { offsetMs } = useLive()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const tick = window.setInterval(() => setNow(Date.now()), 1_000)
    return () => window.clearInterval(tick)
  }, [])
  return now + offsetMs
}
