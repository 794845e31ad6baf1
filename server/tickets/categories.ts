import type { Category, Impact, PriorityMatrix } from '../contract/categories.ts'
import type { Urgency } from '../contract/entities.ts'

/** A list that is to replace another: what it leaves out is retired, never lost. */
export function keepingAll(before: readonly Category[], after: readonly Category[]): Category[] {
  const kept = new Set(after.map(({ id }) => id))
  return [...after, ...before.filter(({ id }) => !kept.has(id)).map((one) => ({ ...one, retired: true }))]
}

/** The first category that cannot be: two of one id, a parent that is missing, of another tree or below it. @returns its place, or null */
export function misplaced(categories: readonly Category[]): number | null {
  const wrong = categories.findIndex(({ id, tree, parentId }, i) => {
    if (categories.findIndex((one) => one.id === id) !== i) return true
    if (parentId === null) return false
    const parent = categories.find((one) => one.id === parentId)
    return parent === undefined || parent.tree !== tree || hasLoop(categories, id)
  })
  return wrong < 0 ? null : wrong
}

function hasLoop(categories: readonly Category[], id: string): boolean {
  const seen = new Set<string>()
  for (let at: string | null = id; at !== null; ) {
    if (seen.has(at)) return true
    seen.add(at)
    const here: string = at
    at = categories.find((one) => one.id === here)?.parentId ?? null
  }
  return false
}

export const priorityOf = (matrix: PriorityMatrix, urgency: Urgency, impact: Impact): number => matrix[urgency][impact]
