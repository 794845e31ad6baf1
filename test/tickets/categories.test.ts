import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleCategories, usualPriorities, type Category, type RedirectionRule } from '../../server/contract/categories.ts'
import { asksVerified, categoryName, formOf, isWithin, offered, pathOf, withForm } from '../../server/contract/category-tree.ts'
import { complete } from '../../server/tickets/completing.ts'
import { openPreTicket, openTicket } from '../../server/tickets/decide.ts'
import { keepingAll, misplaced, priorityOf } from '../../server/tickets/categories.ts'
import { ruleFor } from '../../server/tickets/redirection.ts'
import { accepted, command, context } from '../support/tickets.ts'

const category = (id: string, parentId: string | null = null, rest: Partial<Category> = {}): Category => ({
  id,
  tree: 'nature',
  name: id,
  parentId,
  retired: false,
  ...rest,
})

describe('categories', () => {
  it('ask for a verified identity by their own mark or by one above them; the sample asks for it where a password is forgotten', () => {
    const all = [category('compte', null, { verified: true }), category('mot', 'compte'), category('reseau', null, { verified: false })]
    expect(['compte', 'mot', 'reseau', 'absent', null].map((id) => asksVerified(all, id))).toEqual([true, true, false, false, false])
    expect(asksVerified(sampleCategories, 'mot-de-passe')).toBe(true)
    expect(asksVerified(sampleCategories, 'messagerie')).toBe(false)
  })
  it('lead to their own form, or that of the nearest above them', () => {
    const [site, own] = ['https://demandes.univ.example/', 'https://demandes.univ.example/salle']
    const all = [category('pret', null, { form: site }), category('salle', 'pret', { form: own }), category('pc', 'pret', { form: null })]
    expect(['pret', 'salle', 'pc', 'absent', null].map((id) => formOf(all, id))).toEqual([site, own, site, null, null])
    expect(withForm([...all, category('vieux', null, { form: site, retired: true })])).toEqual([
      { name: 'pret', form: site },
      { name: 'pret › salle', form: own },
    ])
  })
  it('are named by the whole way to them', () => {
    expect(categoryName(sampleCategories, 'wifi')).toBe('Réseau › Wi-Fi')
    expect([categoryName(sampleCategories, null), categoryName(sampleCategories, 'gone')]).toEqual([null, null])
    expect([isWithin(sampleCategories, 'wifi', 'reseau'), isWithin(sampleCategories, 'reseau', 'wifi')]).toEqual([true, false])
  })

  it('that are retired are offered no more, nor is what is below them', () => {
    const list = [category('a', null, { retired: true }), category('b', 'a'), category('c')]
    expect(offered(list).map(({ id }) => id)).toEqual(['c'])
  })

  it.each([
    ['the sample', sampleCategories, null],
    ['two of one id', [category('a'), category('a')], 1],
    ['a parent that is missing', [category('a', 'b')], 0],
    ['a parent of another tree', [category('a'), category('b', 'a', { tree: 'place' })], 1],
    ['one that is its own parent', [category('a', 'a')], 0],
    ['two that are each other’s parent', [category('a', 'b'), category('b', 'a')], 0],
  ] as const)('are checked: %s', (_what, list, wrong) => {
    expect(misplaced(list)).toBe(wrong)
  })

  it('are never lost, and no way through them is endless, whatever is saved', () => {
    const ids = fc.constantFrom('a', 'b', 'c', 'd')
    const lists = fc
      .uniqueArray(fc.tuple(ids, fc.option(ids)), { selector: ([id]) => id })
      .map((all) => all.map(([id, up]) => category(id, up)))
    fc.assert(
      fc.property(lists, lists, (before, after) => {
        const kept = keepingAll(before, after)
        expect(kept.map(({ id }) => id).toSorted()).toEqual([...new Set([...before, ...after].map(({ id }) => id))].toSorted())
        for (const { id } of kept) expect(pathOf(kept, id).at(-1)?.id).toBe(id)
      }),
    )
  })

  it('and urgency for many comes before urgency for one', () => {
    expect([priorityOf(usualPriorities, 'high', 'high'), priorityOf(usualPriorities, 'high', 'low')]).toEqual([1, 3])
  })
})

describe('redirection', () => {
  const rule = (id: string, rest: Partial<RedirectionRule>): RedirectionRule => ({
    id,
    categoryId: null,
    placeId: null,
    affiliation: null,
    groupId: id,
    ...rest,
  })
  const rules = [
    rule('students-wifi', { categoryId: 'wifi', affiliation: 'student' }),
    rule('network', { categoryId: 'reseau' }),
    rule('sciences', { placeId: 'sciences' }),
  ]
  const nothing = { categoryId: null, placeId: null, affiliation: null }
  it.each([
    ['the first rule that holds, all of it', { ...nothing, categoryId: 'wifi', affiliation: 'student' }, 'students-wifi'],
    ['a category stands for those below it', { ...nothing, categoryId: 'wifi', affiliation: 'staff' }, 'network'],
    ['an affiliation that is not known fits no rule that names one', { ...nothing, categoryId: 'wifi' }, 'network'],
    ['a place, whatever the nature', { ...nothing, categoryId: 'impression', placeId: 'bibliotheque-sciences' }, 'sciences'],
    ['nothing known, no rule', nothing, undefined],
  ] as const)('%s', (_why, sorted, expected) => {
    expect(ruleFor(rules, sampleCategories, sorted)?.id).toBe(expected)
  })

  it('with a rule without conditions at the end always names somebody', () => {
    expect(ruleFor([...rules, rule('rest', {})], sampleCategories, nothing)?.id).toBe('rest')
  })
})

describe('a ticket', () => {
  it('bears the name of its category as it is that day, and the priority of urgency and impact', () => {
    const { ticket } = accepted(openTicket({ ...command, categoryId: 'wifi', urgency: 'high', impact: 'high' }, context))
    expect([ticket.nature, ticket.categoryId, ticket.priority]).toEqual(['Réseau › Wi-Fi', 'wifi', 1])
  })

  it('noted by nobody is completed where it stands, and the journal says what stood there', () => {
    const { ticket } = accepted(openPreTicket({ ...command, title: 'Message vocal' }, context))
    const requester = { ...ticket.requester, phone: null }
    const done = accepted(complete(ticket, { title: 'Wi-Fi coupé', categoryId: 'wifi', impact: 'normal', requester }, context))
    expect(done.ticket).toMatchObject({ status: 'pre-ticket', owner: null, title: 'Wi-Fi coupé', nature: 'Réseau › Wi-Fi', priority: 3 })
    expect(done.journal[0]).toMatchObject({ kind: 'completed', visibility: 'internal' })
    expect(done.journal[0]?.detail?.before).toEqual({ title: 'Message vocal', phone: '05 61 55 12 34', impact: 'low', categoryId: null })
  })

  it('completed with what it says already changes nothing and writes nothing', () => {
    const { ticket } = accepted(openTicket(command, context))
    const same = accepted(complete(ticket, { title: ` ${ticket.title} `, urgency: 'normal' }, context))
    expect([same.ticket, same.journal, same.mails]).toEqual([ticket, [], []])
  })

  it('is not completed once it is closed, nor left without a title', () => {
    const { ticket } = accepted(openTicket({ ...command, solution: 'Réglé.' }, context))
    expect(complete(ticket, { title: 'Autre' }, context)).toMatchObject({ kind: 'refused', code: 'conflict' })
    const { ticket: open } = accepted(openTicket(command, context))
    expect(complete(open, { title: '\u0000' }, context)).toMatchObject({ kind: 'refused', code: 'invalid_body', detail: 'title' })
  })
})
