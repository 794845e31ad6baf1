import { describe, expect, it } from 'vitest'
import type { Visit } from '../../server/contract/visits.ts'
import { answerOf, invitationOf } from '../../server/mail/invitation.ts'
import { publicLines } from '../../server/portal/standing.ts'
import { redirect, wait } from '../../server/tickets/handing.ts'
import { propose } from '../../server/tickets/solving.ts'
import { closeTicket, openTicket } from '../../server/tickets/decide.ts'
import { cancelVisit, moveVisit, planVisit, visitAnswered, type VisitDecision } from '../../server/tickets/visits.ts'
import { accepted, command, context, nadia } from '../support/tickets.ts'

const open = accepted(redirect(accepted(openTicket(command, context)).ticket, { id: 'dsrt', name: 'dSRT', mail: null }, '', context)).ticket
const visit: Visit = {
  id: '5a3b1c00-0000-4000-8000-000000000001',
  startsAt: '2026-11-24T09:00:00.000Z',
  endsAt: '2026-11-24T10:00:00.000Z',
  place: 'Bât. 4R3, bureau 12',
  note: 'Laissez le poste allumé.',
  visitor: { id: 'nadia', name: 'Nadia Roussel' },
  state: 'planned',
  sequence: 0,
  answer: null,
}
const plain = { others: [], suspends: true, invited: { visitorMail: 'nadia@univ.example' } } as const
const done = (decided: VisitDecision) => {
  if (decided.kind === 'refused') throw new Error(`${decided.code} ${decided.detail}`)
  return { visit: decided.visit, ...decided.decision }
}
const planned = () => done(planVisit(open, visit, plain, nadia))
const sender = { name: 'Guichet unique', mail: 'guichet@univ.example', at: new Date('2026-11-23T09:00:00.000Z') }

describe('a visit on site', () => {
  it('invites the requester and whoever goes, and the delay stands still until then', () => {
    const { ticket, mails, journal } = planned()
    expect(ticket).toMatchObject({ status: 'waiting', owner: { id: 'nadia' }, waiting: { what: { for: 'date', until: visit.startsAt } } })
    expect(journal[0]).toMatchObject({
      kind: 'visit',
      visibility: 'public',
      detail: { visit: { step: 'planned', visitor: 'Nadia Roussel' } },
    })
    expect(mails.map(({ kind, to }) => [kind, to])).toEqual([
      ['visit', 'claire.dubois@univ.example'],
      ['visit-staff', 'nadia@univ.example'],
    ])
    expect(mails[0]?.text).toContain('Nadia Roussel passera le mardi 24 novembre 2026, de 10 h 00 à 11 h 00.\nLieu : Bât. 4R3, bureau 12')
    expect(mails[0]?.event).toMatchObject({ id: visit.id, sequence: 0, cancelled: false, invited: [{}, {}] })
    expect(done(planVisit(open, visit, { ...plain, suspends: false }, nadia)).ticket.status).toBe('redirected')
  })

  it('on the first of a month is said as people say it', () => {
    const first = { ...visit, startsAt: '2026-12-01T09:00:00.000Z', endsAt: '2026-12-01T10:00:00.000Z' }
    expect(done(planVisit(open, first, plain, nadia)).mails[0]?.text).toContain('le mardi 1er décembre 2026, de 10 h 00 à 11 h 00')
  })

  it.each([
    ['in the past', { startsAt: '2026-11-23T08:00:00.000Z', endsAt: '2026-11-23T08:30:00.000Z' }, 'startsAt'],
    ['that ends before it begins', { endsAt: '2026-11-24T08:00:00.000Z' }, 'endsAt'],
    ['that lasts for days', { endsAt: '2026-11-26T08:00:00.000Z' }, 'endsAt'],
    ['to nowhere', { place: ' \u0000' }, 'place'],
  ])('%s is refused', (_what, change, detail) => {
    expect(planVisit(open, { ...visit, ...change }, plain, nadia)).toEqual({ kind: 'refused', code: 'invalid_body', detail })
  })

  it('is refused while whoever goes is elsewhere, and about a closed ticket', () => {
    const other = { id: 'x', ticket: 9, startsAt: '2026-11-24T09:30:00.000Z', endsAt: '2026-11-24T10:30:00.000Z' }
    expect(planVisit(open, visit, { ...plain, others: [other] }, nadia)).toMatchObject({
      code: 'conflict',
      detail: 'Nadia Roussel est déjà en visite à ce moment, ticket n° 9',
    })
    const next = { ...other, startsAt: visit.endsAt, endsAt: '2026-11-24T11:00:00.000Z' }
    expect(planVisit(open, visit, { ...plain, others: [next] }, nadia).kind).toBe('visit')
    const closed = accepted(closeTicket(open, 'Fait.', context)).ticket
    expect(planVisit(closed, visit, plain, nadia)).toMatchObject({ code: 'conflict' })
  })

  it('is moved under the same UID with the next sequence; whoever went before is told that they do not', () => {
    const first = planned()
    const asked = {
      ...first.visit,
      startsAt: '2026-11-25T09:00:00.000Z',
      endsAt: '2026-11-25T10:00:00.000Z',
      visitor: { id: 'karim', name: 'Karim' },
    }
    const invited = { visitorMail: 'karim@univ.example', formerMail: 'nadia@univ.example' }
    const then = done(moveVisit(first.ticket, first.visit, asked, { others: [], suspends: true, invited }, nadia))
    expect(then.ticket.waiting?.what).toEqual({ for: 'date', until: asked.startsAt })
    expect(then.visit.sequence).toBe(1)
    expect(then.mails.map(({ to, event }) => [to, event?.id, event?.sequence, event?.cancelled])).toEqual([
      ['claire.dubois@univ.example', visit.id, 1, false],
      ['karim@univ.example', visit.id, 1, false],
      ['nadia@univ.example', visit.id, 1, true],
    ])
    // Calendars take it away from whom it names, and from nobody else.
    const [, , off] = then.mails.map(({ event }) => event && invitationOf(event, sender).content.replaceAll('\r\n ', ''))
    expect(off?.match(/^ATTENDEE.*$/gm)).toEqual([expect.stringMatching(/CN="?Nadia Roussel"?.*mailto:nadia@univ\.example/i)])
    const uid = (of: typeof then.mails) => of.map(({ event }) => event && /UID:(\S+)/.exec(invitationOf(event, sender).content)?.[1])
    expect(new Set([...uid(first.mails), ...uid(then.mails)]).size).toBe(1)
  })

  it('that is cancelled is taken out of calendars, and brings the ticket back', () => {
    const first = planned()
    const { ticket, visit: after, mails } = done(cancelVisit(first.ticket, first.visit, 'Nadia est souffrante.', plain.invited, nadia))
    expect([ticket.status, ticket.waiting, after.state, after.sequence]).toEqual(['in-progress', null, 'cancelled', 1])
    expect(mails.map(({ kind, event }) => [kind, event?.cancelled])).toEqual([
      ['visit-cancelled', true],
      ['visit-staff', true],
    ])
    const sent = mails[0]?.event === undefined ? null : invitationOf(mails[0].event, sender)
    expect(sent?.method).toBe('CANCEL')
    expect(sent?.content).toMatch(/METHOD:CANCEL[\s\S]*SEQUENCE:1[\s\S]*STATUS:CANCELLED/)
    expect(cancelVisit(ticket, after, '', plain.invited, nadia)).toMatchObject({ code: 'conflict' })
  })

  it('that the requester declines brings the ticket back to whoever has it; one they accept changes nothing else', () => {
    const { ticket, visit: before } = planned()
    const claire = { ...context, by: 'p1', operatorName: 'Claire Dubois', side: 'requester' as const }
    expect(done(visitAnswered(ticket, before, 'declined', 'Je suis en cours.', claire))).toMatchObject({
      ticket: { status: 'in-progress', owner: { id: 'nadia' } },
      visit: { answer: 'declined', state: 'planned' },
    })
    expect(done(visitAnswered(ticket, before, 'accepted', '', claire))).toMatchObject({
      ticket: { status: 'waiting' },
      visit: { answer: 'accepted' },
    })
  })
})

describe('what calendars answer', () => {
  const reply = (partstat: string, method = 'REPLY', uid = `visite-${visit.id}@univ.example`) =>
    [
      'BEGIN:VCALENDAR',
      `METHOD:${method}`,
      'BEGIN:VEVENT',
      `UID:${uid}`,
      `ATTENDEE;CN="Dubois, Claire";PARTSTAT=${partstat};`,
      ' ROLE=REQ-PARTICIPANT:mailto:claire.dubois@univ.example',
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n')
  it.each([
    [reply('ACCEPTED'), { visit: visit.id, answer: 'accepted' }],
    [reply('DECLINED').replaceAll('\r\n', '\n'), { visit: visit.id, answer: 'declined' }],
    [reply('TENTATIVE'), { visit: visit.id, answer: 'tentative' }],
    [reply('ACCEPTED').replace('ATTENDEE', 'SEQUENCE:2\r\nATTENDEE'), { visit: visit.id, answer: 'accepted', sequence: 2 }],
    [reply('ACCEPTED').replace('ATTENDEE', 'SEQUENCE:soon\r\nATTENDEE'), { visit: visit.id, answer: 'accepted' }],
    [reply('NEEDS-ACTION'), null],
    [reply('ACCEPTED', 'REQUEST'), null],
    [reply('ACCEPTED', 'REPLY', 'somebody-else’s@x.example'), null],
    [reply('DECLINED', 'REPLY', 'rappel-abcdefg2@univ.example'), { callback: 'abcdefg2', answer: 'declined' }],
    ['nothing at all', null],
  ])('%#', (text, expected) => {
    expect(answerOf(text)).toEqual(expected)
  })
})

describe('a visit, case by case,', () => {
  it.each<readonly [string, Partial<Visit>, object]>([
    ['now', { startsAt: nadia.now, endsAt: '2026-11-23T10:00:00.000Z' }, { detail: 'startsAt' }],
    ['a moment later', { startsAt: '2026-11-23T09:00:00.001Z', endsAt: '2026-11-23T10:00:00.000Z' }, { kind: 'visit' }],
    ['of no length', { endsAt: visit.startsAt }, { detail: 'endsAt' }],
    ['of twelve hours', { startsAt: '2026-11-25T09:00:00.000Z', endsAt: '2026-11-25T21:00:00.000Z' }, { kind: 'visit' }],
    ['of a moment more', { startsAt: '2026-11-25T09:00:00.000Z', endsAt: '2026-11-25T21:00:00.001Z' }, { detail: 'endsAt' }],
    ['after another of theirs', { startsAt: '2026-11-24T12:00:00.000Z', endsAt: '2026-11-24T13:00:00.000Z' }, { kind: 'visit' }],
    ['before another of theirs', { startsAt: '2026-11-24T10:00:00.000Z', endsAt: '2026-11-24T11:00:00.000Z' }, { kind: 'visit' }],
    ['within another of theirs', { startsAt: '2026-11-24T11:15:00.000Z', endsAt: '2026-11-24T11:30:00.000Z' }, { code: 'conflict' }],
  ])('%s is planned or refused', (_when, change, expected) => {
    const other = { id: 'x', ticket: 9, startsAt: '2026-11-24T11:00:00.000Z', endsAt: '2026-11-24T12:00:00.000Z' }
    expect(planVisit(open, { ...visit, ...change }, { ...plain, others: [other] }, nadia)).toMatchObject(expected)
  })

  it('may be moved over its own time, and leaves a ticket that does not wait for it where it is', () => {
    const { ticket, visit: before } = planned()
    const own = [{ ...before, ticket: 10421 }]
    const later = { ...before, startsAt: '2026-11-24T09:30:00.000Z', endsAt: '2026-11-24T10:30:00.000Z', note: 'Plus tard.' }
    const then = done(moveVisit(ticket, before, later, { ...plain, others: own }, nadia))
    expect(then.journal[0]).toMatchObject({
      kind: 'visit',
      text: 'Plus tard.',
      detail: { visit: { step: 'moved', startsAt: later.startsAt } },
    })
    expect(then.ticket.waiting).toEqual({ since: nadia.now, what: { for: 'date', until: later.startsAt } })
    // The delay is to run on meanwhile, and what is taken along was said already.
    const goesOn = done(moveVisit(ticket, before, { ...later, note: before.note }, { ...plain, others: own, suspends: false }, nadia))
    expect([goesOn.ticket.status, goesOn.ticket.waiting, goesOn.journal[0]?.text, goesOn.visit.note]).toEqual([
      'in-progress',
      null,
      '',
      before.note,
    ])
    const waiting = accepted(wait(open, { for: 'user', remindAt: null }, '', nadia)).ticket
    const dated = accepted(wait(open, { for: 'date', until: '2027-01-04T09:00:00.000Z' }, '', nadia)).ticket
    for (const still of [open, waiting, dated]) {
      expect(done(planVisit(still, before, { ...plain, suspends: false }, nadia)).ticket.waiting).toEqual(still.waiting)
      expect(done(moveVisit(still, before, later, { ...plain, suspends: false }, nadia)).ticket.waiting).toEqual(still.waiting)
      expect(done(cancelVisit(still, before, '', plain.invited, nadia)).ticket).toMatchObject({
        status: still.status,
        waiting: still.waiting,
      })
      expect(done(visitAnswered(still, before, 'declined', '', { ...nadia, side: 'requester' })).ticket.status).toBe(still.status)
    }
    expect(done(moveVisit(open, before, later, plain, nadia)).ticket.status).toBe('waiting')
    const since = { since: '2026-11-20T09:00:00.000Z', what: { for: 'user', remindAt: null } } as const
    expect(done(planVisit({ ...waiting, waiting: since }, visit, plain, nadia)).ticket.waiting?.since).toBe(since.since)
  })

  it('is neither planned nor moved once the ticket is closed, nor moved once it is cancelled', () => {
    const { ticket, visit: before } = planned()
    const closed = accepted(closeTicket(ticket, 'Fait.', context)).ticket
    const no = (detail: string) => ({ kind: 'refused', code: 'conflict', detail })
    expect(planVisit(closed, visit, { ...plain, suspends: false }, nadia)).toEqual(no('ticket n° 10421 clos'))
    expect(moveVisit(closed, before, before, { ...plain, suspends: false }, nadia)).toEqual(no('ticket n° 10421 clos'))
    expect(moveVisit(ticket, { ...before, state: 'cancelled' }, before, plain, nadia)).toEqual(no('cette visite est annulée'))
    expect(moveVisit(ticket, before, { ...before, place: '' }, plain, nadia)).toMatchObject({ detail: 'place' })
    expect(cancelVisit(ticket, { ...before, state: 'cancelled' }, '', plain.invited, nadia)).toEqual(no('cette visite est déjà annulée'))
    const proposed = accepted(propose(open, 'Fait.', nadia)).ticket
    expect(planVisit(proposed, visit, plain, nadia)).toEqual(no('ticket n° 10421 en attente de l’avis de l’usager'))
    expect(moveVisit(proposed, before, before, plain, nadia)).toMatchObject(no('ticket n° 10421 en attente de l’avis de l’usager'))
    // What a clock cancels of a closed ticket leaves it as it was closed.
    expect(done(cancelVisit(closed, before, 'Clos.', plain.invited, nadia))).toMatchObject({
      ticket: { status: 'closed', closedHow: closed.closedHow },
      journal: [{ text: 'Clos.', detail: { visit: { step: 'cancelled' } } }, {}, {}],
    })
  })

  it('is answered by the requester before everybody, and by a colleague between us', () => {
    const { ticket, visit: before } = planned()
    const requester = { ...context, operatorName: 'Claire Dubois', side: 'requester' as const }
    const said = done(visitAnswered(ticket, before, 'tentative', ' Peut-être. ', requester))
    expect(said.journal).toMatchObject([
      { by: 'Claire Dubois', text: 'Peut-être.', visibility: 'public', detail: { visit: { step: 'tentative' } } },
    ])
    const read = publicLines(
      said.journal.map((line, id) => ({ ...line, id })),
      'Claire Dubois',
    )
    expect(read.map(({ kind }) => kind)).toEqual(['visitTentative'])
    const ours = done(visitAnswered(ticket, before, 'declined', '', nadia))
    expect([ours.visit.answer, ours.journal[0]?.visibility, ours.ticket.status]).toEqual([null, 'internal', 'in-progress'])
    expect(done(visitAnswered(ticket, { ...before, state: 'cancelled' }, 'declined', '', requester)).ticket.status).toBe('waiting')
  })

  it('invites those alone who can be written to, each in their own words', () => {
    const asked = { ...visit, startsAt: '2026-11-24T09:05:00.000Z' }
    const mails = (requester: Partial<typeof open.requester>, invited: Parameters<typeof planVisit>[2]['invited']) =>
      done(planVisit({ ...open, requester: { ...open.requester, ...requester } }, asked, { ...plain, invited }, nadia)).mails
    const both = mails({}, plain.invited)
    expect(both.map(({ event }) => event?.title)).toEqual(['Visite du guichet : Accès à Moodle', 'Visite n° 10421 : Claire Dubois'])
    expect(both[0]?.event?.invited).toEqual([
      { name: 'Claire Dubois', mail: 'claire.dubois@univ.example' },
      { name: 'Nadia Roussel', mail: 'nadia@univ.example' },
    ])
    expect(both[1]?.text).toContain('Claire Dubois, 05 61 55 12 34, claire.dubois@univ.example')
    expect(both[1]?.text).toContain('https://guichet.univ.example/console/tickets/10421')
    const alone = mails({ name: '', phone: null, email: null }, plain.invited)
    expect(alone.map(({ to, event }) => [to, event?.title, event?.invited])).toEqual([
      ['nadia@univ.example', 'Visite n° 10421 : Accès à Moodle', [{ name: 'Nadia Roussel', mail: 'nadia@univ.example' }]],
    ])
    expect(alone[0]?.text).not.toContain(', ,')
    expect(mails({}, { visitorMail: null }).map(({ event }) => event?.invited)).toEqual([
      [{ name: 'Claire Dubois', mail: 'claire.dubois@univ.example' }],
    ])
    expect(mails({}, { visitorMail: 'nadia@univ.example', formerMail: 'nadia@univ.example' })).toHaveLength(2)
    expect(mails({}, { visitorMail: 'nadia@univ.example', formerMail: null })).toHaveLength(2)
  })

  it('says to whoever is to go no more that it is taken back from them, in both languages', () => {
    const bilingual = { ...nadia, policy: { ...nadia.policy, mails: { ...nadia.policy.mails, languages: 'fr-en' as const } } }
    const invited = { visitorMail: 'karim@univ.example', formerMail: 'nadia@univ.example' }
    const { mails } = done(planVisit(open, visit, { ...plain, invited }, bilingual))
    const [, going, former] = mails.map(({ text }) => text)
    expect(former).toContain('annulée, prévue le mardi 24 novembre 2026, de 10 h 00 à 11 h 00')
    expect(former).toContain('cancelled, planned on Tuesday, 24 November 2026, from 10:00 to 11:00')
    expect(going).not.toMatch(/annulée|cancelled/)
    expect(going).toContain('on Tuesday, 24 November 2026, from 10:00 to 11:00')
  })
})
