import { useState } from 'react'

/** Chosen rows, by number, and the one from which a stretch is chosen. */
export type Selection = {
  readonly chosen: ReadonlySet<number>
  readonly toggle: (number: number) => void
  /** From the row chosen last to this one, both included. */
  readonly stretch: (number: number) => void
  readonly all: () => void
  readonly clear: () => void
}

/** @param key what the list is of: another one begins with nothing chosen @param numbers the rows, in their order */
export function useSelection(key: string, numbers: readonly number[]): Selection {
  const [kept, setKept] = useState<{ readonly key: string; readonly chosen: ReadonlySet<number>; readonly last: number | null }>({
    key,
    chosen: new Set(),
    last: null,
  })
  const { chosen, last } = kept.key === key ? kept : { chosen: new Set<number>(), last: null }
  const become = (next: ReadonlySet<number>, from: number | null) => setKept({ key, chosen: next, last: from })
  return {
    chosen,
    toggle: (number) => {
      const next = new Set(chosen)
      if (!next.delete(number)) next.add(number)
      become(next, number)
    },
    stretch: (number) => {
      const [a, b] = [numbers.indexOf(last ?? number), numbers.indexOf(number)]
      become(new Set([...chosen, ...numbers.slice(Math.min(a, b), Math.max(a, b) + 1)]), number)
    },
    all: () => become(chosen.size === numbers.length ? new Set() : new Set(numbers), null),
    clear: () => become(new Set(), null),
  }
}
