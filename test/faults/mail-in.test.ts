import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DatabaseLink, linkTo } from '../support/database-link.ts'
import type { Dovecot } from '../support/dovecot.ts'
import { type MailDesk, openMailDesk } from '../support/mail-desk.ts'
import type { ServiceProcess } from '../support/service-process.ts'
import { once } from '../support/sipp.ts'

let desk: MailDesk
let dovecot: Dovecot
let service: ServiceProcess
let link: DatabaseLink
beforeAll(async () => {
  desk = await openMailDesk({
    through: async (url) => {
      link = await linkTo(url)
      return link.url
    },
  })
  ;({ dovecot, service } = desk)
  service.launch()
  await reading()
})
afterAll(async () => {
  dovecot.resume()
  await link.close()
  await desk.close()
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
  Number((await desk.direct.query('select count(*) from tickets where title = $1', [title])).rows[0].count)
const keptAsTheyCame = () => {
  const folder = join(desk.varDir, 'mails-in')
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
  await dovecot.pause()
  link.thaw()
  await once(async () => (await tickets('Avant le rangement')) === 1, 20_000, 'its ticket')
  await service.kill()
  dovecot.resume()
  expect(dovecot.mailsIn('INBOX')).toHaveLength(1)
  await isBackWith('Avant le rangement')
})
