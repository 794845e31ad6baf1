import { describe, expect, it } from 'vitest'
import type { Ticket } from '../../server/contract/entities.ts'
import { complete } from '../../server/tickets/completing.ts'
import { openTicket, takeUp } from '../../server/tickets/decide.ts'
import { wait } from '../../server/tickets/handing.ts'
import type { TemplatedMail } from '../../server/tickets/model.ts'
import { openRequest } from '../../server/tickets/requests.ts'
import { accepted, command, context } from '../support/tickets.ts'

const open = accepted(openTicket(command, context)).ticket
const noted = accepted(
  openRequest({ title: 'Écran noir', summary: '', medium: 'form', requester: open.requester, asked: null, confirmed: true }, context),
).ticket
const taken = accepted(takeUp(noted, context)).ticket
const waiting = accepted(wait(open, { for: 'user', remindAt: null }, '', context)).ticket
const failed = (...kinds: readonly TemplatedMail[]) => ({
  mails: kinds.map((kind, i) => ({ kind, subject: `${kind} ${i}`, text: `Texte ${i}` })),
  visits: [],
})
const mended = { ...open.requester, email: 'claire@univ.example' }
const visit = {
  id: '0b0c0d0e-0000-4000-8000-000000000001',
  startsAt: '2026-11-26T09:00:00.000Z',
  endsAt: '2026-11-26T10:00:00.000Z',
  place: 'Bât. 4R3',
  note: '',
  visitor: { id: 'nadia', name: 'Nadia Roussel' },
  state: 'planned',
  sequence: 0,
  answer: null,
} as const

describe('a requester’s address that is mended', () => {
  it.each<readonly [string, Ticket, readonly TemplatedMail[], readonly string[]]>([
    ['the acknowledgement, while nobody has it', noted, ['registered'], ['registered 0']],
    ['not the acknowledgement, once somebody has it', taken, ['registered', 'taken-up'], ['taken-up 1']],
    ['every message, in its order', open, ['progress', 'taken-up', 'progress'], ['progress 0', 'taken-up 1', 'progress 2']],
    ['of two that say how things are, the last', waiting, ['taken-up', 'taken-up'], ['taken-up 1']],
    ['no solution that was taken back since', open, ['solution', 'reminder', 'closed'], []],
    ['nothing that was for somebody else', open, ['redirected', 'mentioned', 'observed'], []],
  ])('is sent %s', (_, ticket, kinds, sent) => {
    const done = accepted(complete(ticket, { requester: mended }, context, failed(...kinds)))
    expect(done.mails.map(({ subject }) => subject)).toEqual(sent)
    for (const mail of done.mails) expect(mail.to).toBe('claire@univ.example')
    expect(done.journal.filter(({ kind }) => kind === 'mail')).toHaveLength(sent.length)
  })

  it('is invited anew to a visit that is still to come', () => {
    const visits = [{ visit, visitorMail: 'nadia@univ.example' }]
    const [mail, ...more] = accepted(complete(open, { requester: mended }, context, { ...failed('visit'), visits })).mails
    expect(more).toEqual([])
    expect(mail).toMatchObject({ kind: 'visit', to: 'claire@univ.example', event: { cancelled: false } })
    expect(mail?.event?.invited.map((one) => one.mail)).toEqual(['claire@univ.example', 'nadia@univ.example'])
    expect(accepted(complete(open, { requester: mended }, context, { ...failed('progress'), visits })).mails).toHaveLength(1)
  })

  it('that stays the same, or is taken away, is sent nothing', () => {
    for (const email of [open.requester.email?.toUpperCase() ?? '', null])
      expect(accepted(complete(open, { requester: { ...open.requester, email } }, context, failed('progress'))).mails).toEqual([])
  })
})
