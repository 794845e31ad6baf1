import { describe, expect, it } from 'vitest'
import { closeTicket, contribute, takeUp } from '../../server/tickets/decide.ts'
import type { OpenRequest } from '../../server/tickets/model.ts'
import { confirmRequest, openRequest, unconfirmedIsOver } from '../../server/tickets/requests.ts'
import { reopen } from '../../server/tickets/solving.ts'
import { accepted, context } from '../support/tickets.ts'

const asks = { ...context, by: 'requester', operatorName: 'Lou Martin', side: 'requester' } as const
const request: OpenRequest = {
  title: 'Écran\r\nnoir',
  summary: 'Depuis ce matin.',
  medium: 'form',
  requester: { personId: null, name: 'Lou Martin', email: 'lou@mail.example', phone: null },
  asked: { qualification: 'Ordinateur', place: ' Bât. 4R3 ', contact: '' },
  confirmed: false,
}
const unknown = () => accepted(openRequest(request, asks)).ticket

describe('a request from outside the staff', () => {
  it('has its number at once, is nobody’s, and is acknowledged by annex VII-C-3 word for word', () => {
    const { ticket, journal, mails } = accepted(openRequest({ ...request, confirmed: true }, asks))
    expect(ticket).toMatchObject({
      number: 10421,
      status: 'pre-ticket',
      title: 'Écran noir',
      owner: null,
      unconfirmed: false,
      openedBy: 'Lou Martin',
      asked: { qualification: 'Ordinateur', place: 'Bât. 4R3', contact: null },
    })
    expect(journal.map(({ kind, by }) => `${kind} ${by}`)).toEqual(['opened Lou Martin', 'mail Lou Martin'])
    expect(mails).toEqual([
      {
        kind: 'registered',
        to: 'lou@mail.example',
        subject: '[Guichet unique n°10421] enregistrement : Écran noir',
        text: [
          'Bonjour,',
          'Votre demande n°10421 a bien été enregistrée.',
          'Résumé de votre demande : Depuis ce matin.',
          "Cette demande va être prise en charge par l'équipe d'assistance.",
          'Vous pouvez vérifier son état d\'avancement à l\'adresse : Helpdesk du Service "Guichet unique" <https://guichet.univ.example/demandes/10421>',
          'Cordialement.',
        ].join('\n'),
      },
    ])
  })

  it('of somebody unknown waits, and nothing but the link to confirm is written to that address', () => {
    const { ticket, mails } = accepted(openRequest(request, asks))
    expect([ticket.unconfirmed, mails.map((m) => m.kind)]).toEqual([true, ['confirm']])
    expect(mails[0]?.text).toContain('https://guichet.univ.example/demandes/10421/confirmer')
    expect(accepted(contribute(ticket, 'Qui êtes-vous ?', context, { visibility: 'public' })).mails).toEqual([])
    const dropped = accepted(closeTicket(ticket, 'Indésirable.', context))
    expect([dropped.ticket.status, dropped.ticket.unconfirmed, dropped.mails]).toEqual(['closed', true, []])
  })

  it('is confirmed by its author or accepted by an operator, once; taking it up accepts it', () => {
    for (const who of [asks, context]) {
      const { ticket, journal } = accepted(confirmRequest(unknown(), who))
      expect([ticket.status, ticket.unconfirmed, journal.map((l) => l.kind)]).toEqual(['pre-ticket', false, ['confirmed']])
      expect(accepted(confirmRequest(ticket, who)).journal).toEqual([])
    }
    const { ticket, mails } = accepted(takeUp(unknown(), context))
    expect([ticket.unconfirmed, mails.map((m) => m.kind)]).toEqual([false, ['taken-up']])
  })

  it('that is confirmed after silence has closed it is to be taken up all the same, until it could not be reopened any more', () => {
    const clock = { ...context, by: 'guichet', operatorName: 'Guichet unique', side: 'clock' as const }
    const over = accepted(unconfirmedIsOver(unknown(), { ...clock, now: '2026-12-23T09:00:00.000Z' })).ticket
    const late = accepted(confirmRequest(over, { ...asks, now: '2026-12-28T10:00:00.000Z' })).ticket
    expect(late).toMatchObject({ status: 'pre-ticket', unconfirmed: false, owner: null, closedHow: null, closedAt: null })
    expect([late.statusSince, late.clock?.takeUp?.startedAt]).toEqual(['2026-12-28T10:00:00.000Z', '2026-12-28T10:00:00.000Z'])
    expect(confirmRequest(over, { ...asks, now: '2027-02-01T10:00:00.000Z' }).kind).toBe('refused')
  })

  it('dropped by its author, is not confirmed by being reopened with its code alone', () => {
    const dropped = accepted(closeTicket(unknown(), 'Annulée.', asks)).ticket
    const again = accepted(reopen(dropped, 'Finalement si.', asks))
    expect([again.ticket.status, again.ticket.unconfirmed, again.mails]).toEqual(['pre-ticket', true, []])
    expect(accepted(reopen(dropped, 'Elle a appelé.', context)).ticket.unconfirmed).toBe(false)
  })

  it('its author adds to it without confirming it, with files and no words', () => {
    const { ticket, journal } = accepted(contribute(unknown(), '', asks, { files: ['capture.png'] }))
    expect([ticket.unconfirmed, journal.map((l) => `${l.kind} ${l.visibility}`)]).toEqual([true, ['contribution public']])
    expect(contribute(unknown(), ' ', asks).kind).toBe('refused')
  })

  it('needs a title', () => {
    expect(openRequest({ ...request, title: ' \n ' }, asks)).toMatchObject({ kind: 'refused', code: 'invalid_body', detail: 'title' })
  })
})
