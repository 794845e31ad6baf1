import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DatabaseLink, linkTo } from '../support/database-link.ts'
import { type Dovecot, startDovecot } from '../support/dovecot.ts'
import { freeTcpPort } from '../support/free-port.ts'
import { createDatabase, type TestDatabase } from '../support/postgres.ts'
import { ServiceProcess } from '../support/service-process.ts'
import { once } from '../support/sipp.ts'

let dovecot: Dovecot
let database: TestDatabase
let link: DatabaseLink
let service: ServiceProcess
let varDir: string
let direct: Client
beforeAll(async () => {
  varDir = mkdtempSync(join(tmpdir(), 'mail-kill-'))
  dovecot = await startDovecot()
  database = await createDatabase()
  link = await linkTo(database.url)
  direct = new Client({ connectionString: database.url })
  await direct.connect()
  service = new ServiceProcess({
    PORT: String(await freeTcpPort()),
    HOST: '127.0.0.1',
    DEMO: '1',
    VAR_DIR: varDir,
    DATABASE_URL: link.url,
    // Nobody answers there: a mailbox is read whether calls are driven or not.
    ARI_URL: `http://127.0.0.1:${await freeTcpPort()}`,
    ARI_USER: 'nobody',
    ARI_PASSWORD: 'nothing',
    IMAP_URL: dovecot.config.url,
  })
  service.launch()
  await reading()
})
afterAll(async () => {
  dovecot.resume()
  await service.kill()
  await link.close()
  await direct.end()
  await dovecot.stop()
  await database.drop()
  rmSync(varDir, { recursive: true, force: true })
})

const reading = () => once(async () => (await service.part('mail-in')) === 'up', 30_000, 'the mailbox')
const mail = (subject: string) =>
  [
    'From: Claire Dubois <claire.dubois@univ.example>',
    'To: guichet@univ.example',
    `Subject: ${subject}`,
    'Date: Mon, 23 Nov 2026 10:00:00 +0100',
    `Message-ID: <${subject.replaceAll(' ', '-')}@elsewhere.example>`,
    '',
    'Plus rien ne marche.',
    '',
  ].join('\r\n')
const tickets = async (title: string): Promise<number> =>
  Number((await direct.query('select count(*) from tickets where title = $1', [title])).rows[0].count)
const keptAsTheyCame = () => {
  const folder = join(varDir, 'mails-in')
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.eml')).length : 0
}

async function isBackWith(subject: string): Promise<void> {
  service.launch()
  await once(async () => (await tickets(subject)) === 1, 30_000, 'its ticket')
  await once(() => dovecot.mailsIn('INBOX').length === 0, 30_000, 'an empty mailbox')
  expect(await tickets(subject)).toBe(1)
  expect(dovecot.mailsIn('Guichet').filter((raw) => raw.includes(`Subject: ${subject}`))).toHaveLength(1)
}

test('killed when a mail is fetched and PostgreSQL has not answered, the service makes one ticket of it when it is back', async () => {
  const before = keptAsTheyCame()
  link.freeze()
  dovecot.deliver(mail('Avant la base'))
  await once(() => keptAsTheyCame() > before, 20_000, 'the mail on disk')
  await service.kill()
  link.thaw()
  expect(await tickets('Avant la base')).toBe(0)
  await isBackWith('Avant la base')
})

test('killed when the ticket is made and the mail not yet moved away, it makes no second one', async () => {
  await reading()
  const before = keptAsTheyCame()
  link.freeze()
  dovecot.deliver(mail('Avant le rangement'))
  await once(() => keptAsTheyCame() > before, 20_000, 'the mail on disk')
  dovecot.pause()
  link.thaw()
  await once(async () => (await tickets('Avant le rangement')) === 1, 20_000, 'its ticket')
  await service.kill()
  dovecot.resume()
  expect(dovecot.mailsIn('INBOX')).toHaveLength(1)
  await isBackWith('Avant le rangement')
})
