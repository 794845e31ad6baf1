import { describe, expect, it } from 'vitest'
import type { Ticket } from '../../server/contract/entities.ts'
import { openTicket } from '../../server/tickets/decide.ts'
import { closedMail, progressMail, redirectedMail, reminderMail, solutionMail } from '../../server/tickets/mails.ts'
import type { TargetGroup } from '../../server/tickets/model.ts'
import { accepted, command, context } from '../support/tickets.ts'

const { ticket } = accepted(openTicket(command, context))
const clock = { ...context, side: 'clock' as const, operatorName: 'Guichet unique' }
const requester = { ...context, side: 'requester' as const, operatorName: 'Claire Dubois' }
const bruno = { ...context, operatorName: 'Bruno Lefort' }
const orphan: Ticket = { ...ticket, owner: null }
const end = (mails: readonly { readonly text: string }[]) => mails[0]?.text.trimEnd().split('\n').at(-1)

describe('a mail to the requester', () => {
  it.each([
    ['the operator who closed', bruno, ticket, 'Bruno Lefort'],
    ['who follows the ticket, closed by its requester', requester, ticket, 'Alice Martin'],
    ['who follows it, closed by silence', clock, ticket, 'Alice Martin'],
  ])('that closes is signed by %s', (_who, by, closed, name) => {
    expect(end(closedMail(closed, 'Fait.', by))).toBe(name)
  })

  it('that closes is signed by nobody in particular where nobody followed the ticket', () => {
    for (const by of [requester, clock]) {
      const [mail] = closedMail(orphan, 'Fait.', by)
      expect(mail?.text).toContain('Fait.')
      expect(mail?.text).not.toMatch(/Claire Dubois$|undefined|null/)
    }
  })

  it('with a solution is signed by who found it; when it is recalled, by who follows the ticket', () => {
    const proposal = { at: context.now, remindAt: null, closesAt: '2026-12-01T09:00:00.000Z' }
    const solved: Ticket = { ...ticket, solution: 'Compte créé.', proposal }
    const policy = { ...bruno.policy, mails: { ...bruno.policy.mails, languages: 'fr-en' as const } }
    const [mail] = solutionMail(solved, proposal, { ...bruno, policy })
    expect(mail?.text).toContain('Bruno Lefort')
    expect(mail?.text).toContain('mardi 1er décembre 2026')
    expect(mail?.text).toMatch(/Tuesday,? 1 December 2026/)
    const text = { fr: 'Relance de {operator}', en: '' }
    const signed = { ...clock, policy: { ...policy, mails: { ...policy.mails, reminder: { ...policy.mails.reminder, text } } } }
    const recalled = (of: Ticket) => reminderMail(of, proposal, signed)[0]?.text.split('\n')[0]
    expect(recalled(solved)).toBe('Relance de Alice Martin')
    expect(recalled({ ...solved, owner: null })).not.toMatch(/undefined|null/)
  })

  it('on progress says what was written and names the files; files alone are what is said', () => {
    const files = ['plan.pdf', 'photo.jpg']
    expect(progressMail(ticket, 'Câble remplacé.', files, bruno)[0]?.text).toMatch(/Câble remplacé\.[\s\S]*plan\.pdf, photo\.jpg/)
    const alone = progressMail(ticket, '', files, bruno)[0]?.text ?? ''
    expect(alone.split('plan.pdf, photo.jpg')).toHaveLength(2)
  })
})

describe('a mail to a group', () => {
  const group: TargetGroup = { id: 'dsrt', name: 'dSRT', mail: 'dsrt@univ.example' }
  const people = [
    { accountId: 'karim', mail: 'karim@univ.example' },
    { accountId: 'nadia', mail: 'nadia@univ.example' },
  ]

  it('says who asks, by what is known of them', () => {
    const text = (change: Partial<Ticket['requester']>) =>
      redirectedMail({ ...ticket, requester: { ...ticket.requester, ...change } }, group, '', bruno)[0]?.text ?? ''
    expect(text({})).toContain('Claire Dubois, 05 61 55 12 34, claire.dubois@univ.example')
    expect(text({ phone: null, email: '' })).toMatch(/Claire Dubois$/m)
    expect(text({ name: '', phone: null, email: null })).toContain('inconnu')
  })

  it('goes to its list once, in nobody’s name, and to each of its people where it has none, in theirs', () => {
    const toList = redirectedMail(ticket, { ...group, people }, '', bruno)
    expect(toList.map(({ to }) => to)).toEqual(['dsrt@univ.example'])
    for (const gesture of ['take', 'giveBack', 'ask']) expect(toList[0]?.text).toContain(`https://g.example/groupe/10421/${gesture}`)
    const each = redirectedMail(ticket, { ...group, mail: null, people }, '', bruno)
    expect(each.map(({ to }) => to)).toEqual(['karim@univ.example', 'nadia@univ.example'])
    expect(each[1]?.text).toContain('/take/nadia')
    expect(redirectedMail(ticket, { ...group, mail: null }, '', bruno)).toEqual([])
  })
})
