import { useEffect, useState, useSyncExternalStore } from 'react'
import { liveStore, type Live } from './store.ts'

/** The live state, whole; renders again at each change. */
export function useLive(): Live {
  return useSyncExternalStore(liveStore.watch, liveStore.get)
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
