import type { RefObject } from 'react'

/** Opens by a key what hangs from a button: one that the page was scrolled past would have it open where nobody sees it. */
export function openFrom(button: RefObject<HTMLElement | null>, open: (opened: true) => void): void {
  const { top = 0, bottom = 0 } = button.current?.getBoundingClientRect() ?? {}
  if (top < 0 || bottom > window.innerHeight || isCovered(button.current)) button.current?.scrollIntoView({ block: 'center' })
  open(true)
}

/** By the bar above, or the edge of what scrolls. */
function isCovered(button: HTMLElement | null): boolean {
  if (button === null) return false
  const { left, top, width, height } = button.getBoundingClientRect()
  return !button.contains(document.elementFromPoint(left + width / 2, top + height / 2))
}
