import { describe, expect, it } from 'vitest'
import type { Person, Role } from '../../server/contract/entities.ts'
import { automatic, type MailMarks } from '../../server/tickets/automatic.ts'
import { openTicket } from '../../server/tickets/decide.ts'
import { failuresIn } from '../../server/tickets/delivery-report.ts'
import { type IncomingMail, judge, type Known, numberIn } from '../../server/tickets/incoming.ts'
import { accepted, command, context } from '../support/tickets.ts'

const marks: MailMarks = {
  autoSubmitted: null,
  precedence: null,
  suppress: null,
  autoReply: false,
  list: false,
  noReturn: false,
  report: false,
  ours: false,
}
const claire: Person = {
  id: 'p1',
  name: 'Claire Dubois',
  email: 'claire.dubois@univ.example',
  phones: [],
  affiliation: 'staff',
  unit: null,
  place: null,
  title: null,
}
const mail: IncomingMail = {
  from: { name: 'Claire D.', address: 'Claire.Dubois@univ.example' },
  subject: 'Wifi en panne',
  text: 'Bonjour,\nplus de wifi.',
  files: 0,
  marks,
}
const nobody: Known = { proved: null, named: null, account: null, person: null, concerned: false, personAt: () => null, lastHour: 0 }
const ticket = accepted(openTicket(command, context)).ticket
const account = (role: Role) => ({ id: 'bruno', name: 'Bruno Petit', role })
const from = (address: string, name = '') => ({ from: { name, address } })
const verdict = (change: Partial<IncomingMail> = {}, known: Partial<Known> = {}) => judge({ ...mail, ...change }, { ...nobody, ...known })

describe('who, or what, wrote a mail', () => {
  it.each<readonly [string, Partial<MailMarks>, string | null, string | null]>([
    ['a person', {}, 'claire@univ.example', null],
    ['this service', { ours: true, report: true }, 'claire@univ.example', 'ours'],
    ['a mail server, about a delivery', { report: true, noReturn: true }, 'claire@univ.example', 'report'],
    ['a machine that says so', { autoSubmitted: 'auto-replied' }, 'claire@univ.example', 'auto-submitted'],
    ['a person’s program that says it is no machine', { autoSubmitted: ' No ' }, 'claire@univ.example', null],
    ['the same with a remark', { autoSubmitted: 'no; a=b' }, 'claire@univ.example', null],
    ['the same with a comment', { autoSubmitted: 'no (by hand)' }, 'claire@univ.example', null],
    ['a machine whose word begins alike', { autoSubmitted: 'notification' }, 'claire@univ.example', 'auto-submitted'],
    ['an answering machine', { autoReply: true }, 'claire@univ.example', 'auto-reply'],
    ['what wants no answer at all', { suppress: 'DR, All' }, 'claire@univ.example', 'auto-reply'],
    ['what wants no notice of delivery', { suppress: 'DR, Small' }, 'claire@univ.example', null],
    ['what nobody can return', { noReturn: true }, 'claire@univ.example', 'no-return'],
    ['a mass mailing', { precedence: ' Bulk ' }, 'claire@univ.example', 'bulk'],
    ['a list’s machine', { precedence: 'list' }, 'claire@univ.example', 'bulk'],
    ['a first-class mail', { precedence: 'first-class' }, 'claire@univ.example', null],
    ['a mail that is not quite bulk', { precedence: 'bulky' }, 'claire@univ.example', null],
    ['another one', { precedence: 'no bulk' }, 'claire@univ.example', null],
    ['a list', { list: true }, 'claire@univ.example', 'list'],
    ['nobody', {}, null, 'no-sender'],
    ['a mail server', {}, 'MAILER-DAEMON@univ.example', 'robot'],
    ['an address that takes no answer', {}, 'no-reply@univ.example', 'robot'],
    ['the same in one word', {}, 'noreply@univ.example', 'robot'],
    ['the same in French', {}, 'ne_pas_repondre@univ.example', 'robot'],
    ['the same in French, in one word', {}, 'nepasrepondre@univ.example', 'robot'],
    ['the same in full', {}, 'do.not.reply@univ.example', 'robot'],
    ['the same in full, in one word', {}, 'donotreply@univ.example', 'robot'],
    ['one of several such', {}, 'noreply-moodle@univ.example', 'robot'],
    ['what counts its returns', {}, 'bounces+claire=univ.example@lists.example', 'robot'],
    ['what counts its returns, plainly', {}, 'bounce@lists.example', 'robot'],
    ['somebody whose name begins alike', {}, 'norman.reply@univ.example', null],
    ['somebody whose name ends alike', {}, 'jean-automate@univ.example', null],
    ['somebody whose name goes on', {}, 'automate2@univ.example', null],
  ])('%s', (_who, change, address, expected) => {
    expect(automatic({ ...marks, ...change }, address)).toBe(expected)
  })
})

describe('the number in a subject', () => {
  it.each([
    ['Re: [Guichet unique n°10421] Wifi', 10421],
    ['[guichet unique N° 7]', 7],
    ['[Guichet unique n°\u00a0123456789] Wifi', 123456789],
    ['Guichet unique n°10421', null],
    ['[Guichet unique n°1234567890]', null],
    ['[Guichet unique n°]', null],
  ])('of « %s » is %s', (subject, number) => {
    expect(numberIn(subject, 'Guichet unique')).toBe(number)
  })

  it('is known by what subjects begin with now, and by what they began with at first, not by another desk’s', () => {
    expect(numberIn('RE: [Support (DSI) n°42] Wifi', 'Support (DSI)')).toBe(42)
    expect(numberIn('RE: [guichet unique n°42] Wifi', 'Support (DSI)')).toBe(42)
    expect(numberIn('TR: [Guichet RH n°7] [Support (DSI) n°42] Wifi', 'Support (DSI)')).toBe(42)
    expect(numberIn('[Guichet RH n°7] Wifi', 'Support (DSI)')).toBeNull()
  })
})

describe('a mail that comes in', () => {
  it('by a machine makes nothing; through a list, it may prove that it answers one of ours', () => {
    expect(verdict({ marks: { ...marks, autoReply: true } }, { proved: ticket })).toEqual({ kind: 'ignored', why: 'auto-reply' })
    expect(verdict({ marks: { ...marks, list: true } })).toEqual({ kind: 'ignored', why: 'list' })
    expect(verdict({ marks: { ...marks, list: true } }, { proved: ticket })).toMatchObject({ kind: 'added', as: 'requester' })
    expect(verdict({ from: null })).toEqual({ kind: 'ignored', why: 'no-sender' })
    expect(verdict({ from: null, marks: { ...marks, list: true } }, { proved: ticket })).toEqual({ kind: 'ignored', why: 'no-sender' })
  })

  it.each<readonly [string, Partial<Known>, boolean]>([
    ['the twentieth', { lastHour: 19 }, false],
    ['the twenty-first', { lastHour: 20 }, true],
    ['the twenty-first that proves what it answers', { lastHour: 20, proved: ticket }, true],
    ['a colleague’s twenty-first', { lastHour: 20, account: account('operator') }, false],
    ['the twenty-first of somebody with an account and no part in the desk', { lastHour: 20, account: account('user') }, true],
  ])('of one address within the hour, %s is held back or not', (_which, known, held) => {
    expect(verdict({}, known).kind === 'held').toBe(held)
  })

  it.each<readonly [string, Partial<IncomingMail>, Partial<Known>, string]>([
    ['its requester, by address, whatever the case', {}, {}, 'requester'],
    ['its requester, by who has the address', from('claire@perso.example'), { person: claire }, 'requester'],
    ['somebody else of the directory', from('jean@univ.example'), { person: { ...claire, id: 'p2' } }, 'opened'],
    ['somebody unknown', from('jean@univ.example'), {}, 'opened'],
    ['a colleague who follows it', from('bruno@univ.example'), { account: account('referent'), concerned: true }, 'staff'],
    ['a colleague who has nothing to do with it', from('bruno@univ.example'), { account: account('referent') }, 'opened'],
    [
      'somebody with an account and no part in the desk',
      from('bruno@univ.example'),
      { account: account('user'), concerned: true },
      'opened',
    ],
  ])('that names a ticket joins it from %s, or is a new one', (_who, change, known, as) => {
    const found = verdict(change, { named: ticket, ...known })
    expect(found.kind === 'added' ? found.as : found.kind).toBe(as)
  })

  it.each<readonly [string, Partial<IncomingMail>, Partial<Known>, object]>([
    ['its requester', {}, {}, { as: 'requester', visibility: 'public', text: 'Bonjour,\nplus de wifi.' }],
    ['a colleague', from('bruno@univ.example'), { account: account('level2') }, { as: 'staff', visibility: 'internal' }],
    [
      'a colleague who says that it is public',
      { ...from('bruno@univ.example'), text: '#Public\nC’est rétabli.' },
      { account: account('level2') },
      { as: 'staff', visibility: 'public', text: 'C’est rétabli.' },
    ],
    [
      'a colleague who says so in brackets',
      { ...from('bruno@univ.example'), text: ' [ public ]\nC’est rétabli.' },
      { account: account('administrator') },
      { as: 'staff', visibility: 'public', text: 'C’est rétabli.' },
    ],
    [
      'a colleague who says so of nothing',
      { ...from('bruno@univ.example'), text: '#public' },
      { account: account('supervisor') },
      { as: 'staff', visibility: 'public', text: '(Courriel sans texte.)' },
    ],
    [
      'a colleague who writes of what is public',
      { ...from('bruno@univ.example'), text: '#public annonce\nC’est rétabli.' },
      { account: account('operator') },
      { as: 'staff', visibility: 'internal', text: '#public annonce\nC’est rétabli.' },
    ],
    [
      'a colleague who says so further down',
      { ...from('bruno@univ.example'), text: 'Vu.\n#public\nC’est rétabli.' },
      { account: account('operator') },
      { as: 'staff', visibility: 'internal', text: 'Vu.\n#public\nC’est rétabli.' },
    ],
    [
      'anybody else, who may say what they like',
      { ...from('jean@univ.example'), text: '#public\nMoi aussi.' },
      { account: account('user') },
      { as: 'other', visibility: 'internal', text: '#public\nMoi aussi.' },
    ],
  ])('that proves which ticket it answers joins it in the name of %s', (_who, change, known, expected) => {
    expect(verdict(change, { proved: ticket, ...known })).toMatchObject({ kind: 'added', number: 10421, ...expected })
  })

  it('that a colleague marks public stays among colleagues when nothing proves it', () => {
    const text = '#public\nC’est rétabli.'
    expect(
      verdict({ ...from('bruno@univ.example'), text }, { named: ticket, account: account('operator'), concerned: true }),
    ).toMatchObject({ visibility: 'internal', text: 'C’est rétabli.' })
  })

  it('says whether something below was left out', () => {
    expect(verdict({}, { proved: ticket })).toMatchObject({ cut: false })
    const text = 'Toujours en panne.\n\n> Votre demande est en cours.'
    expect(verdict({ text }, { proved: ticket })).toMatchObject({ cut: true, text: 'Toujours en panne.' })
  })

  it.each([
    ['in-progress', false],
    ['closed', true],
    ['solution-proposed', true],
  ] as const)('to a ticket that is %s is for somebody to see: %s; a thank-you and a colleague’s never', (status, toSee) => {
    const proved = { ...ticket, status }
    expect(verdict({}, { proved })).toMatchObject({ toSee, thanks: false })
    expect(verdict(from('jean@univ.example'), { proved })).toMatchObject({ toSee })
    expect(verdict({ text: 'Merci beaucoup !' }, { proved })).toMatchObject({ toSee: false, thanks: true })
    expect(verdict({ ...from('jean@univ.example'), text: 'Merci beaucoup !' }, { proved })).toMatchObject({ toSee, thanks: false })
    expect(verdict(from('bruno@univ.example'), { proved, account: account('operator') })).toMatchObject({ toSee: false })
  })

  it('confirms a request when its requester’s answer proves that our mail reached them', () => {
    const waiting = { ...ticket, unconfirmed: true }
    expect(verdict({}, { proved: waiting })).toMatchObject({ confirms: true })
    expect(verdict({}, { named: waiting })).toMatchObject({ confirms: false })
    expect(verdict({}, { proved: ticket })).toMatchObject({ confirms: false })
    expect(verdict(from('jean@univ.example'), { proved: waiting })).toMatchObject({ confirms: false })
  })

  it('to nobody in particular is a requester’s only with an address', () => {
    const named = { ...ticket, requester: { ...ticket.requester, email: null, personId: null } }
    expect(verdict({}, { named }).kind).toBe('opened')
    expect(verdict({}, { named, person: claire }).kind).toBe('opened')
  })
})

describe('a new request by mail', () => {
  it('is of whom the directory knows by the address, else of whoever wrote it, to be confirmed', () => {
    expect(verdict({ subject: 'Re : TR: Wifi\ten panne' }, { person: claire })).toEqual({
      kind: 'opened',
      title: 'Wifi en panne',
      summary: 'Bonjour,\nplus de wifi.',
      requester: { personId: 'p1', name: 'Claire Dubois', email: 'Claire.Dubois@univ.example', phone: null },
      known: true,
      passedOnBy: null,
    })
    expect(verdict()).toMatchObject({ requester: { personId: null, name: 'Claire D.' }, known: false })
    expect(verdict(from('jean@perso.example', ' \n'))).toMatchObject({ requester: { name: 'jean@perso.example' } })
  })

  it('has a title and a summary whatever was written, of a length that can be kept', () => {
    expect(verdict({ subject: ' Re: ', text: '' })).toMatchObject({ title: 'Courriel sans objet', summary: '(Courriel sans texte.)' })
    expect(verdict({ subject: 'x'.repeat(201), ...from('a@b.example', 'n'.repeat(201)) })).toMatchObject({
      title: 'x'.repeat(200),
      requester: { name: 'n'.repeat(200) },
    })
    const only = '> Rien que cela.'
    expect(verdict({ text: only })).toMatchObject({ summary: only })
    expect(verdict({ subject: 'Impression : re: rien' })).toMatchObject({ title: 'Impression : re: rien' })
  })

  const passed = 'Pour vous.\n\nDe : Jean Roux <jean@univ.example>\nEnvoyé : lundi\nÀ : Bruno\nObjet : Wifi\n\nPlus de wifi.'
  const jean = { ...claire, id: 'p9', name: 'Jean Roux' }
  const personAt = (address: string) => (address === 'jean@univ.example' ? jean : null)
  it.each(['TR: Wifi', ' Fwd : Wifi', 'fw: Wifi', 'WG: Wifi'])('passed on by a colleague (« %s ») is its author’s', (subject) => {
    expect(
      verdict({ subject, text: passed, ...from('bruno@univ.example') }, { account: account('operator'), person: claire, personAt }),
    ).toEqual({
      kind: 'opened',
      title: 'Wifi',
      summary: 'Pour vous.\n\nPlus de wifi.',
      requester: { personId: 'p9', name: 'Jean Roux', email: 'jean@univ.example', phone: null },
      known: true,
      passedOnBy: 'Bruno Petit',
    })
  })

  it('passed on is known by who passes it on, and is the sender’s own where nobody of the desk does or nothing was passed on', () => {
    const by = { ...from('bruno@univ.example'), subject: 'TR: Wifi', text: passed }
    expect(verdict(by, { account: account('operator') })).toMatchObject({ requester: { personId: null, name: 'Jean Roux' }, known: true })
    expect(verdict(by, { personAt })).toMatchObject({ requester: { email: 'bruno@univ.example' }, passedOnBy: null })
    for (const subject of ['Re: Wifi', 'Au sujet de TR: Wifi'])
      expect(verdict({ ...by, subject }, { account: account('operator'), personAt })).toMatchObject({ passedOnBy: null })
    expect(verdict({ ...by, text: 'Voir avec lui.' }, { account: account('operator'), personAt })).toMatchObject({
      requester: { email: 'bruno@univ.example' },
      passedOnBy: null,
    })
  })
})

describe('what a mail server says of a delivery', () => {
  const blocks = (...all: readonly (readonly string[])[]) => all.map((lines) => lines.join('\r\n')).join('\r\n \t\r\n')
  const server = ['Reporting-MTA: dns; mx.univ.example']
  it.each<readonly [string, string, readonly object[]]>([
    [
      'that one recipient does not exist',
      blocks(server, [
        'Final-Recipient: rfc822; <jean@univ.example>',
        'ACTION : Failed',
        'Status: 5.1.1 (unknown)',
        'Diagnostic-Code: smtp; 550 5.1.1',
        '\tUser unknown: jean',
      ]),
      [{ address: 'jean@univ.example', status: '5.1.1', reason: '550 5.1.1 User unknown: jean' }],
    ],
    [
      'that the address first written to is another',
      blocks(['Original-Recipient: rfc822;claire@univ.example', 'Final-Recipient: rfc822; x@y.example', 'Action: failed', 'Status: 5.2.2']),
      [{ address: 'claire@univ.example', status: '5.2.2', reason: '5.2.2' }],
    ],
    ['that it tries again, or that it has delivered', blocks(['Action: delayed', 'Status: 4.4.1'], ['Action: relayed']), []],
    [
      'of two recipients, nothing more than that',
      blocks(['Action: failed'], ['Action: failed', 'Final-Recipient: rfc822;', 'Status: 5']),
      [
        { address: null, status: null, reason: '' },
        { address: null, status: null, reason: '' },
      ],
    ],
    [
      'of an address without its type, and of a line without a name',
      'Final-Recipient: jean@univ.example\n: rien\nsans rien\nAction: failed\nDiagnostic-Code: full',
      [{ address: 'jean@univ.example', status: null, reason: 'full' }],
    ],
    ['nothing', '', []],
  ])('%s', (_what, text, expected) => {
    expect(failuresIn(text)).toEqual(expected)
  })

  it('is cut to what can be kept', () => {
    const [failure] = failuresIn(`Action: failed\nFinal-Recipient: rfc822;${'a'.repeat(300)}\nDiagnostic-Code: smtp; ${'b'.repeat(400)}`)
    expect([failure?.address?.length, failure?.reason.length]).toEqual([254, 300])
  })
})
