import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { inChromium } from './browser.ts'
import { call, claire, ines, operator, talking } from './fake-world.ts'

const on = inChromium()
const generousMs = 15_000
const field = (name: string, page: Page = on.page) => page.getByLabel(name, { exact: true })
const rings = (id: string) =>
  on.server.change({
    calls: [call(id, [claire], { status: 'ringing', offeredTo: ['alice'] })],
    operators: [operator('alice', 'Alice Martin', 'ringing', { callId: id })],
  })
const answered = (id: string) =>
  on.server.change({
    calls: [talking(call(id, [claire]), 'alice')],
    operators: [operator('alice', 'Alice Martin', 'talking', { callId: id })],
  })
/** What happened while this console was not told. */
const endsUnheard = (id: string) =>
  on.server.lose({
    ended: [{ id, operatorId: null, reason: 'abandoned' }],
    operators: [operator('alice', 'Alice Martin', 'ready')],
  })
/** Gone once the page has been opened anew. */
const mark = () => on.page.evaluate(() => document.documentElement.setAttribute('data-opened-before', ''))
const isMarked = () => on.page.evaluate(() => document.documentElement.hasAttribute('data-opened-before'))

describe('a ticket that the server cannot take', () => {
  test('is saved by itself once it can, the page reloaded in the midst of it, and makes one ticket', async () => {
    await on.signedIn()
    rings('c1')
    answered('c1')
    on.server.saveFails = 'database_away'
    await field('Titre').fill('Plus de réseau')
    await field('Titre').press('Control+Enter')
    await on.page.getByText('Nouvel essai toutes les trois secondes').waitFor()
    await on.page.reload()
    await expect.poll(() => field('Titre').inputValue(), { timeout: generousMs }).toBe('Plus de réseau')
    const tried = on.server.asked.length
    await expect.poll(() => on.server.asked.length, { timeout: generousMs }).toBeGreaterThan(tried)
    on.server.saveFails = null
    await on.page.getByText('Ticket n° 10412 enregistré').first().waitFor({ timeout: generousMs })
    expect(on.server.creations).toHaveLength(1)
  })

  test('waits for its writer once more is written', async () => {
    await on.signedIn()
    await on.page.keyboard.press('n')
    on.server.saveFails = 'database_full'
    await field('Titre').fill('Écran noir')
    await field('Titre').press('Control+Enter')
    await on.page.getByText('Nouvel essai toutes les trois secondes').waitFor()
    await field('Titre').fill('Écran noir au')
    on.server.saveFails = null
    await on.page.getByText('Nouvel essai toutes les trois secondes').waitFor({ state: 'detached' })
    await field('Titre').press('Control+Enter')
    await on.page.getByText('Ticket n° 10412 enregistré').first().waitFor()
    expect(on.server.creations).toMatchObject([{ title: 'Écran noir au' }])
  })
})

describe('a console that was away', () => {
  test.each([
    ['offline', async (page: Page, away: boolean) => page.context().setOffline(away)],
    [
      'asleep',
      async (page: Page, away: boolean) => {
        const devtools = await page.context().newCDPSession(page)
        await devtools.send('Page.setWebLifecycleState', { state: away ? 'frozen' : 'active' })
      },
    ],
  ])('(%s) is right again at its return: nothing rings that has ended, and what was typed is there', async (how, go) => {
    await on.signedIn()
    await on.page.keyboard.press('n')
    await field('Titre').fill('À garder')
    rings('c1')
    await on.page.getByRole('button', { name: 'Répondre' }).waitFor()
    await go(on.page, true)
    if (how === 'offline') {
      await on.page.getByText(/Connexion perdue/).waitFor({ timeout: generousMs })
      await expect.poll(() => on.page.title()).not.toContain('appelle')
    }
    endsUnheard('c1')
    on.server.restart()
    await go(on.page, false)
    await on.page.getByRole('button', { name: 'Répondre' }).waitFor({ state: 'detached', timeout: generousMs })
    await on.page.getByText(/Connexion perdue/).waitFor({ state: 'detached', timeout: generousMs })
    expect(await field('Titre').inputValue()).toBe('À garder')
  })

  test('(in two tabs) writes one ticket in both, saved once', async () => {
    await on.signedIn()
    const other = await on.page.context().newPage()
    await other.goto(`${on.server.url}/console`)
    on.server.change({
      calls: [talking(call('c1', [ines]), 'alice')],
      operators: [operator('alice', 'Alice Martin', 'talking', { callId: 'c1' })],
    })
    await field('Titre').fill('Vu des deux')
    await expect.poll(() => field('Titre', other).inputValue(), { timeout: generousMs }).toBe('Vu des deux')
    await field('Titre').press('Control+Enter')
    await other.getByText('Ticket n° 10412 enregistré').first().waitFor({ timeout: generousMs })
    expect(on.server.creations).toHaveLength(1)
    await other.close()
  })
})

test('a page older than the service says so, and opens anew once nothing is being written, one time', async () => {
  await on.signedIn()
  await on.page.keyboard.press('n')
  await field('Titre').fill('En cours')
  await mark()
  on.server.build = 'newer'
  on.server.restart()
  await on.page.getByText('Le service a été mis à jour').waitFor({ timeout: generousMs })
  expect(await isMarked()).toBe(true)
  await on.page.getByRole('button', { name: 'Effacer' }).click()
  await expect.poll(isMarked, { timeout: generousMs }).toBe(false)
  // The page that came is old still: it says so, and is not opened again and again.
  await on.page.getByText('Le service a été mis à jour').waitFor({ timeout: generousMs })
  expect(await on.page.evaluate(() => sessionStorage.getItem('guichet.reloaded-for'))).toBe('newer')
})

test('a page that was never opened opens while the service is away', async () => {
  await on.page.addInitScript(() => Object.assign(window, { requestIdleCallback: (run: () => void) => window.setTimeout(run) }))
  // One after the other: the last of them comes once all others are there.
  const last = on.page.waitForResponse(/\/assets\/training-page-.*\.js/)
  await on.signedIn()
  await (await last).finished()
  await on.server.close()
  await on.page.getByRole('navigation', { name: 'Principal' }).getByRole('link', { name: 'Tickets' }).click()
  await on.page.getByRole('heading', { level: 1, name: 'Tickets' }).waitFor()
})
