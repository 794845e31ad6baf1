import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailDesk, openMailDesk } from '../support/mail-desk.ts'
import { once } from '../support/sipp.ts'
import { type Smtp, startSmtp } from '../support/smtp.ts'

let smtp: Smtp
let desk: MailDesk
beforeAll(async () => {
  smtp = await startSmtp()
  desk = await openMailDesk({ smtpUrl: smtp.url })
})
afterAll(async () => {
  await desk.close()
  await smtp.stop()
})

const [mails, kills] = [40, 4]
const sender = (n: number) => `somebody-${n}@elsewhere.example`
const mail = (n: number) =>
  [
    `From: Quelqu'un ${n} <${sender(n)}>`,
    'To: guichet@univ.example',
    `Subject: Panne du poste ${n}`,
    'Date: Mon, 23 Nov 2026 10:00:00 +0100',
    `Message-ID: <panne-${n}@elsewhere.example>`,
    '',
    `Plus rien ne marche au poste ${n}.`,
    '',
  ].join('\r\n')
const made = async () => Number((await desk.direct.query(`select count(*) from tickets where title like 'Panne du poste %'`)).rows[0].count)
const owed = async (): Promise<readonly { readonly to: string; readonly state: string; readonly n: number }[]> =>
  (
    await desk.direct.query(
      `select to_address as "to", state, count(*)::int as n from outbox where to_address like 'somebody-%' group by 1, 2`,
    )
  ).rows

test('killed again and again while many mails wait on both sides, the service makes one ticket of each and answers each once', async () => {
  for (let n = 1; n <= mails; n += 1) desk.dovecot.deliver(mail(n))
  desk.service.launch()
  for (let kill = 1; kill <= kills; kill += 1) {
    // The first start brings PostgreSQL its tables.
    await once(async () => (await made().catch(() => 0)) >= (kill * mails) / (kills + 1), 60_000, 'some of the tickets')
    await desk.service.kill()
    expect(await made()).toBeLessThan(mails)
    desk.service.launch()
  }
  await once(async () => (await made()) >= mails && desk.dovecot.mailsIn('INBOX').length === 0, 60_000, 'all tickets and an empty mailbox')
  await once(async () => (await owed()).every(({ state }) => state === 'sent' || state === 'uncertain'), 60_000, 'the last answer')

  const titles = await desk.direct.query(`select title, count(*)::int as n from tickets where title like 'Panne du poste %' group by 1`)
  expect(titles.rows.filter(({ n }) => n !== 1)).toEqual([])
  expect(titles.rows).toHaveLength(mails)
  const answers = await owed()
  expect(answers.map(({ to }) => to).sort()).toEqual(Array.from({ length: mails }, (_, i) => sender(i + 1)).sort())
  expect(answers.filter(({ n }) => n !== 1)).toEqual([])
  const arrived = (to: string) => smtp.received.filter((one) => one.to.includes(to)).length
  // Whether the one that was under way arrived nobody can know: a person settles it, and it is not sent again by itself.
  expect(answers.filter(({ to, state }) => (state === 'sent' ? arrived(to) !== 1 : arrived(to) > 1))).toEqual([])
  expect(answers.filter(({ state }) => state === 'uncertain').length).toBeLessThanOrEqual(kills)
}, 180_000)
