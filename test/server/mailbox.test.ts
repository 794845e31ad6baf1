import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImapFlow } from 'imapflow'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkImap, Inbox, readImapUrl, type InboxTimes } from '../../server/mail/inbox.ts'
import { until } from '../../server/supervisor/wait.ts'
import { startDovecot, type Dovecot } from '../support/dovecot.ts'

const times: InboxTimes = { connectMs: 3_000, silenceMs: 4_000, everyMs: 30_000, retryMs: 100, longestRetryMs: 500 }
let dovecot: Dovecot
let folder: string
beforeAll(async () => {
  dovecot = await startDovecot()
  folder = mkdtempSync(join(tmpdir(), 'mailbox-'))
})
afterAll(async () => {
  await dovecot.stop()
  rmSync(folder, { recursive: true, force: true })
})

let files = 0
/** Stands for what takes mails in: it writes down which, and refuses when told to. */
class Taker {
  readonly subjects: string[] = []
  readonly notes: (string | undefined)[] = []
  refuses = false
  async arriving(): Promise<string> {
    files += 1
    return join(folder, String(files))
  }
  async take(file: string, note?: string): Promise<'taken'> {
    if (this.refuses) throw new Error('PostgreSQL is away')
    this.subjects.push(/^Subject: (.*)$/m.exec(await readFile(file, 'utf8'))?.[1]?.trim() ?? '')
    this.notes.push(note)
    return 'taken'
  }
}
const follow = (taker: Taker, change: Partial<ConstructorParameters<typeof Inbox>[0]> = {}) => {
  const inbox = new Inbox({ config: dovecot.config, intake: taker, log: pino({ level: 'silent' }), times, ...change })
  inbox.start()
  return inbox
}
const mail = (subject: string, body = 'x') => `From: a@b.example\r\nSubject: ${subject}\r\n\r\n${body}\r\n`
/** A loaded Dovecot that was frozen takes its time. */
const came = async (taker: Taker, subject: string) => expect(await until(() => taker.subjects.includes(subject), 40_000)).toBe(true)

describe('a mailbox', () => {
  it('brings what is there and what arrives, at once, and moves it away', async () => {
    dovecot.deliver(mail('déjà là'))
    const taker = new Taker()
    const inbox = follow(taker)
    await came(taker, 'déjà là')
    expect(await until(() => inbox.state().state === 'up', 5_000)).toBe(true)
    const began = performance.now()
    dovecot.deliver(mail('vient d’arriver'))
    await came(taker, 'vient d’arriver')
    expect(performance.now() - began).toBeLessThan(times.everyMs / 2)
    expect(await until(() => dovecot.mailsIn('Guichet').length === 2 && dovecot.mailsIn('INBOX').length === 0, 10_000)).toBe(true)
    await inbox.stop()
  })

  it('keeps what cannot be taken in now, and says so', async () => {
    const taker = new Taker()
    taker.refuses = true
    dovecot.deliver(mail('plus tard'))
    const inbox = follow(taker, { times: { ...times, everyMs: 300 } })
    expect(await until(() => inbox.state().detail === '1 courriel en attente', 15_000)).toBe(true)
    expect(dovecot.mailsIn('INBOX')).toHaveLength(1)
    taker.refuses = false
    await came(taker, 'plus tard')
    await inbox.stop()
  })

  it('puts away what it has taken in, though it is stopped in that instant, or was the last time', async () => {
    const taker = new Taker()
    dovecot.deliver(mail('au dernier instant'))
    const inbox = follow(taker)
    await came(taker, 'au dernier instant')
    await inbox.stop()
    expect(dovecot.mailsIn('INBOX')).toHaveLength(0)
    const other = new ImapFlow({ ...readImapUrl(dovecot.config), logger: false })
    await other.connect()
    await other.append('INBOX', mail('prise et laissée là'), ['GuichetPris'])
    await other.logout()
    const next = follow(taker)
    expect(await until(() => dovecot.mailsIn('INBOX').length === 0, 15_000)).toBe(true)
    expect(taker.subjects).not.toContain('prise et laissée là')
    await next.stop()
  })

  it('of a mail that is too large brings the beginning alone, and says where the rest is', async () => {
    const taker = new Taker()
    dovecot.deliver(mail('énorme', 'a'.repeat(3_000_000)))
    const inbox = follow(taker, { largest: 1_000_000 })
    await came(taker, 'énorme')
    expect(taker.notes.at(-1)).toContain('3 Mo')
    await inbox.stop()
    expect(dovecot.mailsIn('Guichet').some((raw) => raw.length > 3_000_000)).toBe(true)
  })

  it('that goes away, freezes and comes back is followed again, and nothing is lost', async () => {
    const taker = new Taker()
    const inbox = follow(taker)
    expect(await until(() => inbox.state().state === 'up', 10_000)).toBe(true)
    await dovecot.kill()
    expect(await until(() => inbox.state().state === 'down', 10_000)).toBe(true)
    dovecot.deliver(mail('pendant l’absence'))
    await dovecot.start()
    await came(taker, 'pendant l’absence')
    expect(await until(() => inbox.state().state === 'up', 10_000)).toBe(true)
    await dovecot.pause()
    dovecot.deliver(mail('pendant le gel'))
    expect(await until(() => inbox.state().state === 'down', 20_000)).toBe(true)
    dovecot.resume()
    await came(taker, 'pendant le gel')
    expect(await until(() => dovecot.mailsIn('INBOX').length === 0, 40_000)).toBe(true)
    await inbox.stop()
  }, 200_000)

  it('that talks nonsense, or refuses the password, is said to be down', async () => {
    const nonsense = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.write('* OK \u0000\u0001 (((\r\n* BYE )))\r\nHTTP/1.1 200 OK\r\n\r\n')
    }).listen(0, '127.0.0.1')
    await once(nonsense, 'listening')
    const { port } = nonsense.address() as { port: number }
    const url = `imap://guichet:x@127.0.0.1:${port}`
    const inbox = follow(new Taker(), { config: { ...dovecot.config, url } })
    expect(await until(() => inbox.state().state === 'down', 10_000)).toBe(true)
    await inbox.stop()
    nonsense.close()
    const wrong = { ...dovecot.config, url: dovecot.config.url.replace('mailbox-of-the-test', 'wrong') }
    await expect(checkImap(wrong, 5_000)).rejects.toThrow(/auth/i)
    expect(await checkImap(dovecot.config, 5_000)).toBe(dovecot.mailsIn('INBOX').length)
  })
})

it('a password crosses no network in clear', () => {
  const of = (url: string) => readImapUrl({ url, caFile: null })
  expect(of('imap://g:p%40ss@mail.univ.example')).toMatchObject({ port: 143, secure: false, doSTARTTLS: true, auth: { pass: 'p@ss' } })
  expect(of('imaps://g:p@mail.univ.example')).toMatchObject({ port: 993, secure: true, tls: { rejectUnauthorized: true } })
})
