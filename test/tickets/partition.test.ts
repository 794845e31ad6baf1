import { describe, expect, it } from 'vitest'
import { entityPath, partitionSettings, type PartitionSettings } from '../../server/contract/partition.ts'
import { delegated, entityOf, inEntity, keepingEntities, misplacedEntity, movedLine, moveToEntity } from '../../server/tickets/partition.ts'
import { below } from '../../server/contract/partition.ts'
import { openTicket } from '../../server/tickets/decide.ts'
import { accepted, command, context, policy } from '../support/tickets.ts'

const settings: PartitionSettings = partitionSettings.parse({
  entities: [
    { id: 'sciences', name: 'Sciences', parentId: null, groups: ['cri-sciences'] },
    { id: 'physique', name: 'Physique', parentId: 'sciences', groups: ['labo'] },
    { id: 'sante', name: 'Santé', parentId: null },
    { id: 'old', name: 'Ancienne', parentId: null, retired: true },
  ],
  rules: [
    { attribute: 'unit', how: 'is', value: 'Labo de Physique', entityId: 'physique' },
    { attribute: 'unit', how: 'begins', value: 'FAC SCIENCES', entityId: 'sciences' },
    { attribute: 'affiliation', how: 'is', value: 'hosted', entityId: 'old' },
    { attribute: 'title', how: 'begins', value: 'médec', entityId: 'sante' },
  ],
})
const person = { unit: null, affiliation: 'staff', place: null, title: null }

describe('somebody belongs to the entity of the first rule that holds', () => {
  it.each([
    [{ ...person, unit: 'labo de physique' }, 'physique'],
    [{ ...person, unit: 'Fac Sciences, scolarité' }, 'sciences'],
    [{ ...person, unit: 'La fac sciences' }, 'root'],
    [{ ...person, title: 'Medecin du travail' }, 'sante'],
    [{ ...person, affiliation: 'hosted' }, 'root'],
    [{ ...person, unit: ' LABO de Physique ' }, 'physique'],
    [{ ...person, unit: 'Labo de Physique, bât. 3' }, 'root'],
    [person, 'root'],
  ])('%j → %s', (who, entity) => expect(entityOf(who, settings)).toBe(entity))

  it('is sorted further by those whom an entity is delegated to, from the top down, and never out of it', () => {
    const entities = ['a', 'b', 'c', 'z'].map((id, i, all) => ({
      id,
      name: id,
      parentId: id === 'z' || i === 0 ? null : (all[i - 1] ?? null),
      groups: [],
      retired: false,
    }))
    const is = (value: string, entityId: string, within?: string) => ({
      attribute: 'unit' as const,
      how: 'is' as const,
      value,
      entityId,
      ...(within && { within }),
    })
    const who = (unit: string) => ({ unit, affiliation: null, place: null, title: null })
    // The order they stand in does not matter: what lies higher sorts first.
    const sorted = {
      entities,
      rules: [is('u', 'c', 'b'), is('u', 'b', 'a'), is('u', 'a'), is('v', 'z'), is('v', 'b', 'a'), is('w', 'b', 'a')],
    }
    expect([entityOf(who('u'), sorted), entityOf(who('v'), sorted), entityOf(who('w'), sorted)]).toEqual(['c', 'z', 'root'])
    expect(misplacedEntity({ entities, rules: [is('u', 'z', 'a')] })).toBe('rules.0.entityId')
  })
})

describe('the tree', () => {
  it('is delegated with all that is below', () => {
    expect([...below(settings.entities, 'sciences')]).toEqual(['sciences', 'physique'])
    expect(delegated(settings.entities)).toEqual([
      { groupId: 'cri-sciences', entityId: 'sciences' },
      { groupId: 'cri-sciences', entityId: 'physique' },
      { groupId: 'labo', entityId: 'physique' },
    ])
    expect(entityPath(settings.entities, 'physique')).toBe('Sciences › Physique')
    expect(entityPath(settings.entities, undefined)).toBe('')
  })

  const changed = (change: Partial<PartitionSettings>) => misplacedEntity({ ...settings, ...change })
  const [sciences, physique, ...rest] = settings.entities
  it.each([
    ['sound', {}, null],
    ['two of one id', { entities: [...settings.entities, ...settings.entities.slice(0, 1)] }, 'entities.4'],
    ['an entity below itself', { entities: [{ ...sciences, parentId: 'physique' }, physique, ...rest] as never }, 'entities.0'],
    ['a parent that is missing', { entities: [physique, ...rest] as never, rules: [] }, 'entities.0'],
    ['a rule that leads nowhere', { rules: [{ ...settings.rules[0], entityId: 'nowhere' }] as never }, 'rules.0.entityId'],
  ])('%s', (_name, change, wrong) => expect(changed(change)).toBe(wrong))

  it('loses no entity: what is left out is retired, delegated to nobody', () => {
    const kept = keepingEntities(settings.entities, settings.entities.slice(2))
    expect(kept.find(({ id }) => id === 'physique')).toMatchObject({ retired: true, groups: [], parentId: 'sciences' })
    expect(kept).toHaveLength(4)
    const [, orphan] = keepingEntities(
      [{ ...settings.entities[0], parentId: 'gone' } as never, ...settings.entities.slice(3)],
      settings.entities.slice(3),
    )
    expect(orphan).toMatchObject({ id: 'sciences', parentId: null })
    expect(keepingEntities(settings.entities, settings.entities)).toEqual(settings.entities)
  })
})

describe('a ticket', () => {
  const ticket = accepted(openTicket(command, context)).ticket
  const parted = { ...context, policy: { ...policy, partition: settings }, now: '2026-11-23T11:00:00.000Z' }
  const there = { ...ticket, entityId: 'sante' }

  it('goes to another entity by hand, and says from where to where', () => {
    const moved = accepted(moveToEntity(there, 'physique', parted))
    expect(moved.ticket).toEqual({ ...ticket, entityId: 'physique', touchedAt: parted.now, clock: moved.ticket.clock })
    const entity = { from: { id: 'sante', name: 'Santé' }, to: { id: 'physique', name: 'Sciences › Physique' } }
    expect(moved.journal).toMatchObject([{ kind: 'entity', text: '', visibility: 'internal', detail: { entity } }])
    expect(movedLine(context, 'root', 'sante', settings.entities)).toMatchObject({
      kind: 'entity',
      detail: { entity: { from: { id: 'root', name: '' }, to: { id: 'sante', name: 'Santé' } } },
    })
  })

  it('of the whole bears no entity', () => {
    expect(inEntity(there, 'root')).toEqual(ticket)
    expect(inEntity(ticket, 'sante')).toEqual(there)
    expect(accepted(moveToEntity(there, 'root', parted)).ticket).not.toHaveProperty('entityId')
    expect(accepted(moveToEntity(there, 'root', context)).ticket).not.toHaveProperty('entityId')
  })

  it.each<readonly [string, string, object]>([
    ['one that is not', 'nowhere', { kind: 'refused', code: 'invalid_body', detail: 'entityId' }],
    ['one that is retired', 'old', { kind: 'refused', code: 'invalid_body', detail: 'entityId' }],
    ['the one it is in', 'sante', { kind: 'refused', code: 'conflict', detail: 'ticket n° 10421 déjà dans cette entité' }],
  ])('does not go to %s', (_what, entityId, refusal) => {
    expect(moveToEntity(there, entityId, parted)).toEqual(refusal)
  })

  it('does not go where there are no entities, nor from the whole to the whole', () => {
    expect(moveToEntity(ticket, 'sante', context)).toMatchObject({ detail: 'entityId' })
    expect(moveToEntity(ticket, 'root', parted)).toMatchObject({ detail: 'ticket n° 10421 déjà dans cette entité' })
  })
})
