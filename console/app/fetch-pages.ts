import type { AnyRouter } from '@tanstack/react-router'

const calmAfterMs = 2_000

/** Fetch every page of the console, one at a time and only while the browser has nothing else to do. Returns how to stop. */
export function fetchPages(router: AnyRouter): () => void {
  let stopped = false
  const left = Object.values(router.routesById).filter(({ id }) => id.startsWith('/console/'))
  const next = () => {
    const route = left.shift()
    if (stopped || route === undefined) return
    const done = router.loadRouteChunk(route) ?? Promise.resolve()
    // One that does not come is fetched when it is asked for.
    void done.catch(() => null).then(rest)
  }
  // Safari knows no idle moments.
  const rest = () => ('requestIdleCallback' in window ? requestIdleCallback(next) : setTimeout(next, 200))
  const timer = setTimeout(rest, calmAfterMs)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
