import { chromium, type Browser, type Page } from 'playwright-core'
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { dateSentence } from '../../server/calendar/sentences.ts'
import { accounts, outbox } from '../../server/database/schema.ts'
import { listLinks } from '../../server/secret-links.ts'
import { articleContent } from '../../server/contract/articles.ts'
import { demoPassword } from '../../server/database/demo-people.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'
import { freeTcpPort } from '../support/free-port.ts'

let service: TestHttp
let browser: Browser
let url: string
/** In ms. */
let later = 0
beforeAll(async () => {
  const port = await freeTcpPort()
  url = `http://127.0.0.1:${port}`
  service = await buildTestHttp({ publicUrl: url, ticketNow: () => new Date(Date.now() + later) })
  await service.app.listen({ host: '127.0.0.1', port })
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
})
afterAll(async () => {
  await browser.close()
  await service.close()
})

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** No rule of accessibility broken in either scheme, nothing that sticks out at 320 pixels. */
async function sound(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(standards).analyze()
    expect(violations.flatMap((v) => v.nodes.map((n) => `${name} ${colorScheme} ${v.id}: ${n.target.join(' ')}`))).toEqual([])
    if (process.env['SHOTS'] !== undefined) {
      for (const width of [1366, 390]) {
        await page.setViewportSize({ width, height: 820 })
        await page.screenshot({ path: `${process.env['SHOTS']}/${name}-${colorScheme}-${width}.png`, fullPage: true })
      }
    }
  }
  await page.setViewportSize({ width: 320, height: 640 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), name).toBe(0)
  await page.setViewportSize({ width: 1366, height: 820 })
}

test('somebody without an account asks, pastes a screenshot, and follows the answer, live', async () => {
  const page = await (await browser.newContext({ locale: 'fr-FR', reducedMotion: 'reduce' })).newPage()
  page.setDefaultTimeout(10_000)
  service.desk.wait = { lowMs: 120_000, highMs: 300_000 }
  const { version } = service.settings.view.desk
  await service.settings.change('desk', { version, value: { phone: '05 61 55 00 00' } }, { id: 'sophie', name: 'Sophie' })
  await page.goto(url)
  await sound(page, 'home')
  await page.getByRole('main').getByRole('link', { name: 'Faire une demande' }).click()
  await page.getByLabel('Titre').fill('Vidéoprojecteur muet en salle 118')
  await page.getByLabel('Ce qui se passe').fill('Aucune image.\nLe voyant clignote.')
  await page.getByLabel('De quoi s’agit-il ?').selectOption('Une salle de cours')
  await sound(page, 'form')
  // A draft is kept: the page may be closed.
  await page.reload()
  await page.getByText('Votre brouillon a été retrouvé.').waitFor()
  expect(await page.getByLabel('Ce qui se passe').inputValue()).toContain('Le voyant clignote.')
  await page.getByRole('button', { name: 'Envoyer la demande' }).click()
  await page.getByText('La demande n’est pas encore partie').waitFor()
  await sound(page, 'form-problems')
  await page.getByLabel('Nom et prénom').fill('Lou Martin')
  await page.getByLabel('Adresse électronique').fill('lou@mail.example')
  await page.getByLabel('Ce qui se passe').evaluate(async (area) => {
    const canvas = document.createElement('canvas')
    canvas.width = 320
    canvas.height = 180
    const pen = canvas.getContext('2d')
    if (pen !== null) {
      pen.fillStyle = '#0b6e6e'
      pen.fillRect(0, 0, 320, 180)
    }
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve))
    const data = new DataTransfer()
    data.items.add(new File([blob ?? ''], 'image.png', { type: 'image/png' }))
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await page.waitForTimeout(1_600)
  await page.getByRole('button', { name: 'Envoyer la demande' }).click()
  await page.getByText('est enregistrée').first().waitFor()
  const number = Number(/\/demandes\/(\d+)/.exec(page.url())?.[1])
  await page.locator('.file img').waitFor()
  expect(await page.locator('.file img').evaluate((i: HTMLImageElement) => i.decode().then(() => i.naturalWidth))).toBe(320)
  await sound(page, 'saved')
  expect(await page.evaluate(() => localStorage.length)).toBe(0)
  const { tickets } = service.stores
  const alice = { id: 'alice', name: 'Alice Martin', role: 'operator' } as const
  await tickets.takeUp(number, alice)
  await tickets.contribute(number, { text: 'Quel modèle ?', visibility: 'public' }, alice)
  await page.goto(`${url}/demandes/${number}`)
  await page.getByLabel('Une information').fill('Epson EB')
  await tickets.propose(number, 'Câble HDMI remplacé par le technicien de site.', alice)
  // What is new stands there, and what is being typed is not lost to it.
  await page.getByText('Cette solution vous convient-elle ?').waitFor({ timeout: 20_000 })
  expect(await page.getByLabel('Une information').inputValue()).toBe('Epson EB')
  await sound(page, 'solution')
  await page.getByRole('button', { name: 'Oui, c’est résolu' }).click()
  await page.getByText('La demande est close').waitFor()
  await sound(page, 'closed')
}, 120_000)

test('somebody with an account finds their requests; a browser without scripts does all of it', async () => {
  const context = await browser.newContext({ locale: 'fr-FR', javaScriptEnabled: false })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  await page.goto(`${url}/demandes`)
  await page.getByRole('main').getByRole('link', { name: 'Se connecter' }).click()
  await page.getByLabel('Identifiant').fill('claire.dubois')
  await page.getByLabel('Mot de passe').fill(demoPassword)
  await page.getByRole('main').getByRole('button', { name: 'Se connecter' }).click()
  await page.getByRole('link', { name: 'Faire une demande' }).click()
  await page.getByText('claire.dubois@univ.example').waitFor()
  await page.getByLabel('Titre').fill('Accès à Moodle')
  await page.getByLabel('Fichiers').setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('BIO-L2') })
  await page.waitForTimeout(1_600)
  await page.getByRole('button', { name: 'Envoyer la demande' }).click()
  await page.getByText('est enregistrée').first().waitFor()
  await page.getByRole('link', { name: '← Mes demandes' }).click()
  await page
    .getByRole('link', { name: /Accès à Moodle/ })
    .first()
    .waitFor()
  if (process.env['SHOTS'] !== undefined) {
    await page.setViewportSize({ width: 1366, height: 820 })
    await page.screenshot({ path: `${process.env['SHOTS']}/list-nojs-1366.png`, fullPage: true })
    await page.goto(`${url}/carte`)
    await page.screenshot({ path: `${process.env['SHOTS']}/card.png`, fullPage: true })
    await page.goto(`${url}/embed`)
    await page.setViewportSize({ width: 420, height: 400 })
    await page.screenshot({ path: `${process.env['SHOTS']}/embed.png` })
  }
  await context.close()
}, 60_000)

test('an answer is looked for, read and judged; what is typed in the form is answered beside it, or its disruption followed', async () => {
  const page = await (await browser.newContext({ locale: 'fr-FR', reducedMotion: 'reduce' })).newPage()
  page.setDefaultTimeout(10_000)
  const nadia = { id: 'nadia', name: 'Nadia Roussel' }
  const body =
    '<h2>Identifiant</h2><ol><li><p>Le vôtre, suivi de <code>@univ.example</code>.</p></li></ol><table><tbody><tr><th scope="row">Réseau</th><td>eduroam</td></tr></tbody></table>'
  const article = articleContent.parse({ title: 'Se connecter au Wi-Fi eduroam', state: 'public', body, topicId: 'reseau' })
  await service.stores.articles.write(article, null, nadia)
  const opened = await service.as('alice', {
    method: 'POST',
    url: '/api/disruptions',
    payload: { title: 'Messagerie lente', workaround: 'Réessayez.', startsAt: new Date().toISOString(), ticket: 'new', audience: 'public' },
    headers: { origin: url, host: new URL(url).host },
  })
  expect(opened.statusCode).toBe(201)
  await page.goto(`${url}/perturbations`)
  await page.getByText('Messagerie lente').first().waitFor()
  await sound(page, 'disruptions')
  await page.goto(`${url}/faq`)
  await sound(page, 'faq')
  await page.getByLabel('Chercher une réponse').fill('edurom')
  await page.keyboard.press('Enter')
  await page.getByText('voici pour « eduroam »').waitFor()
  await page
    .getByRole('link', { name: /Se connecter au Wi-Fi/ })
    .first()
    .click()
  await sound(page, 'faq-article')
  await page.getByRole('button', { name: 'Non' }).click()
  await page.getByText('la réponse sera revue').waitFor()
  await page.getByRole('main').getByRole('link', { name: 'Faire une demande' }).click()
  await page.getByText('l’opérateur le saura').waitFor()
  await page.getByLabel('Titre').fill('Mesagerie lente, wifi perdu')
  await page.getByText('Une perturbation connue correspond').waitFor()
  await page
    .getByRole('link', { name: /Se connecter au Wi-Fi eduroam/ })
    .first()
    .waitFor()
  await sound(page, 'form-help')
  await page.getByLabel('Nom et prénom').fill('Lou Martin')
  await page.getByLabel('Adresse électronique').fill('lou@mail.example')
  await page.waitForTimeout(1_600)
  await page.getByRole('button', { name: 'La suivre plutôt' }).click()
  await page.getByText('Vous suivez cette perturbation').waitFor()
}, 60_000)

test('whoever keeps a list says by the link of a mail that it is still right, or what changed', async () => {
  const { db } = service.database
  await db.update(accounts).set({ personId: 'sample:claire.dubois' }).where(eq(accounts.id, 'lucie'))
  const links = listLinks('a secret of the tests', url)
  const ask = () => service.stores.listChecks.askDue({ mails: service.settings.values.mails, publicUrl: url, links, days: dateSentence })
  await ask()
  later = 31 * 86_400_000
  await ask()
  const sent = await db.select().from(outbox).where(eq(outbox.to, 'claire.dubois@univ.example'))
  const link = sent.flatMap(({ text }) => /http:\S*\/listes\/[a-z2-7-]+$/m.exec(text)?.[0] ?? [])[0]
  expect(link).toContain(url)
  const page = await (await browser.newContext({ locale: 'fr-FR', reducedMotion: 'reduce' })).newPage()
  page.setDefaultTimeout(10_000)
  await page.goto(`${link}?reponse=non`)
  await page.getByText('Nadia Roussel').waitFor()
  await sound(page, 'list-question')
  await page.getByLabel('Ce qui a changé').or(page.locator('#texte')).first().fill('Nadia part en mars.')
  await page.getByRole('button', { name: 'Envoyer' }).click()
  await page.getByRole('status').waitFor()
  await sound(page, 'list-answered')
  await page.goto(`${link}`)
  await page.getByText('Nadia part en mars.').waitFor()
  await sound(page, 'list-again')
})
