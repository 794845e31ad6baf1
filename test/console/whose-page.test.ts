import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../support/chromium.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isTheirs } from '../../console/app/whose-page.ts'
import { type ServedConsole, serveConsole } from '../support/served-console.ts'

const whoIs = { operator: 'alice', supervisor: 'sophie', administrator: 'admin', level2: 'nadia', referent: 'lucie' } as const
type Worker = keyof typeof whoIs
const workers = Object.keys(whoIs) as Worker[]

/** Whose each page is, written out apart from the tables: changing one means changing both. `null`: of all who work here. */
const expected: Readonly<Record<string, string | null>> = {
  '/console': null,
  '/console/tickets': null,
  '/console/tickets/$number': null,
  '/console/personnes/$id': null,
  '/console/groupes': null,
  '/console/groupes/$id': null,
  '/console/perturbations': null,
  '/console/connaissances': null,
  '/console/connaissances/$number': null,
  '/console/raccourcis': null,
  '/console/guide': null,
  '/console/composants': null,
  '/console/demo': null,
  '/console/a-rappeler': 'operator supervisor administrator',
  '/console/planning': 'operator supervisor administrator',
  '/console/courriels': 'operator supervisor administrator',
  '/console/entrainement': 'operator supervisor',
  '/console/effectifs': 'supervisor administrator',
  '/console/reglages': 'supervisor administrator',
  '/console/reglages/$page': 'supervisor administrator',
  '/console/indicateurs': 'supervisor administrator level2 referent',
  '/console/indicateurs/envois': 'supervisor administrator level2 referent',
  '/console/appels/$id': 'supervisor',
  '/console/entites/$id': 'level2 referent',
}
/** « Réglages » has some that give roles, guard the door or name another server. */
const forAdministrators = ['comptes', 'connexion', 'annuaire', 'entites', 'cles', 'webhooks', 'agenda', 'glpi', 'ocs']

const source = (path: string) => readFileSync(join(import.meta.dirname, '../../console', path), 'utf8')
const routed = [...source('app/router.tsx').matchAll(/getParentRoute: \(\) => console_,\s*path: '([^']+)'/g)].map(([, path = '']) =>
  path === '/' ? '/console' : `/console${path}`,
)
const settingsPages = [...source('administration/pages.ts').matchAll(/\bpath: '([^']+)'/g)].map(([, path = '']) => path)

const whoseIs = (page: string) => expected[page]?.split(' ') ?? workers

describe('whose a page is', () => {
  test('every page of the console is somebody’s', () => {
    expect(routed.length).toBeGreaterThan(20)
    expect(routed.toSorted()).toEqual(Object.keys(expected).toSorted())
    expect(settingsPages.length).toBeGreaterThan(30)
    expect(settingsPages).toEqual(expect.arrayContaining(forAdministrators))
  })

  test.each(Object.keys(expected))('%s', (page) => {
    expect(workers.filter((role) => isTheirs({ role, demo: false }, page))).toEqual(workers.filter((role) => whoseIs(page).includes(role)))
  })

  test('in the demonstration everybody who works here reads the mails', () => {
    expect(workers.filter((role) => isTheirs({ role, demo: true }, '/console/courriels'))).toEqual(workers)
  })
})

describe('a page opened by its address', () => {
  let served: ServedConsole
  let browser: Browser
  const article = { number: 0 }
  const tickets: Partial<Record<Worker, number>> = {}

  beforeAll(async () => {
    served = await serveConsole()
    for (const role of workers)
      tickets[role] = (
        await served.ask<{ number: number }>(whoIs[role], 'POST', '/api/tickets', {
          title: 'Accès au partage du laboratoire de chimie organique',
          summary: 'Depuis le changement de poste.',
          requester: { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: null },
        })
      ).number
    article.number = (
      await served.ask<{ number: number }>('nadia', 'POST', '/api/articles', {
        title: 'Joindre l’astreinte',
        state: 'staff',
        body: '<p>17</p>',
      })
    ).number
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await served.close()
  })

  const addressOf = (page: string, role: Worker) =>
    page
      .replace('tickets/$number', `tickets/${tickets[role]}`)
      .replace('connaissances/$number', `connaissances/${article.number}`)
      .replace('personnes/$id', 'personnes/sample:claire.dubois')
      .replace('groupes/$id', 'groupes/dsrt')
      .replace('appels/$id', 'appels/nobody-called')
      .replace('entites/$id', 'entites/none')

  /** All that is wrong with the pages of the console for one role, on a screen 480 pixels wide. */
  async function walk(role: Worker): Promise<string[]> {
    const wrong: string[] = []
    const context = await browser.newContext({ viewport: { width: 480, height: 900 }, locale: 'fr-FR', reducedMotion: 'reduce' })
    const [name = '', value = ''] = (await served.service.cookieOf(whoIs[role])).split('=')
    await context.addCookies([{ name, value, url: served.url }])
    const page = await context.newPage()
    let at = '/console'
    let asking = 0
    let lastAnswer = Date.now()
    const isOurs = (url: string) => url.startsWith(served.url) && !url.includes('/socket.io/')
    page.on('request', (request) => {
      if (isOurs(request.url())) asking += 1
    })
    const answered = (url: string) => {
      if (!isOurs(url)) return
      asking -= 1
      lastAnswer = Date.now()
    }
    page.on('requestfinished', (request) => answered(request.url()))
    page.on('requestfailed', (request) => answered(request.url()))
    page.on('response', (response) => {
      if (response.status() === 401 || response.status() === 403 || response.status() >= 500)
        wrong.push(`${at}: ${response.status()} ${response.request().method()} ${new URL(response.url()).pathname}`)
    })
    page.on('pageerror', (error) => wrong.push(`${at}: ${error.message}`))

    await page.goto(`${served.url}/console/guide`)
    await page.locator('html[data-whole]').waitFor({ state: 'attached' })
    const visit = async (address: string, theirs: boolean) => {
      at = address
      const before = await page.evaluate((to) => {
        const heading = document.querySelector<HTMLElement>('main h1')
        if (heading !== null) heading.dataset['before'] = ''
        window.history.pushState({}, '', to)
        return heading?.textContent ?? ''
      }, address)
      await page.waitForFunction((old) => {
        const heading = document.querySelector<HTMLElement>('main h1')
        return heading !== null && (heading.dataset['before'] === undefined || heading.textContent !== old)
      }, before)
      await expect.poll(() => asking === 0 && Date.now() - lastAnswer > 100, { timeout: 30_000 }).toBe(true)
      const { told, alarms, out } = await page.evaluate(() => {
        const main = document.querySelector('main')
        // The page of components shows failures and refusals among all else.
        const own = (e: Element) => e.closest('[data-component]') === null
        const texts = [...(main?.querySelectorAll('p') ?? [])].filter(own).map((one) => one.textContent)
        return {
          told: texts.some((text) => text.includes('n’est pas une page de votre rôle')),
          alarms: [...(main?.querySelectorAll('[role=alert]') ?? [])].filter(own).map((one) => one.textContent),
          out: [document.documentElement, ...document.querySelectorAll('main')]
            .map((e) => e.scrollWidth - e.clientWidth)
            .filter((d) => d > 0),
        }
      })
      if (told === theirs) wrong.push(`${at}: ${told ? 'refused' : 'not refused'}`)
      wrong.push(...alarms.map((text) => `${at}: ${text}`), ...out.map((pixels) => `${at}: ${pixels} pixels too wide`))
    }
    // Pages of the same heading are never visited one after the other.
    const static_ = (path: string) => !path.includes('$')
    const visited = [...routed.filter(static_), ...routed.filter((path) => !static_(path))]
    for (const one of visited.filter((path) => !path.startsWith('/console/reglages')))
      await visit(addressOf(one, role), whoseIs(one).includes(role))
    const manages = whoseIs('/console/reglages').includes(role)
    for (const one of manages ? settingsPages : settingsPages.slice(0, 1))
      await visit(`/console/reglages/${one}`, manages && (role === 'administrator' || !forAdministrators.includes(one)))
    await context.close()
    return wrong
  }

  test('is shown whole to whom it is for, is told in words to others, asks for nothing that is refused, and never scrolls sideways', async () => {
    const found = await Promise.all(workers.map(async (role) => [role, await walk(role)]))
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(workers.map((role) => [role, []])))
  })
})
