import { expect, test } from 'vitest'
import { inChromium } from './browser.ts'
import { english, french } from './texts.ts'

const on = inChromium()

/** Every screen that the sample world can show. */
const screens = [
  '/console',
  '/console/tickets',
  '/console/tickets/10388',
  '/console/a-rappeler',
  '/console/perturbations',
  '/console/groupes',
  '/console/groupes/sciences',
  '/console/planning',
  '/console/effectifs',
  '/console/personnes/claire.dubois',
  '/console/courriels',
  '/console/demo',
  '/console/entrainement',
  '/console/raccourcis',
  '/console/composants',
  'horaires',
  'permanence',
  'operateurs',
  'lignes',
  'sorties',
  'suivi',
  'annonces',
  'attente',
  'tickets',
  'categories',
  'redirection',
  'delais',
  'modeles',
  'dialogue',
  'portail',
  'courriels',
  'murs',
  'comptes',
  'connexion',
  'annuaire',
  'entites',
  'cles',
  'webhooks',
  'agenda',
  'supervision',
  'centraux',
  'configuration',
].map((one) => (one.startsWith('/') ? one : `/console/reglages/${one}`))

test('whoever reads English reads no French text of ours on any screen, and fetches none', async () => {
  const ours = new Set(english.values())
  const foreign = new Set([...french.values()].filter((text) => text.length > 3 && !text.includes('{{') && !ours.has(text)))
  expect(foreign.size).toBeGreaterThan(1_500)
  // What a site wrote itself stays in its words.
  for (const theirs of [
    'Wi-Fi en panne',
    'Réseau',
    'Logiciel',
    'Impression',
    'Pause',
    'Déjeuner',
    'Réunion',
    'Formation',
    'Autre tâche',
    'Autre',
    'Serveur',
    'Guichet',
  ])
    foreign.delete(theirs)
  const fetched: string[] = []
  on.page.on('request', (request) => fetched.push(new URL(request.url()).pathname))
  await on.page.addInitScript(() => localStorage.setItem('guichet.language', 'en'))
  on.server.me = { ...on.server.me, id: 'admin', login: 'admin', name: 'Anne Delmas', role: 'administrator' }
  await on.page.context().addCookies([{ name: 'fake-session', value: 'yes', url: on.server.url }])
  await on.page.goto(`${on.server.url}/console`)
  await on.page.getByText('Nobody is waiting.').waitFor()
  await expect.poll(() => on.page.locator('html').getAttribute('lang')).toBe('en')
  const found: string[] = []
  for (const screen of screens) {
    await on.page.evaluate((path) => window.history.pushState({}, '', path), screen)
    await on.page.waitForLoadState('networkidle')
    const texts = await on.page.evaluate(() => {
      const said = [...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap((one) =>
        ['aria-label', 'title', 'placeholder'].map((name) => one.getAttribute(name) ?? ''),
      )
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      while (walker.nextNode() !== null) said.push(walker.currentNode.textContent ?? '')
      return said.map((text) => text.trim())
    })
    found.push(...texts.filter((text) => foreign.has(text)).map((text) => `${screen}: ${text}`))
  }
  expect([...new Set(found)]).toEqual([])
  expect(fetched.filter((path) => /\/(?:later-)?fr-[\w-]+\.js$/.test(path))).toEqual([])
  expect(fetched.some((path) => /\/en-[\w-]+\.js$/.test(path))).toBe(true)
})
