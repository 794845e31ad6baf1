import { describe, expect, it } from 'vitest'
import type { Ticket } from '../../server/contract/entities.ts'
import {
  addMessage,
  attachCall,
  closeTicket,
  closureBy,
  contribute,
  openPreTicket,
  openTicket,
  takeUp,
} from '../../server/tickets/decide.ts'
import { askMissing, giveBack, redirect, resume, wait, waitIsOver } from '../../server/tickets/handing.ts'
import { openChild } from '../../server/tickets/light.ts'
import type { TargetGroup, TicketContext, TicketDecision } from '../../server/tickets/model.ts'
import { confirmRequest, openRequest, unconfirmedIsOver } from '../../server/tickets/requests.ts'
import { accept, answerAwaited, propose, refuse, reopen } from '../../server/tickets/solving.ts'
import { moved } from '../../server/tickets/states.ts'
import { accepted, command, context, nadia, policy } from '../support/tickets.ts'

/* What each gesture leaves behind: who reads which line of the journal, and what is refused with which words. */

const later: TicketContext = { ...context, now: '2026-11-23T11:00:00.000Z' }
const requester: TicketContext = { ...later, side: 'requester', by: 'p1', operatorName: 'Claire Dubois' }
const clock: TicketContext = { ...later, side: 'clock', by: 'clock', operatorName: '' }
const dsrt: TargetGroup = { id: 'dsrt', name: 'dSRT', mail: 'dsrt@univ.example', referents: ['chef@univ.example', 'adjoint@univ.example'] }
const dsig: TargetGroup = { id: 'dsig', name: 'dSIG', mail: null }
const user = { for: 'user', remindAt: null } as const
const open = accepted(openTicket({ ...command, nature: 'Réseau' }, context)).ticket
const waiting = accepted(wait(open, user, '', context)).ticket
const given = accepted(redirect(open, dsrt, '', context)).ticket
const proposed = accepted(propose(open, 'Compte créé.', context)).ticket
const closed = accepted(closeTicket(open, 'Fait.', context)).ticket
const light = accepted(
  openChild(open, { requester: command.requester, text: '', medium: 'phone', callId: null }, { ...context, id: 'c', number: 50 }),
).ticket
const requested = (confirmed: boolean) =>
  accepted(openRequest({ title: 'Wifi', summary: '', medium: 'form', requester: command.requester, asked: null, confirmed }, context))
    .ticket

/** The lines that a gesture leaves, mails apart: kind, text, who reads it, what it says besides. */
const lines = (decision: TicketDecision | null) =>
  accepted(decision)
    .journal.filter(({ kind }) => kind !== 'mail')
    .map(({ kind, text, visibility, detail }) => [kind, text, visibility, detail])
const mails = (decision: TicketDecision | null) => accepted(decision).mails.map(({ kind, to }) => `${kind} ${to}`)
const no = (code: 'conflict' | 'invalid_body', detail: string) => ({ kind: 'refused', code, detail })

describe('what is written down', () => {
  it.each<readonly [string, () => TicketDecision | null, readonly unknown[]]>([
    ['an opening', () => openTicket(command, context), [['opened', 'Trois vacataires ne voient pas le cours.', 'public', null]]],
    [
      'an opening without a summary',
      () => openTicket({ ...command, summary: '' }, context),
      [['opened', 'Accès à Moodle', 'public', null]],
    ],
    [
      'an opening that is answered at once',
      () => openTicket({ ...command, solution: 'Fait.' }, context),
      [
        ['opened', 'Trois vacataires ne voient pas le cours.', 'public', null],
        ['closed', 'Fait.', 'public', { how: 'level1' }],
      ],
    ],
    ['something noted', () => openPreTicket(command, context), [['opened', 'Trois vacataires ne voient pas le cours.', 'public', null]]],
    [
      'something noted in a word',
      () => openPreTicket({ ...command, summary: '' }, context),
      [['opened', 'Accès à Moodle', 'public', null]],
    ],
    ['taking up', () => takeUp(given, nadia), [['taken-up', '', 'public', null]]],
    ['a call back', () => attachCall(open, ' Toujours en panne. ', later), [['contribution', 'Toujours en panne.', 'internal', null]]],
    ['a call back without a word', () => attachCall(open, ' ', later), [['contribution', 'A rappelé le guichet.', 'internal', null]]],
    [
      'a voice message',
      () => addMessage(open, 61, later),
      [['contribution', 'Message vocal de 1 min 01 s, laissé depuis le numéro du demandeur ; à écouter.', 'public', null]],
    ],
    [
      'a mention',
      () => contribute(open, 'Vois.', later, { mentions: [{ id: 'nadia', name: 'Nadia', mail: null }] }),
      [['contribution', 'Vois.', 'internal', { mentions: [{ id: 'nadia', name: 'Nadia' }] }]],
    ],
    ['a contribution', () => contribute(open, 'Vu.', later), [['contribution', 'Vu.', 'internal', null]]],
    ['the requester’s word', () => contribute(open, 'Merci.', requester), [['contribution', 'Merci.', 'public', null]]],
    [
      'the requester’s word that was waited for',
      () => contribute(waiting, 'Voilà.', requester),
      [
        ['contribution', 'Voilà.', 'public', null],
        ['resumed', '', 'internal', null],
      ],
    ],
    ['a closing', () => closeTicket(open, 'Fait.', nadia), [['closed', 'Fait.', 'public', { how: 'level2' }]]],
    [
      'handing over',
      () => redirect(open, dsrt, 'Prise muette.', later),
      [['redirected', 'Prise muette.', 'internal', { group: { id: 'dsrt', name: 'dSRT' } }]],
    ],
    [
      'giving back',
      () => giveBack(given, dsrt, 'Non.', nadia),
      [['given-back', 'Non.', 'internal', { group: { id: 'dsrt', name: 'dSRT' } }]],
    ],
    [
      'giving back by a group that is gone',
      () => giveBack(given, null, 'Non.', nadia, dsig),
      [['given-back', 'Non.', 'internal', { group: { id: 'dsrt', name: 'dsrt' }, suggested: { id: 'dsig', name: 'dSIG' } }]],
    ],
    [
      'giving back to itself',
      () => giveBack(given, dsrt, 'Non.', nadia, dsrt),
      [['given-back', 'Non.', 'internal', { group: { id: 'dsrt', name: 'dSRT' } }]],
    ],
    [
      'asking the desk',
      () => askMissing(given, dsrt, { of: 'desk', text: 'Où ?' }, nadia),
      [['missing', 'Où ?', 'internal', { group: { id: 'dsrt', name: 'dSRT' } }]],
    ],
    [
      'asking the requester',
      () => askMissing(given, null, { of: 'user', text: 'Où ?' }, nadia),
      [['missing', 'Où ?', 'public', { group: { id: 'dsrt', name: 'dsrt' }, waiting: user }]],
    ],
    ['putting aside', () => wait(open, user, ' Rappeler. ', later), [['waiting', 'Rappeler.', 'internal', { waiting: user }]]],
    [
      'waiting for a supplier',
      () => wait(open, { for: 'level3', name: 'A\nB', reference: 'n°\n7', dueAt: null }, '', later),
      [['waiting', '', 'internal', { waiting: { for: 'level3', name: 'A B', reference: 'n° 7', dueAt: null } }]],
    ],
    [
      'waiting for a decision',
      () => wait(open, { for: 'instance', name: 'Le\nCA', dueAt: null }, '', later),
      [['waiting', '', 'internal', { waiting: { for: 'instance', name: 'Le CA', dueAt: null } }]],
    ],
    ['going on', () => resume(waiting, ' Reçu. ', later), [['resumed', 'Reçu.', 'internal', null]]],
    ['a solution', () => propose(open, 'Compte créé.', later), [['proposed', 'Compte créé.', 'public', null]]],
    ['a yes', () => accept(proposed, null, requester), [['closed', '', 'public', { how: 'user' }]]],
    ['a yes said on the telephone', () => accept(proposed, 'call-2', later), [['closed', '', 'public', { how: 'user', callId: 'call-2' }]]],
    ['a no', () => refuse(proposed, 'Non.', null, requester), [['refused', 'Non.', 'public', null]]],
    ['a no said on the telephone', () => refuse(proposed, 'Non.', 'call-2', later), [['refused', 'Non.', 'public', { callId: 'call-2' }]]],
    ['a reopening', () => reopen(closed, 'Encore.', later), [['reopened', 'Encore.', 'public', null]]],
    [
      'a request',
      () =>
        openRequest(
          { title: 'Wifi', summary: 'En panne.', medium: 'form', requester: command.requester, asked: null, confirmed: true },
          context,
        ),
      [['opened', 'En panne.', 'public', null]],
    ],
    ['a confirmation', () => confirmRequest(requested(false), requester), [['confirmed', '', 'public', null]]],
    ['a second confirmation', () => confirmRequest(requested(true), requester), []],
  ])('of %s', (_what, decide, expected) => {
    expect(lines(decide())).toEqual(expected)
  })
})

describe('what is refused', () => {
  it.each<readonly [string, () => TicketDecision | null, ReturnType<typeof no>]>([
    ['noting nothing', () => openPreTicket({ ...command, title: ' ' }, context), no('invalid_body', 'title')],
    ['an opening without a title', () => openTicket({ ...command, title: ' ' }, context), no('invalid_body', 'title')],
    ['an empty answer', () => openTicket({ ...command, solution: ' ' }, context), no('invalid_body', 'solution')],
    ['an empty contribution', () => contribute(open, ' ', later), no('invalid_body', 'text')],
    ['a closing without an answer', () => closeTicket(open, ' ', later), no('invalid_body', 'solution')],
    ['closing twice, whatever the answer', () => closeTicket(closed, ' ', later), no('conflict', 'ticket n° 10421 clos')],
    ['taking up what is closed', () => takeUp(closed, later), no('conflict', 'ticket n° 10421 clos')],
    ['handing over to nobody', () => redirect(open, null, '', later), no('invalid_body', 'groupId')],
    ['handing over twice', () => redirect(given, dsrt, '', later), no('conflict', 'ticket n° 10421 déjà redirigé vers dSRT')],
    ['giving back without a reason', () => giveBack(given, dsrt, ' ', nadia), no('invalid_body', 'reason')],
    ['giving back what no group has', () => giveBack(open, dsrt, 'Non.', nadia), no('conflict', 'ticket n° 10421 sans groupe')],
    ['asking nothing', () => askMissing(given, dsrt, { of: 'user', text: ' ' }, nadia), no('invalid_body', 'text')],
    [
      'asking for what no group has',
      () => askMissing(open, dsrt, { of: 'user', text: 'Où ?' }, nadia),
      no('conflict', 'ticket n° 10421 sans groupe'),
    ],
    [
      'asking somebody who cannot be written to',
      () => askMissing({ ...given, requester: { ...given.requester, email: null } }, dsrt, { of: 'user', text: 'Où ?' }, nadia),
      no('conflict', 'l’usager n’a pas d’adresse : demandez au guichet'),
    ],
    [
      'asking about what is closed',
      () => askMissing({ ...closed, groupId: 'dsrt' }, dsrt, { of: 'user', text: 'Où ?' }, nadia),
      no('conflict', 'ticket n° 10421 clos'),
    ],
    [
      'asking the desk about it',
      () => askMissing({ ...closed, groupId: 'dsrt' }, dsrt, { of: 'desk', text: 'Où ?' }, nadia),
      no('conflict', 'ticket n° 10421 clos'),
    ],
    [
      'waiting for a moment that is over',
      () => wait(open, { for: 'date', until: later.now }, '', later),
      no('invalid_body', 'waiting.until'),
    ],
    ['an empty solution', () => propose(open, ' ', later), no('invalid_body', 'solution')],
    ['an empty no', () => refuse(proposed, ' ', null, requester), no('invalid_body', 'reason')],
    ['reopening without a reason', () => reopen(closed, ' ', later), no('invalid_body', 'reason')],
    [
      'reopening after too long',
      () => reopen(closed, 'Encore.', { ...later, now: '2028-01-01T00:00:00.000Z' }),
      no('conflict', 'ticket n° 10421 clos depuis trop longtemps : ouvrez-en un nouveau'),
    ],
    [
      'a request without a title',
      () => openRequest({ title: ' ', summary: '', medium: 'form', requester: command.requester, asked: null, confirmed: true }, context),
      no('invalid_body', 'title'),
    ],
    [
      'confirming what is closed',
      () => confirmRequest({ ...closed, unconfirmed: true }, requester),
      no('conflict', 'ticket n° 10421 clos'),
    ],
  ])('%s', (_what, decide, expected) => {
    expect(decide()).toEqual(expected)
  })
})

describe('a gesture', () => {
  it('closes in the name of whoever makes it', () => {
    const sides = ['level1', 'level2', 'requester', 'clock'] as const
    expect(sides.map((side) => closureBy({ ...context, side }))).toEqual(['level1', 'level2', 'user', 'level1'])
    expect(accepted(openTicket({ ...command, solution: 'Fait.' }, nadia)).ticket.closedHow).toBe('level2')
    expect(open.closedHow).toBeNull()
  })

  it('makes whoever opens or takes up the owner; what is given to a group is nobody’s, what nobody took up level 1’s', () => {
    expect(open.owner).toEqual({ id: 'alice', name: 'Alice Martin' })
    expect(accepted(takeUp(given, nadia)).ticket).toMatchObject({ owner: { id: 'nadia', name: 'Nadia Roussel' }, groupId: 'dsrt' })
    expect(given).toMatchObject({ owner: null, groupId: 'dsrt' })
    expect(accepted(giveBack(given, dsrt, 'Non.', nadia)).ticket).toMatchObject({ status: 'new', owner: null, groupId: null })
    expect(accepted(askMissing(given, dsrt, { of: 'desk', text: 'Où ?' }, nadia)).ticket).toMatchObject({ status: 'new', groupId: null })
    expect(accepted(contribute({ ...open, status: 'new', owner: null }, 'Vu.', nadia)).ticket.owner).toEqual({
      id: 'nadia',
      name: 'Nadia Roussel',
    })
  })

  it('keeps what is waited for, what is proposed and how it was closed, where it only adds a line', () => {
    expect(accepted(contribute(waiting, 'Vu.', later)).ticket.waiting).toEqual(waiting.waiting)
    expect(accepted(contribute(proposed, 'Vu.', later)).ticket.proposal).toEqual(proposed.proposal)
    expect(accepted(contribute(closed, 'Vu.', later)).ticket).toMatchObject({ closedHow: 'level1', closedAt: context.now })
  })

  it('waits from when the waiting began, whatever for', () => {
    expect(accepted(wait(waiting, { for: 'instance', name: 'CA', dueAt: null }, '', later)).ticket.waiting?.since).toBe(context.now)
    expect(
      accepted(askMissing({ ...waiting, groupId: 'dsrt' }, dsrt, { of: 'user', text: 'Où ?' }, { ...nadia, now: later.now })).ticket
        .waiting,
    ).toEqual({ since: context.now, what: user })
    expect(accepted(askMissing(given, dsrt, { of: 'user', text: 'Où ?' }, { ...nadia, now: later.now })).ticket.waiting?.since).toBe(
      later.now,
    )
    const until = '2026-11-23T11:00:00.001Z'
    const dated = accepted(wait(open, { for: 'date', until }, '', later)).ticket
    expect(waitIsOver(dated, later)).toBeNull()
    expect(lines(waitIsOver(dated, { ...clock, now: until }))).toEqual([['resumed', '', 'internal', null]])
    expect(waitIsOver(waiting, later)).toBeNull()
    expect(waitIsOver(open, later)).toBeNull()
  })

  it('takes a proposed solution back by going on, by a no, and by reopening', () => {
    for (const decision of [resume(proposed, '', later), refuse(proposed, 'Non.', null, later), reopen(closed, 'Encore.', later)])
      expect(accepted(decision).ticket.solution).toBeNull()
  })

  it('asks the requester by mail, and tells whoever keeps the list of another rule that would have led it there', () => {
    expect(mails(askMissing(given, dsrt, { of: 'user', text: 'Où ?' }, nadia))).toEqual(['progress claire.dubois@univ.example'])
    expect(mails(askMissing(given, dsrt, { of: 'desk', text: 'Où ?' }, nadia))).toEqual([])
    const told = accepted(giveBack(given, dsrt, 'Un compte.', nadia, dsig)).mails
    expect(told.map(({ kind, to }) => `${kind} ${to}`)).toEqual(['rule-proposed chef@univ.example', 'rule-proposed adjoint@univ.example'])
    for (const words of ['dSRT', 'Un compte.', 'Réseau → dSIG', 'https://guichet.univ.example/console/groupes'])
      expect(told[0]?.text).toContain(words)
    const nothing = [
      giveBack(given, dsrt, 'Non.', nadia),
      giveBack(given, dsrt, 'Non.', nadia, dsrt),
      giveBack({ ...given, nature: null }, dsrt, 'Non.', nadia, dsig),
      giveBack(given, null, 'Non.', nadia, dsig),
      giveBack(given, { id: 'dsrt', name: 'dSRT', mail: null }, 'Non.', nadia, dsig),
    ]
    for (const decision of nothing) expect(mails(decision)).toEqual([])
  })

  it('of a clock does not touch a ticket, and a status lasts from when it came', () => {
    expect(accepted(wait(open, user, '', later)).ticket).toMatchObject({ touchedAt: later.now, statusSince: later.now })
    expect(accepted(wait(open, user, '', clock)).ticket).toMatchObject({ touchedAt: context.now, statusSince: later.now })
    expect(accepted(contribute(open, 'Vu.', later)).ticket).toMatchObject({ touchedAt: later.now, statusSince: context.now })
  })

  it('of the desk accepts what nobody confirmed, but for a line; the requester’s own, and dropping it, do not', () => {
    const unconfirmed = requested(false)
    const stays = (command: Parameters<typeof moved>[1], by: TicketContext) => {
      const next = moved(unconfirmed, command, by)
      return 'kind' in next ? next : next.unconfirmed
    }
    expect([
      stays('complete', later),
      stays('complete', requester),
      stays('contribute', later),
      stays('take-up', requester),
      stays('close', later),
    ]).toEqual([false, true, true, false, true])
    expect(mails(contribute(unconfirmed, 'Vu.', later, { visibility: 'public' }))).toEqual([])
    expect(mails(closeTicket(unconfirmed, 'Fait.', later))).toEqual([])
  })

  it('leaves a light child light while it waits for its parent, is asked, or is closed', () => {
    const after = (ticket: Ticket, command: Parameters<typeof moved>[1], change = {}) => {
      const next = moved(ticket, command, later, change)
      return 'kind' in next ? next : next.light
    }
    expect(after(light, 'contribute')).toBe(true)
    expect(after(light, 'propose')).toBe(true)
    expect(after(light, 'close')).toBe(true)
    expect(after(light, 'wait', { waiting: { since: later.now, what: user } })).toBeUndefined()
    expect(after(light, 'wait', { waiting: null })).toBeUndefined()
    expect(after(light, 'resume')).toBeUndefined()
    for (const command of ['contribute', 'propose', 'close'] as const) expect(after(open, command)).toBeUndefined()
    const told = { ...proposed, light: true as const }
    expect(lines(refuse(told, 'Non.', null, requester))).toEqual([['refused', 'Non.', 'public', null]])
    expect(accepted(refuse(told, 'Non.', null, requester)).ticket.status).toBe('new')
    expect(accepted(refuse(proposed, 'Non.', null, requester)).ticket.status).toBe('in-progress')
  })
})

describe('a solution that is proposed', () => {
  const by = (remindAfterDays: number | null, closeAfterDays = 5): TicketContext => ({
    ...context,
    policy: { ...policy, remindAfterDays, closeAfterDays },
  })
  it.each([
    [2, '2026-11-25T09:00:00.000Z'],
    [4, '2026-11-27T09:00:00.000Z'],
    [5, null],
    [6, null],
    [null, null],
  ])('with a reminder after %j days of five is told of again at %j', (days, at) => {
    expect(accepted(propose(open, 'Fait.', by(days))).ticket.proposal).toEqual({
      at: context.now,
      remindAt: at,
      closesAt: '2026-11-30T09:00:00.000Z',
    })
  })

  it('is told of once more at its time, and closes the ticket at its end, a light child’s without another word', () => {
    const at = (now: string): TicketContext => ({ ...clock, now })
    const { ticket } = accepted(propose(open, 'Fait.', context))
    expect(answerAwaited(open, at('2030-01-01T00:00:00.000Z'))).toBeNull()
    expect(answerAwaited(ticket, at('2026-11-25T08:59:59.999Z'))).toBeNull()
    const reminded = answerAwaited(ticket, at('2026-11-25T09:00:00.000Z'))
    expect(lines(reminded)).toEqual([['reminded', '', 'public', null]])
    expect(mails(reminded)).toEqual(['reminder claire.dubois@univ.example'])
    expect(answerAwaited(accepted(reminded).ticket, at('2026-11-26T09:00:00.000Z'))).toBeNull()
    const over = answerAwaited(ticket, at('2026-11-30T09:00:00.000Z'))
    expect(lines(over)).toEqual([['closed', '', 'public', { how: 'expired' }]])
    expect(accepted(over).ticket).toMatchObject({ status: 'closed', closedHow: 'expired', solution: 'Fait.' })
    expect(mails(over)).toEqual(['closed claire.dubois@univ.example'])
    expect(accepted(over).mails[0]?.text).toContain('Fait.')
    expect(mails(answerAwaited({ ...ticket, light: true }, at('2026-11-30T09:00:00.000Z')))).toEqual([])
    expect(
      answerAwaited({ ...ticket, status: 'new' as const, proposal: ticket.proposal, unconfirmed: false }, at('2026-11-30T09:00:00.000Z'))
        ?.kind,
    ).toBe('accepted')
    expect(answerAwaited({ ...ticket, status: 'closed' }, at('2026-11-30T09:00:00.000Z'))).toEqual(no('conflict', 'ticket n° 10421 clos'))
  })
})

describe('a request that nobody confirms', () => {
  const after = (now: string, ticket = requested(false)) =>
    unconfirmedIsOver(ticket, { ...clock, now, policy: { ...policy, unconfirmedDays: 3 } })
  it('is closed after as many days, without a word to the address it named', () => {
    expect(after('2026-11-26T08:59:59.999Z')).toBeNull()
    const over = after('2026-11-26T09:00:00.000Z')
    expect(lines(over)).toEqual([['closed', '', 'public', { how: 'expired' }]])
    expect(accepted(over)).toMatchObject({ ticket: { status: 'closed', closedHow: 'expired', unconfirmed: true }, mails: [] })
  })

  it('stays where it is once it was confirmed, or something was done about it', () => {
    expect(after('2027-01-01T00:00:00.000Z', requested(true))).toBeNull()
    expect(after('2027-01-01T00:00:00.000Z', { ...requested(false), status: 'in-progress' })).toBeNull()
    expect(accepted(confirmRequest(requested(false), requester)).ticket).toMatchObject({ status: 'pre-ticket', unconfirmed: false })
  })

  it('keeps what its author said of it, in single lines, and nothing of what was left empty', () => {
    const asked = (said: Parameters<typeof openRequest>[0]['asked']) =>
      accepted(
        openRequest({ title: 'Wifi', summary: '', medium: 'form', requester: command.requester, asked: said, confirmed: true }, context),
      ).ticket.asked
    expect(asked(null)).toBeNull()
    expect(asked({ qualification: null, place: ' ', contact: '' })).toBeNull()
    expect(asked({ qualification: 'Une\npanne', place: null, contact: ' ' })).toEqual({
      qualification: 'Une panne',
      place: null,
      contact: null,
    })
  })
})
