import { describe, expect, it } from 'vitest'
import { closeTicket, contribute, openTicket, takeUp } from '../../server/tickets/decide.ts'
import { addObserver, removeObserver, withConcerned, withObservers, type Watcher } from '../../server/tickets/observers.ts'
import { redirect } from '../../server/tickets/handing.ts'
import { accept, propose, refuse, reopen } from '../../server/tickets/solving.ts'
import { accepted, command, context, nadia } from '../support/tickets.ts'

const karim: Watcher = { id: 'karim', name: 'Karim Haddad', staff: true, mail: 'karim@univ.example' }
const claire: Watcher = { id: 'sample:claire', name: 'Claire Dubois', staff: false, mail: 'claire@univ.example' }
const all = [karim, claire]
const { ticket } = accepted(openTicket(command, context))
const told = (decision: Parameters<typeof accepted>[0], watchers = all, by = context) =>
  withObservers(accepted(decision), watchers, by).mails.filter(({ kind }) => kind === 'observed' || kind === 'watched')
const dsrt = { id: 'dsrt', name: 'dSRT', mail: 'dsrt@univ.example' }

describe('who watches a ticket', () => {
  it('is told what it is about when somebody else puts them in copy, and the journal says who did', () => {
    const added = accepted(addObserver(ticket, claire, context))
    expect(added.mails).toMatchObject([{ kind: 'observed', to: claire.mail }])
    expect(added.mails[0]?.text).toContain('Trois vacataires')
    expect(added.journal).toMatchObject([
      { kind: 'observer', text: 'Claire Dubois', visibility: 'internal', detail: { observer: { step: 'added', own: false } } },
      { kind: 'mail', text: 'Courriel en copie à claire@univ.example' },
    ])
    expect(added.ticket).toMatchObject({ status: ticket.status, touchedAt: ticket.touchedAt })
    const own = accepted(addObserver(ticket, { ...karim, id: context.by }, context))
    expect([own.mails, own.journal[0]?.detail]).toEqual([[], { observer: { id: context.by, step: 'added', own: true } }])
    expect(accepted(removeObserver(ticket, claire, context))).toMatchObject({
      mails: [],
      journal: [{ detail: { observer: { step: 'removed' } } }],
    })
  })

  it('is not the requester, who is written to already', () => {
    const theirs = { ...ticket, requester: { ...ticket.requester, personId: claire.id } }
    expect(addObserver(theirs, claire, context)).toMatchObject({ kind: 'refused', code: 'conflict' })
  })

  it.each([
    ['a public contribution', contribute(ticket, 'Le cours est ouvert.', context, { visibility: 'public' }), ['karim', 'claire']],
    ['an internal one', contribute(ticket, 'Mot de passe du serveur changé.', context), ['karim']],
    ['a redirection with its reason', redirect(ticket, dsrt, 'C’est une prise.', context), ['karim']],
    ['a solution to confirm', propose(ticket, 'Droits rendus.', nadia), ['karim', 'claire']],
    ['the closing', closeTicket(ticket, 'Droits rendus.', context), ['karim', 'claire']],
    ['who takes it up', takeUp({ ...ticket, status: 'new', owner: null }, context), []],
  ])('hears of %s as is theirs to hear', (_what, decision, whom) => {
    expect(told(decision).map(({ to }) => to)).toEqual(whom.map((who) => `${who}@univ.example`))
  })

  it('reads the way to the ticket when they work here, and none when they do not', () => {
    const [staff, outside] = told(contribute(ticket, 'Le cours est ouvert.', context, { visibility: 'public' }))
    expect([staff?.kind, outside?.kind]).toEqual(['watched', 'observed'])
    expect(staff?.text).toContain('/console/tickets/10421')
    expect(outside?.text).toContain('Le cours est ouvert.')
    expect(outside?.text).not.toMatch(/https?:/)
  })

  it('hears of the requester’s « yes » too, which has no words of its own', () => {
    const proposed = accepted(propose(ticket, 'Droits rendus.', nadia)).ticket
    const [staff] = told(accept(proposed, null, { ...context, side: 'requester', by: 'requester', operatorName: 'Luc Benali' }))
    expect(staff?.text).toContain('La demande est close.')
  })

  it('and whoever worked on it hear of the closing once each, except whoever closes it', () => {
    const alice: Watcher = { id: 'alice', name: 'Alice Martin', staff: true, mail: 'alice@univ.example' }
    const closed = accepted(closeTicket(ticket, 'Droits rendus.', { ...nadia }))
    const told = withObservers(
      withConcerned(closed, [alice, karim, { ...alice, id: 'nadia', mail: 'nadia@univ.example' }], nadia),
      [karim],
      nadia,
    )
    const staff = told.mails.filter(({ to }) => to !== ticket.requester.email)
    expect(staff.map(({ kind, to }) => [kind, to])).toEqual([
      ['closed-staff', 'alice@univ.example'],
      ['closed-staff', 'karim@univ.example'],
    ])
    expect(staff[0]?.text).toMatch(/close par Nadia Roussel[^]*Droits rendus\.[^]*console\/tickets\/10421/)
    expect(withConcerned(accepted(contribute(ticket, 'Vu.', context)), [alice], context).mails).toEqual([])
  })

  it('and to whom a ticket comes back, that its solution is refused and why, but nobody else who worked on it', () => {
    const alice: Watcher = { id: 'alice', name: 'Alice Martin', staff: true, mail: 'alice@univ.example' }
    const proposed = accepted(propose(ticket, 'Droits rendus.', context)).ticket
    expect(proposed.owner?.id).toBe(alice.id)
    const requester = { ...context, side: 'requester', by: 'requester', operatorName: 'Luc Benali' } as const
    const refusal = accepted(refuse(proposed, 'Deux étudiants n’entrent toujours pas.', null, requester))
    const told = withConcerned(refusal, [alice, karim], requester)
    expect(told.mails.map(({ kind, to }) => [kind, to])).toEqual([['refused-staff', alice.mail]])
    expect(told.mails[0]?.text).toMatch(/Deux étudiants n’entrent toujours pas\.[^]*console\/tickets\/10421/)
    expect(told.journal.at(-1)).toMatchObject({ kind: 'mail', text: `Courriel de retour, en interne, à ${alice.mail}` })
    // Noted on the telephone by who has it: they know.
    expect(withConcerned(accepted(refuse(proposed, 'Non.', 'call', { ...context, by: alice.id })), [alice], context).mails).toEqual([])
    expect(withObservers(told, [alice], requester).mails).toHaveLength(1)
  })

  it('and to whom a closed one comes back, that it was opened again and why', () => {
    const alice: Watcher = { id: 'alice', name: 'Alice Martin', staff: true, mail: 'alice@univ.example' }
    const closed = accepted(closeTicket(accepted(propose(ticket, 'Droits rendus.', context)).ticket, null, context)).ticket
    const requester = { ...context, side: 'requester', by: 'requester', operatorName: 'Luc Benali' } as const
    const again = withConcerned(accepted(reopen(closed, 'De nouveau rien ce matin.', requester)), [alice, karim], requester)
    expect(again.mails.map(({ kind, to }) => [kind, to])).toEqual([
      ['reopened', ticket.requester.email],
      ['refused-staff', alice.mail],
    ])
    expect(again.mails[1]?.text).toMatch(/n’est pas résolue : elle vous revient\.[^]*De nouveau rien ce matin\./)
    expect(withConcerned(accepted(reopen(closed, 'À revoir.', { ...context, by: alice.id })), [alice], context).mails).toHaveLength(1)
  })

  it('is not told of what they wrote, nor twice when they are named in it, nor of a request that nobody has confirmed', () => {
    const written = contribute(ticket, 'Vu.', context)
    expect(told(written, [{ ...karim, id: context.by }])).toEqual([])
    const named = contribute(ticket, '@karim : vu ?', context, { mentions: [{ id: 'karim', name: karim.name, mail: karim.mail }] })
    expect(told(named, [karim])).toEqual([])
    const unconfirmed = contribute({ ...ticket, status: 'pre-ticket', owner: null, unconfirmed: true }, 'Qui êtes-vous ?', context, {
      visibility: 'public',
    })
    expect(told(unconfirmed).map(({ to }) => to)).toEqual([karim.mail])
    expect(told(written, [{ ...karim, mail: null }])).toEqual([])
  })
})
