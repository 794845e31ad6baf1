import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { openWholeChromium } from '../support/chromium.ts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { inProject } from '../../server/project.ts'
import { DeskLine } from '../support/desk-line.ts'

/**
 * What README.md (« What one sees ») has somebody do in the first minutes, as written there: keys, the demonstration's page, what follows.
 * Calling back and handing over are in whole-day.test.ts, `?` in keys.test.ts.
 */
let desk: DeskLine
let browser: Browser
beforeAll(async () => {
  desk = await DeskLine.open({}, { trunk: false })
  browser = await openWholeChromium()
})
afterEach(async ({ task }) => {
  const keep = process.env['TEST_LOG_DIR']
  const pages = browser.contexts().flatMap((context) => context.pages())
  if (task.result?.state === 'fail' && keep !== undefined)
    for (const [i, page] of pages.entries()) await page.screenshot({ path: join(keep, `first-minutes-${i}.png`) })
  for (const context of browser.contexts()) await context.close()
  await desk.reset()
})
afterAll(async () => {
  await browser.close()
  await desk.close()
})

async function signedIn(login: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'fr-FR', baseURL: desk.service.url })
  const page = await context.newPage()
  await page.goto('/console')
  await page.getByLabel(/identifiant/i).fill(login)
  await page.locator('input[type=password]').fill('guichet-demo')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /file d’attente/i }).waitFor()
  // A first day's tour stands beside and takes no key.
  await page.locator('html[data-whole]').waitFor({ state: 'attached' })
  return page
}
async function press(page: Page, key: string): Promise<void> {
  await page.locator('main').focus()
  await page.keyboard.press(key)
}

test('the first minutes go as README tells them: a call of the demonstration, its ticket, its mail, and what each side heard', async () => {
  const [, steps = ''] = /## What one sees\n(.*?)\n## /s.exec(readFileSync(inProject('README.md'), 'utf8')) ?? []
  expect([...steps.matchAll(/`([^`]+)`/g)].map(([, typed]) => typed)).toEqual([
    'alice',
    'P',
    '/demo',
    'A',
    'Ctrl ↵',
    'F',
    'C',
    'T',
    'bruno',
    'sophie',
    '?',
  ])

  const alice = await signedIn('alice')
  await press(alice, 'p')
  await alice.getByRole('button', { name: /^Prête?/ }).waitFor()
  const demo = await alice.context().newPage()
  await demo.goto('/demo')
  await demo.getByRole('button', { name: /Claire Dubois/ }).click()
  await demo
    .getByRole('status')
    .getByText(/Claire Dubois/)
    .waitFor()

  await alice.getByRole('button', { name: /^Répondre/ }).waitFor()
  const form = alice.getByRole('form', { name: 'Nouveau ticket' })
  await expect.poll(() => form.getByLabel('Nom', { exact: true }).inputValue()).toBe('Claire Dubois')
  expect(await form.getByLabel('E-mail').inputValue()).toBe('claire.dubois@univ.example')
  await press(alice, 'a')
  await alice.getByRole('button', { name: 'Finir' }).waitFor()

  const sophie = await signedIn('sophie')
  await sophie.getByRole('button', { name: /^Superviser l’appel .*Alice Martin/ }).click()
  await sophie.getByRole('menuitem', { name: /Écouter/ }).click()
  await sophie.getByText('Décrochez pour écouter Alice Martin').waitFor()
  await press(sophie, 'a')
  await sophie.getByText('Vous écoutez Alice Martin').waitFor()
  await alice.getByText('Sophie Garnier écoute').first().waitFor()

  await form.getByLabel('Titre').fill('Clé perdue au laboratoire')
  await alice.keyboard.press('Control+Enter')
  await alice
    .getByText(/Ticket n°\s\d+ enregistré/)
    .first()
    .waitFor()
  await press(alice, 'f')
  await alice.getByRole('heading', { name: 'Appel terminé' }).waitFor()

  const places = alice.getByRole('navigation', { name: 'Principal' })
  await places.getByRole('link', { name: /^Tickets/ }).click()
  await alice.getByRole('main').getByText('Clé perdue au laboratoire').first().waitFor()
  await places.getByRole('link', { name: 'Courriels' }).click()
  await alice.getByText('claire.dubois@univ.example').first().waitFor()
  await alice
    .getByRole('main')
    .getByText(/Clé perdue au laboratoire/)
    .first()
    .waitFor()

  for (const side of [/Claire Dubois, .*appelant/i, /Claire Dubois, .*opérateur/i]) {
    const heard = demo.getByLabel(side)
    await heard.evaluate((sound: HTMLAudioElement) => sound.play())
    await expect.poll(() => heard.evaluate((sound: HTMLAudioElement) => sound.currentTime)).toBeGreaterThan(0)
  }
})
