import { VisuallyHidden } from '@mantine/core'
import { useSyncExternalStore } from 'react'

type Region = { said: string; readonly watchers: Set<() => void> }
const region = (): Region => ({ said: '', watchers: new Set() })
const atOnce = region()
const inTurn = region()

const say = (where: Region) => (text: string) => {
  where.said = text
  for (const watcher of where.watchers) watcher()
}

/** Have a screen reader say this at once. */
export const announce = say(atOnce)

/** Have a screen reader say this when it has finished what it is saying; an empty text takes it back. */
export const announcePolitely = say(inTurn)

function useSaid(where: Region): string {
  return useSyncExternalStore(
    (watcher) => {
      where.watchers.add(watcher)
      return () => where.watchers.delete(watcher)
    },
    () => where.said,
  )
}

/** The live regions themselves; one of each per page. */
export function Announcer() {
  const now = useSaid(atOnce)
  const then = useSaid(inTurn)
  return (
    <>
      <VisuallyHidden role="alert" aria-live="assertive">
        {now}
      </VisuallyHidden>
      <VisuallyHidden aria-live="polite" data-announcer="polite">
        {then}
      </VisuallyHidden>
    </>
  )
}
