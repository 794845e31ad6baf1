import { describe, expect, it } from 'vitest'
import type { Ticket, TicketStatus } from '../../server/contract/entities.ts'
import { closeTicket, contribute, openTicket } from '../../server/tickets/decide.ts'
import type { Accepted, OpenTicket, OpeningContext, TicketDecision } from '../../server/tickets/model.ts'

const context: OpeningContext = {
  id: 'an-id',
  number: 10421,
  now: '2026-11-23T09:00:00.000Z',
  by: 'alice',
  operatorName: 'Alice Martin',
  portalUrl: 'https://guichet.univ.example/demande',
}
const command: OpenTicket = {
  title: 'Accès à Moodle',
  summary: 'Trois vacataires ne voient pas le cours.',
  medium: 'phone',
  urgency: 'normal',
  nature: null,
  callId: 'call-1',
  solution: null,
  requester: { personId: 'p1', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: '05 61 55 12 34' },
}

function accepted(decision: TicketDecision): Accepted {
  if (decision.kind === 'refused') throw new Error(`refused: ${decision.code} ${decision.detail}`)
  return decision
}
const inStatus = (status: TicketStatus): Ticket => ({
  ...accepted(openTicket(command, context)).ticket,
  status,
  closedAt: status === 'closed' ? context.now : null,
})

describe('opening a ticket', () => {
  it('takes it up in the operator’s name and says so to the requester, word for word', () => {
    const { ticket, mails, journal } = accepted(openTicket(command, context))
    expect(ticket).toMatchObject({ number: 10421, status: 'in-progress', openedBy: 'Alice Martin', openedAt: context.now, closedAt: null })
    expect(mails).toEqual([
      {
        kind: 'taken-up',
        to: 'claire.dubois@univ.example',
        subject: '[Guichet unique n°10421] prise en charge : Accès à Moodle',
        text: [
          'Bonjour,',
          'Votre demande n° 10421 est en cours de traitement.',
          'Résumé de votre demande : Trois vacataires ne voient pas le cours.',
          'Elle est suivie par Alice Martin.',
          'Vous pouvez vérifier son état d\'avancement à l\'adresse : Helpdesk du Service "Guichet unique" <https://guichet.univ.example/demande>',
          'Cordialement.',
        ].join('\n'),
      },
    ])
    expect(journal.map((e) => [e.kind, e.by, e.byId])).toEqual([
      ['opened', 'Alice Martin', 'alice'],
      ['mail', 'Alice Martin', 'alice'],
    ])
  })

  it('closes it at once when the solution is given, with the closing mail alone', () => {
    const { ticket, mails, journal } = accepted(openTicket({ ...command, solution: 'Comptes ajoutés au cours.' }, context))
    expect(ticket).toMatchObject({ status: 'closed', closedAt: context.now, solution: 'Comptes ajoutés au cours.' })
    expect(mails.map((m) => m.kind)).toEqual(['closed'])
    expect(mails[0]?.text).toBe(
      [
        'Bonjour,',
        'Votre demande n°10421 est maintenant clôturée.',
        'Résumé de votre demande : Trois vacataires ne voient pas le cours.',
        'Réponse : Comptes ajoutés au cours.',
        'Vous pouvez vérifier son état d\'avancement à l\'adresse : Helpdesk du Service "Guichet unique" <https://guichet.univ.example/demande>',
        'Cordialement.',
        'Alice Martin',
      ].join('\n'),
    )
    expect(journal.map((e) => e.kind)).toEqual(['opened', 'closed', 'mail'])
  })

  it('owes no mail to a requester without an address', () => {
    const { mails, journal } = accepted(openTicket({ ...command, requester: { ...command.requester, email: null } }, context))
    expect(mails).toEqual([])
    expect(journal.map((e) => e.kind)).toEqual(['opened'])
  })

  it('gives the title as the summary when none was typed', () => {
    expect(accepted(openTicket({ ...command, summary: '  ' }, context)).mails[0]?.text).toContain(
      'Résumé de votre demande : Accès à Moodle\n',
    )
  })

  it.each([
    ['title', { title: '\u0000\u2028 ' }],
    ['solution', { solution: '\u0001' }],
  ])('refuses a %s that holds nothing to read', (detail, change) => {
    expect(openTicket({ ...command, ...change }, context)).toEqual({ kind: 'refused', code: 'invalid_body', detail })
  })
})

describe('status × command', () => {
  it.each([
    ['pre-ticket', 'pre-ticket', 'closed'],
    ['new', 'in-progress', 'closed'],
    ['in-progress', 'in-progress', 'closed'],
    ['closed', 'closed', 'conflict'],
  ] as const)('a %s ticket is %s after a contribution, and closing it gives %s', (status, contributed, closed) => {
    expect(accepted(contribute(inStatus(status), 'Rappelée.', context)).ticket.status).toBe(contributed)
    const decision = closeTicket(inStatus(status), 'Fait.', context)
    expect(decision.kind === 'refused' ? decision.code : decision.ticket.status).toBe(closed)
  })

  it('keeps everything else of a ticket that takes a contribution', () => {
    const before = inStatus('in-progress')
    const { ticket, journal, mails } = accepted(contribute(before, 'Rappelée.', context))
    expect(ticket).toEqual(before)
    expect(journal).toEqual([{ at: context.now, by: 'Alice Martin', byId: 'alice', kind: 'contribution', text: 'Rappelée.' }])
    expect(mails).toEqual([])
  })

  it('sends the answer when it closes', () => {
    const { ticket, mails } = accepted(
      closeTicket(inStatus('in-progress'), 'Bac 2 remplacé.', { ...context, now: '2026-11-24T10:00:00.000Z' }),
    )
    expect(ticket).toMatchObject({ status: 'closed', closedAt: '2026-11-24T10:00:00.000Z', solution: 'Bac 2 remplacé.' })
    expect(mails[0]?.text).toContain('\nRéponse : Bac 2 remplacé.\n')
  })
})
