import { describe, expect, test } from 'vitest'
import { expectAccessible, expectReflow, inChromium } from './browser.ts'

const on = inChromium()
const asSophie = (path: string) => {
  on.server.me = { ...on.server.me, id: 'sophie', login: 'sophie', name: 'Sophie Garnier', role: 'supervisor', extension: null }
  return on.signedIn(path)
}

describe('the desk’s settings', () => {
  test('are changed by keyboard alone, and the page says they hold', async () => {
    await asSophie('/console/reglages')
    const phone = on.page.getByLabel('Numéro de téléphone')
    await phone.fill('05 61 55 00 00')
    await on.page.getByText('Modifications non enregistrées').waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
    await phone.press('Control+Enter')
    await on.page.getByText('ils valent dès maintenant').waitFor()
    expect(on.server.settings.desk.value.phone).toBe('05 61 55 00 00')
    expect(on.server.asked).toContain('PUT /api/settings/desk')
  })

  test('saved meanwhile by somebody else are not overwritten, and what was typed is kept', async () => {
    await asSophie('/console/reglages/permanence')
    await on.page.getByLabel('Nom').fill('Assistance')
    const { desk } = on.server.settings
    const theirs = { ...desk, version: 1, by: 'Admin', value: { ...desk.value, ringSeconds: 30 } }
    on.server.settings = { ...on.server.settings, desk: theirs }
    on.server.stale('settings')
    await on.page.getByText('Admin a enregistré entre-temps').waitFor()
    await on.page.getByRole('button', { name: 'Garder ma saisie' }).click()
    await on.page.getByRole('button', { name: 'Enregistrer' }).click()
    await on.page.getByText('ils valent dès maintenant').waitFor()
    expect(on.server.settings.desk).toMatchObject({ version: 2, value: { name: 'Assistance', ringSeconds: 30 } })
  })

  test('are not for operators', async () => {
    await on.signedIn('/console/reglages')
    await on.page.getByText('Personne n’attend.').waitFor()
    expect(await on.page.getByRole('link', { name: 'Réglages' }).count()).toBe(0)
  })
})
