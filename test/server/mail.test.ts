import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { simpleParser } from 'mailparser'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, type Db } from '../../server/database/connection.ts'
import { mailStore } from '../../server/database/outbox.ts'
import { outboxStore } from '../../server/database/outbox-store.ts'
import { outbox } from '../../server/database/schema.ts'
import { createMailer, waitAfter, type Mailer, type MailerParts } from '../../server/mail/mailer.ts'
import { createDatabase } from '../support/postgres.ts'
import { startSmtp, type Smtp, type SmtpOptions } from '../support/smtp.ts'

const from = 'Guichet unique du Numérique <guichet@univ.example>'
const cleanUp: (() => Promise<unknown>)[] = []
let db: Db
let databaseUrl: string

beforeEach(async () => {
  const created = await createDatabase()
  databaseUrl = created.url
  const database = openDatabase(created.url)
  db = database.db
  cleanUp.push(async () => {
    await database.close()
    await created.drop()
  })
})
afterEach(async () => {
  for (const end of cleanUp.splice(0).reverse()) await end()
})

/** Due for the processes that keep real time too; in whole seconds, as a Date header holds it. */
const start = Math.floor(Date.now() / 1_000) * 1_000 - 60_000
const clock = { now: start }
beforeEach(() => {
  clock.now = start
})

async function owe(mail: Partial<typeof outbox.$inferInsert> = {}): Promise<string> {
  const id = randomUUID()
  const at = new Date(start)
  await db.insert(outbox).values({
    id,
    at,
    nextAttemptAt: at,
    to: 'claire.dubois@univ.example',
    subject: '[Guichet n° 10421] Écran noir à l’allumage',
    messageId: `<${id}@univ.example>`,
    text: 'Bonjour Zoé,\n\nVotre demande « Écran noir » est enregistrée.\n.\nÀ bientôt\n',
    headers: { References: '<ticket-10421@univ.example>' },
    ...mail,
  })
  return id
}

async function row(id: string) {
  const [found] = await db.select().from(outbox).where(eq(outbox.id, id))
  if (found === undefined) throw new Error('the mail is lost')
  return found
}

async function server(options: SmtpOptions = {}): Promise<Smtp> {
  const smtp = await startSmtp(options)
  cleanUp.push(() => smtp.stop())
  return smtp
}

const logged: string[] = []
function mailer(smtpUrl: string | null, parts: Partial<MailerParts> = {}): Mailer {
  const note = (...args: unknown[]) => void logged.push(JSON.stringify(args))
  const made = createMailer({
    smtpUrl,
    from,
    outbox: outboxStore(db),
    mailDir: '',
    log: { info: note, warn: note, error: note },
    now: () => clock.now,
    times: { connectMs: 1_000, silenceMs: 1_000, everyMs: 3_600_000 },
    ...parts,
  })
  cleanUp.push(() => made.stop())
  return made
}

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

describe('killed', () => {
  function child(smtp: Smtp, mode: string) {
    const script = join(import.meta.dirname, '../support/mailer-process.ts')
    const doomed = spawn(process.execPath, [script, databaseUrl, smtp.url, mode], { stdio: ['ignore', 'pipe', 'inherit'] })
    const exited = once(doomed, 'exit')
    const kill = async () => {
      doomed.kill('SIGKILL')
      await exited
    }
    cleanUp.push(kill)
    return { asked: once(doomed.stdout, 'data'), kill }
  }

  it('before the end of the message was allowed: the server has nothing, and the next process sends it once', async () => {
    const smtp = await server()
    const id = await owe()
    const doomed = child(smtp, 'stop-before-end')
    await doomed.asked
    await doomed.kill()
    expect(await row(id)).toMatchObject({ state: 'sending', attempts: 1 })
    expect(smtp.received).toHaveLength(0)
    await mailer(smtp.url).settled()
    expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2 })
    expect(smtp.received).toHaveLength(1)
  })

  it('after the server has taken it and before that was noted: not sent again by itself; by a person, under the same Message-ID', async () => {
    const smtp = await server()
    const id = await owe()
    const doomed = child(smtp, 'stop-before-noting')
    // The server's yes has come back.
    await doomed.asked
    await doomed.kill()
    expect(smtp.received).toHaveLength(1)
    const next = mailer(smtp.url)
    await next.settled()
    clock.now += 24 * 3_600_000
    await next.settled()
    expect(await row(id)).toMatchObject({ state: 'uncertain', attempts: 1 })
    expect(smtp.received).toHaveLength(1)
    await mailStore(db, { now: () => new Date(clock.now), domain: 'univ.example' }).settle(id, 'again', { id: 'sophie', name: 'Sophie' })
    await next.settled()
    expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2, settledName: 'Sophie' })
    expect(smtp.received.map(({ mail }) => mail.messageId)).toEqual([`<${id}@univ.example>`, `<${id}@univ.example>`])
  })

  it('again and again while many leave: each arrives once, or is shown as uncertain and arrived at most once', async () => {
    const smtp = await server()
    const ids = await Promise.all(Array.from({ length: 60 }, () => owe()))
    for (const count of [7, 19, 34]) {
      const doomed = child(smtp, 'normal')
      await smtp.arrived(count)
      await doomed.kill()
    }
    // Those processes kept real time.
    clock.now = Date.now() + 1_000
    await mailer(smtp.url).settled()
    const times = (id: string) => smtp.received.filter(({ mail }) => mail.messageId === `<${id}@univ.example>`).length
    const states = await Promise.all(ids.map(async (id) => [(await row(id)).state, times(id)] as const))
    expect(states.filter(([state, n]) => !(state === 'sent' && n === 1) && !(state === 'uncertain' && n <= 1))).toEqual([])
    // Of those under way at each kill, no more than leave at once.
    expect(states.filter(([state]) => state === 'uncertain').length).toBeLessThanOrEqual(3 * 4)
  })

  it('after the end and before the answer: uncertain for good, one message', async () => {
    const smtp = await server()
    smtp.behave({ kind: 'silent-at-end' })
    const id = await owe()
    const doomed = child(smtp, 'normal')
    await smtp.arrived(1)
    await doomed.kill()
    smtp.behave({ kind: 'accept' })
    const next = mailer(smtp.url)
    await next.settled()
    expect(await row(id)).toMatchObject({ state: 'uncertain', attempts: 1 })
    expect((await row(id)).lastError).toContain('interrompu')
    expect(next.state().detail).toContain('incertaine')
    expect(smtp.received).toHaveLength(1)
  })
})

describe('never twice', () => {
  it('when two processes send at once', async () => {
    const smtp = await server()
    const ids = await Promise.all(Array.from({ length: 40 }, () => owe()))
    const [a, b] = [mailer(smtp.url), mailer(smtp.url)]
    await Promise.all([a.settled(), b.settled()])
    await Promise.all([a.settled(), b.settled()])
    expect(smtp.received).toHaveLength(40)
    expect(new Set(smtp.received.map(({ mail }) => mail.messageId))).toEqual(new Set(ids.map((id) => `<${id}@univ.example>`)))
  })

  it('when another process took the mail over at the last instant', async () => {
    const smtp = await server()
    const id = await owe()
    const store = outboxStore(db)
    const other = mailer(smtp.url)
    const slow = mailer(smtp.url, {
      outbox: {
        ...store,
        markFinishing: async (claim) => {
          await other.settled()
          return await store.markFinishing(claim)
        },
      },
    })
    await slow.settled()
    expect(smtp.received).toHaveLength(1)
    expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2 })
  })

  it('when PostgreSQL cannot say that the message may end', async () => {
    const smtp = await server()
    const id = await owe()
    const store = outboxStore(db)
    let away = true
    const sender = mailer(smtp.url, {
      outbox: { ...store, markFinishing: (claim) => (away ? Promise.reject(new Error('away')) : store.markFinishing(claim)) },
    })
    await sender.settled()
    expect(smtp.received).toHaveLength(0)
    expect((await row(id)).state).toBe('pending')
    away = false
    clock.now += 30_000
    await sender.settled()
    expect(smtp.received).toHaveLength(1)
  })

  it('when PostgreSQL cannot take the outcome: it is kept, and written at the next round', async () => {
    const smtp = await server()
    const id = await owe()
    const store = outboxStore(db)
    let away = true
    const sender = mailer(smtp.url, {
      outbox: { ...store, sent: (claim) => (away ? Promise.reject(new Error('away')) : store.sent(claim)) },
    })
    await sender.settled()
    expect((await row(id)).state).toBe('uncertain')
    away = false
    await sender.settled()
    expect((await row(id)).state).toBe('sent')
    expect(smtp.received).toHaveLength(1)
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
