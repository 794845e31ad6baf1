import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../support/chromium.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoPassword } from '../../server/database/demo-people.ts'
import { type ServedConsole, serveConsole } from '../support/served-console.ts'
import { expectAccessible, expectReflow } from './browser.ts'

/* What is written and bound on tickets, and what the desk knows: on the real pages, routes and database, by keyboard where there is a key. */
let served: ServedConsole
let browser: Browser
let page: Page
const numbers = { router: 0, twin: 0 }
const article = { open: 0, staff: 0 }

const ask: ServedConsole['ask'] = (...asked) => served.ask(...asked)
const requester = { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: null }
const opened = async (title: string, more: object = {}) =>
  (await ask<{ number: number }>('alice', 'POST', '/api/tickets', { title, summary: 'Au sous-sol.', requester, ...more })).number

beforeAll(async () => {
  served = await serveConsole()
  numbers.router = await opened('Routeur du 4R3 muet', { observers: [{ accountId: 'karim' }, { personId: 'sample:ahmed.benali' }] })
  numbers.twin = await opened('Routeur muet au 4R3')
  await ask('alice', 'POST', `/api/tickets/${numbers.router}/links`, { kind: 'same-cause', ticket: numbers.twin })
  for (let n = 0; n < 2; n += 1) {
    const number = await opened(`Câble arraché ${n}`, { categoryId: 'prise' })
    await ask('alice', 'POST', `/api/tickets/${number}/redirect`, { groupId: 'dsrt' })
    await ask('nadia', 'POST', `/api/tickets/${number}/give-back`, { reason: 'C’est du mobilier.', groupId: 'dprox' })
  }
  const written = (title: string, state: string, reviewOn: string) =>
    ask<{ number: number }>('nadia', 'POST', '/api/articles', {
      title,
      state,
      topicId: 'reseau',
      body: '<h2>Ce que l’on constate</h2><p>Rien ne répond.</p><ul><li>Un câble</li></ul>',
      reviewOn,
    })
  article.open = (await written('Rebrancher un routeur', 'public', '2030-01-01')).number
  article.staff = (await written('Joindre l’astreinte du réseau', 'staff', '2026-01-01')).number
  browser = await openBrowser()
  const context = await browser.newContext({ viewport: { width: 1366, height: 900 }, locale: 'fr-FR', reducedMotion: 'reduce' })
  page = await context.newPage()
  await page.goto(`${served.url}/console/tickets`)
  await page.getByLabel('Identifiant').fill('sophie')
  await page.getByLabel('Mot de passe').fill(demoPassword)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Tickets', level: 1 }).waitFor()
})
afterAll(async () => {
  await browser.close()
  await served.close()
})

const go = async (path: string, seen: string | RegExp) => {
  await page.evaluate((to) => window.history.pushState({}, '', to), path)
  await page.getByText(seen).first().waitFor()
}
const judged = async (layer: string | null = null) => {
  await expectAccessible(page, layer)
  await expectReflow(page)
}
const dialog = () => page.getByRole('dialog')
const closed = async () => {
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'detached' })
}

describe('no rule of accessibility is broken, in either scheme and down to 320 pixels', () => {
  test('on a ticket with people in copy, links, a visit, a mention and a merge', async () => {
    await go(`/console/tickets/${numbers.router}`, 'lit ce que lit l’usager')
    await page.getByText('a la même cause que').first().waitFor()
    await judged()
    await page.locator('main').focus()
    await page.keyboard.press('C')
    await dialog().getByRole('combobox').fill('nad')
    await dialog().getByRole('option', { name: /Nadia/ }).waitFor()
    await judged('[role=dialog]')
    await closed()
    await page.keyboard.press('I')
    await dialog().getByLabel('Lieu').waitFor()
    await judged('[role=dialog]')
    await closed()
    await page.keyboard.press('l')
    await dialog().getByLabel('Ce ticket').selectOption({ label: 'est un doublon de' })
    await dialog().getByRole('combobox', { name: 'Quel ticket' }).fill('routeur muet')
    await dialog()
      .getByRole('option', { name: /Routeur muet au 4R3/ })
      .waitFor()
    await dialog()
      .getByLabel(/Fusionner/)
      .check()
    await judged('[role=dialog]')
    await dialog()
      .getByRole('button', { name: `Fusionner dans le n° ${numbers.twin}` })
      .waitFor()
    await closed()
    await page.keyboard.press('n')
    await page.keyboard.type('@')
    await dialog().getByRole('combobox').fill('kar')
    await dialog().getByRole('option', { name: /Karim/ }).waitFor()
    await judged('[role=dialog]')
    await dialog().getByRole('combobox').press('Enter')
    await expect.poll(() => page.getByRole('textbox', { name: 'Note interne' }).inputValue()).toBe('@Karim Haddad ')
  })

  test('what was typed on a ticket is there again when the page is loaded anew', async () => {
    const box = () => page.getByRole('textbox', { name: 'Note interne' })
    await box().fill('Port 12 éteint')
    await page.reload()
    await expect.poll(() => box().inputValue()).toBe('Port 12 éteint')
    await page.keyboard.press('Tab')
    await box().fill('')
  })

  test('in the list: slips said, tickets chosen, and what is asked of many', async () => {
    await go('/console/tickets?q=rouetur', 'résultats pour « routeur »')
    await page.getByRole('row', { name: /Routeur du 4R3 muet/ }).waitFor()
    await page.getByLabel(`Choisir le ticket n° ${numbers.router}`).check({ force: true })
    await page.getByRole('region', { name: 'Tickets choisis' }).waitFor()
    await judged()
    await page.locator('main').focus()
    await page.keyboard.press('l')
    await dialog().getByRole('combobox', { name: 'Quel ticket' }).fill(String(numbers.twin))
    await dialog()
      .getByRole('button', { name: new RegExp(`n°\\s${numbers.twin}`) })
      .waitFor()
    await judged('[role=dialog]')
    await closed()
  })

  test('where rules are to be seen again', async () => {
    await go('/console/reglages/redirection', 'Règles à revoir')
    await judged()
    await page.getByRole('button', { name: 'Modifier' }).first().click()
    await page.getByRole('button', { name: 'Retenir la règle modifiée' }).waitFor()
    await judged()
  })

  test('in what the desk knows: index, closed tickets, an article due, its versions, its editor', async () => {
    await go('/console/connaissances', 'Rebrancher un routeur')
    await judged()
    await page.evaluate(() => window.history.pushState({}, '', '/console/connaissances?tickets=clos'))
    await page.getByLabel('Rechercher dans les tickets clos').waitFor()
    await judged()
    await go(`/console/connaissances/${article.staff}`, 'Ce que dit cet article est-il toujours juste')
    await judged()
    await page.locator('main').focus()
    await page.keyboard.press('e')
    await page.getByRole('textbox', { name: 'Texte de l’article' }).waitFor()
    await judged()
  })

  test('a picture pasted into an article is described first, and is seen by the public once the article is theirs', async () => {
    const editor = page.getByRole('textbox', { name: 'Texte de l’article' })
    await editor.click()
    await page.keyboard.press('Control+End')
    // A real picture, as a screenshot is pasted.
    await editor.evaluate(async (element) => {
      const canvas = document.createElement('canvas')
      canvas.width = 320
      canvas.height = 120
      const ink = canvas.getContext('2d')
      if (ink === null) throw new Error('no canvas')
      ink.fillStyle = '#1b6'
      ink.fillRect(0, 0, 320, 120)
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
      if (blob === null) throw new Error('no picture')
      const data = new DataTransfer()
      data.items.add(new File([blob], 'image.png', { type: 'image/png' }))
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    })
    await dialog().getByLabel('Ce qu’elle montre').waitFor()
    await dialog().getByRole('button', { name: 'Insérer' }).click()
    await dialog().getByText('Décrivez l’image').waitFor()
    await judged('[role=dialog]')
    await dialog().getByLabel('Ce qu’elle montre').fill('Le voyant vert du routeur')
    await dialog().getByRole('button', { name: 'Insérer' }).click()
    await dialog().waitFor({ state: 'detached' })
    const picture = (of: Page) => of.getByRole('img', { name: 'Le voyant vert du routeur' })
    const drawn = (of: Page) => picture(of).evaluate((img) => (img instanceof HTMLImageElement ? img.naturalWidth : 0))
    await expect.poll(() => drawn(page)).toBe(320)
    await judged()
    await page.keyboard.press('Control+Enter')
    await page.getByText('Article enregistré.').waitFor()
    await expect.poll(() => drawn(page)).toBe(320)
    const src = (await picture(page).getAttribute('src')) ?? ''
    const publicly = src.replace('/api/articles/pictures/', '/faq/images/')
    expect((await fetch(served.url + publicly)).status).toBe(404)

    await page.locator('main').focus()
    await page.keyboard.press('e')
    await page.getByRole('radiogroup', { name: 'État' }).getByText('Public', { exact: true }).click()
    await page.getByRole('button', { name: /^Enregistrer/ }).click()
    await page.getByRole('link', { name: 'Voir dans la FAQ' }).waitFor()
    const visitor = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage()
    await visitor.goto(`${served.url}/faq/${article.staff}`)
    await expect.poll(() => drawn(visitor)).toBe(320)
    expect(await picture(visitor).getAttribute('src')).toBe(publicly)
    // Never wider than a telephone.
    expect(await visitor.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    await visitor.close()
  })
})
