import { describe, expect, it } from 'vitest'
import { sampleCategories, sampleRules } from '../../server/contract/categories.ts'
import { ruleFor } from '../../server/tickets/redirection.ts'
import { proposalsOf, replay, type Past } from '../../server/tickets/rule-proposals.ts'

const past = (number: number, change: Partial<Past>): Past => ({
  number,
  title: `Ticket ${number}`,
  categoryId: 'reseau',
  placeId: null,
  affiliation: null,
  ended: 'dsrt',
  left: null,
  ...change,
})
const back = { from: 'dsrt', to: 'dprox', reason: 'Un câble arraché.' }

describe('« pas pour nous »', () => {
  it('proposes a rule that leads tickets sorted like this to whom they belonged, before the one that decides now', () => {
    const tickets = [
      past(3, { placeId: 'sciences', ended: 'dprox', left: back }),
      past(2, { placeId: 'sciences', ended: 'dprox', left: back }),
    ]
    const [proposal, ...others] = proposalsOf(sampleRules, sampleCategories, tickets)
    expect(others).toEqual([])
    expect(proposal).toMatchObject({
      from: 'dsrt',
      to: 'dprox',
      tickets: [3, 2],
      rule: { categoryId: 'reseau', placeId: 'sciences', groupId: 'dprox' },
    })
    for (const ticket of tickets) expect(ruleFor(proposal?.rules ?? [], sampleCategories, ticket)?.groupId).toBe('dprox')
    expect(proposalsOf(proposal?.rules ?? [], sampleCategories, tickets)).toEqual([])
  })

  it('proposes for every place where it came from several, a rule for each sorting, each with a name of its own', () => {
    const given = { ended: 'dprox', left: back }
    const tickets = [
      past(5, { ...given, placeId: 'sciences' }),
      past(4, { ...given, placeId: 'lettres', left: { ...back, reason: 'Pas chez nous.' } }),
      past(3, { ...given, ended: 'dtice', left: { ...back, to: 'dtice' } }),
    ]
    const proposals = proposalsOf(sampleRules, sampleCategories, tickets)
    expect(proposals.map(({ to, rule, tickets: of, reason }) => [to, rule.placeId, of, reason])).toEqual([
      ['dprox', null, [5, 4], 'Un câble arraché.'],
      ['dtice', null, [3], 'Un câble arraché.'],
    ])
    expect(new Set(proposals.flatMap(({ id, rule }) => [id, rule.id])).size).toBe(4)
    expect(proposalsOf(sampleRules, sampleCategories, tickets)).toEqual(proposals)
    for (const { rules } of proposals) {
      expect(new Set(rules.map(({ id }) => id)).size).toBe(sampleRules.length + 1)
      expect(rules.filter(({ id }) => sampleRules.some((rule) => rule.id === id))).toEqual(sampleRules)
    }
  })

  it.each([
    ['nobody gave it back', { left: null }],
    ['no rule decides for it now', { categoryId: 'unknown', left: back }],
    ['nobody says whose it was', { left: { ...back, to: null } }],
    ['it was sent there by hand, and not by a rule', { categoryId: 'impression', left: back }],
    ['it is not sorted', { categoryId: null, left: back }],
    ['it is said to be theirs after all', { left: { ...back, to: 'dsrt' } }],
  ])('proposes nothing when %s', (_what, change) => {
    expect(proposalsOf(sampleRules, sampleCategories, [past(1, change)])).toEqual([])
  })
})

describe('replaying rules', () => {
  it('says how many would have gone elsewhere, rightly or wrongly, by where they ended', () => {
    const tickets = [
      past(4, { ended: 'dprox' }),
      past(3, {}),
      past(2, { ended: null }),
      past(1, { categoryId: 'impression', ended: 'dprox' }),
    ]
    const after = [
      { ...sampleRules[0], id: 'new', categoryId: 'reseau', placeId: null, affiliation: null, groupId: 'dprox' },
      ...sampleRules,
    ]
    expect(replay(sampleRules, after, sampleCategories, tickets)).toMatchObject({ total: 4, moved: 3, right: 1, wrong: 1 })
    expect(replay(sampleRules, after, sampleCategories, tickets).examples[0]).toEqual({
      number: 4,
      title: 'Ticket 4',
      from: 'dsrt',
      to: 'dprox',
      right: true,
    })
    expect(replay(sampleRules, sampleRules, sampleCategories, tickets)).toEqual({ total: 4, moved: 0, right: 0, wrong: 0, examples: [] })
    const many = Array.from({ length: 25 }, (_, n) => past(n, {}))
    const { moved, wrong, examples } = replay(sampleRules, after, sampleCategories, many)
    expect([moved, wrong, examples.length, examples[0]?.right]).toEqual([25, 25, 20, false])
    const led = replay([], after, sampleCategories, [past(1, { ended: 'dprox' })])
    expect(led.examples).toMatchObject([{ from: null, to: 'dprox', right: true }])
    expect(replay(after, [], sampleCategories, [past(1, { ended: 'dprox' })]).examples).toMatchObject([
      { from: 'dprox', to: null, right: false },
    ])
  })
})
