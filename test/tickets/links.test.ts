import { describe, expect, it } from 'vitest'
import type { Ticket } from '../../server/contract/entities.ts'
import type { LinkKind } from '../../server/contract/ticket-states.ts'
import { closeTicket, contribute, openPreTicket, openTicket } from '../../server/tickets/decide.ts'
import { joinedLine, notOver, openChild, tellOver } from '../../server/tickets/light.ts'
import { type BeforeLink, type KnownLink, link, type Linked, refusalOf, unlink, type Unlinked } from '../../server/tickets/links.ts'
import { merge, sharedWith } from '../../server/tickets/merging.ts'
import { confirmRequest, unconfirmedIsOver } from '../../server/tickets/requests.ts'
import type { Refused, SignedEntry, TicketContext } from '../../server/tickets/model.ts'
import { accepted, command, context, nadia } from '../support/tickets.ts'

const later: TicketContext = { ...context, now: '2026-11-23T11:00:00.000Z' }
const numbered = (number: number, change: Partial<Ticket> = {}): Ticket => ({
  ...accepted(openTicket(command, { ...context, id: `t${number}`, number })).ticket,
  ...change,
})
const [one, two, three] = [numbered(1), numbered(2), numbered(3)]
const bound = (kind: LinkKind, from: Ticket, to: Ticket): KnownLink => ({ kind, fromId: from.id, toId: to.id })
const done = <Done extends Linked | Unlinked>(result: Done | Refused): Done => {
  if (result.kind === 'refused') throw new Error(result.detail)
  return result
}
const said = ({ journal }: Linked['from']) => journal.map(({ kind, detail }) => [kind, detail?.link])

describe('a link between two tickets', () => {
  it.each<readonly [string, LinkKind, Ticket, Ticket, readonly KnownLink[], string | null]>([
    ['of the same cause', 'same-cause', one, two, [], null],
    ['to itself', 'follows', one, one, [], 'ticket'],
    ['that is there', 'follows', one, two, [bound('follows', one, two)], 'le ticket n° 1 et le ticket n° 2 sont déjà liés ainsi'],
    [
      'that is there the other way',
      'follows',
      one,
      two,
      [bound('follows', two, one)],
      'le ticket n° 1 et le ticket n° 2 sont déjà liés ainsi',
    ],
    ['where another kind is there', 'follows', one, two, [bound('same-cause', one, two)], null],
    ['where others have it', 'follows', one, two, [bound('follows', one, three), bound('follows', three, two)], null],
    ['where others have it the other way', 'follows', one, two, [bound('follows', three, one), bound('follows', two, three)], null],
    [
      'to what is a duplicate itself',
      'duplicate-of',
      one,
      two,
      [bound('duplicate-of', two, three)],
      'le ticket n° 2 est lui-même un doublon : liez à l’original',
    ],
    ['to what has a duplicate', 'duplicate-of', one, two, [bound('duplicate-of', three, two)], null],
    ['to a duplicate, as of the same cause', 'same-cause', one, two, [bound('duplicate-of', two, three)], null],
    ['to what follows another, as a duplicate', 'duplicate-of', one, two, [bound('follows', two, three)], null],
    ['to a parent', 'child-of', one, two, [], null],
    ['to a parent of others', 'child-of', one, two, [bound('child-of', three, two)], null],
    ['of a child to a second parent', 'child-of', one, two, [bound('child-of', one, three)], 'le ticket n° 1 est déjà rattaché à un autre'],
    ['to a child as its parent', 'child-of', one, two, [bound('child-of', two, three)], 'le ticket n° 2 est lui-même rattaché à un autre'],
    ['of a parent to another one', 'child-of', one, two, [bound('child-of', three, one)], 'd’autres tickets sont rattachés au ticket n° 1'],
    [
      'of what follows another to a parent',
      'child-of',
      one,
      two,
      [bound('follows', one, three), bound('follows', two, three), bound('follows', three, one)],
      null,
    ],
    ['to a parent that is closed', 'child-of', one, { ...two, status: 'closed' }, [], 'le ticket n° 2 est clos'],
    ['to one that is closed, which it follows', 'follows', one, { ...two, status: 'closed' }, [], null],
    ['of a child, as of the same cause', 'same-cause', one, two, [bound('child-of', one, three)], null],
  ])('%s is made or refused', (_what, kind, from, to, known, why) => {
    const refusal = refusalOf(kind, from, to, known)
    expect(refusal?.detail ?? null).toBe(why)
    if (why !== null) {
      expect(refusal?.code).toBe(why === 'ticket' ? 'invalid_body' : 'conflict')
      expect(link(kind, from, to, known, context)).toEqual(refusal)
    }
  })

  it('stands in both journals and changes neither, but for a child', () => {
    const linked = done(link('follows', one, two, [], later))
    expect([linked.from.ticket, linked.to.ticket, linked.before]).toEqual([one, two, null])
    expect(said(linked.from)).toEqual([['linked', { kind: 'follows', ticket: 2, outward: true }]])
    expect(said(linked.to)).toEqual([['linked', { kind: 'follows', ticket: 1, outward: false }]])
    const unlinked = done(unlink('follows', one, two, null, later))
    expect([unlinked.kind, unlinked.from.ticket, unlinked.to.ticket]).toEqual(['unlinked', one, two])
    expect(said(unlinked.from)).toEqual([['unlinked', { kind: 'follows', ticket: 2, outward: true }]])
    expect(said(unlinked.to)).toEqual([['unlinked', { kind: 'follows', ticket: 1, outward: false }]])
  })

  it('makes a child wait for its parent, with the parent’s owner where it had none, and back where it was once undone', () => {
    const child = { ...accepted(openPreTicket(command, { ...context, id: 't4', number: 4 })).ticket }
    const linked = done(link('child-of', child, two, [], later))
    expect(linked.from.ticket).toMatchObject({
      status: 'waiting',
      light: true,
      owner: two.owner,
      waiting: { since: later.now, what: { for: 'parent', ticket: 2 } },
    })
    expect(linked.before).toEqual({ status: 'pre-ticket', owner: null, groupId: null, waiting: null, solution: null })
    const undone = done(unlink('child-of', linked.from.ticket, two, linked.before, { ...later, now: '2026-11-23T12:00:00.000Z' })).from
      .ticket
    expect(undone).toMatchObject({
      status: 'pre-ticket',
      owner: null,
      waiting: null,
      statusSince: '2026-11-23T12:00:00.000Z',
      touchedAt: '2026-11-23T12:00:00.000Z',
    })
    expect(undone.light).toBeUndefined()
    const owned = done(link('child-of', { ...one, owner: { id: 'nadia', name: 'Nadia' } }, two, [], later))
    expect(owned.from.ticket.owner).toEqual({ id: 'nadia', name: 'Nadia' })
  })

  it('undone, a child that was born with it is level 1’s, and one that has gone on keeps what it has become', () => {
    const born = accepted(
      openChild(two, { requester: command.requester, text: '', medium: 'phone', callId: null }, { ...context, id: 't5', number: 5 }),
    ).ticket
    expect(done(unlink('child-of', born, two, null, later)).from.ticket).toMatchObject({ status: 'new', owner: null, waiting: null })
    const gone = done(unlink('child-of', { ...one, light: true }, two, null, later)).from.ticket
    expect(gone).toEqual({ ...one, clock: gone.clock })
    const known: BeforeLink = { status: 'new', owner: null, groupId: null, waiting: null, solution: null }
    expect(done(unlink('child-of', { ...one, light: true }, two, known, later)).from.ticket.status).toBe('in-progress')
    expect(unlink('child-of', { ...born, status: 'in-progress' }, two, null, later)).toMatchObject({ kind: 'refused', code: 'conflict' })
  })

  it('cannot be made of what cannot wait', () => {
    expect(link('child-of', { ...one, status: 'closed' }, two, [], later)).toMatchObject({ kind: 'refused', code: 'conflict' })
  })
})

describe('two tickets that become one', () => {
  it('close the duplicate with a word to its requester, and say on the other what it was about', () => {
    const merged = done(merge(one, two, [], true, later))
    const text = 'Cette demande est traitée avec la demande n° 2, faite pour la même raison. Vous recevrez ici ce qui en sera dit.'
    expect(merged.from.ticket).toMatchObject({ status: 'closed', solution: text, closedHow: 'level1', closedAt: later.now })
    expect(merged.from.journal.map(({ kind, text: line, visibility, detail }) => [kind, line, visibility, detail])).toEqual([
      ['linked', '', 'internal', { link: { kind: 'duplicate-of', ticket: 2, outward: true } }],
      ['closed', text, 'public', { how: 'level1' }],
      ['mail', 'Courriel de clôture à claire.dubois@univ.example', 'internal', null],
    ])
    expect(merged.from.mails.map(({ kind }) => kind)).toEqual(['closed'])
    expect(merged.to.ticket).toMatchObject({ status: 'in-progress', touchedAt: later.now })
    expect(merged.to.journal.map(({ kind, text: line, detail }) => [kind, line, detail])).toEqual([
      ['linked', '', { link: { kind: 'duplicate-of', ticket: 1, outward: false } }],
      ['contribution', 'Demande n° 1 de Claire Dubois : Trois vacataires ne voient pas le cours.', null],
    ])
    expect(merged.before).toMatchObject({ status: 'in-progress', owner: one.owner, proposal: null, closedHow: null, closedAt: null })
  })

  it('promise nothing more where messages are not shared, and write to nobody who has not confirmed', () => {
    const nameless = { ...one, summary: '', requester: { ...one.requester, name: '' }, unconfirmed: true, status: 'pre-ticket' as const }
    const merged = done(merge(nameless, two, [], false, nadia))
    expect(merged.from.ticket.solution).toBe('Cette demande est traitée avec la demande n° 2, faite pour la même raison.')
    expect(merged.from.ticket.closedHow).toBe('level2')
    expect(merged.from.mails).toEqual([])
    expect(merged.to.journal.at(-1)?.text).toBe('Demande n° 1 de quelqu’un : Accès à Moodle')
  })

  it.each<readonly [string, Ticket, Ticket, readonly KnownLink[], string]>([
    ['linked so already', one, two, [bound('duplicate-of', one, two)], 'le ticket n° 1 et le ticket n° 2 sont déjà liés ainsi'],
    ['where the other is closed', one, { ...two, status: 'closed' }, [], 'le ticket n° 2 est clos'],
    ['where others hang on the duplicate', one, two, [bound('child-of', three, one)], 'd’autres tickets sont rattachés au n° 1'],
    ['where it is closed itself', { ...one, status: 'closed' }, two, [], 'ticket n° 1 clos'],
  ])('are not made of tickets %s', (_what, from, into, known, detail) => {
    expect(merge(from, into, known, true, later)).toEqual({ kind: 'refused', code: 'conflict', detail })
  })

  it('may be one where others hang on the other, or it on another', () => {
    expect(merge(one, two, [bound('child-of', three, two), bound('child-of', one, three)], true, later).kind).toBe('linked')
    expect(merge(one, two, [bound('follows', three, one)], true, later).kind).toBe('linked')
  })

  it('are two again as they were, as long as nobody has touched the duplicate', () => {
    const { from, before } = done(merge(one, two, [], true, later))
    const evening = { ...later, now: '2026-11-23T15:00:00.000Z' }
    const apart = (ticket: Ticket, known: BeforeLink | null, untouched?: boolean) =>
      done(unlink('duplicate-of', ticket, two, known, evening, untouched)).from.ticket
    expect(apart(from.ticket, before)).toMatchObject({
      status: 'in-progress',
      solution: null,
      closedHow: null,
      closedAt: null,
      statusSince: evening.now,
      touchedAt: evening.now,
    })
    // Its delays have run on: a merge that is taken back gives nobody more time.
    expect(apart(from.ticket, before).clock?.solve).toMatchObject({
      startedAt: one.clock?.solve?.startedAt,
      dueAt: one.clock?.solve?.dueAt,
    })
    const { proposal: _proposal, closedHow: _how, closedAt: _at, ...old } = before ?? three
    expect(apart(from.ticket, old)).toMatchObject({ status: 'in-progress', proposal: null, closedHow: null, closedAt: null })
    expect(apart(from.ticket, before, false).status).toBe('closed')
    expect(apart(from.ticket, null).status).toBe('closed')
    expect(apart({ ...one, status: 'reopened' }, before).status).toBe('reopened')
    expect(done(unlink('same-cause', from.ticket, two, before, evening)).from.ticket.status).toBe('closed')
  })

  it('share what is written to the requester of one with that of the other', () => {
    const line = (kind: SignedEntry['kind'], text: string, more: Partial<SignedEntry> = {}): SignedEntry => ({
      at: later.now,
      by: 'Alice Martin',
      byId: 'alice',
      kind,
      text,
      visibility: 'public',
      detail: null,
      cites: null,
      ...more,
    })
    const jean = { ...one, requester: { ...one.requester, email: 'jean@univ.example' } }
    const shared = sharedWith(
      jean,
      two,
      [
        line('contribution', 'Un.'),
        line('contribution', 'Entre nous.', { visibility: 'internal' }),
        line('contribution', ''),
        line('contribution', 'Venu d’ailleurs.', { detail: { shared: 7 } }),
        line('taken-up', 'Pris.'),
        line('proposed', 'Deux.', { detail: {} }),
        line('closed', 'Trois.'),
        line('reopened', 'Quatre.'),
      ],
      later,
    )
    expect(shared).toMatchObject({ kind: 'accepted', mails: [{ kind: 'progress', to: 'jean@univ.example' }] })
    expect(accepted(shared).journal[0]).toMatchObject({
      kind: 'contribution',
      text: 'Un.\n\nDeux.\n\nTrois.\n\nQuatre.',
      visibility: 'public',
      detail: { shared: 2 },
    })
    const told = [line('contribution', 'Un.')]
    expect(sharedWith(jean, two, [line('taken-up', 'Pris.')], later)).toBeNull()
    expect(sharedWith({ ...jean, unconfirmed: true }, two, told, later)).toBeNull()
    expect(sharedWith({ ...one, requester: { ...one.requester, email: 'Claire.DUBOIS@univ.example' } }, two, told, later)).toBeNull()
    // What the other's requester wrote is theirs; that they closed it is told in the desk's words and name.
    const theirs = { by: 'Zoé Petit', byId: 'sample:zoe' }
    const zoe = { ...two, requester: { ...two.requester, personId: 'sample:zoe' } }
    expect(sharedWith(jean, zoe, [line('contribution', 'Mon code est 4321.', theirs)], later)).toBeNull()
    expect(sharedWith(jean, two, [line('reopened', 'Toujours rien chez moi.', { ...theirs, byId: 'requester' })], later)).toBeNull()
    const ended = accepted(sharedWith(jean, zoe, [line('closed', 'Plus besoin, j’ai démissionné.', theirs)], later))
    expect(ended.journal[0]).toMatchObject({ text: 'La demande n° 2 est close.', by: 'Guichet unique', byId: 'guichet' })
    expect(ended.mails[0]?.text).not.toMatch(/Zoé|démissionné/)
    const both = [line('contribution', 'Mon code est 4321.', theirs), line('contribution', 'C’est changé demain.')]
    expect(accepted(sharedWith(jean, zoe, both, later)).journal[0]).toMatchObject({ text: 'C’est changé demain.', byId: 'alice' })
    const unwritten = { ...one.requester, email: null }
    expect(accepted(sharedWith({ ...one, requester: unwritten }, { ...two, requester: unwritten }, told, later)).mails).toEqual([])
    expect(accepted(sharedWith(jean, { ...two, requester: unwritten }, told, later)).mails).toHaveLength(1)
  })
})

describe('a light child', () => {
  const parent: Ticket = {
    ...two,
    title: 'Wifi coupé',
    urgency: 'high',
    impact: 'high',
    priority: 2,
    nature: 'Réseau',
    categoryId: 'net',
    placeId: 'b12',
  }
  const opening = { ...context, id: 'c', number: 50, now: later.now }
  const joiner = {
    requester: { personId: 'p7', name: 'Jean\nRoux', email: 'jean@univ.example', phone: '05\n61' },
    text: ' Chez moi aussi. ',
    medium: 'phone',
    callId: 'call-9',
  } as const

  it('is born waiting, of the parent’s making, with its requester’s own words', () => {
    const born = accepted(openChild(parent, joiner, opening))
    expect(born.ticket).toEqual({
      ...parent,
      id: 'c',
      number: 50,
      summary: 'Chez moi aussi.',
      status: 'waiting',
      requester: { personId: 'p7', name: 'Jean Roux', email: 'jean@univ.example', phone: '05 61' },
      callId: 'call-9',
      openedAt: later.now,
      waiting: { since: later.now, what: { for: 'parent', ticket: 2 } },
      statusSince: later.now,
      touchedAt: later.now,
      clock: born.ticket.clock,
      light: true,
    })
    expect(born.journal.map(({ kind, text, visibility, detail }) => [kind, text, visibility, detail])).toEqual([
      ['opened', 'Chez moi aussi.', 'public', null],
      ['linked', '', 'internal', { link: { kind: 'child-of', ticket: 2, outward: true } }],
      ['mail', 'Courriel de rattachement à jean@univ.example', 'internal', null],
    ])
    expect(joinedLine(born.ticket, later)).toMatchObject({
      kind: 'linked',
      text: '',
      detail: { link: { kind: 'child-of', ticket: 50, outward: false } },
    })
    const silent = accepted(
      openChild({ ...parent, owner: null }, { ...joiner, text: '', requester: { ...joiner.requester, phone: null } }, opening),
    )
    expect(silent.ticket).toMatchObject({ owner: { id: 'alice', name: 'Alice Martin' }, summary: '', requester: { phone: null } })
    expect(silent.journal[0]?.text).toBe('Wifi coupé')
  })

  it.each([
    ['La borne est changée.', 'La borne est changée.', 'over'],
    [' ', 'La perturbation est terminée.', 'over'],
    ['', 'La perturbation annoncée n’aura pas lieu.', 'called-off'],
    ['', 'C’est résolu.', 'parent-solved'],
  ] as const)('is told of the end: « %s »', (text, answer, kind) => {
    const child = accepted(openChild(parent, joiner, opening)).ticket
    const told = accepted(tellOver(child, text, kind, later))
    expect(told.ticket).toMatchObject({
      status: 'solution-proposed',
      solution: answer,
      // Five working days after a Monday.
      proposal: { at: later.now, remindAt: null, closesAt: '2026-11-30T11:00:00.000Z' },
      light: true,
    })
    expect(told.journal[0]).toMatchObject({ kind: 'proposed', text: answer, visibility: 'public' })
    expect(told.mails.map((mail) => mail.kind)).toEqual([kind])
    expect(told.mails[0]?.text).toContain(answer)
    expect(told.mails[0]?.text).toContain('https://g.example/avis/50')
  })

  it('of whoever is not known asks first whether the address is theirs, is told nothing before, and is over without a word when nobody says so', () => {
    const [asked, silent] = (['ask', 'asked'] as const).map((unsure) => accepted(openChild(parent, { ...joiner, unsure }, opening)))
    expect(asked?.ticket).toMatchObject({ status: 'waiting', light: true, unconfirmed: true })
    expect(asked?.mails.map(({ kind }) => kind)).toEqual(['confirm-follow'])
    expect(asked?.mails[0]?.text).toContain('https://guichet.univ.example/demandes/50/confirmer')
    expect(silent?.mails).toEqual([])
    const child = asked?.ticket ?? one
    expect(tellOver(child, 'Fini.', 'over', later)).toBeNull()
    const added = accepted(contribute(child, 'Encore une heure.', later, { visibility: 'public' }))
    expect([added.ticket.unconfirmed, added.ticket.light, added.mails]).toEqual([true, true, []])

    const requester = { ...later, by: 'requester', operatorName: 'Jean Roux', side: 'requester' as const }
    const clock = { ...later, side: 'clock' as const }
    const confirmed = accepted(confirmRequest(child, requester, 2))
    expect(confirmed.ticket).toMatchObject({ status: 'waiting', unconfirmed: false, light: true, waiting: child.waiting })
    expect(accepted(tellOver(confirmed.ticket, 'Fini.', 'over', later)).mails.map(({ kind }) => kind)).toEqual(['over'])

    expect(unconfirmedIsOver(child, clock)).toBeNull()
    const over = accepted(unconfirmedIsOver(child, { ...clock, now: '2026-12-23T09:00:00.000Z' }))
    expect([over.ticket.status, over.ticket.closedHow, over.mails]).toEqual(['closed', 'expired', []])
    // Heard of late, it waits for its parent again.
    const late = accepted(confirmRequest(over.ticket, { ...requester, now: '2026-12-28T10:00:00.000Z' }, 2)).ticket
    expect(late).toMatchObject({ status: 'waiting', unconfirmed: false, light: true, waiting: { what: { for: 'parent', ticket: 2 } } })
  })

  it('that does not wait for its parent any more is told nothing', () => {
    expect(tellOver(one, 'Fini.', 'over', later)).toBeNull()
    expect(
      tellOver({ ...one, status: 'waiting', waiting: { since: later.now, what: { for: 'user', remindAt: null } } }, 'Fini.', 'over', later),
    ).toBeNull()
  })

  it('is a ticket of its own for whom it is not over, who says why', () => {
    const child = accepted(openChild(parent, joiner, opening)).ticket
    expect(notOver(child, ' \n', null, later)).toEqual({ kind: 'refused', code: 'invalid_body', detail: 'reason' })
    const own = accepted(notOver(child, 'Toujours rien.', 'call-10', later))
    expect(own.ticket).toMatchObject({ status: 'new', owner: null, waiting: null, solution: null })
    expect(own.ticket.light).toBeUndefined()
    expect(own.journal).toMatchObject([{ kind: 'refused', text: 'Toujours rien.', visibility: 'public', detail: { callId: 'call-10' } }])
    const told = accepted(tellOver(child, 'Fini.', 'over', later)).ticket
    expect(accepted(notOver(told, 'Toujours rien.', null, later))).toMatchObject({
      ticket: { status: 'new', solution: null },
      journal: [{ detail: null }],
    })
    expect(notOver(accepted(closeTicket(one, 'Fait.', context)).ticket, 'Non.', null, later)).toMatchObject({ code: 'conflict' })
  })
})
