import { describe, expect, it } from 'vitest'
import { addWorkingDays } from '../../server/calendar/days.ts'
import type { Ticket } from '../../server/contract/entities.ts'
import { addMessage, closeTicket, contribute, openPreTicket, openTicket } from '../../server/tickets/decide.ts'
import { redirect, wait, waitIsOver } from '../../server/tickets/handing.ts'
import type { TicketContext } from '../../server/tickets/model.ts'
import { unconfirmedIsOver } from '../../server/tickets/requests.ts'
import { accept, answerAwaited, notReached, propose, refuse, reopen } from '../../server/tickets/solving.ts'
import { accepted, command, context, nadia, policy } from '../support/tickets.ts'

const at = (now: string) => ({ ...context, now, by: 'guichet', operatorName: 'Guichet unique', side: 'clock' as const })
const open = accepted(openTicket(command, context)).ticket
const proposed = accepted(propose(open, 'Compte créé.', nadia))

describe('a solution', () => {
  it('is sent with the link that answers it and the day on which silence closes the ticket', () => {
    expect(proposed.ticket.proposal).toEqual({
      at: '2026-11-23T09:00:00.000Z',
      remindAt: '2026-11-25T09:00:00.000Z',
      closesAt: '2026-11-30T09:00:00.000Z',
    })
    const text = proposed.mails[0]?.text ?? ''
    expect(text).toContain('Solution proposée : Compte créé.')
    expect(text).toContain('https://g.example/avis/10421')
    expect(text).toContain('lundi 30 novembre 2026')
  })

  it('that suits closes the ticket in the requester’s name, with the answer and whoever found it', () => {
    const { ticket, mails, journal } = accepted(accept(proposed.ticket, 'call-9', context))
    expect(ticket).toMatchObject({ status: 'closed', closedHow: 'user', proposal: null, solution: 'Compte créé.' })
    expect(journal[0]?.detail).toEqual({ how: 'user', callId: 'call-9' })
    expect(mails[0]?.text).toContain('Réponse : Compte créé.')
    const byLink = accepted(accept(proposed.ticket, null, { ...context, side: 'requester', operatorName: 'Claire Dubois' }))
    expect(byLink.mails[0]?.text.endsWith('Alice Martin')).toBe(true)
  })

  it('that does not suit goes back to whoever follows the ticket, with the reason', () => {
    const { ticket, journal } = accepted(refuse(proposed.ticket, 'Toujours rien.', null, context))
    expect(ticket).toMatchObject({ status: 'in-progress', owner: { id: 'alice' }, solution: null, proposal: null })
    expect(journal).toMatchObject([{ kind: 'refused', text: 'Toujours rien.', visibility: 'public' }])
  })

  it('without an answer is recalled once, then closes the ticket', () => {
    expect(answerAwaited(proposed.ticket, at('2026-11-25T08:59:59.999Z'))).toBeNull()
    const reminded = accepted(answerAwaited(proposed.ticket, at('2026-11-25T09:00:00.000Z')))
    expect(reminded.mails.map((m) => m.kind)).toEqual(['reminder'])
    expect(answerAwaited(reminded.ticket, at('2026-11-29T09:00:00.000Z'))).toBeNull()
    const expired = accepted(answerAwaited(reminded.ticket, at('2026-11-30T09:00:00.000Z')))
    expect(expired.ticket).toMatchObject({ status: 'closed', closedHow: 'expired', solution: 'Compte créé.' })
  })

  it('that its requester writes about, or speaks of, closes the ticket no sooner than their silence after that', () => {
    const theirs = { ...context, now: '2026-11-27T15:00:00.000Z', by: 'p1', operatorName: 'Claire Dubois', side: 'requester' as const }
    for (const said of [contribute(proposed.ticket, 'Cela ne marche toujours pas.', theirs), addMessage(proposed.ticket, 12, theirs)]) {
      const { ticket } = accepted(said)
      expect(ticket).toMatchObject({ status: 'solution-proposed', proposal: { at: context.now, closesAt: '2026-12-04T15:00:00.000Z' } })
      expect(
        answerAwaited({ ...ticket, proposal: ticket.proposal && { ...ticket.proposal, remindAt: null } }, at('2026-12-04T14:59:59.999Z')),
      ).toBeNull()
      expect(accepted(answerAwaited(ticket, at('2026-12-04T15:00:00.000Z'))).ticket.closedHow).toBe('expired')
    }
    expect(accepted(contribute(proposed.ticket, 'Vu.', nadia)).ticket.proposal).toEqual(proposed.ticket.proposal)
  })

  it('that has not reached its requester waits anew from the day on which silence would have closed the ticket, and the journal says why', () => {
    expect(notReached(proposed.ticket, at('2026-11-30T08:59:59.999Z'))).toBeNull()
    expect(notReached(open, at('2026-11-30T09:00:00.000Z'))).toBeNull()
    const { ticket, journal, mails } = accepted(notReached(proposed.ticket, at('2026-11-30T09:00:00.000Z')))
    expect(ticket).toMatchObject({
      status: 'solution-proposed',
      proposal: { at: context.now, remindAt: '2026-12-02T09:00:00.000Z', closesAt: '2026-12-07T09:00:00.000Z' },
    })
    expect(journal).toMatchObject([{ kind: 'contribution', visibility: 'internal' }])
    expect([journal[0]?.text.startsWith('La solution n’est pas parvenue'), mails]).toEqual([true, []])
  })

  it('that its category wants a verified identity for says in the journal that there was none', () => {
    const detailOf = (isVerified?: boolean) => {
      const known = isVerified === undefined ? nadia : { ...nadia, isVerified }
      return accepted(propose(open, 'Mot de passe changé.', known)).journal[0]?.detail ?? null
    }
    expect([detailOf(false), detailOf(true), detailOf()]).toEqual([{ unverified: true }, null, null])
  })

  it('that is never recalled is only closed', () => {
    const never = accepted(propose(open, 'Fait.', { ...context, policy: { ...policy, remindAfterDays: null } }))
    expect(never.ticket.proposal?.remindAt).toBeNull()
  })

  it('may be closed over by the desk, with the solution that was proposed', () => {
    expect(accepted(closeTicket(proposed.ticket, null, context)).ticket).toMatchObject({ closedHow: 'level1', solution: 'Compte créé.' })
    expect(closeTicket(open, null, context)).toMatchObject({ kind: 'refused', detail: 'solution' })
  })
})

describe('reopening', () => {
  const closed = accepted(closeTicket(open, 'Fait.', nadia)).ticket

  it('gives the ticket back to whoever followed it, within so many working days', () => {
    expect(closed.closedHow).toBe('level2')
    const { ticket, mails } = accepted(reopen(closed, 'Rien ne marche.', { ...context, now: '2026-12-07T09:00:00.000Z' }))
    expect(ticket).toMatchObject({ status: 'reopened', owner: { id: 'alice' }, closedAt: null, closedHow: null, solution: null })
    expect(mails[0]?.text).toContain('Motif : Rien ne marche.')
    expect(reopen(closed, 'Trop tard.', { ...context, now: '2026-12-07T09:00:00.001Z' })).toMatchObject({
      kind: 'refused',
      code: 'conflict',
    })
  })

  it('by its author gives what nobody had taken up back to who it waited for, and to whoever of the desk does it themselves', () => {
    const claire = { ...context, by: 'p1', operatorName: 'Claire Dubois', side: 'requester' as const }
    const cancelled = (ticket: Ticket) => accepted(closeTicket(ticket, 'Annulée par l’usager.', claire))
    const again = (ticket: Ticket, who: TicketContext = claire) => accepted(reopen(ticket, 'Encore noir.', who)).ticket
    const waits = accepted(openPreTicket(command, context)).ticket
    const off = cancelled(waits)
    expect(off.ticket).toMatchObject({ status: 'closed', closedHow: 'user', owner: { id: 'guichet', name: 'Guichet unique' } })
    expect(off.mails[0]?.text).not.toContain('Claire Dubois')
    expect(again(off.ticket)).toMatchObject({ status: 'new', owner: null, groupId: null })
    expect(again(off.ticket, nadia)).toMatchObject({ status: 'reopened', owner: { id: 'nadia' } })
    const sent = accepted(redirect(open, { id: 'dsrt', name: 'dSRT', mail: null }, '', context)).ticket
    expect(again(cancelled(sent).ticket)).toMatchObject({ status: 'redirected', owner: null, groupId: 'dsrt' })
    const told = accepted(
      reopen(cancelled(sent).ticket, 'Encore noir.', claire, { id: 'dsrt', name: 'dSRT', mail: 'dsrt@univ.example' }),
    ).mails
    expect(told.map(({ kind, to }) => [kind, to])).toEqual([
      ['reopened', 'claire.dubois@univ.example'],
      ['redirected', 'dsrt@univ.example'],
    ])
    expect(told[1]?.text).toContain('redirigée vers dSRT par Guichet unique.')
    expect(again(cancelled(open).ticket)).toMatchObject({ status: 'reopened', owner: { id: 'alice' } })
    const followed = accepted(
      reopen(cancelled(open).ticket, 'Encore noir.', claire, { id: 'dsrt', name: 'dSRT', mail: 'dsrt@univ.example' }),
    )
    expect(followed.mails.map(({ kind }) => kind)).toEqual(['reopened'])
  })

  it('confirms nothing of a request that nobody has confirmed: it waits again, and nothing is written to its address', () => {
    const lou = { ...context, by: 'requester', operatorName: 'Lou Martin', side: 'requester' as const }
    const unknown: Ticket = { ...accepted(openPreTicket(command, context)).ticket, unconfirmed: true }
    const later = { ...lou, now: '2026-11-30T09:00:00.000Z' }
    for (const closer of [lou, context]) {
      const closed = accepted(closeTicket(unknown, 'Fini.', closer)).ticket
      const { ticket, mails } = accepted(reopen(closed, 'C’est bien moi.', later))
      expect(ticket).toMatchObject({ status: 'pre-ticket', unconfirmed: true, owner: null })
      expect(mails).toEqual([])
      // Its days begin anew.
      expect(unconfirmedIsOver(ticket, { ...context, now: '2026-12-10T09:00:00.000Z' })).toBeNull()
      expect(accepted(unconfirmedIsOver(ticket, { ...context, now: '2026-12-15T09:00:00.000Z' })).ticket.status).toBe('closed')
      expect(accepted(reopen(closed, 'À voir.', context)).ticket).toMatchObject({ status: 'reopened', unconfirmed: false })
    }
  })
})

describe('a date that is waited for', () => {
  const waiting = accepted(wait(open, { for: 'date', until: '2026-12-01T08:00:00.000Z' }, '', context)).ticket

  it('ends the waiting when it comes, and not before', () => {
    expect(waitIsOver(waiting, at('2026-12-01T07:59:59.999Z'))).toBeNull()
    expect(accepted(waitIsOver(waiting, at('2026-12-01T08:00:00.000Z'))).ticket).toMatchObject({ status: 'in-progress', waiting: null })
  })
})

describe('working days', () => {
  it.each([
    ['a week-end', '2026-11-20T15:00:00.000Z', 1, '2026-11-23T15:00:00.000Z'],
    ['a holiday', '2026-12-24T08:00:00.000Z', 1, '2026-12-28T08:00:00.000Z'],
    ['the change of clocks, at the same time of day', '2026-10-23T08:00:00.000Z', 1, '2026-10-26T09:00:00.000Z'],
    ['none at all', '2026-11-20T15:00:00.000Z', 0, '2026-11-20T15:00:00.000Z'],
  ])('pass over %s', (_what, from, days, to) => {
    expect(new Date(addWorkingDays(policy.calendar, Date.parse(from), days)).toISOString()).toBe(to)
  })

  it('are days as they come where the desk never opens', () => {
    const never = { ...policy.calendar, week: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] } }
    expect(new Date(addWorkingDays(never, Date.parse('2026-11-20T15:00:00.000Z'), 2)).toISOString()).toBe('2026-11-22T15:00:00.000Z')
  })
})
