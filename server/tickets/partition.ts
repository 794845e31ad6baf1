import { below, entityPath, wholeEntity, type Entity, type PartitionSettings, type PlacingAttribute } from '../contract/partition.ts'
import type { Ticket } from '../contract/entities.ts'
import { accepted, signed } from './journal.ts'
import { refused, type TicketContext, type TicketDecision } from './model.ts'

/** What of a person decides where they belong. */
export type Placed = Readonly<Record<PlacingAttribute, string | null>>

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase()

/**
 * Where somebody belongs: the first rule that holds decides; retired entities take nobody in. Then, from the top down, those whom an entity
 * is delegated to sort the people it has.
 */
export function entityOf(person: Placed, { entities, rules }: PartitionSettings): string {
  const open = new Set(entities.filter(({ retired }) => !retired).map(({ id }) => id))
  const first = (within: string | undefined) =>
    rules.find((rule) => {
      if (rule.within !== within || !open.has(rule.entityId)) return false
      const said = plain(person[rule.attribute] ?? '')
      return rule.how === 'is' ? said === plain(rule.value) : said.startsWith(plain(rule.value))
    })
  let at = first(undefined)?.entityId ?? wholeEntity
  if (at === wholeEntity || rules.every(({ within }) => within === undefined)) return at
  const branches = [...new Set(rules.flatMap(({ within }) => within ?? []))]
    .filter((id) => open.has(id))
    .map((id) => ({ id, under: below(entities, id) }))
    // What holds another is larger than it.
    .toSorted((a, b) => b.under.size - a.under.size)
  for (const { id, under } of branches) {
    const next = under.has(at) ? first(id) : undefined
    if (next !== undefined && under.has(next.entityId)) at = next.entityId
  }
  return at
}

/** Which entities each group sees: those delegated to it, and all below them. */
export const delegated = (entities: readonly Entity[]): readonly { readonly groupId: string; readonly entityId: string }[] => {
  const pairs = new Map<string, { groupId: string; entityId: string }>()
  for (const { id, groups } of entities)
    for (const groupId of groups) for (const entityId of below(entities, id)) pairs.set(`${groupId} ${entityId}`, { groupId, entityId })
  return [...pairs.values()]
}

/** The first entity that cannot be: two of one id, a parent that is missing or below it. @returns the field, or null */
export function misplacedEntity({ entities, rules }: PartitionSettings): string | null {
  const ids = new Set(entities.map(({ id }) => id))
  const wrong = entities.findIndex(
    ({ id, parentId }, i) =>
      entities.findIndex((one) => one.id === id) !== i || (parentId !== null && (!ids.has(parentId) || below(entities, id).has(parentId))),
  )
  if (wrong >= 0) return `entities.${wrong}`
  const rule = rules.findIndex(
    ({ entityId, within }) => !ids.has(entityId) || (within !== undefined && !below(entities, within).has(entityId)),
  )
  return rule < 0 ? null : `rules.${rule}.entityId`
}

/** Entities that a list leaves out are retired: tickets bear them. */
export function keepingEntities(before: readonly Entity[], after: readonly Entity[]): Entity[] {
  const kept = new Set(after.map(({ id }) => id))
  const left = before.filter(({ id }) => !kept.has(id))
  const still = new Set([...kept, ...left.map(({ id }) => id)])
  return [
    ...after,
    ...left.map((one) => ({
      ...one,
      groups: [],
      retired: true,
      parentId: one.parentId !== null && still.has(one.parentId) ? one.parentId : null,
    })),
  ]
}

const named = (entities: readonly Entity[], id: string) => ({ id, name: entityPath(entities, id) })

/** The same ticket in another entity; in the whole, nothing is said of it. */
export const inEntity = (ticket: Ticket, entityId: string): Ticket => {
  const { entityId: _before, ...rest } = ticket
  return entityId === wholeEntity ? rest : { ...rest, entityId }
}

/** The journal's line for a move. */
export const movedLine = (
  context: Pick<TicketContext, 'now' | 'by' | 'operatorName'>,
  from: string,
  to: string,
  entities: readonly Entity[],
) => signed(context, 'entity', '', { detail: { entity: { from: named(entities, from), to: named(entities, to) } } })

/** Move a ticket to another entity, by hand. */
export function moveToEntity(ticket: Ticket, entityId: string, context: TicketContext): TicketDecision {
  const entities = context.policy.partition?.entities ?? []
  const from = ticket.entityId ?? wholeEntity
  if (entityId !== wholeEntity && !entities.some(({ id, retired }) => id === entityId && !retired))
    return refused('invalid_body', 'entityId')
  if (entityId === from) return refused('conflict', `ticket n° ${ticket.number} déjà dans cette entité`)
  const moved = { ...inEntity(ticket, entityId), touchedAt: context.now }
  return accepted(moved, context, [movedLine(context, from, entityId, entities)])
}
