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

  it.each([
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
  })
})
