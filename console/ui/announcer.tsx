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

let speaking = false
const kept = new Map<string, string>()

/** While its reader speaks with a caller, what goes on around that conversation is kept for afterwards. */
export function keepQuiet(on: boolean): void {
  if (speaking === on) return
  speaking = on
  if (on || kept.size === 0) return
  const texts = [...kept.values()]
  kept.clear()
  announcePolitely(texts.join(' '))
}

/**
 * Have a screen reader say what goes on around its reader: at once, or after the conversation if it is still so then.
 * @param about what it is about: a later text takes the place of the one before, an empty one takes it back
 */
export function announceAround(about: string, text: string): void {
  kept.delete(about)
  if (text === '') return
  if (speaking) kept.set(about, text)
  else announce(text)
}

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
