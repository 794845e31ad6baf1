import type { Topic } from '../../server/contract/articles.ts'

/** A heading as it is shown: how deep it stands, and whether it may still be given. */
export type ShownTopic = { readonly id: string; readonly name: string; readonly depth: number }

const isRetired = (topics: readonly Topic[], one: Topic | undefined): boolean =>
  one !== undefined &&
  (one.retired ||
    isRetired(
      topics,
      topics.find(({ id }) => id === one.parentId),
    ))

/** The index from its top, each heading before those below it; retired ones left out. */
export function shownTopics(topics: readonly Topic[], parentId: string | null = null, depth = 0): readonly ShownTopic[] {
  return topics
    .filter((one) => one.parentId === parentId && !isRetired(topics, one))
    .flatMap(({ id, name }) => [{ id, name, depth }, ...shownTopics(topics, id, depth + 1)])
}
