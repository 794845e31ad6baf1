import { type ComponentType, useEffect, useState, useSyncExternalStore } from 'react'
import { withTheRest } from './rest.ts'

/** What was asked of the stand-in before the part came is done when it comes. */
export type Wanted = { readonly openAtOnce?: boolean }
type StandIn<P> = ComponentType<P & { readonly onWant: () => void }>

const againMs = 3_000
/** A first view that never shows, the service being away, keeps nothing back for longer. */
const longestFirstMs = 2_500
const all: (() => Promise<void>)[] = []
let opened = false
let open: () => void = () => undefined
/** The wire and the processor are the first view's until it stands. */
const firstView = new Promise<void>((done) => {
  open = done
  window.setTimeout(done, longestFirstMs)
})

/**
 * A part of the page that the first view can do without: fetched by `fetchLater`, or at once when it is wanted or drawn after that, and
 * again every 3 s while that fails.
 * @param load the part itself
 * @param until what stands there meanwhile: nothing, unless given
 */
export function later<P extends object>(load: () => Promise<ComponentType<P & Wanted>>, until?: StandIn<P>): ComponentType<P> {
  let part: ComponentType<P & Wanted> | null = null
  let asked = false
  const watchers = new Set<() => void>()
  let coming = Promise.resolve()
  const fetch = (): Promise<void> => {
    if (asked) return coming
    asked = true
    coming = withTheRest(load).then(
      (loaded) => {
        part = loaded
        for (const watcher of watchers) watcher()
      },
      (error: unknown) => {
        // oxlint-disable-next-line no-console -- most often the service is away; a part that can never run must not be missing in silence
        console.warn(error)
        asked = false
        window.setTimeout(() => {
          if (watchers.size > 0) void fetch()
        }, againMs)
      },
    )
    return coming
  }
  all.push(fetch)
  const watch = (watcher: () => void) => {
    watchers.add(watcher)
    return () => void watchers.delete(watcher)
  }
  const Until = until
  return function Later(props: P) {
    const Part = useSyncExternalStore(watch, () => part)
    const [wanted, setWanted] = useState(false)
    useEffect(() => {
      if (opened || wanted) void fetch()
      else void firstView.then(fetch)
    }, [wanted])
    if (Part !== null) return <Part {...props} openAtOnce={wanted} />
    return Until === undefined ? null : <Until {...props} onWant={() => setWanted(true)} />
  }
}

/**
 * The first view stands: fetch all that it left out, so that nothing waits, or fails while the service is away, when it is needed. Then the
 * document is marked `data-whole`.
 */
export async function fetchLater(): Promise<void> {
  opened = true
  open()
  await Promise.all(all.map((fetch) => fetch()))
  document.documentElement.dataset['whole'] = ''
}
