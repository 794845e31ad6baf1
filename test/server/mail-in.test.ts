import { readdirSync, writeFileSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ticket } from '../../server/contract/entities.ts'
import { badAddresses, incomingMails } from '../../server/database/schema-mail.ts'
import { accounts, outbox } from '../../server/database/schema.ts'
import { attachmentOfMail } from '../../server/mail/attached.ts'
import { createIntake, type Intake } from '../../server/mail/intake.ts'
import { mailThreads } from '../../server/mail-threads.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

/* One file however long: one mailbox, where each mail answers what those before it have led to. */

const threads = mailThreads('a secret of the tests', 'univ.example')
const claire = { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: null }
let service: TestHttp
let intake: Intake
const folder = testFolder()
const saved: Ticket[] = []
let owedChanges = 0

beforeAll(async () => {
  service = await buildTestHttp({ ownAddresses: ['guichet@univ.example'], incomingFolder: folder })
  intake = createIntake({
    folder,
    store: service.stores.incoming,
    keepFile: (file) => attachmentOfMail(service.attachments, file),
    mostFiles: () => 10,
    log: pino({ level: 'silent' }),
    onTaken: (tickets) => saved.push(...tickets),
    onOwedChanged: () => (owedChanges += 1),
  })
  await service.database.db.update(accounts).set({ personId: 'sample:nadia' }).where(eq(accounts.id, 'nadia'))
  const nadia = { id: 'sample:nadia', name: 'Nadia Roussel', email: 'nadia@univ.example', phones: [], affiliation: 'staff' as const }
  await service.stores.people.save([{ ...nadia, unit: null, place: null, title: null }], 'sample')
})
afterAll(async () => {
  await service.close()
  removeTestFolder(folder)
})

let sent = 0
type Written = {
  readonly from?: string
  readonly subject?: string
  readonly headers?: readonly string[]
  readonly body?: string
  readonly type?: string
}
const raw = ({
  from = 'Claire Dubois <claire.dubois@univ.example>',
  subject = 'Plus de réseau',
  headers = [],
  body = 'Plus rien.',
  type,
}: Written) => {
  sent += 1
  return [
    `From: ${from}`,
    'To: guichet@univ.example',
    `Subject: ${subject}`,
    `Date: Mon, 23 Nov 2026 10:0${sent % 10}:00 +0100`,
    ...(headers.some((h) => /^message-id/i.test(h)) ? [] : [`Message-ID: <mail-${sent}@elsewhere.example>`]),
    ...headers,
    'MIME-Version: 1.0',
    `Content-Type: ${type ?? 'text/plain; charset=utf-8'}`,
    '',
    body,
  ].join('\r\n')
}
async function take(written: Written | string | Buffer) {
  const file = await intake.arriving()
  writeFileSync(file, typeof written === 'string' || Buffer.isBuffer(written) ? written : raw(written))
  return intake.take(file)
}
const get = async (login: string, url: string) => (await service.as(login, { method: 'GET', url })).json()
const latest = async () =>
  (await service.database.db.select().from(incomingMails)).toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1)
const last = () => {
  const ticket = saved.at(-1)
  if (ticket === undefined) throw new Error('no ticket was saved')
  return ticket
}
const open = async (title = 'Accès à Moodle'): Promise<Ticket> =>
  (
    await service.as('alice', {
      method: 'POST',
      url: '/api/tickets',
      payload: { title, summary: 'Plus rien', medium: 'phone', requester: claire },
    })
  ).json()
const mailOf = async (ticket: Ticket) => {
  const [mail] = await service.database.db.select().from(outbox).where(eq(outbox.ticketId, ticket.id))
  if (mail === undefined) throw new Error('no mail is owed')
  return mail
}

describe('a mail that comes in', () => {
  it('from somebody the directory knows is a pre-ticket, its acknowledgement pointing to the form', async () => {
    await take({ subject: '=?utf-8?Q?R=C3=A9seau_coup=C3=A9?=', body: 'Plus rien au 4R1.\r\n-- \r\nClaire' })
    const ticket = last()
    expect(ticket).toMatchObject({ status: 'pre-ticket', medium: 'mail', title: 'Réseau coupé', summary: 'Plus rien au 4R1.' })
    expect(ticket.requester).toMatchObject({ personId: claire.personId, name: 'Claire Dubois' })
    const mail = await mailOf(ticket)
    expect(mail.text).toContain(`Votre demande n°${ticket.number} a bien été enregistrée.`)
    expect(mail.text).toContain('le formulaire')
    expect(threads.numbersOf([mail.messageId])).toEqual([ticket.number])
    const { journal } = await get('alice', `/api/tickets/${ticket.number}`)
    const whole = await get('alice', `/api/mails/in/${journal[0].detail.mail.id}`)
    expect(whole).toMatchObject({ outcome: 'opened', ticketNumber: ticket.number, text: expect.stringContaining('-- \nClaire') })
  })

  it('twice is taken once, whether killed before it was put away or sent by two ways', async () => {
    const written = raw({ subject: 'Deux fois' })
    expect(await take(written)).toBe('taken')
    const before = saved.length
    expect(await take(written)).toBe('known')
    const kept = () => readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.eml')).length
    const files = kept()
    expect(await take(`Received: by another way\r\n${written}`)).toBe('known')
    expect(kept()).toBe(files)
    expect(saved).toHaveLength(before)
    const reused = { subject: 'Une autre', headers: ['Message-ID: <mail-always-the-same@elsewhere.example>'] }
    expect([await take(reused), await take({ ...reused, subject: 'Encore une autre' })]).toEqual(['taken', 'taken'])
  })

  it('from somebody unknown waits for a confirmation, which the answer to ours is', async () => {
    await take({ from: 'Ève <eve@ailleurs.example>', subject: 'Inscription' })
    const waiting = last()
    expect(waiting).toMatchObject({ status: 'pre-ticket', unconfirmed: true, requester: { name: 'Ève', personId: null } })
    const { messageId, text } = await mailOf(waiting)
    expect(text).toContain('/demande')
    await take({ from: 'eve@ailleurs.example', headers: [`In-Reply-To: ${messageId}`], body: 'C’est bien moi.' })
    expect(last()).toMatchObject({ number: waiting.number, unconfirmed: false })
  })

  it('brings its files and pictures onto the ticket, winmail.dat whole; what is not accepted stays in the mail, and is named', async () => {
    const part = (type: string, name: string, content: Buffer, more = '') =>
      [
        `--b`,
        `Content-Type: ${type}; name="${name}"`,
        `Content-Disposition: ${more || 'attachment'}; filename="${name}"`,
        'Content-Transfer-Encoding: base64',
        '',
        content.toString('base64'),
      ].join('\r\n')
    const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
    const body = [
      '--b',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>Voyez <b>la capture</b></p><img src="cid:x"><table><tr><th>Salle</th><td>118</td></tr><tr><th>Étage</th><td>1</td></tr></table>',
      part('image/png', 'capture.png', pixel, 'inline'),
      part('application/ms-tnef', 'winmail.dat', Buffer.from('789f3e2201', 'hex')),
      part('application/octet-stream', '../../virus.exe', Buffer.from('MZ pretends')),
      '--b--',
    ].join('\r\n')
    await take({ subject: 'Pièces', type: 'multipart/mixed; boundary=b', body })
    const { attachments, summary } = await get('alice', `/api/tickets/${last().number}`)
    expect(summary).toMatch(/^Voyez la capture\n\nSalle 118\s*\nÉtage 1$/)
    expect(attachments.map((file: { name: string }) => file.name)).toEqual(['capture.png', 'winmail.dat'])
    expect(await latest()).toMatchObject({ files: 2, toSee: true, why: expect.stringContaining('virus.exe') })
  })

  it('whose end stayed in the mailbox brings no file that was cut with it, and names it', async () => {
    const part = (name: string, content: string) =>
      `--b\r\nContent-Type: text/plain; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\n${content}`
    const file = await intake.arriving()
    const body = ['--b\r\nContent-Type: text/plain\r\n\r\nLe film.', part('notes.txt', 'entières'), part('film.txt', 'Chapitre pr')].join(
      '\r\n',
    )
    writeFileSync(file, raw({ subject: 'Trop gros', type: 'multipart/mixed; boundary=b', body }))
    await intake.take(file, 'Trop gros : le reste est dans la boîte.')
    const { attachments } = await get('alice', `/api/tickets/${last().number}`)
    expect(attachments.map(({ name }: { name: string }) => name)).toEqual(['notes.txt'])
    expect(await latest()).toMatchObject({ toSee: true, why: expect.stringMatching(/film\.txt\..*Trop gros/s) })
  })

  it('that answers one of ours joins its ticket: what it adds, the whole being kept', async () => {
    const ticket = await open()
    const { messageId } = await mailOf(ticket)
    const body = 'La salle 118.\r\n\r\nLe lun. 23 nov. 2026, Guichet <guichet@univ.example> a écrit :\r\n> Quelle salle ?'
    await take({ subject: 'Re: rien à voir', headers: [`In-Reply-To: ${messageId}`], body })
    const { journal } = await get('alice', `/api/tickets/${ticket.number}`)
    expect(journal.at(-1)).toMatchObject({ kind: 'contribution', text: 'La salle 118.', visibility: 'public', by: 'Claire Dubois' })
    expect(journal.at(-1).detail.mail.cut).toBe(true)
    const [mail] = await service.database.db.select().from(outbox).where(eq(outbox.ticketId, ticket.id))
    expect(mail?.text).toMatch(/-- \nRéf\. \d+-[0-9a-f]{12}$/)
  })

  it('is told by the reference in its text when every header was lost, and by the number for those alone whom it concerns', async () => {
    const ticket = await open()
    await take({ subject: 'Ma réponse', body: `C’est urgent.\r\n\r\n> Réf. ${threads.reference(ticket.number)}` })
    expect(last()).toMatchObject({ number: ticket.number })
    const subject = `Re: [Guichet unique =?utf-8?Q?n=C2=B0?=${ticket.number}] suivi`
    await take({ subject, body: 'Par le numéro.' })
    expect(last().number).toBe(ticket.number)
    await take({ subject, from: 'Zoé <zoe@ailleurs.example>', body: 'Je veux voir.' })
    expect(last()).toMatchObject({ status: 'pre-ticket', requester: { email: 'zoe@ailleurs.example' } })
    expect(last().number).not.toBe(ticket.number)
    const forged = threads.reference(ticket.number).replace(/.$/, (c) => (c === '0' ? '1' : '0'))
    await take({ from: 'x@ailleurs.example', body: `Réf. ${forged}` })
    expect(last().status).toBe('pre-ticket')
  })

  it('from level 2 is internal unless its first line says otherwise', async () => {
    const ticket = await open()
    const { messageId } = await mailOf(ticket)
    const answer = { from: 'Nadia <nadia@univ.example>', headers: [`References: <x@y> ${messageId}`] }
    await take({ ...answer, body: 'Compte expiré, je regarde.' })
    await take({ ...answer, body: '#public\r\nVotre compte est prolongé.' })
    const { journal } = await get('alice', `/api/tickets/${ticket.number}`)
    const lines = journal.filter((line: { by: string }) => line.by === 'Nadia Roussel')
    expect(lines.map((line: { kind: string; text: string; visibility: string }) => [line.kind, line.text, line.visibility])).toEqual([
      ['contribution', 'Compte expiré, je regarde.', 'internal'],
      ['contribution', 'Votre compte est prolongé.', 'public'],
      ['mail', 'Courriel de suivi à claire.dubois@univ.example', 'internal'],
    ])
  })

  it('from somebody of level 2 whose account was made here by hand is theirs too', async () => {
    const ticket = await open()
    const { messageId } = await mailOf(ticket)
    await service.database.db.update(accounts).set({ personId: null }).where(eq(accounts.id, 'karim'))
    await take({ from: 'karim@univ.example', headers: [`References: ${messageId}`], body: '[public]\r\nC’est réparé.' })
    const { journal } = await get('alice', `/api/tickets/${ticket.number}`)
    expect(journal.find((line: { text: string }) => line.text.includes('réparé'))).toMatchObject({
      by: 'Karim Haddad',
      text: 'C’est réparé.',
      visibility: 'public',
    })
  })

  it('passed on by a colleague is its author’s', async () => {
    const body =
      'Pour vous.\r\n\r\n-------- Message transféré --------\r\nDe : Ahmed Benali <ahmed.benali@univ.example>\r\nObjet : Imprimante\r\n\r\nElle ne répond plus.'
    await take({ from: 'nadia@univ.example', subject: 'TR: Imprimante', body })
    expect(last()).toMatchObject({ title: 'Imprimante', requester: { name: 'Ahmed Benali', email: 'ahmed.benali@univ.example' } })
    expect(last().summary).toContain('Elle ne répond plus.')
  })

  it('that thanks for a closed ticket neither reopens it nor asks for eyes; one that complains does', async () => {
    const ticket = await open()
    await service.as('alice', { method: 'POST', url: `/api/tickets/${ticket.number}/close`, payload: { solution: 'Fait.' } })
    const { messageId } = await mailOf(ticket)
    await take({ headers: [`In-Reply-To: ${messageId}`], body: 'Merci beaucoup !' })
    expect([last().status, (await latest())?.toSee]).toEqual(['closed', false])
    await take({ headers: [`In-Reply-To: ${messageId}`], body: 'Cela ne marche toujours pas.' })
    expect([last().status, (await latest())?.toSee]).toEqual(['closed', true])
    const [first] = await get('alice', '/api/mails/in')
    expect(first).toMatchObject({ toSee: true, ticketNumber: ticket.number })
    expect((await service.as('alice', { method: 'POST', url: `/api/mails/in/${first.id}/seen` })).statusCode).toBe(200)
    expect((await service.as('alice', { method: 'POST', url: `/api/mails/in/${first.id}/seen` })).statusCode).toBe(409)
  })
})

describe('a machine’s mail makes nothing, and is not answered', () => {
  it.each([
    ['an absence', ['Auto-Submitted: auto-replied']],
    ['a list', ['List-Id: <annonces.univ.example>']],
    ['a campaign', ['Precedence: bulk']],
    ['nobody', ['Return-Path: <>']],
    ['an answering machine', ['X-Autoreply: yes']],
  ])('%s', async (_what, headers) => {
    const before = saved.length
    expect(await take({ headers })).toBe('taken')
    expect(saved).toHaveLength(before)
    expect((await latest())?.outcome).toBe('ignored')
  })

  it('our own mail that comes back, and one from our own address', async () => {
    const ticket = await open()
    const before = saved.length
    await take({ headers: [`Message-ID: ${(await mailOf(ticket)).messageId}`] })
    await take({ from: 'Guichet <Guichet@univ.example>' })
    expect(saved).toHaveLength(before)
  })

  it('beyond twenty an hour from one address waits to be looked at', async () => {
    for (let i = 0; i < 21; i += 1) await take({ from: 'boucle@ailleurs.example', subject: `n ${i}` })
    expect(await latest()).toMatchObject({ outcome: 'held', toSee: true })
  })
})

it('a mail of ours that comes back is told on its ticket, and its address marked until it writes', async () => {
  const ticket = await open()
  const mail = await mailOf(ticket)
  const report = [
    '--b',
    'Content-Type: text/plain',
    '',
    'Undelivered',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.univ.example',
    '',
    'Final-Recipient: rfc822; claire.dubois@univ.example',
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${mail.messageId}`,
    '--b--',
  ].join('\r\n')
  const bounce = { from: 'MAILER-DAEMON@univ.example', headers: ['Return-Path: <>', 'Auto-Submitted: auto-replied'] }
  await take({ ...bounce, body: report, type: 'multipart/report; report-type=delivery-status; boundary=b' })
  expect(await latest()).toMatchObject({ outcome: 'bounced', ticketId: ticket.id })
  const { journal } = await get('alice', `/api/tickets/${ticket.number}`)
  expect(journal.at(-1)).toMatchObject({ visibility: 'internal', text: expect.stringContaining('550 5.1.1 User unknown') })
  expect((await get('alice', '/api/tickets?view=stuck')).tickets).toContainEqual(
    expect.objectContaining({ number: ticket.number, stuck: 'bounced' }),
  )
  expect(await service.database.db.select().from(badAddresses)).toHaveLength(1)
  // Its address mended, it leaves once more, to the new one; the old one is nothing to settle any more.
  const requester = { ...ticket.requester, email: 'claire@univ.example' }
  const mended = await service.as('alice', { method: 'PUT', url: `/api/tickets/${ticket.number}/fields`, payload: { requester } })
  expect(mended.statusCode).toBe(200)
  const owed = await service.database.db.select().from(outbox).where(eq(outbox.ticketId, ticket.id))
  expect(owed.map(({ to, state, subject, text }) => [to, state, subject, text])).toEqual([
    ['claire@univ.example', 'pending', mail.subject, mail.text],
  ])
  expect(owed[0]?.messageId).not.toBe(mail.messageId)
  const said = (await get('alice', `/api/tickets/${ticket.number}`)).journal.filter((line: { kind: string }) => line.kind === 'mail')
  expect(said.at(-1).text).toContain('à claire@univ.example')
  const back = await service.as('alice', {
    method: 'PUT',
    url: `/api/tickets/${ticket.number}/fields`,
    payload: { requester: { ...requester, email: 'claire.dubois@univ.example' } },
  })
  expect(back.statusCode).toBe(200)
  await take({ headers: [`In-Reply-To: ${mail.messageId}`], body: 'Me revoilà.' })
  expect(await service.database.db.select().from(badAddresses)).toHaveLength(0)
})

it('a calendar that declines a call back cancels it, when it is that of whom it was confirmed to', async () => {
  const [fromMs, toMs] = [Date.now() + 3_600_000, Date.now() + 5_400_000]
  const asked = { fromMs, toMs, number: '+33561557790', subject: '', personId: null, name: '', email: 'lou@mail.example', vouched: false }
  const words = { mails: service.settings.values.mails, desk: 'Guichet', linkOf: (id: string) => id, choose: '' }
  await service.stores.callbackSlots.book('abcdefg2', asked, 2, words)
  const answers = (from: string, partstat: string) =>
    take({
      from,
      subject: `${partstat}: rappel`,
      type: 'text/calendar; method=REPLY; charset=utf-8',
      body: [
        'BEGIN:VCALENDAR',
        'METHOD:REPLY',
        'BEGIN:VEVENT',
        'UID:rappel-abcdefg2@univ.example',
        `ATTENDEE;PARTSTAT=${partstat}:mailto:x@y.example`,
        'END:VEVENT',
        'END:VCALENDAR',
      ].join('\r\n'),
    })
  const tickets = saved.length
  await answers('Pirate <pirate@evil.example>', 'DECLINED')
  expect(await latest()).toMatchObject({ outcome: 'ignored', why: 'calendar' })
  await answers('Lou <lou@mail.example>', 'ACCEPTED')
  expect((await service.stores.callbackSlots.find('abcdefg2'))?.state).toBe('waiting')
  await answers('Lou <Lou@mail.example>', 'DECLINED')
  expect(await latest()).toMatchObject({ outcome: 'ignored', why: 'callback' })
  expect((await service.stores.callbackSlots.find('abcdefg2'))?.state).toBe('cancelled')
  expect(await service.stores.owed.open()).toEqual([])
  expect([saved.length, owedChanges]).toEqual([tickets, 1])
})

describe('a mail that nothing can read', () => {
  const nested = () => {
    const depth = 10_000
    let text = 'From: Zoé <z@x.example>\r\nSubject: abysse\r\nMessage-ID: <deep@x.example>\r\n'
    for (let i = 0; i < depth; i += 1) text += `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`
    return text
  }
  it.each([
    ['parts nested ten thousand deep', nested],
    ['a heading of two megabytes', () => `From: Zoé <z@x.example>\r\nSubject: tête\r\nX-Long: ${'a'.repeat(2_000_000)}\r\n\r\nbonjour`],
  ])('for its %s is kept as it came and shown to the desk', async (_what, written) => {
    const text = written()
    expect(await take(text)).toBe('taken')
    const row = await latest()
    expect(row).toMatchObject({ outcome: 'unreadable', toSee: true, fromAddress: 'z@x.example' })
    const kept = await service.as('alice', { method: 'GET', url: `/api/mails/in/${row?.id}/raw` })
    expect(kept.rawPayload.length).toBe(Buffer.byteLength(text))
  })

  it.each([
    ['no heading at all', 'bonjour'],
    ['nothing', ''],
    ['noise', Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 256))],
    ['headers that would be others', 'From: a@b.example\r\nSubject: x\r\n y\r\nBcc: z\r\n\r\n\u0000\u202e'],
  ])('or little of it, for %s, loses nothing and makes no header of it', async (_what, written) => {
    expect(await take(written)).toBe('taken')
    for (const mail of await service.database.db.select().from(outbox)) expect(mail.subject).not.toMatch(/[\r\n]/)
  })
})

it('a zero byte wherever it may stand keeps no mail from being taken in, once', async () => {
  const zero = [
    raw({ from: 'Zo\0é <z\0oe@mail.example>', subject: 'a\0b', body: 'c\0d' }),
    raw({ from: '=?utf-8?Q?Zo=00e?= <zoe@mail.example>', subject: '=?utf-8?Q?a=00b?=', body: 'Encore' }),
    raw({ headers: ['Message-ID: <a\0b@mail.example>', 'In-Reply-To: <c\0d@mail.example>', 'References: <e\0f@mail.example>'] }),
    raw({
      subject: 'TR: urgent',
      body: '---------- Message transféré ----------\r\nDe: Paul <pa\0ul@mail.example>\r\nObjet: x\r\n\r\nVoilà',
    }),
    `From: Zoé <z\0@x.example>\r\nSubject: t\0\r\nX-Long: ${'a'.repeat(2_000_000)}\r\n\r\nbonjour`,
  ]
  for (const written of zero) expect(await take(written), written.slice(0, 200)).toBe('taken')
  for (const written of zero) expect(await take(written)).toBe('known')
})

it.each([
  ['iso-8859-15', Buffer.from([0x50, 0x72, 0x69, 0x78, 0x20, 0x3a, 0x20, 0xa4]), 'Prix : €'],
  ['windows-1252', Buffer.from([0x93, 0xe9, 0x94]), '“é”'],
  ['utf-16le', Buffer.from('Été', 'utf16le'), 'Été'],
  ['x-nonsense', Buffer.from('plain'), 'plain'],
])('a text in %s is read', async (charset, bytes, text) => {
  const head = raw({ from: `${charset}@ailleurs.example`, subject: `charset ${charset}`, body: '', type: `text/plain; charset=${charset}` })
  await take(
    Buffer.concat([
      Buffer.from(head.replace('MIME-Version', 'Content-Transfer-Encoding: base64\r\nMIME-Version')),
      Buffer.from(bytes.toString('base64')),
    ]),
  )
  expect(last().summary).toBe(text)
})
