import { useEffect, useLayoutEffect, useSyncExternalStore } from 'react'
import { isShortcutKey, keyFor, type OwnKeys, usualFor } from '../../server/contract/shortcut-keys.ts'
import { digitOf } from './digits.ts'
import { stored } from './stored.ts'

/**
 * Single keys act outside text fields only, and can be turned off or moved one by one (WCAG 2.1.4). Keys are compared as typed, so any
 * keyboard layout works. `key` is the usual one, of `shortcutKeys` unless it is a named key such as `Escape`.
 */
export type Shortcut = { readonly key: string; readonly run: () => void }
/** Their own keys, and whether single ones do anything. */
export type KeySettings = { readonly keys: OwnKeys; readonly singleKeys: boolean }

const read = (text: string | null): KeySettings => {
  try {
    return { keys: {}, singleKeys: true, ...(JSON.parse(text ?? '{}') as Partial<KeySettings>) }
  } catch {
    return { keys: {}, singleKeys: true }
  }
}
/** What the account's preferences said last, so that keys work before the service has answered. */
const kept = stored<KeySettings>('guichet.keys', read, ({ keys, singleKeys }) => JSON.stringify({ keys, singleKeys }))

/** They send what is typed, also from within a field: nobody hits them by accident, and they stay as they are. */
export const combinedKeys = [
  ['Ctrl+Enter', 'save'],
  ['Shift+Enter', 'solved'],
  ['Ctrl+K', 'palette'],
] as const

/** Follow what the account says; what is the same is not told again. */
export function followKeys({ keys, singleKeys }: KeySettings): void {
  if (JSON.stringify(kept.get()) !== JSON.stringify({ keys, singleKeys })) kept.set({ keys, singleKeys })
}
export const useKeys = (): KeySettings => useSyncExternalStore(kept.watch, kept.get)

/** @returns how a usual key is called now, in capitals as on a keyboard; null: it does nothing. Named keys and combinations are themselves. */
export function shownKey(usual: string, { keys, singleKeys }: KeySettings): string | null {
  const letter = usual.startsWith('Shift+') ? usual.slice('Shift+'.length) : usual.toLowerCase()
  if (!isShortcutKey(letter)) return usual
  const key = singleKeys ? keyFor(letter, keys) : null
  return key === null ? null : written(key)
}

/** For `aria-keyshortcuts`: as `shownKey`, at the moment it is drawn. */
export const ariaKey = (usual: string): string | undefined => shownKey(usual, kept.get())?.replace('Ctrl', 'Control')

/** A capital is typed with the key beside it. */
export const written = (key: string): string => (key === key.toLowerCase() ? key.toUpperCase() : `Shift+${key}`)

const typesText = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input:not([type=radio], [type=checkbox]), textarea, select, [role=textbox], [role=combobox]'))

/** A dialogue or an open menu keeps its keys to itself. */
const insideLayer = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('[role=dialog], [role=menu], [role=listbox]') !== null

/** Between two letters of whoever types on without looking. */
const typesOnMs = 700
let typing: { readonly field: Element; readonly at: number } | null = null
/**
 * A call takes the field from under somebody's hands: what they type on was meant for it, and neither answers nor refuses anybody. Until
 * they pause, or press a key that is no text.
 */
document.addEventListener(
  'keydown',
  (event) => {
    const { target, key, timeStamp: at } = event
    const isText = !event.ctrlKey && !event.metaKey && !['Enter', 'Escape', 'Tab'].includes(key)
    if (isText && typesText(target)) typing = { field: target as Element, at }
    else if (isText && typing !== null && !typing.field.isConnected && at - typing.at < typesOnMs) {
      typing = { ...typing, at }
      event.preventDefault()
    } else typing = null
  },
  true,
)

let held = 0
/** A dialogue was asked for: until it is there and has the focus, what is typed is meant for it, and not for the page beneath. */
export function useHeldKeys(on: boolean): void {
  useLayoutEffect(() => {
    if (!on) return
    held += 1
    return () => {
      held -= 1
    }
  }, [on])
}

/** While a small layer is open, its keys act from the first frame it is seen in: the focus arrives later, and who types fast is faster. */
export function useLayerKeys(open: boolean, act: (event: KeyboardEvent) => void): void {
  useHeldKeys(open)
  useLayoutEffect(() => {
    if (!open) return
    const listener = (event: KeyboardEvent) => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat && !typesText(event.target)) act(event)
    }
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  })
}

/** Act at these keys for as long as the component is shown. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const { singleKeys, keys } = useKeys()
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (
        held > 0 ||
        event.defaultPrevented ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.repeat ||
        typesText(event.target) ||
        insideLayer(event.target)
      )
        return
      const found = meant(event, shortcuts, singleKeys ? keys : null)
      if (found === undefined) return
      event.preventDefault()
      found.run()
    }
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  })
}

/** @param own null: single keys are turned off. */
function meant(event: KeyboardEvent, shortcuts: readonly Shortcut[], own: OwnKeys | null): Shortcut | undefined {
  const typed = event.key
  const named = shortcuts.find(({ key }) => key === typed && !isShortcutKey(key))
  if (named !== undefined || own === null) return named
  // With the capitals locked, a letter is still that letter.
  const written = [typed, typed.toLowerCase()].filter((key) => usualFor(key, own) !== null)
  for (const key of written.length > 0 ? written : [digitUnderneath(event)]) {
    const usual = usualFor(key, own)
    const found = usual === null ? undefined : shortcuts.find((one) => one.key === usual)
    if (found !== undefined) return found
  }
  return undefined
}

/** Of what is no key itself: a French keyboard's digits are theirs without Shift; what AltGr writes there is no digit. */
function digitUnderneath(event: KeyboardEvent): string {
  const digit = event.shiftKey || event.getModifierState('AltGraph') ? Number.NaN : digitOf(event)
  return Number.isInteger(digit) ? String(digit) : ''
}
