import { entityPath, wholeEntity, type Entity, type PartitionSettings, type PlacingAttribute } from '../contract/partition.ts'
import type { Ticket } from '../contract/entities.ts'
import { accepted, signed } from './journal.ts'
import { refused, type TicketContext, type TicketDecision } from './model.ts'

/** What of a person decides where they belong. */
export type Placed = Readonly<Record<PlacingAttribute, string | null>>

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase()

/** Where somebody belongs: the first rule that holds decides; retired entities take nobody in. */
export function entityOf(person: Placed, { entities, rules }: PartitionSettings): string {
  const open = new Set(entities.filter(({ retired }) => !retired).map(({ id }) => id))
  const rule = rules.find(({ attribute, how, value, entityId }) => {
    if (!open.has(entityId)) return false
    const said = plain(person[attribute] ?? '')
    return how === 'is' ? said === plain(value) : said.startsWith(plain(value))
  })
  return rule?.entityId ?? wholeEntity
}

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
  const rule = rules.findIndex(({ entityId }) => !ids.has(entityId))
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
