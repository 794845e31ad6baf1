import { describe, expect, it } from 'vitest'
import { closeTicket, contribute, openPreTicket, openTicket } from '../../server/tickets/decide.ts'
import { accepted, command, context } from '../support/tickets.ts'

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
          'Vous pouvez vérifier son état d\'avancement à l\'adresse : Helpdesk du Service "Guichet unique" <https://guichet.univ.example/demandes/10421>',
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
        'Vous pouvez vérifier son état d\'avancement à l\'adresse : Helpdesk du Service "Guichet unique" <https://guichet.univ.example/demandes/10421>',
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

describe('what is written', () => {
  const before = accepted(openTicket(command, context)).ticket

  it('keeps everything else of a ticket that takes a contribution', () => {
    const { ticket, journal, mails } = accepted(contribute(before, 'Rappelée.', context))
    expect(ticket).toEqual(before)
    expect(journal).toMatchObject([
      { at: context.now, by: 'Alice Martin', byId: 'alice', kind: 'contribution', text: 'Rappelée.', visibility: 'internal' },
    ])
    expect(mails).toEqual([])
  })

  it('for the requester is sent to them, with the number, the summary and the link', () => {
    const { journal, mails } = accepted(contribute(before, 'Le compte est créé.', context, { visibility: 'public' }))
    expect(journal.map((e) => [e.kind, e.visibility])).toEqual([
      ['contribution', 'public'],
      ['mail', 'internal'],
    ])
    expect(mails[0]?.text).toContain('Message de Alice Martin : Le compte est créé.')
    expect(mails[0]?.text).toContain('n° 10421')
  })

  it('may correct a line by citing it', () => {
    expect(accepted(contribute(before, 'Non : 05 61 55 12 35.', context, { cites: 7 })).journal[0]?.cites).toBe(7)
  })

  it('sends the answer when it closes', () => {
    const { ticket, mails } = accepted(closeTicket(before, 'Bac 2 remplacé.', { ...context, now: '2026-11-24T10:00:00.000Z' }))
    expect(ticket).toMatchObject({
      status: 'closed',
      closedAt: '2026-11-24T10:00:00.000Z',
      solution: 'Bac 2 remplacé.',
      closedHow: 'level1',
    })
    expect(mails[0]?.text).toContain('\nRéponse : Bac 2 remplacé.\n')
  })
})

describe('what is not for this desk', () => {
  const outOfScope = { reason: 'Inscription administrative', target: { name: 'Scolarité centrale', number: '05 61 55 66 11' } }
  const solution = 'Votre demande ne relève pas du Guichet unique : Scolarité centrale pourra vous répondre.'

  it('is closed with what was given, and written to whoever wrote', () => {
    for (const medium of ['form', 'mail', 'message'] as const) {
      const asked = accepted(openPreTicket({ ...command, medium, callId: null }, context)).ticket
      const { ticket, mails, journal } = accepted(closeTicket(asked, solution, context, outOfScope))
      expect(ticket).toMatchObject({ status: 'closed', solution, closedHow: 'level1' })
      expect(mails.map((mail) => mail.kind)).toEqual(['closed'])
      expect(mails[0]?.text).toContain(solution)
      expect(journal[0]).toMatchObject({ kind: 'closed', text: solution, detail: { how: 'level1', outOfScope } })
    }
  })

  it('is written to whoever asked level 2 directly or in a personal mailbox, though their ticket is begun by hand', () => {
    for (const medium of ['level2', 'mail'] as const) {
      const { mails } = accepted(openTicket({ ...command, medium, callId: null, solution, outOfScope }, context))
      expect(mails.map((mail) => mail.kind)).toEqual(['closed'])
    }
  })

  it('leaves a trace of whoever was told in person, without a mail', () => {
    const { ticket, mails, journal } = accepted(openTicket({ ...command, medium: 'walk-in', callId: null, solution, outOfScope }, context))
    expect(ticket).toMatchObject({ status: 'closed', solution, medium: 'walk-in' })
    expect(mails).toEqual([])
    expect(journal.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['opened', null],
      ['closed', { how: 'level1', outOfScope }],
    ])
  })
})
