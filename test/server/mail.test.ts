import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { describe, expect, it } from 'vitest'
import { composeMail } from '../../server/mail/compose.ts'
import { waitAfter } from '../../server/mail/mailer.ts'
import { mailerScene, start } from '../support/mailer-scene.ts'
import { startSmtp } from '../support/smtp.ts'

const { cleanUp, clock, logged, mailer, owe, row, server } = mailerScene()

describe('a mail owed', () => {
  it('arrives whole at a real server, accents and dots included, and is sent', async () => {
    const smtp = await server()
    const id = await owe()
    const sender = mailer(smtp.url)
    await sender.settled()
    expect(await row(id)).toMatchObject({ state: 'sent', attempts: 1, lastError: null })
    const [got] = smtp.received
    expect(got).toMatchObject({ to: ['claire.dubois@univ.example'], from: 'guichet@univ.example' })
    expect(got?.mail.subject).toBe('[Guichet n° 10421] Écran noir à l’allumage')
    expect(got?.mail.text?.trim()).toBe('Bonjour Zoé,\n\nVotre demande « Écran noir » est enregistrée.\n.\nÀ bientôt')
    expect(got?.mail.messageId).toBe(`<${id}@univ.example>`)
    expect(got?.mail.references).toBe('<ticket-10421@univ.example>')
    expect(got?.mail.date?.getTime()).toBe(start)
    expect(got?.mail.from?.text).toBe('"Guichet unique du Numérique" <guichet@univ.example>')
    expect(got?.mail.headers.get('auto-submitted')).toBe('auto-generated')
    expect(sender.state()).toMatchObject({ name: 'mail', state: 'up', detail: null })
  })

  it('is sent when it is added, once the mailer was woken', async () => {
    const smtp = await server()
    const sender = mailer(smtp.url)
    sender.start()
    await sender.settled()
    await owe()
    sender.wake()
    await smtp.arrived(1)
  })

  it('never lets its subject or headers add a header or a recipient', async () => {
    const smtp = await server()
    await owe({
      subject: 'Bonjour\r\nBcc: pirate@evil.example\r\n\r\ncorps',
      to: 'claire.dubois@univ.example',
      headers: {
        References: '<a@b>\r\nBcc: pirate@evil.example',
        Bcc: 'pirate@evil.example',
        'X-A\r\nBcc': 'pirate@evil.example',
        From: 'x@evil.example',
      },
    })
    await mailer(smtp.url).settled()
    const [got] = smtp.received
    expect(got?.to).toEqual(['claire.dubois@univ.example'])
    expect(got?.raw).not.toMatch(/^Bcc:/im)
    expect(got?.mail.from?.value[0]?.address).toBe('guichet@univ.example')
    expect(got?.mail.text?.trim()).toContain('Votre demande')
  })

  it.each([
    'a@b.example, c@d.example',
    'a@b.example\r\nRCPT TO:<x@y.example>',
    '<a@b.example>',
    'no address',
    '',
    '"x y"@b.example',
    'a@',
    'zoé@univ.example',
  ])('for the address %j is refused, with the reason', async (to) => {
    const smtp = await server()
    const id = await owe({ to })
    await mailer(smtp.url).settled()
    expect(await row(id)).toMatchObject({ state: 'failed', lastError: 'adresse inutilisable' })
    expect(smtp.received).toHaveLength(0)
  })
})

describe('a server that says no', () => {
  it('for now is asked again after 30 s, with the same Message-ID', async () => {
    const smtp = await server()
    smtp.behave({ kind: 'answer', at: 'recipient', code: 451 })
    const id = await owe()
    const sender = mailer(smtp.url)
    await sender.settled()
    expect(await row(id)).toMatchObject({ state: 'pending', attempts: 1, nextAttemptAt: new Date(start + 30_000) })
    expect((await row(id)).lastError).toContain('451')
    smtp.behave({ kind: 'accept' })
    clock.now = start + 29_999
    await sender.settled()
    expect(smtp.received).toHaveLength(0)
    clock.now = start + 30_000
    await sender.settled()
    expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2 })
    expect(smtp.received[0]?.mail.messageId).toBe(`<${id}@univ.example>`)
  })

  it('for ever to one recipient fails that mail with the reason, and delays no other', async () => {
    const smtp = await server()
    smtp.behave({ kind: 'answer', at: 'recipient', code: 550, only: 'parti@univ.example' })
    const [gone, there] = [await owe({ to: 'parti@univ.example' }), await owe()]
    const sender = mailer(smtp.url)
    await sender.settled()
    expect((await row(gone)).state).toBe('failed')
    expect((await row(gone)).lastError).toContain('550')
    expect((await row(there)).state).toBe('sent')
    expect(sender.state()).toMatchObject({ state: 'up', detail: '1 refusé' })
  })

  it.each([
    [451, 'pending'],
    [554, 'failed'],
  ] as const)('with %d to the whole message leaves it %s', async (code, state) => {
    const smtp = await server()
    smtp.behave({ kind: 'answer', at: 'end', code })
    const id = await owe()
    await mailer(smtp.url).settled()
    expect((await row(id)).state).toBe(state)
    expect((await row(id)).lastError).toContain(String(code))
  })

  it('to the sender loses nothing: the mails wait for an administrator', async () => {
    const smtp = await server()
    smtp.behave({ kind: 'answer', at: 'sender', code: 553 })
    const id = await owe()
    await mailer(smtp.url).settled()
    expect((await row(id)).state).toBe('pending')
  })

  it('by a wrong password keeps the mails, and the password out of the logs', async () => {
    const smtp = await server({ user: { name: 'guichet', password: 'right' } })
    const id = await owe()
    const refused = mailer(smtp.url.replace('right', 'wrong-secret'))
    await refused.settled()
    expect((await row(id)).state).toBe('pending')
    expect(refused.state().state).toBe('down')
    expect(logged.join() + (await row(id)).lastError).not.toContain('wrong-secret')
    clock.now += 30_000
    await mailer(smtp.url).settled()
    expect(smtp.received[0]?.user).toBe('guichet')
  })

  it('waits longer and longer, up to an hour', () => {
    expect([1, 2, 3, 4, 5, 50].map(waitAfter)).toEqual([30_000, 120_000, 600_000, 3_600_000, 3_600_000, 3_600_000])
  })

  it('for five days is given up on, and shown', async () => {
    const smtp = await server()
    smtp.behave({ kind: 'answer', at: 'recipient', code: 451 })
    const id = await owe()
    clock.now = start + 5 * 24 * 3_600_000 + 1
    await mailer(smtp.url).settled()
    expect(await row(id)).toMatchObject({ state: 'failed' })
    expect((await row(id)).lastError).toContain('cinq jours')
  })
})

describe('a server that is not there', () => {
  it('down: nothing is lost, the state says so, and all leaves when it is back', async () => {
    const first = await startSmtp()
    await first.stop()
    const ids = [await owe(), await owe(), await owe()]
    const sender = mailer(first.url)
    await sender.settled()
    expect(sender.state().state).toBe('down')
    expect(sender.reach()).toMatchObject({ server: 'down', since: new Date(start).toISOString() })
    expect(sender.reach().problem).toContain('ECONNREFUSED')
    for (const id of ids) expect((await row(id)).state).toBe('pending')
    const back = await server({ port: first.port })
    clock.now += 30_000
    await sender.settled()
    expect(sender.state().state).toBe('up')
    expect(back.received).toHaveLength(3)
  })

  it('for long: once one mail leaves, the others no longer wait out their own hour', async () => {
    const first = await startSmtp()
    await first.stop()
    const ids = [await owe(), await owe(), await owe(), await owe(), await owe(), await owe()]
    const sender = mailer(first.url)
    // Each has been tried, and waits longer and longer.
    for (let hours = 0; hours < 24; hours += 1) {
      clock.now = start + hours * 3_600_000
      await sender.settled()
    }
    const held = await owe({ nextAttemptAt: new Date(clock.now + 86_400_000) })
    const back = await server({ port: first.port })
    clock.now += 30_000
    await owe({ nextAttemptAt: new Date(clock.now) })
    await sender.settled()
    expect(sender.reach()).toEqual({ server: 'up', since: new Date(clock.now).toISOString(), problem: null })
    expect(back.received).toHaveLength(ids.length + 1)
    expect(new Set(back.received.map(({ mail }) => mail.messageId)).size).toBe(ids.length + 1)
    expect((await row(held)).state).toBe('pending')
  })

  it('silent from the greeting: tried again later', async () => {
    const smtp = await server()
    smtp.behave({ kind: 'silent-at-greeting' })
    const id = await owe()
    await mailer(smtp.url, { times: { connectMs: 200, silenceMs: 1_000, everyMs: 3_600_000 } }).settled()
    expect((await row(id)).state).toBe('pending')
  })

  it.each(['close-at-end', 'silent-at-end'] as const)('%s: the mail is uncertain, shown, and never sent again by itself', async (kind) => {
    const smtp = await server()
    smtp.behave({ kind })
    const id = await owe()
    const sender = mailer(smtp.url)
    await sender.settled()
    expect((await row(id)).state).toBe('uncertain')
    expect(sender.state().detail).toBe('1 à l’arrivée incertaine')
    smtp.behave({ kind: 'accept' })
    clock.now += 24 * 3_600_000
    await mailer(smtp.url).settled()
    expect(smtp.received).toHaveLength(1)
  })
})

describe('encryption', () => {
  it('is taken when offered, whoever signed the certificate', async () => {
    const smtp = await server({ starttls: true })
    await owe()
    await mailer(smtp.url).settled()
    expect(smtp.received[0]?.secure).toBe(true)
  })

  it('asked for by smtps:// refuses a certificate nobody vouches for', async () => {
    const smtp = await server({ secure: true })
    const id = await owe()
    await mailer(smtp.url).settled()
    expect((await row(id)).state).toBe('pending')
    expect(smtp.received).toHaveLength(0)
  })
})

it('without a mail server, mails are kept as files that any mail program opens, one each', async () => {
  const mailDir = join(await mkdtemp(join(tmpdir(), 'mails-')), 'mails')
  cleanUp.push(() => rm(mailDir, { recursive: true, force: true }))
  const id = await owe()
  const sender = mailer(null, { mailDir })
  await sender.settled()
  expect(await readdir(mailDir)).toEqual([`${id}.eml`])
  const parsed = await simpleParser(await readFile(join(mailDir, `${id}.eml`)))
  expect(parsed.subject).toContain('Écran noir')
  expect((await row(id)).state).toBe('sent')
  expect(sender.state()).toMatchObject({ state: 'up', detail: 'gardés en fichiers' })
})

it('a mail is from the desk by the name that the site gives it, unless the address was given one', async () => {
  const mail = {
    id: 'm',
    attempt: 1,
    at: new Date(0),
    to: 'a@b.example',
    subject: 'x',
    text: 'y',
    html: null,
    messageId: '<m@b>',
    headers: {},
  }
  const from = async (written: string) =>
    (await simpleParser(await composeMail(mail, written, 'Assistance « numérique », IUT'))).from?.value
  expect(await from('guichet@univ.example')).toEqual([{ name: 'Assistance « numérique », IUT', address: 'guichet@univ.example' }])
  expect(await from('<guichet@univ.example>')).toEqual([{ name: 'Assistance « numérique », IUT', address: 'guichet@univ.example' }])
  expect(await from('Le SAV <guichet@univ.example>')).toEqual([{ name: 'Le SAV', address: 'guichet@univ.example' }])
})
