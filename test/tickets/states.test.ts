import { describe, expect, it } from 'vitest'
import type { Ticket, TicketStatus } from '../../server/contract/entities.ts'
import { attachCall, closeTicket, contribute, openPreTicket, openTicket, takeUp } from '../../server/tickets/decide.ts'
import { askMissing, giveBack, redirect, resume, wait } from '../../server/tickets/handing.ts'
import type { TicketContext, TicketDecision } from '../../server/tickets/model.ts'
import { accept, propose, refuse, reopen } from '../../server/tickets/solving.ts'
import { accepted, command, context, nadia } from '../support/tickets.ts'

const dsrt = { id: 'dsrt', name: 'dSRT', mail: 'dsrt@univ.example' }
const user = { for: 'user', remindAt: null } as const
const open = accepted(openTicket(command, context)).ticket

/** A ticket in each status, reached the way it is reached in life. */
const lived: Record<TicketStatus, Ticket> = {
  'pre-ticket': accepted(openPreTicket(command, context)).ticket,
  new: { ...open, status: 'new', owner: null },
  'in-progress': open,
  redirected: accepted(redirect(open, dsrt, 'Prise muette.', context)).ticket,
  waiting: accepted(wait(open, user, '', context)).ticket,
  'solution-proposed': accepted(propose(open, 'Compte créé.', context)).ticket,
  closed: accepted(closeTicket(open, 'Fait.', context)).ticket,
  reopened: accepted(reopen(accepted(closeTicket(open, 'Fait.', context)).ticket, 'Toujours pas.', context)).ticket,
}
const commands: Record<string, (ticket: Ticket, by: TicketContext) => TicketDecision> = {
  'take up': takeUp,
  contribute: (ticket, by) => contribute(ticket, 'Vu.', by),
  redirect: (ticket, by) => redirect(ticket, { ...dsrt, id: 'dsig' }, '', by),
  'give back': (ticket, by) => giveBack(ticket, dsrt, 'Pas pour nous.', by),
  'ask what is missing': (ticket, by) => askMissing({ ...ticket, groupId: 'dsrt' }, dsrt, { of: 'user', text: 'Où ?' }, by),
  wait: (ticket, by) => wait(ticket, user, '', by),
  resume: (ticket, by) => resume(ticket, '', by),
  propose: (ticket, by) => propose(ticket, 'Compte créé.', by),
  accept: (ticket, by) => accept(ticket, null, by),
  refuse: (ticket, by) => refuse(ticket, 'Non.', null, by),
  close: (ticket, by) => closeTicket(ticket, 'Fait.', by),
  reopen: (ticket, by) => reopen(ticket, 'Encore.', by),
}

/** Written out apart from the code's own table: columns are the commands above, `-` is a refusal. */
const expected: Record<TicketStatus, string> = {
  'pre-ticket': 'in-progress pre-ticket redirected - waiting waiting - solution-proposed - - closed -',
  new: 'in-progress in-progress redirected - waiting waiting - solution-proposed - - closed -',
  'in-progress': '- in-progress redirected - waiting waiting - solution-proposed - - closed -',
  redirected: 'in-progress redirected redirected new waiting waiting - solution-proposed - - closed -',
  waiting: '- waiting redirected - waiting waiting in-progress solution-proposed - - closed -',
  'solution-proposed': '- solution-proposed - - - - in-progress - closed in-progress closed -',
  closed: '- closed - - - - - - - - - reopened',
  reopened: 'in-progress in-progress redirected - waiting waiting - solution-proposed - - closed -',
}

describe('status × command', () => {
  it.each(Object.entries(lived))('a ticket that is %s', (status, ticket) => {
    const reached = Object.values(commands).map((perform) => {
      const decision = perform(ticket, nadia)
      return decision.kind === 'refused' ? '-' : decision.ticket.status
    })
    expect(reached.join(' ')).toBe(expected[status as TicketStatus])
  })

  it('a refusal is a conflict that names the ticket’s state', () => {
    expect(takeUp(lived.closed, nadia)).toEqual({ kind: 'refused', code: 'conflict', detail: 'ticket n° 10421 clos' })
  })
})

describe('who answers for a ticket', () => {
  it('is whoever takes it up, of a group or of the desk', () => {
    expect(accepted(takeUp(lived.redirected, nadia)).ticket).toMatchObject({
      owner: { id: 'nadia', name: 'Nadia Roussel' },
      groupId: 'dsrt',
    })
  })

  it('is the group alone once it is redirected, whose list is written to with what level 1 says', () => {
    const { ticket, mails, journal } = accepted(redirect(open, dsrt, 'Prise muette, bureau 212.', context))
    expect(ticket).toMatchObject({ owner: null, groupId: 'dsrt' })
    expect(mails.map(({ kind, to }) => [kind, to])).toEqual([
      ['redirected', 'dsrt@univ.example'],
      ['passed-on', 'claire.dubois@univ.example'],
    ])
    expect(mails[0]?.text).toContain('Prise muette, bureau 212.')
    expect(mails[0]?.text).toContain('Claire Dubois, 05 61 55 12 34')
    expect(journal[0]).toMatchObject({ kind: 'redirected', detail: { group: { id: 'dsrt', name: 'dSRT' } } })
  })

  it('is level 1 again when the group says it is not for them, with the reason', () => {
    const { ticket, journal } = accepted(giveBack(lived.redirected, dsrt, 'C’est un compte, pas une prise.', nadia))
    expect(ticket).toMatchObject({ status: 'new', owner: null, groupId: null })
    expect(journal).toMatchObject([{ kind: 'given-back', by: 'Nadia Roussel', text: 'C’est un compte, pas une prise.' }])
    expect(giveBack(lived.redirected, dsrt, ' ', nadia)).toMatchObject({ kind: 'refused', detail: 'reason' })
    expect(giveBack(open, null, 'Non.', nadia)).toMatchObject({ kind: 'refused', code: 'conflict' })
  })

  it('is whoever put it aside, when nobody followed it', () => {
    expect(accepted(wait(lived['pre-ticket'], user, 'Quel poste ?', context)).ticket.owner?.id).toBe('alice')
  })

  it('is nobody who asks for something: what its author drops before it is followed is to be taken up once it is reopened', () => {
    const theirs: TicketContext = { ...context, side: 'requester', by: 'p1', operatorName: 'Claire Dubois' }
    const dropped = [lived['pre-ticket'], lived.redirected].map((one) => accepted(closeTicket(one, 'Annulée.', theirs)))
    for (const { ticket, mails } of dropped) {
      expect(ticket).toMatchObject({ status: 'closed', closedHow: 'user', owner: { id: 'guichet', name: 'Guichet unique' } })
      expect(mails[0]?.text.split('\n').at(-1)).toBe('Guichet unique')
    }
    expect(dropped.map(({ ticket }) => accepted(reopen(ticket, 'Si.', theirs)).ticket).map((t) => [t.status, t.owner, t.groupId])).toEqual([
      ['new', null, null],
      ['redirected', null, 'dsrt'],
    ])
    expect(accepted(reopen(dropped[0]?.ticket ?? open, 'Si.', context)).ticket).toMatchObject({
      status: 'reopened',
      owner: { id: 'alice' },
    })
    const followed = accepted(closeTicket(open, 'Annulée.', theirs)).ticket
    expect(accepted(reopen(followed, 'Si.', theirs)).ticket).toMatchObject({ status: 'reopened', owner: { id: 'alice' } })
  })

  it('is nobody in particular by a caller’s key, which adds a line where the ticket stands', () => {
    for (const one of Object.values(lived)) {
      const noted = accepted(attachCall(one, '', { ...context, now: '2026-11-23T11:00:00.000Z', side: 'clock', by: 'guichet' }))
      expect([noted.ticket.status, noted.ticket.owner, noted.ticket.touchedAt]).toEqual([one.status, one.owner, one.touchedAt])
      expect(noted.journal.map(({ kind, text }) => [kind, text])).toEqual([['contribution', 'A rappelé le guichet.']])
    }
  })

  it('cannot be a group that does not exist, nor the one it is with already', () => {
    expect(redirect(open, null, '', context)).toEqual({ kind: 'refused', code: 'invalid_body', detail: 'groupId' })
    expect(redirect(lived.redirected, dsrt, '', context)).toMatchObject({ kind: 'refused', code: 'conflict' })
  })
})

describe('waiting', () => {
  it('for the requester ends when they write, and by nothing that the desk adds', () => {
    const theirs: TicketContext = { ...context, side: 'requester', by: 'p1', operatorName: 'Claire Dubois' }
    expect(accepted(contribute(lived.waiting, 'Vu avec elle.', context)).ticket.status).toBe('waiting')
    const heard = accepted(contribute(lived.waiting, 'C’est le poste 4R3-12.', theirs))
    expect(heard.ticket).toMatchObject({ status: 'in-progress', waiting: null, owner: { id: 'alice' } })
    expect(heard.journal.map((e) => e.kind)).toEqual(['contribution', 'resumed'])
    expect(accepted(contribute(lived['pre-ticket'], 'Encore moi.', theirs)).ticket).toEqual(lived['pre-ticket'])
  })

  it('and a redirection are told to the requester, in words without names or the internal note, once for what they read', () => {
    const sent = (decision: TicketDecision) => accepted(decision).mails.map(({ kind }) => kind)
    const passed = accepted(redirect(open, dsrt, 'Encore le même.', context)).mails.find(({ kind }) => kind === 'passed-on')
    expect(passed).toMatchObject({ to: 'claire.dubois@univ.example', subject: expect.stringContaining('transmise : Accès à Moodle') })
    expect(passed?.text).toContain('transmise à une équipe spécialisée')
    expect(passed?.text).not.toMatch(/dSRT|Encore le même/)
    expect(sent(redirect(lived.redirected, { ...dsrt, id: 'dsig' }, '', context))).toEqual(['redirected'])
    const outside = { for: 'level3', name: 'AMUE', reference: 'INC-77', dueAt: '2026-11-30T09:00:00.000Z' } as const
    const aside = accepted(wait(open, outside, 'Ils traînent.', context)).mails
    expect(aside.map(({ kind, to }) => [kind, to])).toEqual([['put-aside', 'claire.dubois@univ.example']])
    expect(aside[0]?.text).toContain('Nous attendons un élément extérieur, prévu pour le lundi 30 novembre 2026.')
    expect(aside[0]?.text).not.toMatch(/AMUE|INC-77|traînent/)
    expect(accepted(wait(open, user, '', context)).mails[0]?.text).toContain('Nous attendons une réponse de votre part')
    expect(sent(wait(lived.waiting, user, 'Relancée.', context))).toEqual([])
    expect(sent(wait(lived.waiting, outside, '', context))).toEqual(['put-aside'])
    const unreached = { ...open, requester: { ...open.requester, email: null } }
    expect([sent(redirect(unreached, dsrt, '', context)), sent(wait(unreached, user, '', context))]).toEqual([['redirected'], []])
  })

  it('keeps since when, whatever it waits for next', () => {
    const later = { ...context, now: '2026-11-24T09:00:00.000Z' }
    const outside = { for: 'level3', name: 'AMUE', reference: 'INC-77\r\n', dueAt: null } as const
    expect(accepted(wait(lived.waiting, outside, '', later)).ticket.waiting).toEqual({
      since: context.now,
      what: { for: 'level3', name: 'AMUE', reference: 'INC-77', dueAt: null },
    })
  })

  it('cannot be for a date gone by', () => {
    expect(wait(open, { for: 'date', until: context.now }, '', context)).toMatchObject({ kind: 'refused', detail: 'waiting.until' })
  })
})
