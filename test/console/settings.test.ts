import { describe, expect, test } from 'vitest'
import { expectAccessible, expectReflow, inChromium } from './browser.ts'

const on = inChromium()
const asSophie = (path: string) => {
  on.server.me = { ...on.server.me, id: 'sophie', login: 'sophie', name: 'Sophie Garnier', role: 'supervisor', extension: null }
  return on.signedIn(path)
}

describe('the desk’s settings', () => {
  test('are changed by keyboard alone, and the page says they hold', async () => {
    await asSophie('/console/reglages/permanence')
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

describe('the hours', () => {
  test('are typed as one says them, copied, and shown at once in the words of callers and day by day', async () => {
    await asSophie('/console/reglages')
    await on.page.getByText('Douze mois').waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
    const until = on.page.getByLabel('lundi, plage 1, à')
    await until.fill('12h')
    await on.page.getByRole('button', { name: 'Ajouter une plage, lundi' }).press('Enter')
    await on.page.getByRole('button', { name: 'comme le lundi' }).press('Enter')
    await on.page.getByText('Du lundi au vendredi, 8 h 30 – 12 h et 13 h – 17 h').first().waitFor()
    expect(await until.inputValue()).toBe('12:00')
    await on.page.keyboard.press('Control+Enter')
    await on.page.getByText('ils valent dès maintenant').waitFor()
    expect(on.server.settings.hours.value.week[5]).toEqual([
      { from: '08:30', to: '12:00' },
      { from: '13:00', to: '17:00' },
    ])
  })

  test('that make no sense say so where they stand, and cannot be saved', async () => {
    await asSophie('/console/reglages/horaires')
    await on.page.getByLabel('mardi, plage 1, à').fill('7h')
    await on.page.getByLabel('mardi, plage 1, à').press('Tab')
    await on.page.getByText('chacune finit après son début').waitFor()
    await on.page.getByText('Corrigez d’abord').waitFor()
    expect(await on.page.getByRole('button', { name: 'Enregistrer' }).isDisabled()).toBe(true)
  })

  test('take closures declared ahead, with an announcement proposed from their dates', async () => {
    await asSophie('/console/reglages/horaires')
    await on.page.getByRole('button', { name: 'Déclarer des jours' }).click()
    await on.page.getByLabel('Premier jour').fill('2030-12-24')
    await on.page.getByLabel('Dernier jour').fill('2031-01-03')
    await on.page.getByText('Il manque une date').waitFor()
    await on.page.getByLabel('Raison', { exact: true }).fill('Congés')
    await on.page.getByRole('switch', { name: 'Annonce particulière' }).press('Space')
    await expectAccessible(on.page)
    await expectReflow(on.page)
    await on.page.getByRole('button', { name: 'Enregistrer' }).click()
    await on.page.getByText('ils valent dès maintenant').waitFor()
    expect(on.server.settings.hours.value.exceptions).toMatchObject([
      {
        from: '2030-12-24',
        to: '2031-01-03',
        spans: [],
        reason: 'Congés',
        announcement: {
          fr: 'Bonjour. Notre service est exceptionnellement fermé du mardi 24 décembre au vendredi 3 janvier.',
          en: 'Hello. Our service is exceptionally closed from Tuesday 24 December to Friday 3 January.',
        },
      },
    ])
  })
})
