import { useEffect, useState } from 'react'

/** What stands over the page now gives back to these. */
let over: readonly HTMLElement[] = []

/** Where the keyboard is, then what that stands in, from the inside out; and what opened a menu that it stands in. */
function placesAround(element: Element | null): readonly HTMLElement[] {
  const places: HTMLElement[] = []
  for (let at = element; at !== null && at !== document.body; at = at.parentElement) {
    if (at instanceof HTMLElement && (at === element || at.hasAttribute('tabindex'))) places.push(at)
    if (at.id !== '') places.push(...document.querySelectorAll<HTMLElement>(`[aria-controls="${CSS.escape(at.id)}"]`))
  }
  return places
}

/** Where the keyboard was last, found while it was there: what opens late may find it nowhere. */
let last: readonly HTMLElement[] = []
document.addEventListener('focusin', ({ target }) => {
  last = placesAround(target instanceof Element ? target : null)
})

/** Whoever has left what is still there wants to be nowhere: the next key is not to go into a field. */
const placesNow = (): readonly HTMLElement[] => (last[0]?.isConnected === true && last[0] !== document.activeElement ? [] : last)

/**
 * What stands over the page gives the keyboard back where it had it from, once it is gone: to that element or, should it be gone too, to
 * the nearest around it that takes the keyboard. Whoever has it by then keeps it. Mantine does so for what is closed and stays, not for what goes.
 */
export function useFocusBack(): void {
  // One that takes another's place gives back to what that one would have.
  const [places] = useState(() => [...placesNow(), ...over])
  useEffect(() => {
    const beneath = over
    over = places
    return () => {
      over = beneath
      if (document.activeElement !== null && document.activeElement !== document.body) return
      places.some((place) => {
        place.focus({ preventScroll: true })
        return document.activeElement === place
      })
    }
  }, [places])
}
