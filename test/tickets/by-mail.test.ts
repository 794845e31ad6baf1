import { describe, expect, it } from 'vitest'
import type { Person, Ticket } from '../../server/contract/entities.ts'
import { addByMail, mailCameBack, openByMail } from '../../server/tickets/by-mail.ts'
import { openTicket } from '../../server/tickets/decide.ts'
import { wait } from '../../server/tickets/handing.ts'
import type { Added, NewRequest } from '../../server/tickets/incoming.ts'
import { addedMessage, ticketOfMessage } from '../../server/tickets/messages.ts'
import type { TicketContext } from '../../server/tickets/model.ts'
import { openRequest } from '../../server/tickets/requests.ts'
import { cutoffsAt } from '../../server/tickets/stuck.ts'
import { undo, undoableOf } from '../../server/tickets/undoing.ts'
import { accepted, command, context, policy } from '../support/tickets.ts'

const source = { id: 'mail-1', from: 'claire.dubois@univ.example', cut: true }
const later: TicketContext = { ...context, now: '2026-11-23T11:00:00.000Z' }
const asRequester: TicketContext = { ...later, side: 'requester', by: 'mail', operatorName: 'Claire Dubois' }
const request: NewRequest = {
  kind: 'opened',
  title: 'Wifi',
  summary: 'Plus de wifi.',
  requester: { personId: 'p1', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: null },
  known: true,
  passedOnBy: null,
}
const added: Added = {
  kind: 'added',
  number: 10421,
  as: 'requester',
  visibility: 'public',
  text: 'Toujours en panne.',
  cut: false,
  toSee: false,
  thanks: false,
  confirms: false,
}
const ticket = accepted(openTicket(command, context)).ticket
const lines = (of: ReturnType<typeof accepted>) =>
  of.journal.map(({ kind, by, text, visibility, detail }) => [kind, by, text, visibility, detail?.mail?.id])

describe('a request that comes by mail', () => {
  it('is a pre-ticket whose first line leads to the mail, written down to whom is known', () => {
    const opened = accepted(openByMail(request, source, context))
    expect(opened.ticket).toMatchObject({
      status: 'pre-ticket',
      medium: 'mail',
      title: 'Wifi',
      summary: 'Plus de wifi.',
      unconfirmed: false,
      asked: null,
    })
    expect(opened.journal[0]).toMatchObject({ kind: 'opened', detail: { mail: source } })
    expect(opened.journal.slice(1).map(({ detail }) => detail)).toEqual([null])
    expect(opened.mails.map(({ kind }) => kind)).toEqual(['registered-mail'])
  })

  it('has to be confirmed by whom nobody knows', () => {
    const opened = accepted(openByMail({ ...request, known: false }, source, context))
    expect([opened.ticket.unconfirmed, opened.mails.map(({ kind }) => kind)]).toEqual([true, ['confirm']])
  })

  it('says who passed it on', () => {
    const opened = accepted(openByMail({ ...request, passedOnBy: 'Bruno Petit' }, source, context))
    expect(lines(opened)).toEqual([
      ['opened', 'Alice Martin', 'Plus de wifi.', 'public', 'mail-1'],
      ['mail', 'Alice Martin', 'Accusé de réception à claire.dubois@univ.example', 'internal', undefined],
      ['contribution', 'Bruno Petit', 'A transmis cette demande au guichet.', 'internal', undefined],
    ])
    expect(opened.journal[2]?.byId).toBe('mail')
  })

  it('is refused without a title, passed on or not', () => {
    const why = { kind: 'refused', code: 'invalid_body', detail: 'title' }
    expect(openByMail({ ...request, title: ' ' }, source, context)).toEqual(why)
    expect(openByMail({ ...request, title: ' ', passedOnBy: 'Bruno Petit' }, source, context)).toEqual(why)
  })
})

describe('a mail that joins its ticket', () => {
  it('is heard as its requester’s, and ends the waiting for it', () => {
    const waiting = accepted(wait(ticket, { for: 'user', remindAt: null }, '', context)).ticket
    const heard = accepted(addByMail(waiting, added, source, asRequester))
    expect(heard.ticket).toMatchObject({ status: 'in-progress', waiting: null })
    expect(lines(heard)).toEqual([
      ['contribution', 'Claire Dubois', 'Toujours en panne.', 'public', 'mail-1'],
      ['resumed', 'Claire Dubois', '', 'internal', undefined],
    ])
  })

  it('confirms a request that waited for it, before what it says', () => {
    const pending = accepted(
      openRequest({ title: 'Wifi', summary: '', medium: 'mail', requester: request.requester, asked: null, confirmed: false }, context),
    ).ticket
    const confirmed = accepted(addByMail(pending, { ...added, confirms: true }, source, asRequester))
    expect(confirmed.ticket.unconfirmed).toBe(false)
    expect(lines(confirmed).map(([kind, , , , mail]) => [kind, mail])).toEqual([
      ['confirmed', undefined],
      ['contribution', 'mail-1'],
    ])
    const silent = accepted(addByMail(pending, added, source, asRequester))
    expect([silent.ticket.unconfirmed, silent.journal.map(({ kind }) => kind)]).toEqual([true, ['contribution']])
    const nothing = { kind: 'refused', code: 'invalid_body', detail: 'text' }
    expect(addByMail(pending, { ...added, confirms: true, text: '' }, source, asRequester)).toEqual(nothing)
    expect(addByMail(pending, { ...added, text: '' }, source, asRequester)).toEqual(nothing)
  })

  it('is a colleague’s contribution, sent to the requester when it is public', () => {
    const staff = (visibility: 'public' | 'internal') => accepted(addByMail(ticket, { ...added, as: 'staff', visibility }, source, later))
    expect(staff('public')).toMatchObject({
      journal: [{ visibility: 'public', detail: { mail: source } }, {}],
      mails: [{ kind: 'progress' }],
    })
    expect(staff('internal')).toMatchObject({ journal: [{ visibility: 'internal', detail: { mail: source } }], mails: [] })
  })

  it('is a line that moves nothing when it is anybody else’s, also of a closed ticket', () => {
    const closed: Ticket = { ...ticket, status: 'closed', closedAt: context.now }
    const other = accepted(addByMail(closed, { ...added, as: 'other' }, source, { ...later, operatorName: 'jean@univ.example' }))
    expect(other.ticket).toMatchObject({ status: 'closed', touchedAt: later.now })
    expect(lines(other)).toEqual([['contribution', 'jean@univ.example', 'Toujours en panne.', 'internal', 'mail-1']])
    expect(other.mails).toEqual([])
  })

  it('that came back is told, with its reason where there is one', () => {
    const said = (reason: string) => accepted(mailCameBack(ticket, 'x@univ.example', reason, later))
    expect(said('boîte pleine').journal).toMatchObject([
      {
        kind: 'contribution',
        visibility: 'internal',
        text: 'Le courriel à x@univ.example est revenu : boîte pleine. Cette adresse ne reçoit pas ; joignez l’usager autrement.',
      },
    ])
    expect(said('').journal[0]?.text).toContain('est revenu : sans raison donnée. Cette')
    expect(said('').ticket.touchedAt).toBe(later.now)
  })
})

describe('a voice message', () => {
  const claire: Person = {
    id: 'p1',
    name: 'Claire Dubois',
    email: 'claire@univ.example',
    phones: [],
    affiliation: 'staff',
    unit: null,
    place: null,
    title: null,
  }
  const left = { callId: 'call-1', seconds: 12.4, numberShown: '05 61 55 12 34', people: [claire] }

  it('is a pre-ticket of whoever alone has that number', () => {
    expect(ticketOfMessage(left)).toEqual({
      title: 'Message vocal, Claire Dubois',
      summary: 'Message vocal de 12 s, à écouter.',
      medium: 'message',
      urgency: 'normal',
      impact: 'low',
      categoryId: null,
      placeId: null,
      nature: null,
      solution: null,
      callId: 'call-1',
      requester: { personId: 'p1', name: 'Claire Dubois', email: 'claire@univ.example', phone: '05 61 55 12 34' },
    })
    for (const people of [[], [claire, { ...claire, id: 'p2' }]])
      expect(ticketOfMessage({ ...left, people })).toMatchObject({
        title: 'Message vocal, 05 61 55 12 34',
        requester: { personId: null, name: '', email: null, phone: '05 61 55 12 34' },
      })
  })

  it.each([
    [0.2, '1 s'],
    [59.4, '59 s'],
    [59.6, '1 min 00 s'],
    [61, '1 min 01 s'],
    [185, '3 min 05 s'],
  ])('of %d seconds lasts %s', (seconds, lasting) => {
    expect(addedMessage(seconds)).toBe(`Message vocal de ${lasting}, laissé depuis le numéro du demandeur ; à écouter.`)
  })
})

it('a gesture is taken back whole, a moment later, as long as nobody has touched the ticket since', () => {
  const before = undoableOf(ticket)
  expect(Object.keys(before).toSorted()).toEqual([
    'clock',
    'closedAt',
    'closedHow',
    'groupId',
    'owner',
    'proposal',
    'solution',
    'status',
    'statusSince',
    'touchedAt',
    'waiting',
  ])
  const moved = accepted(wait(ticket, { for: 'user', remindAt: null }, '', later)).ticket
  const after = { ...later, now: '2026-11-23T11:01:00.000Z' }
  const undone = accepted(undo(moved, before, later.now, after))
  expect(undone.ticket).toEqual({ ...ticket, touchedAt: after.now, clock: undone.ticket.clock })
  expect(undone.journal).toMatchObject([{ kind: 'undone', text: '' }])
  expect(undo(moved, before, context.now, after)).toEqual({ kind: 'refused', code: 'conflict', detail: 'ticket n° 10421 modifié depuis' })
})

it('a ticket is forgotten, or its requester silent, from a number of working days on', () => {
  const at = Date.parse('2026-11-24T09:00:00.000Z')
  expect(cutoffsAt({ ...policy, forgottenAfterDays: 1, silentAfterDays: 2 }, at)).toEqual({
    now: '2026-11-24T09:00:00.000Z',
    forgotten: '2026-11-23T09:00:00.000Z',
    silent: '2026-11-20T09:00:00.000Z',
    pressing: '2026-11-23T09:00:00.000Z',
  })
})
