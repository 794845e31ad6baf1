import { expect, test } from 'vitest'
import { shortcutKeys } from '../../server/contract/shortcut-keys.ts'
import { expectAccessible, expectReflow, inChromium } from './browser.ts'
import { call, claire, operator } from './fake-world.ts'

const on = inChromium()
const rowOf = (what: string) => on.page.getByRole('listitem').filter({ hasText: what })
const keyOf = (what: string) => on.page.getByRole('button', { name: `Changer la touche de : ${what}` })

test('a key is moved, refused where it serves already, removed and put back; what it stood for follows it everywhere', async () => {
  await on.signedIn('/console/raccourcis')
  await keyOf('Répondre à l’appel').click()
  await on.page.keyboard.press('h')
  await on.page.getByRole('alert').getByText('La touche « H » sert déjà à : Mettre en garde, reprendre').waitFor()
  await expectAccessible(on.page)
  await keyOf('Répondre à l’appel').click()
  await on.page.keyboard.press('F5')
  await on.page.getByRole('alert').getByText('Cette touche ne peut pas servir seule').waitFor()
  await keyOf('Répondre à l’appel').click()
  await on.page.keyboard.press('0')
  await rowOf('Répondre à l’appel').getByText('à l’origine « A »').waitFor()
  await expect.poll(() => on.server.preferences.keys).toEqual({ a: '0' })
  await on.page.getByRole('button', { name: 'Retirer la touche de : Refuser l’appel' }).click()
  await expect.poll(() => on.server.preferences.keys).toEqual({ a: '0', x: null })
  await expectReflow(on.page)

  // It rings: the desk comes by itself.
  const ringing = call('c1', [claire], { status: 'ringing', offeredTo: ['alice'] })
  on.server.change({ calls: [ringing], operators: [operator('alice', 'Alice Martin', 'ringing', { callId: 'c1' })] })
  const answer = on.page.getByRole('button', { name: /^Répondre/ })
  await answer.getByText('0').waitFor()
  expect(await answer.getAttribute('aria-keyshortcuts')).toBe('0')
  expect(await on.page.getByRole('button', { name: /^Refuser/ }).getAttribute('aria-keyshortcuts')).toBeNull()
  await on.page.keyboard.press('a')
  await on.page.keyboard.press('x')
  await on.page.keyboard.press('0')
  await expect.poll(() => on.server.asked.filter((one) => one.includes('/calls/'))).toEqual(['POST /api/calls/c1/answer'])
})

test('what is typed while the palette is still on its way acts on nothing beneath it', async () => {
  let come = () => {}
  const held = new Promise<void>((resolve) => {
    come = resolve
  })
  await on.page.route(/\/assets\/around-.*\.js/, async (route) => {
    await held
    await route.continue()
  })
  // It is fetched once the page listens.
  const asked = on.page.waitForRequest(/\/assets\/around-.*\.js/)
  await on.signedIn('/console', 'first view')
  await asked
  await on.page.keyboard.press('Control+k')
  await on.page.keyboard.type('cp')
  come()
  await on.page.getByPlaceholder('Personne, n°, action…').waitFor()
  expect(await on.page.getByRole('dialog', { name: 'Appeler un numéro' }).count()).toBe(0)
  expect(on.server.asked.filter((one) => one.startsWith('PUT /api/operators/me'))).toEqual([])
})

test('every single key has its words, and the poster shows them all on one sheet', async () => {
  await on.signedIn('/console/raccourcis')
  await on.page.getByRole('heading', { name: 'Raccourcis clavier' }).waitFor()
  expect(await on.page.getByRole('button', { name: /^Changer la touche de : / }).count()).toBe(shortcutKeys.length)
  expect(await on.page.getByText('ownKeys.').count()).toBe(0)
  const pdf = await on.page.pdf({ preferCSSPageSize: true })
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBe(1)
  await on.page.getByRole('button', { name: 'Retirer la touche de : Chercher' }).click()
  await on.page.getByRole('button', { name: 'Tout remettre comme à l’origine' }).click()
  await expect.poll(() => on.server.preferences.keys).toEqual({})
})

test('what is printed from a dark screen is dark ink on white, without its buttons, and the screen stays dark', async () => {
  await on.page.emulateMedia({ colorScheme: 'dark' })
  await on.signedIn('/console/raccourcis')
  await on.page.getByRole('heading', { name: 'Raccourcis clavier' }).waitFor()
  await on.page.evaluate(() =>
    matchMedia('print').addEventListener('change', ({ matches }) => {
      if (!matches) return
      const shown = [...document.querySelectorAll('.mantine-Button-root')].filter((one) => one.checkVisibility()).length
      document.documentElement.dataset.seenOnPaper = `${getComputedStyle(document.body).color}, ${shown} buttons`
    }),
  )
  await on.page.pdf()
  expect(await on.page.locator('html').getAttribute('data-seen-on-paper')).toBe('rgb(20, 24, 31), 0 buttons')
  expect(await on.page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark')
})

test('what figures draw is drawn on paper too', async () => {
  on.server.me = { ...on.server.me, id: 'sophie', login: 'sophie', name: 'Sophie Garnier', role: 'supervisor', extension: null }
  await on.signedIn('/console/indicateurs')
  await on.page.getByRole('list', { name: 'Attentes' }).waitFor()
  await on.page.emulateMedia({ media: 'print' })
  // Browsers leave grounds out unless told otherwise.
  const left = await on.page.evaluate(() =>
    [...document.querySelectorAll('main [data-drawing], main [data-drawing] > *, main td')]
      .filter((one) => getComputedStyle(one).backgroundColor !== 'rgba(0, 0, 0, 0)')
      .map((one) => getComputedStyle(one).printColorAdjust),
  )
  await on.page.emulateMedia({ media: 'screen' })
  expect(left.length).toBeGreaterThan(10)
  expect(new Set(left)).toEqual(new Set(['exact']))
})

test('the first day’s tour has three steps in the page, is left for good, and leads to the guide with one’s own keys', async () => {
  on.server.preferences = { keys: { p: '0', h: null }, singleKeys: true, tourDone: false }
  await on.signedIn()
  const tour = on.page.getByRole('region', { name: 'Première visite' })
  await tour.getByText('Dites que vous êtes là').waitFor()
  await tour.getByText('0', { exact: true }).waitFor()
  await expectAccessible(on.page)
  await tour.getByRole('button', { name: 'Continuer' }).press('Enter')
  await tour.getByText('L’appel arrive ici').waitFor()
  await tour.getByRole('button', { name: 'Continuer' }).press('Enter')
  await tour.getByRole('button', { name: 'Lire le guide' }).press('Enter')
  await on.page.getByRole('heading', { name: 'Un appel, du début à la fin' }).waitFor()
  await tour.waitFor({ state: 'detached' })
  expect(on.server.preferences.tourDone).toBe(true)
  await on.page.getByText('Devenez prêt : 0').waitFor()
  await on.page.getByText('Faites patienter : sans touche (musique)').waitFor()
  await on.page.getByRole('link', { name: 'Ce qu’un appel laisse' }).click()
  await expect.poll(() => on.page.evaluate(() => document.activeElement?.textContent)).toBe('Ce qu’un appel laisse')
  await expectAccessible(on.page)
  await expectReflow(on.page)
  await on.page.getByRole('button', { name: /^Mon compte/ }).click()
  await on.page.getByRole('button', { name: 'Revoir la visite' }).click()
  await tour.waitFor()
})

test('level 2 reads a guide of its own first, and the other one by a choice that the address keeps', async () => {
  on.server.me = { ...on.server.me, id: 'nadia', login: 'nadia', name: 'Nadia Roussel', role: 'level2', extension: null }
  await on.signedIn('/console/guide')
  await on.page.getByRole('heading', { name: 'Le guide du niveau 2', level: 1 }).waitFor()
  await on.page.getByRole('heading', { name: 'Un ticket arrive' }).waitFor()
  await expectAccessible(on.page)
  await on.page.getByRole('radio', { name: 'Au guichet' }).press(' ')
  await on.page.getByRole('heading', { name: 'Le guide de l’opérateur', level: 1 }).waitFor()
  await expect.poll(() => new URL(on.page.url()).searchParams.get('pour')).toBe('operateur')
  await on.page.reload()
  await on.page.getByRole('heading', { name: 'Un appel, du début à la fin' }).waitFor()
})
