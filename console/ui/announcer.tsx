import { VisuallyHidden } from '@mantine/core'
import { useSyncExternalStore } from 'react'

let said = ''
const watchers = new Set<() => void>()

/** Have a screen reader say this at once. */
export function announce(text: string): void {
  said = text
  for (const watcher of watchers) watcher()
}

/** The live region itself; one per page. */
export function Announcer() {
  const text = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => said,
  )
  return (
    <VisuallyHidden role="alert" aria-live="assertive">
      {text}
    </VisuallyHidden>
  )
}
