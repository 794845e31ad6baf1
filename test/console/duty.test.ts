import { describe, expect, test } from 'vitest'
import { expectAccessible, inChromium } from './browser.ts'
import { operator } from './fake-world.ts'

const on = inChromium()
const inSeconds = (n: number) => new Date(Date.now() + n * 1_000).toISOString()
const alice = (...rest: [Parameters<typeof operator>[2], Parameters<typeof operator>[3]?]) => operator('alice', 'Alice Martin', ...rest)
const card = () => on.page.getByRole('region', { name: 'Mon appel' })

describe('after a call', () => {
  test('says how long until calls ring again, and one key gives a minute more', async () => {
    on.server.operators = [alice('wrap-up', { callId: 'c1', until: inSeconds(90) })]
    await on.signedIn()
    await card()
      .getByText(/prêt dans 1:[23]\d/)
      .waitFor()
    await on.page.keyboard.press('e')
    await card()
      .getByText(/prêt dans 2:[23]\d/)
      .waitFor()
    expect(on.server.asked).toEqual(['POST /api/operators/me/wrap-up'])
    await expectAccessible(on.page)
  })
})

describe('the front desk', () => {
  test('takes one key, and the ticket form opens without a call', async () => {
    await on.signedIn('/console/tickets')
    await on.page.keyboard.press('g')
    await on.page.getByRole('form', { name: 'Nouveau ticket' }).getByText('Accueil').waitFor()
    await card().getByText('Vous êtes à l’accueil').waitFor()
    expect(on.server.asked).toEqual(['PUT /api/operators/me'])
    await expectAccessible(on.page)
  })

  test('is seen by colleagues', async () => {
    await on.signedIn()
    on.server.change({ operators: [operator('bruno', 'Bruno Petit', 'front-desk')] })
    await on.page.getByRole('region', { name: 'File d’attente' }).getByText('À l’accueil').waitFor()
  })
})

describe('a state that the operator did not choose', () => {
  test('missed calls: a banner on whatever page says why, and one key ends it', async () => {
    await on.signedIn('/console/tickets')
    on.server.change({ operators: [alice('paused', { reason: 'missed' })] })
    const banner = on.page.getByRole('status').getByText(/Des appels ont sonné ici sans être décrochés/)
    await banner.waitFor()
    await expectAccessible(on.page)
    await on.page.locator('main').focus()
    await on.page.keyboard.press('p')
    await banner.waitFor({ state: 'detached' })
    expect(on.server.asked).toEqual(['PUT /api/operators/me'])
  })

  test('ordered by somebody: their name is said', async () => {
    await on.signedIn()
    on.server.change({ operators: [alice('paused', { reason: 'Réunion', orderedBy: 'Sophie Garnier' })] })
    await on.page
      .getByRole('status')
      .getByText(/Sophie Garnier a changé votre état/)
      .waitFor()
  })
})

test('a supervisor sends an operator to the front desk, and the list says by whom', async () => {
  on.server.me = { ...on.server.me, id: 'sophie', login: 'sophie', name: 'Sophie Garnier', role: 'supervisor', extension: null }
  await on.signedIn()
  await on.page.getByRole('button', { name: 'Changer l’état de Bruno Petit' }).click()
  await on.page.getByText('Bruno Petit verra que cela vient de vous').waitFor()
  await expectAccessible(on.page, '[role=menu]')
  await on.page.getByRole('menuitem', { name: 'Placer à l’accueil' }).click()
  await on.page.getByText('À l’accueil · par Sophie Garnier').waitFor()
  expect(on.server.asked).toEqual(['PUT /api/operators/bruno'])
})
