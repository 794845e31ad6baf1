import type { ReactNode } from 'react'

/** A component by its name in `ui/`, and what it looks like in each of its states. */
export type Shown = {
  readonly name: string
  readonly wide?: boolean
  readonly specimens: readonly (readonly [state: string, specimen: ReactNode])[]
}
