import { describe, expect, test } from 'vitest'
import type { ExchangeCall } from '../../server/contract/exchanges.ts'
import { expectAccessible, inChromium } from './browser.ts'
import { call, claire, operator, talking } from './fake-world.ts'

const on = inChromium()
const elsewhere = (rest: Partial<ExchangeCall> = {}): ExchangeCall => ({
  id: '5a3b1c00-0000-4000-8000-000000000002',
  exchange: 'Autocommutateur',
  direction: 'in',
  numberShown: '05 61 55 12 34',
  people: [claire],
  openTickets: [],
  queue: 'Accueil',
  who: ['Alice Martin'],
  state: 'ringing',
  beganAt: new Date().toISOString(),
  answeredAt: null,
  endedAt: null,
  ticket: null,
  ...rest,
})

describe('an exchange that keeps the queue', () => {
  const banner = () => on.page.getByRole('region', { name: 'Appel à un autre central' })

  test('shows on whatever page who calls me there, and a ticket is opened of it in one gesture', async () => {
    await on.signedIn('/console/tickets')
    await expect.poll(() => banner().count()).toBe(0)
    on.server.neighbours.elsewhere = { calls: [elsewhere()], busy: [] }
    on.server.stale('exchanges')
    await banner().getByRole('link', { name: 'Claire Dubois' }).waitFor()
    await banner().getByText('appelle depuis').waitFor()
    await banner().getByText('Autocommutateur, Accueil').waitFor()
    await expectAccessible(on.page)
    await banner().getByRole('button', { name: 'Ouvrir un ticket' }).click()
    await on.page.waitForURL('**/console/tickets/10388')
    await banner().getByRole('link', { name: 'Ticket n° 10388' }).waitFor()
  })

  test('a call that is somebody else’s there is not mine', async () => {
    on.server.neighbours.elsewhere = {
      calls: [elsewhere({ who: ['Bruno Lefort'], people: [], numberShown: '06 39 98 00 01' }), elsewhere()],
      busy: [],
    }
    await on.signedIn('/console/tickets')
    await banner().getByRole('link', { name: 'Claire Dubois' }).waitFor()
    expect(await banner().count()).toBe(1)
  })

  test('whoever is on the telephone there is said to be where somebody to ask is chosen', async () => {
    on.server.calls.set('c1', talking(call('c1', [claire]), 'alice', 40))
    on.server.operators = [
      operator('alice', 'Alice Martin', 'talking', { callId: 'c1' }),
      operator('bruno', 'Bruno Petit', 'ready'),
      operator('chloe', 'Chloé Faure', 'ready'),
    ]
    on.server.neighbours.elsewhere = { calls: [], busy: [{ who: 'Bruno Petit', state: 'talking', since: new Date().toISOString() }] }
    await on.signedIn()
    await expect.poll(() => on.page.evaluate(() => document.activeElement?.getAttribute('data-field'))).toBe('title')
    await on.page.locator('main').focus()
    await on.page.keyboard.press('t')
    const panel = on.page.getByRole('dialog', { name: 'Passer ou consulter' })
    await panel.getByRole('option', { name: /Bruno Petit.*au téléphone à l’autre central/ }).waitFor()
    expect(await panel.getByRole('option', { name: /Chloé Faure.*autre central/ }).count()).toBe(0)
    await expectAccessible(on.page, '[role=dialog]')
  })
})

describe('the settings of GLPI', () => {
  test('one thing matched leaves the others to be matched, and the tokens kept, until the address is another', async () => {
    on.server.me = { ...on.server.me, id: 'admin', login: 'admin', name: 'Anne Delmas', role: 'administrator', extension: null }
    const { glpi } = on.server.settings
    on.server.settings = { ...on.server.settings, glpi: { ...glpi, value: { ...glpi.value, address: 'https://glpi.univ.example' } } }
    await on.signedIn('/console/reglages/glpi')
    const token = on.page.getByLabel('Jeton d’utilisateur')
    const byName = on.page.getByRole('button', { name: 'Rapprocher par le nom' }).first()
    await expect.poll(() => byName.isEnabled()).toBe(true)
    await on.page.getByText('Les deux, synchronisés').click()
    await on.page.getByText('Modifications non enregistrées').waitFor()
    expect(await byName.isEnabled()).toBe(true)
    expect(await token.getAttribute('placeholder')).toBe('••••••••••')
    await on.page.getByLabel('Adresse de GLPI').fill('https://autre.univ.example')
    await expect.poll(() => token.getAttribute('placeholder')).toBe('')
    expect(await byName.isEnabled()).toBe(false)
  })
})

describe('remote control on a ticket', () => {
  const part = () => on.page.getByRole('region', { name: 'Prise en main à distance' })

  test('opens the site’s own tool in a window of its own, says who has the machine since when, and is ended by a button', async () => {
    const { portal } = on.server.settings
    const remote = { ...portal.value.remote, operator: 'https://assistance.univ.example/{code}' }
    on.server.settings = { ...on.server.settings, portal: { ...portal, value: { ...portal.value, remote } } }
    await on.signedIn('/console/tickets/10388')
    await part().getByRole('button', { name: 'Prendre la main' }).waitFor()
    const opened = on.page.waitForEvent('popup')
    await part().getByRole('button', { name: 'Prendre la main' }).click()
    const tool = await opened
    await tool.waitForURL('**/carte?outil')
    await tool.close()
    await on.page.bringToFront()
    await part().getByRole('status').getByText('en cours depuis').waitFor()
    expect(await part().getByRole('link', { name: 'Rouvrir l’outil' }).getAttribute('href')).toBe('/carte?outil')
    expect(await part().getByRole('button', { name: 'Prendre la main' }).count()).toBe(0)
    await expectAccessible(on.page)
    await part().getByRole('button', { name: 'Terminer' }).click()
    await part().getByRole('button', { name: 'Prendre la main' }).waitFor()
    expect(on.server.neighbours.sessions.map(({ endedAt }) => endedAt === null)).toEqual([false])
  })
})
