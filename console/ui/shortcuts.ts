import { useEffect, useSyncExternalStore } from 'react'

/** Single keys act outside text fields only, and can be turned off (WCAG 2.1.4). Keys are compared as typed, so any keyboard layout works. */
export type Shortcut = { readonly key: string; readonly run: () => void }

const storageKey = 'guichet.single-keys'
const watchers = new Set<() => void>()
const isOn = () => localStorage.getItem(storageKey) !== 'off'

export function setShortcutsOn(on: boolean): void {
  localStorage.setItem(storageKey, on ? 'on' : 'off')
  for (const watcher of watchers) watcher()
}

export function useShortcutsOn(): boolean {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher)
    return () => watchers.delete(watcher)
  }, isOn)
}

const typesText = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input:not([type=radio], [type=checkbox]), textarea, select, [role=textbox], [role=combobox]'))

/** A dialogue or an open menu keeps its keys to itself. */
const insideLayer = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('[role=dialog], [role=menu], [role=listbox]') !== null

/** Act at these keys for as long as the component is shown. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const on = useShortcutsOn()
  useEffect(() => {
    if (!on) return
    const listener = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.repeat ||
        typesText(event.target) ||
        insideLayer(event.target)
      )
        return
      const found = shortcuts.find((s) => s.key === event.key || s.key === event.key.toLowerCase())
      if (found === undefined) return
      event.preventDefault()
      found.run()
    }
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  })
}
