import { useEffect, useSyncExternalStore } from 'react'

/** What the page about to be shown is to bring forward: an entry of a list, a call's ticket. Taken once. */
let wanted: string | null = null
const watchers = new Set<() => void>()
const tell = () => {
  for (const watcher of watchers) watcher()
}

export function want(id: string): void {
  wanted = id
  tell()
}

/** A ticket whose requester waits for a written answer: what is typed is for them. */
export const replyTo = (number: number): string => `reply-${number}`

/** @param bring returns whether it could; what cannot be brought yet (a list that loads) is asked for again at the next render */
export function useWanted(bring: (id: string) => boolean): void {
  const id = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => wanted,
  )
  useEffect(() => {
    if (id === null || !bring(id)) return
    wanted = null
    tell()
  })
}
