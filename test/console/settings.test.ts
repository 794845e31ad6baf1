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

  test('name the desk in the window’s bar too, in the console, on its poster of keys and where a mail leads', async () => {
    await asSophie('/console/reglages/permanence')
    await expect.poll(() => on.page.title()).toMatch(/ · Guichet unique$/)
    await on.page.getByLabel('Nom').fill('Assistance numérique')
    await on.page.getByRole('button', { name: 'Enregistrer' }).click()
    await on.page.getByText('ils valent dès maintenant').waitFor()
    await expect.poll(() => on.page.title()).toMatch(/ · Assistance numérique$/)
    await on.page.goto(`${on.server.url}/console/raccourcis`)
    await expect.poll(() => on.page.title()).toMatch(/ · Assistance numérique$/)
    await on.page.getByText('Assistance numérique · les touches').waitFor({ state: 'attached' })
    on.server.deskName = 'Assistance numérique'
    await on.page.goto(`${on.server.url}/avis/10421?cle=x`)
    await on.page.getByRole('banner').getByText('Assistance numérique').waitFor()
    await expect.poll(() => on.page.title()).toMatch(/ · Assistance numérique$/)
  })

  test('stand in rows, however much explains each, and what is ticked or off is seen to be there in both schemes', async () => {
    await asSophie('/console/reglages/permanence')
    const bottoms = await Promise.all(
      ['Musique entre deux annonces', 'Message vocal le plus long', 'Garder les conversations enregistrées'].map(async (name) => {
        const box = await on.page.getByLabel(name).boundingBox()
        return Math.round((box?.y ?? 0) + (box?.height ?? 0))
      }),
    )
    expect(new Set(bottoms).size).toBe(1)
    await on.page.evaluate(() => window.history.pushState({}, '', '/console/reglages/operateurs'))
    const box = on.page.getByRole('checkbox', { name: 'Alice Martin' })
    const off = on.page.locator('.mantine-Switch-input:not(:checked) + .mantine-Switch-track').first()
    await off.waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await on.page.emulateMedia({ colorScheme })
      await on.page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor()
      const control = await on.page.evaluate(() => {
        const probe = document.body.appendChild(document.createElement('i'))
        probe.style.color = 'var(--g-control)'
        const { color } = getComputedStyle(probe)
        probe.remove()
        return color
      })
      // The token that stands out from every ground by three to one; a change of scheme fades in.
      await expect.poll(() => box.evaluate((one) => getComputedStyle(one).borderTopColor)).toBe(control)
      await expect.poll(() => off.evaluate((one) => getComputedStyle(one).boxShadow)).toContain(control)
    }
    await on.page.emulateMedia({ colorScheme: 'light' })
  })

  test('are not for operators', async () => {
    await on.signedIn('/console/reglages')
    await on.page.getByText('n’est pas une page de votre rôle').waitFor()
    expect(await on.page.getByRole('link', { name: 'Réglages' }).count()).toBe(0)
    await on.page.getByRole('link', { name: 'Aller à la permanence' }).click()
    await on.page.getByText('Personne n’attend.').waitFor()
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

describe('what may be dialled', () => {
  test('is said in words, tried without dialling, and never opens premium numbers unseen', async () => {
    await asSophie('/console/reglages/sorties')
    const number = on.page.getByLabel('Numéro à essayer')
    await number.fill('06 12 34 56 78')
    await on.page.getByText('06 12 34 56 78\u00a0: autorisé').waitFor()
    await on.page.getByRole('checkbox', { name: 'Mobiles français' }).press('Space')
    await on.page.getByText('06 12 34 56 78\u00a0: refusé').waitFor()
    const others = on.page.getByLabel('Autres débuts')
    await others.fill('+33')
    await on.page.getByText('permet aussi les numéros surtaxés').waitFor()
    await others.fill('0044')
    await on.page.getByText('Un début s’écrit').first().waitFor()
    expect(await on.page.getByRole('button', { name: 'Enregistrer' }).isDisabled()).toBe(true)
    await others.fill('+32 +4420')
    await expectAccessible(on.page)
    await expectReflow(on.page)
    await on.page.keyboard.press('Control+Enter')
    await on.page.getByText('ils valent dès maintenant').waitFor()
    const { allowedPrefixes } = on.server.settings.outgoing.value
    expect(allowedPrefixes).toEqual(['ext:', '+331', '+332', '+333', '+334', '+335', '+339', '+32', '+4420'])
  })

  test('has its transfer targets, each with a number that can be dialled or says that it cannot', async () => {
    await asSophie('/console/reglages/sorties')
    await on.page.getByRole('button', { name: 'Ajouter une destination' }).click()
    await on.page.getByText('Chaque destination a un nom et un numéro').waitFor()
    await on.page.getByLabel('Nom de la destination 2').fill('Éditeur')
    await on.page.getByLabel('Numéro de la destination 2').fill('08 99 12 34 56')
    await on.page.getByText('08 99 12 34 56\u00a0: refusé').waitFor()
    await on.page.keyboard.press('Control+Enter')
    await on.page.getByText('ils valent dès maintenant').waitFor()
    expect(on.server.settings.outgoing.value.targets).toHaveLength(2)
  })
})
