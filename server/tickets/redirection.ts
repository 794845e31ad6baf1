import type { Category, RedirectionRule } from '../contract/categories.ts'
import type { Person } from '../contract/entities.ts'
import { isWithin } from '../contract/category-tree.ts'

/** What of a ticket decides where it goes. */
export type Sorted = {
  readonly categoryId: string | null
  readonly placeId: string | null
  /** Of the requester; null: not known. */
  readonly affiliation: Person['affiliation'] | null
}

/** The rule that decides, the first that holds; null when none does, and a person chooses. */
export const ruleFor = (rules: readonly RedirectionRule[], categories: readonly Category[], ticket: Sorted): RedirectionRule | null =>
  rules.find(
    (rule) =>
      (rule.categoryId === null || isWithin(categories, ticket.categoryId, rule.categoryId)) &&
      (rule.placeId === null || isWithin(categories, ticket.placeId, rule.placeId)) &&
      (rule.affiliation === null || rule.affiliation === ticket.affiliation),
  ) ?? null
