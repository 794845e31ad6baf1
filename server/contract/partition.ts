import { z } from 'zod'

/** The whole, above every entity: whoever no rule places is there. */
export const wholeEntity = 'root'

export const entityId = z.string().regex(/^[a-z0-9-]{1,60}$/)

/** A part of the university whose tickets are seen and treated by the groups that it is delegated to, and those of the entities above. */
const entity = z.object({
  id: entityId.refine((id) => id !== wholeEntity, 'id'),
  name: z.string().trim().min(1).max(80),
  /** Null: directly below the whole. */
  parentId: entityId.nullable(),
  /** Ids of groups: level 2 and référents of the component. */
  groups: z.array(z.string().min(1).max(100)).max(50).default([]),
  /** Nobody is placed there any more; what is there stays. */
  retired: z.boolean().default(false),
})
export type Entity = z.infer<typeof entity>

/** What of a person a rule looks at, as the directory's settings map it. */
export const placingAttribute = z.enum(['unit', 'affiliation', 'place', 'title'])
export type PlacingAttribute = z.infer<typeof placingAttribute>

/** In their order, the first that holds decides. Case and accents do not count. */
const placingRule = z.object({
  attribute: placingAttribute,
  how: z.enum(['is', 'begins']),
  value: z.string().trim().min(1).max(200),
  entityId,
  /** Kept by those whom that entity is delegated to: it sorts the people who are there already, into what is below, and no others. */
  within: entityId.optional(),
})
export type PlacingRule = z.infer<typeof placingRule>

export const partitionSettings = z.object({
  entities: z.array(entity).max(500).default([]),
  rules: z.array(placingRule).max(1_000).default([]),
})
export type PartitionSettings = z.infer<typeof partitionSettings>

/** A ticket goes to another entity. */
export const entityMove = z.object({ entityId })

/** For whoever edits them: how many people each entity has, and what the directory holds that rules can look at. */
export const partitionView = z.object({
  people: z.record(z.string(), z.int()),
  values: z.array(z.object({ attribute: placingAttribute, value: z.string(), people: z.int() })),
})
export type PartitionView = z.infer<typeof partitionView>

/** What lies below an entity, for those whom it is delegated to. */
export const branchView = partitionView.extend({
  /** Ids of the groups that may be given something of it. */
  groups: z.array(z.string()),
})
export type BranchView = z.infer<typeof branchView>
/** @property version of the settings it was edited from */
export const branchWrite = z.object({
  version: z.int(),
  entities: z.array(entity).max(200),
  rules: z.array(placingRule).max(300),
})
export type BranchWrite = z.infer<typeof branchWrite>

/** An entity and all below it. */
export function below(entities: readonly Pick<Entity, 'id' | 'parentId'>[], id: string): ReadonlySet<string> {
  const found = new Set([id])
  for (let grown = true; grown; ) {
    const more = entities.filter((one) => one.parentId !== null && found.has(one.parentId) && !found.has(one.id))
    for (const one of more) found.add(one.id)
    grown = more.length > 0
  }
  return found
}

/** The name, with those above it; `''` for the whole or one that is not known. */
export function entityPath(entities: readonly Entity[], id: string | undefined): string {
  const names: string[] = []
  for (let at: string | null | undefined = id; at != null && names.length < 20; ) {
    const here: Entity | undefined = entities.find((one) => one.id === at)
    if (here === undefined) break
    names.unshift(here.name)
    at = here.parentId
  }
  return names.join(' › ')
}
