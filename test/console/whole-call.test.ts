import type { Browser, Page } from 'playwright-core'
import { openWholeChromium } from '../support/chromium.ts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { OwedList } from '../../server/contract/http.ts'
import { DeskLine } from '../support/desk-line.ts'
import { freeUdpPorts } from '../support/free-port.ts'
import { RtpPeer } from '../support/rtp.ts'
import { once, type Party } from '../support/sipp.ts'
import { type Slapd, startSlapd } from '../support/slapd.ts'
import { type Smtp, startSmtp } from '../support/smtp.ts'
import { heardParts, voice } from '../support/sound.ts'

/** The whole product at once: SIPp callers and phones, Asterisk, slapd, PostgreSQL, an SMTP server, and the console in Chromium. */
const marguerite = {
  uid: 'morsini',
  displayName: 'Marguerite Orsini',
  mail: 'marguerite.orsini@univ.example',
  telephoneNumber: '05 61 55 77 01',
  roomNumber: 'Bât. 3R1, bureau 12',
}
let slapd: Slapd
let smtp: Smtp
let desk: DeskLine
let browser: Browser
let page: Page

beforeAll(async () => {
  slapd = await startSlapd([marguerite])
  smtp = await startSmtp()
  desk = await DeskLine.open({ ...slapd.env, SMTP_URL: smtp.url, MAIL_FROM: 'guichet@univ.example' })
  browser = await openWholeChromium()
})
afterEach(async () => {
  await page.context().close()
  slapd.resume()
  await desk.reset()
})
afterAll(async () => {
  await browser.close()
  await desk.close()
  await smtp.stop()
  await slapd.stop()
})

async function operatorAtTheConsole(): Promise<void> {
  page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'fr-FR', baseURL: desk.service.url })).newPage()
  await page.goto('/console')
  await page.getByLabel(/identifiant/i).fill('alice')
  await page.locator('input[type=password]').fill('guichet-demo')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /file d’attente/i }).waitFor()
  const { status } = await page.evaluate(async () => {
    const answer = await fetch('/api/operators/me', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"state":"ready"}',
    })
    return { status: answer.status }
  })
  expect(status).toBe(200)
}
const nameField = () => page.getByRole('combobox', { name: 'Nom' })
const rings = (phone: Party) => once(() => phone.messages().some(({ line }) => line.includes(' 180 ')), 10_000, 'the ringing phone')
const named = (name: string) => once(async () => (await nameField().inputValue()) === name, 10_000, `${name} on the form`)

test('a caller known to the directory is on the operator’s screen before the phone is picked up; both talk; the ticket is saved and the mail arrives', async () => {
  await once(
    async () => (await desk.rows(`select 1 from people where name = 'Marguerite Orsini'`)).length === 1,
    20_000,
    'the directory’s copy',
  )
  await operatorAtTheConsole()
  const live = await desk.live(await desk.service.signIn('alice'))
  const [mine, theirs] = [await RtpPeer.open(), await RtpPeer.open()]
  const phone = await desk.phone('phone-answers-when-told', { rtpPort: theirs.port })
  const caller = await desk.caller({ from: '<sip:0561557701@127.0.0.1>', rtpPort: mine.port })
  await rings(phone)
  await named('Marguerite Orsini')
  expect(await page.getByLabel('E-mail').inputValue()).toBe('marguerite.orsini@univ.example')
  await live.until('the ringing call', () => live.call?.status === 'ringing')
  expect(live.pops[0]?.pop.call.people.map((p) => p.name)).toEqual(['Marguerite Orsini'])
  const invited = phone.messages().find(({ line }) => line.startsWith('INVITE '))
  expect(live.pops[0]?.at).toBeLessThan((invited?.at ?? 0) * 1000 + 250)

  await phone.tell()
  await page.getByRole('button', { name: /finir/i }).waitFor()
  await caller.answered()
  await mine.speaksFor(caller)
  await theirs.speaksFor(phone)
  const [hers, operators] = [voice(7, 2), voice(13, 2)]
  mine.speak(hers)
  theirs.speak(operators)
  await once(() => mine.heardMs > 4_000 && theirs.heardMs > 4_000, 15_000, 'both voices')
  expect(heardParts(mine.heard(), operators)).toBeGreaterThan(0.4)
  expect(heardParts(theirs.heard(), hers)).toBeGreaterThan(0.4)

  await page.getByLabel('Titre').fill('Vidéoprojecteur éteint en salle 12')
  await page.keyboard.press('Control+Enter')
  await page
    .getByText(/enregistré/)
    .first()
    .waitFor()
  const tickets = await desk.rows<{ number: string; requester_name: string }>(
    `select number, requester_name from tickets where title like 'Vidéoprojecteur%'`,
  )
  expect(tickets).toEqual([expect.objectContaining({ requester_name: 'Marguerite Orsini' })])
  await smtp.arrived(1)
  const [mail] = smtp.received
  expect(mail?.to).toEqual(['marguerite.orsini@univ.example'])
  expect(mail?.mail.text).toContain(`Votre demande n° ${tickets[0]?.number} est en cours de traitement.`)

  await caller.tell()
  await page.getByRole('heading', { name: 'Appel terminé' }).waitFor()
  await once(
    async () =>
      (await desk.rows(`select 1 from calls where outcome = 'completed' and talk_ms > 3000 and operator_id = 'alice'`)).length === 1,
    10_000,
    'the call’s line',
  )
  mine.close()
  theirs.close()
  await desk.clean()
})

test('somebody whom only the directory knows is named while the phone rings', async () => {
  await operatorAtTheConsole()
  await slapd.add({
    uid: 'new',
    displayName: 'Nadège Tisseyre',
    mail: 'nadege.tisseyre@univ.example',
    telephoneNumber: '+33 5 61 55 77 02',
  })
  const phone = await desk.phone('phone-answers-when-told')
  await desk.caller({ from: '<sip:0561557702@127.0.0.1>' })
  await rings(phone)
  await named('Nadège Tisseyre')
})

test('several people on one number are all offered, and the one chosen fills the form', async () => {
  await operatorAtTheConsole()
  const phone = await desk.phone('phone-answers-when-told')
  await desk.caller({ from: '<sip:0561552000@127.0.0.1>' })
  await rings(phone)
  await page
    .getByRole('radio', { name: /Zoé/ })
    .or(page.getByRole('button', { name: /Zoé/ }))
    .first()
    .click()
  await named("Zoé Lefèvre-O'Brien")
})

test('a frozen directory delays neither the ring nor the form', async () => {
  await operatorAtTheConsole()
  await slapd.pause()
  const phone = await desk.phone('phone-answers-when-told')
  await desk.caller({ from: '<sip:0561557799@127.0.0.1>' })
  await rings(phone)
  await once(
    async () => (await page.getByLabel('Téléphone', { exact: true }).inputValue()).replace(/\D/g, '') === '0561557799',
    10_000,
    'the number on the form',
  )
})

test('a caller who hangs up while the phone rings leaves no form and no draft', async () => {
  await operatorAtTheConsole()
  const phone = await desk.phone('phone-answers-when-told')
  const caller = await desk.caller({ from: '<sip:0561557701@127.0.0.1>' })
  await rings(phone)
  await named('Marguerite Orsini')
  await caller.tell()
  await page.getByRole('button', { name: /répondre/i }).waitFor({ state: 'detached' })
  await once(async () => (await nameField().count()) === 0 || (await nameField().inputValue()) === '', 5_000, 'an empty form')
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('draft')))).toEqual([])
  await desk.clean()
})

test('somebody who gave up waiting is called back from the list: the own phone, then theirs, then the ticket, which settles it', async () => {
  const [port = 0] = await freeUdpPorts(1)
  const { me, live } = await desk.registered('alice', port)
  const waiting = await desk.caller({ from: '<sip:0561551234@127.0.0.1>' })
  await me.state('offline')
  await live.until('the wait', () => live.call?.status === 'waiting')
  await once(() => Date.now() - Date.parse(live.call?.arrivedAt ?? '') > 3_200, 10_000, 'a wait worth an answer')
  await waiting.tell()
  await waiting.done
  const owed = async (state: 'open' | 'settled') => (await me.ask<OwedList>('GET', `/api/owed?state=${state}`)).body.entries
  await once(async () => (await owed('open')).length === 1, 10_000, 'the answer owed')

  await operatorAtTheConsole()
  const own = await desk.phone('phone-answers-when-told', { port })
  const theirs = await desk.phone('phone-answers-when-told')
  await page.getByRole('link', { name: /À rappeler/ }).click()
  await page.getByRole('button', { name: /^Rappeler : / }).click()
  await page.getByText('Votre téléphone sonne…').waitFor()
  await rings(own)
  await own.tell()
  await page.getByText('05 61 55 12 34 sonne…').waitFor()
  await rings(theirs)
  await theirs.tell()
  await page.getByRole('button', { name: /finir/i }).waitFor()
  await named('Claire Dubois')
  expect((await owed('open'))[0]?.takenBy?.id).toBe('alice')

  await page.getByLabel('Titre').fill('Accès à Moodle rétabli')
  await page.keyboard.press('Control+Enter')
  await once(async () => (await owed('settled'))[0]?.settledHow === 'reached', 10_000, 'the answer given')
  await page.getByRole('region', { name: /^Rappeler : / }).waitFor({ state: 'detached' })
  await theirs.tell()
  await page.getByRole('heading', { name: 'Appel terminé' }).waitFor()
  await desk.clean()
})
