import { type ReactNode, useDeferredValue } from 'react'

/** What may come a frame after the page's own: it is drawn in pieces, between which the browser shows what is there and hears keys. */
export function Deferred({ children }: { children: ReactNode }) {
  return useDeferredValue(true, false) ? children : null
}
