import { describe, expect, it } from 'vitest'
import type { Entity, PlacingRule } from '../../server/contract/partition.ts'
import { branchesOf, groupsToGive, withBranch } from '../../server/tickets/delegated.ts'

const entity = (id: string, parentId: string | null, groups: readonly string[] = [], retired = false): Entity => ({
  id,
  name: id.toUpperCase(),
  parentId,
  groups: [...groups],
  retired,
})
const rule = (entityId: string, within?: string): PlacingRule => ({
  attribute: 'unit',
  how: 'is',
  value: entityId,
  entityId,
  ...(within !== undefined && { within }),
})
// A faculty with a department and a laboratory below it, and a school beside.
const fac = entity('fac', null, ['fac-it'])
const dep = entity('dep', 'fac', ['dep-it'])
const lab = entity('lab', 'dep', ['lab-it'])
const school = entity('school', null, ['school-it'])
const all = [fac, dep, lab, school]
const rules = [rule('fac'), rule('dep', 'fac'), rule('lab', 'dep'), rule('school')]
const kept = new Set(['fac-it'])

describe('what those who keep an entity may say of what lies below it', () => {
  it('are the entities delegated to a group whose list they keep, unless retired', () => {
    const old = entity('old', null, ['fac-it'], true)
    const shared = entity('shared', null, ['x', 'fac-it'])
    expect(branchesOf([...all, old, shared], kept)).toEqual(['fac', 'shared'])
    expect(branchesOf(all, new Set())).toEqual([])
  })

  it('gives to groups that have some of it, and to their own', () => {
    expect([...groupsToGive(all, 'dep', kept)].toSorted()).toEqual(['dep-it', 'fac-it', 'lab-it'])
  })

  it('is put in the place of what was below, all else as it was, the rules marked as theirs', () => {
    const hall = entity('hall', 'fac', ['fac-it'])
    expect(withBranch({ entities: all, rules }, 'fac', { entities: [dep, hall], rules: [rule('hall'), rule('fac')] }, kept)).toEqual({
      entities: [fac, school, dep, hall],
      rules: [rule('fac'), rule('lab', 'dep'), rule('school'), rule('hall', 'fac'), rule('fac', 'fac')],
    })
  })

  it.each<readonly [string, readonly Entity[], readonly PlacingRule[], string | null]>([
    ['what lies below it, moved', [dep, { ...lab, parentId: 'fac' }], [], null],
    ['something new below something new', [entity('a', 'fac'), entity('b', 'a')], [rule('b')], null],
    ['itself', [dep, { ...fac, parentId: 'dep' }], [], 'entities.1.id'],
    ['what lies elsewhere', [{ ...school, parentId: 'fac' }], [], 'entities.0.id'],
    ['what has nothing above it', [dep, { ...lab, parentId: null }], [], 'entities.1.parentId'],
    ['what lies below something else', [{ ...dep, parentId: 'school' }], [], 'entities.0.parentId'],
    ['what lies below something taken away', [lab], [], 'entities.0.parentId'],
    ['a group that has nothing to do with it', [{ ...dep, groups: ['dep-it', 'school-it'] }], [], 'entities.0.groups'],
    ['such a group of something new', [entity('new', 'fac', ['school-it'])], [], 'entities.0.groups'],
    ['a group of what lies further down', [{ ...dep, groups: ['lab-it', 'fac-it'] }], [], null],
    ['a rule that leads elsewhere', [dep], [rule('dep'), rule('school')], 'rules.1.entityId'],
    ['a rule that leads to what is taken away', [dep], [rule('lab')], 'rules.0.entityId'],
  ])('may be %s, or names what may not', (_what, entities, of, wrong) => {
    const made = withBranch({ entities: all, rules }, 'fac', { entities: [...entities], rules: [...of] }, kept)
    expect(typeof made === 'string' ? made : null).toBe(wrong)
  })
})
