import { describe, expect, test } from 'vitest'
import { expectAccessible, expectReflow, inChromium } from './browser.ts'

const on = inChromium()
const row = () => on.page.getByRole('listitem').filter({ has: on.page.getByRole('heading', { name: 'Ahmed Benali' }) })
const player = () => row().getByRole('group', { name: /^Message de Ahmed Benali/ })
const heard = () => [...on.server.listened.values()].flat().length

describe('a voice message', () => {
  test('is played and paused from its waveform by the space bar, moved by arrows, and fetched once', async () => {
    await on.signedIn('/console/a-rappeler')
    await player().waitFor()
    expect(heard()).toBe(0)
    const position = player().getByRole('slider', { name: 'Position dans le message' })
    await position.focus()
    await on.page.keyboard.press('ArrowRight')
    await expect.poll(() => position.getAttribute('aria-valuetext')).toBe('00:03 / 00:42')
    await on.page.keyboard.press('ArrowLeft')
    await on.page.keyboard.press('Space')
    await player().getByRole('button', { name: 'Mettre en pause' }).waitFor()
    await on.page.keyboard.press('Space')
    await player().getByRole('button', { name: 'Écouter' }).waitFor()
    await on.page.keyboard.press('Space')
    await player().getByRole('button', { name: 'Mettre en pause' }).waitFor()
    expect(heard()).toBe(1)
    await expectAccessible(on.page)
    await expectReflow(on.page)
  })

  test('goes faster step by step', async () => {
    await on.signedIn('/console/a-rappeler')
    const speed = player().getByRole('button', { name: /^Vitesse/ })
    for (const next of ['×1,25', '×1,5', '×2', '×1']) {
      await speed.click()
      await speed.getByText(next, { exact: true }).waitFor()
    }
  })

  test('that cannot be heard says so', async () => {
    on.server.soundFails = true
    await on.signedIn('/console/a-rappeler')
    await player().getByRole('button', { name: 'Écouter' }).click()
    await row().getByText('Cet enregistrement n’a pas pu être lu.').waitFor()
    await row()
      .getByRole('button', { name: /Réessayer/ })
      .click()
    await player().waitFor()
  })

  test('is made a pre-ticket by one key, which its entry leads to and which plays it', async () => {
    await on.signedIn('/console/a-rappeler')
    await player().waitFor()
    await row().focus()
    await on.page.keyboard.press('v')
    await row()
      .getByRole('link', { name: /Ticket n°.10500/ })
      .click()
    await on.page.getByRole('group', { name: /^Message de Claire Dubois/ }).waitFor()
    await expectAccessible(on.page)
  })

  test('shows the supervisor who listened, and gives the file to nobody else', async () => {
    await on.signedIn('/console/a-rappeler')
    await player().getByRole('button', { name: 'Écouter' }).click()
    await expect.poll(heard).toBe(1)
    expect(await row().getByRole('link', { name: 'Télécharger' }).count()).toBe(0)
    on.server.me = { ...on.server.me, role: 'supervisor' }
    await on.page.reload()
    await row()
      .getByText(/Écoutes\s: Alice Martin/)
      .waitFor()
    expect(await row().getByRole('link', { name: 'Télécharger' }).getAttribute('href')).toMatch(/\/api\/messages\/m-\d+\/file/)
    await expectAccessible(on.page)
  })
})
