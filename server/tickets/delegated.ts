import { below, type BranchWrite, type Entity, type PartitionSettings } from '../contract/partition.ts'

/** The entities that somebody keeps what is below of: delegated to a group whose list is theirs to keep. @param kept ids of groups */
export const branchesOf = (entities: readonly Entity[], kept: ReadonlySet<string>): readonly string[] =>
  entities.filter(({ groups, retired }) => !retired && groups.some((id) => kept.has(id))).map(({ id }) => id)

/**
 * The groups that something below an entity may be given to: those that have some of it, and one's own. Another one would lose sight of
 * everybody else by it, since whoever has an entity is held to it.
 */
export function groupsToGive(entities: readonly Entity[], rootId: string, kept: ReadonlySet<string>): ReadonlySet<string> {
  const under = below(entities, rootId)
  return new Set([...kept, ...entities.flatMap(({ id, groups }) => (under.has(id) ? groups : []))])
}

/** The whole with what lies below one entity as those who keep it say. @returns the field that is not theirs to say, by name, instead */
export function withBranch(
  { entities, rules }: PartitionSettings,
  rootId: string,
  branch: Pick<BranchWrite, 'entities' | 'rules'>,
  kept: ReadonlySet<string>,
): PartitionSettings | string {
  const under = below(entities, rootId)
  const given = groupsToGive(entities, rootId, kept)
  const before = new Set(entities.map(({ id }) => id))
  const said = new Set(branch.entities.map(({ id }) => id))
  for (const [i, { id, parentId, groups }] of branch.entities.entries()) {
    if (id === rootId || (before.has(id) && !under.has(id))) return `entities.${i}.id`
    if (parentId === null || (parentId !== rootId && !said.has(parentId))) return `entities.${i}.parentId`
    if (groups.some((group) => !given.has(group))) return `entities.${i}.groups`
  }
  const wrong = branch.rules.findIndex(({ entityId }) => entityId !== rootId && !said.has(entityId))
  if (wrong >= 0) return `rules.${wrong}.entityId`
  // Rules that those further down keep for themselves stay, as long as what they lead to does.
  const others = rules.filter((rule) => rule.within !== rootId)
  return {
    entities: [...entities.filter(({ id }) => id === rootId || !under.has(id)), ...branch.entities],
    rules: [...others, ...branch.rules.map((rule) => ({ ...rule, within: rootId }))],
  }
}
