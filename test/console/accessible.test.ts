import { describe, test } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll, inChromium } from './browser.ts'
import { ahmed, call, claire, operator, paul, talking, zoe } from './fake-world.ts'

/** Each with something that it shows last. */
const screens = [
  ['/console/tickets', 'Wi-Fi eduroam lent au 4R3'],
  ['/console/tickets/10388', 'Relance par téléphone'],
  ['/console/a-rappeler', 'Traités'],
  ['/console/courriels', 'Bonjour Ahmed Benali'],
  ['/console/demo', 'Numéro inconnu'],
  ['/demo', 'Numéro inconnu'],
  ['/', '05 61 55 00 00'],
] as const

for (const colorScheme of ['light', 'dark'] as const) {
  describe(`in the ${colorScheme} scheme`, () => {
    const on = inChromium({ colorScheme })
    // The schemes differ by their colours alone.
    const rules = colorScheme === 'dark' ? ['color-contrast'] : []

    test('the sign-in breaks no rule of accessibility', async () => {
      await on.page.goto('/console')
      await on.page.getByText('Comptes de démonstration').waitFor()
      await expectAccessible(on.page, rules)
    })

    test('the desk breaks none at rest, while it rings, in conversation and after', async () => {
      await on.signedIn()
      await on.page.getByText('Personne n’attend.').waitFor()
      await expectAccessible(on.page, rules)
      const c = call('c1', [zoe, paul], { status: 'ringing', offeredTo: 'alice' })
      on.server.pop(c)
      on.server.change({
        calls: [c, call('q1', [ahmed], { position: 2 })],
        operators: [operator('alice', 'Alice Martin', 'ringing'), operator('bruno', 'Bruno Petit', 'paused', { reason: 'missed' })],
      })
      await on.page.getByRole('button', { name: 'Répondre' }).waitFor()
      await expectAccessible(on.page, rules)
      on.server.change({ calls: [talking(c, 'alice', 800)], operators: [operator('alice', 'Alice Martin', 'talking')] })
      await on.page.getByRole('button', { name: 'Finir' }).waitFor()
      on.server.saveFails = 'database_away'
      await on.page.getByRole('radio', { name: /Zoé/ }).click()
      await on.page.getByLabel('Titre', { exact: true }).fill('Écran noir')
      await on.page.keyboard.press('Control+Enter')
      await on.page.getByText('Rien n’est enregistré').waitFor()
      await expectAccessible(on.page, rules)
    })

    test('no other screen does', async () => {
      await on.signedIn()
      for (const [screen, last] of screens) {
        await on.page.goto(screen)
        await on.page.getByText(last).first().waitFor()
        await expectAccessible(on.page, rules)
      }
    })

    test('the palette, the menus and the help do not either', async () => {
      await on.signedIn()
      await on.page.keyboard.press('Control+k')
      await on.page.getByRole('dialog').waitFor()
      await expectAccessible(on.page, rules)
      await on.page.keyboard.press('Escape')
      await on.page.getByRole('dialog').waitFor({ state: 'detached' })
      await on.page.keyboard.press('?')
      await on.page.getByRole('switch').waitFor()
      await expectAccessible(on.page, rules)
      await on.page.keyboard.press('Escape')
      await on.page.getByRole('dialog').waitFor({ state: 'detached' })
      await on.page.getByRole('button', { name: /Mon compte/ }).click()
      await on.page.getByRole('button', { name: 'Se déconnecter' }).waitFor()
      await expectAccessible(on.page, rules)
      await on.page.keyboard.press('Escape')
      await on.page.getByRole('button', { name: 'Se déconnecter' }).waitFor({ state: 'detached' })
      await on.page.getByRole('button', { name: /^Prêt/ }).click()
      await on.page.getByRole('menuitem', { name: 'Déjeuner' }).waitFor()
      await expectAccessible(on.page, rules)
    })
  })
}

describe('on a screen 320 pixels wide', () => {
  const on = inChromium({ viewport: { width: 320, height: 640 } })

  test('nothing has to be scrolled sideways', async () => {
    await on.page.goto('/console')
    await on.page.getByText('Comptes de démonstration').waitFor()
    await expectNoSidewaysScroll(on.page)
    await on.signedIn()
    const c = call('c1', [claire])
    on.server.pop(c)
    on.server.change({
      calls: [talking(c, 'alice', 60), call('q1', [zoe, paul])],
      operators: [operator('alice', 'Alice Martin', 'talking')],
    })
    await on.page.getByRole('button', { name: 'Finir' }).waitFor()
    await expectNoSidewaysScroll(on.page)
    for (const [screen, last] of screens) {
      await on.page.goto(screen)
      await on.page.getByText(last).first().waitFor()
      await expectNoSidewaysScroll(on.page)
    }
  })
})
