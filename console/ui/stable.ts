import { useLayoutEffect, useRef, useState } from 'react'

type Handlers = Readonly<Record<string, (...args: never[]) => unknown>>

/** The same functions for as long as the component lives, each doing what the latest of its name does: a part that keeps what it drew stays so. */
export function useStable<T extends Handlers>(latest: T): T {
  const held = useRef(latest)
  useLayoutEffect(() => {
    held.current = latest
  })
  const [stable] = useState(
    () =>
      Object.fromEntries(Object.keys(latest).map((name) => [name, (...args: never[]) => held.current[name]?.(...args)])) as unknown as T,
  )
  return stable
}
