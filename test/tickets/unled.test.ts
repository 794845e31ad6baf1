import { describe, expect, it } from 'vitest'
import { type Category, type RedirectionRule, sampleCategories, sampleRules } from '../../server/contract/categories.ts'
import { reachedGroups, unled } from '../../server/contract/unled.ts'

const category = (id: string, parentId: string | null = null, besides: Partial<Category> = {}): Category => ({
  id,
  tree: 'nature',
  name: id,
  parentId,
  retired: false,
  ...besides,
})
const rule = (categoryId: string | null, groupId: string | null, besides: Partial<RedirectionRule> = {}): RedirectionRule => ({
  id: `${categoryId}-${groupId}`,
  categoryId,
  placeId: null,
  affiliation: null,
  groupId,
  ...besides,
})
const categories = [
  category('reseau'),
  category('wifi', 'reseau'),
  category('compte'),
  category('mot', 'compte'),
  category('fax', null, { retired: true }),
  category('pret', null, { tree: 'service' }),
  category('sciences', null, { tree: 'place' }),
]
const reached = new Set(['dsrt', 'psn'])

describe('categories that lead to nobody', () => {
  it.each<[string, readonly RedirectionRule[], readonly [string, string][]]>([
    [
      'no rule at all',
      [],
      [
        ['reseau', 'no-rule'],
        ['compte', 'no-rule'],
        ['pret', 'no-rule'],
      ],
    ],
    [
      'a rule for a branch leads all of it',
      [rule('reseau', 'dsrt')],
      [
        ['compte', 'no-rule'],
        ['pret', 'no-rule'],
      ],
    ],
    [
      'one below alone leaves the branch',
      [rule('wifi', 'dsrt'), rule('mot', 'psn')],
      [
        ['reseau', 'no-rule'],
        ['compte', 'no-rule'],
        ['pret', 'no-rule'],
      ],
    ],
    ['a rule for everything leads everywhere', [rule(null, 'psn')], []],
    ['a rule that leaves it to the desk leads there', [rule('reseau', null), rule('compte', null), rule('pret', 'psn')], []],
    [
      'a group that nobody hears of is none',
      [rule(null, 'gone')],
      [
        ['reseau', 'no-group'],
        ['compte', 'no-group'],
        ['pret', 'no-group'],
      ],
    ],
    [
      'another reason below is told apart',
      [rule('compte', 'psn'), rule('pret', 'psn'), rule('wifi', 'gone')],
      [
        ['reseau', 'no-rule'],
        ['wifi', 'no-group'],
      ],
    ],
    [
      'a rule for one place leads some',
      [rule('reseau', 'dsrt', { placeId: 'sciences' }), rule('compte', 'psn', { affiliation: 'student' })],
      [['pret', 'no-rule']],
    ],
  ])('%s', (_what, rules, expected) => {
    expect(unled(categories, rules, reached).map(({ categoryId, why }) => [categoryId, why])).toEqual(expected)
  })

  it('the natures to begin with all lead somewhere, once the groups are there', () => {
    const groups = new Set(sampleRules.flatMap(({ groupId }) => groupId ?? []))
    expect(unled(sampleCategories, sampleRules, groups)).toEqual([])
  })

  it('a group is reached by its list or by somebody who works for it, not by its référent alone, nor once it is retired', () => {
    const member = (part: 'member' | 'referent') => ({ id: part, login: part, name: part, role: 'level2' as const, part, absences: [] })
    const group = (id: string, besides: object) => ({ id, retiredAt: null, mail: null, members: [], ...besides })
    expect([
      ...reachedGroups([
        group('list', { mail: 'list@univ.example' }),
        group('people', { members: [member('member')] }),
        group('kept', { members: [member('referent')] }),
        group('retired', { mail: 'x@univ.example', retiredAt: '2026-01-01T00:00:00Z' }),
      ]),
    ]).toEqual(['list', 'people'])
  })
})
