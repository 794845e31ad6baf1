import type { Category } from './categories.ts'

/** A category and those above it, the root first; empty when there is none of that id. */
export function pathOf(categories: readonly Category[], id: string | null): readonly Category[] {
  const path: Category[] = []
  let at = categories.find((one) => one.id === id)
  while (at !== undefined && !path.includes(at)) {
    path.unshift(at)
    const { parentId } = at
    at = categories.find((one) => one.id === parentId)
  }
  return path
}

/** « Réseau › Wi-Fi »; null when there is none of that id. */
export function categoryName(categories: readonly Category[], id: string | null): string | null {
  const path = pathOf(categories, id)
  return path.length === 0 ? null : path.map(({ name }) => name).join(' › ')
}

/** Whether a category is another one, or below it. */
export const isWithin = (categories: readonly Category[], id: string | null, above: string): boolean =>
  pathOf(categories, id).some((one) => one.id === above)

/** Whether what a category stands for asks for a verified identity: its own mark, or that of one above it. */
export const asksVerified = (categories: readonly Category[], id: string | null): boolean =>
  pathOf(categories, id).some(({ verified }) => verified === true)

/** Where the form of such requests is: its own, else that of the nearest above it. */
export const formOf = (categories: readonly Category[], id: string | null): string | null =>
  pathOf(categories, id).findLast(({ form }) => form != null)?.form ?? null

/** Those offered that have a form of their own, by their whole names. */
export const withForm = (categories: readonly Category[]): readonly { readonly name: string; readonly form: string }[] =>
  offered(categories).flatMap(({ id, form }) => (form == null ? [] : [{ name: categoryName(categories, id) ?? id, form }]))

/** The ids of a category and of all below it; one that is no more stands for itself. */
export const branchOf = (categories: readonly Category[], id: string): string[] => [
  id,
  ...categories.filter((one) => one.id !== id && isWithin(categories, one.id, id)).map((one) => one.id),
]

/** Those that may be given to a ticket: neither retired nor below one that is. */
export const offered = (categories: readonly Category[]): readonly Category[] =>
  categories.filter(({ id }) => pathOf(categories, id).every(({ retired }) => !retired))
