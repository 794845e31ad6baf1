import type { Category } from './categories.ts'
import { isWithin } from './category-tree.ts'
import type { DialogueScript } from './script.ts'

/** The script of a conversation; null when none is meant for it. @param line of the call; null: at the desk, in person */
export const scriptFor = (
  scripts: readonly DialogueScript[],
  categories: readonly Category[],
  { line, categoryId }: { readonly line: string | null; readonly categoryId: string | null },
): DialogueScript | null =>
  scripts.find(
    (one) => (one.line === null || one.line === line) && (one.categoryId === null || isWithin(categories, categoryId, one.categoryId)),
  ) ?? null
