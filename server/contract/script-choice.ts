import type { Category } from './categories.ts'
import { isWithin } from './category-tree.ts'
import { sampleScript } from './script-sample.ts'
import type { DialogueScript, ScriptStep } from './script.ts'

/** The script of a conversation; null when none is meant for it. @param line of the call; null: at the desk, in person */
export const scriptFor = (
  scripts: readonly DialogueScript[],
  categories: readonly Category[],
  { line, categoryId }: { readonly line: string | null; readonly categoryId: string | null },
): DialogueScript | null =>
  scripts.find(
    (one) => (one.line === null || one.line === line) && (one.categoryId === null || isWithin(categories, categoryId, one.categoryId)),
  ) ?? null

/** A step's title as it is read. Nobody having given an English one, a step that is still the sample's has that one's. */
export function stepTitle({ kind, title, titleEnglish }: ScriptStep, language: string): string {
  if (language !== 'en') return title
  return titleEnglish || (sampleScript.steps.find((one) => one.kind === kind && one.title === title)?.titleEnglish ?? title)
}
