import { useEffect, useState } from 'react'

/** Where the keyboard is, then what that stands in, from the inside out. */
function placesAround(element: Element | null): readonly HTMLElement[] {
  const places: HTMLElement[] = []
  for (let at = element; at !== null && at !== document.body; at = at.parentElement) {
    if (at instanceof HTMLElement && (at === element || at.tabIndex >= 0 || at.hasAttribute('tabindex'))) places.push(at)
  }
  return places
}

/**
 * What stands over the page gives the keyboard back where it had it from, once it is gone: to that element, or, should it be gone too, to
 * the nearest around it that takes the keyboard. Whoever has it by then keeps it. Mantine does so for what is closed and stays, not for what goes.
 */
export function useFocusBack(): void {
  const [places] = useState(() => placesAround(document.activeElement))
  useEffect(
    () => () => {
      if (document.activeElement !== null && document.activeElement !== document.body) return
      places.some((place) => {
        place.focus({ preventScroll: true })
        return document.activeElement === place
      })
    },
    [places],
  )
}
