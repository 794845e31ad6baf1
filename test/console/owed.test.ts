import { describe, expect, test } from 'vitest'
import { expectAccessible, expectReflow, inChromium } from './browser.ts'

const on = inChromium()
const row = (name: string) => on.page.getByRole('listitem').filter({ has: on.page.getByRole('heading', { name, exact: true }) })
const opened = async () => {
  await on.signedIn('/console/a-rappeler')
  await row('Ahmed Benali').waitFor()
}
/** Settling waits six seconds for whoever takes it back. */
const asked = (what: string) => on.page.waitForResponse((r) => `${r.request().method()} ${new URL(r.url()).pathname}` === what)

describe('the list of those to call back', () => {
  test('says who, why, since when and until when, and who has it', async () => {
    await opened()
    const text = async (name: string) => (await row(name).innerText()).replaceAll(/\s+/g, ' ')
    expect(await text('Claire Dubois')).toMatch(/coupé par la limite \S+ .*Prioritaire avant \d\d:\d\d/)
    const ahmed = await text('Ahmed Benali')
    expect(ahmed).toContain('a raccroché après 2 min d’attente')
    expect(ahmed).toContain('message de 0:42')
    expect(ahmed).toContain('en retard de 30 min')
    expect(ahmed).toContain('pas de réponse · Bruno Petit')
    expect(ahmed).toContain('Le poste sonne occupé sans arrêt.')
    expect(ahmed).toContain('courriel de rappel tenté')
    expect(await text('05 61 55 20 00')).toContain('appel hors horaires')
    expect(await text('05 61 55 20 00')).toContain('Bruno Petit s’en occupe')
    expect(await row('05 61 55 20 00').getByRole('button').count()).toBe(0)
    await expect.poll(() => on.page.getByRole('link', { name: 'À rappeler' }).innerText()).toMatch(/4$/)
  })

  test('is gone through, taken from and told of by single keys', async () => {
    await opened()
    await on.page.keyboard.press('j')
    await on.page.keyboard.press('j')
    await on.page.keyboard.press('k')
    await on.page.keyboard.press('j')
    await on.page.keyboard.press('t')
    await row('Ahmed Benali').getByRole('group', { name: 'Résultat du rappel de Ahmed Benali' }).waitFor()
    const told = asked('POST /api/owed/o2/outcome')
    await on.page.keyboard.press('2')
    expect((await told).request().postDataJSON()).toEqual({ outcome: 'no-answer', note: null })
    await row('Ahmed Benali')
      .getByRole('button', { name: /Je m’en occupe/ })
      .waitFor()
    await on.page.keyboard.press('1')
    expect(on.server.asked).toEqual(['POST /api/owed/o2/take', 'POST /api/owed/o2/outcome'])
  })

  test('settles nobody before the time to take it back has passed', async () => {
    await opened()
    await row('06 11 22 33 44')
      .getByRole('button', { name: /Je m’en occupe/ })
      .click()
    await row('06 11 22 33 44').getByRole('button', { name: 'Joint' }).click()
    await row('06 11 22 33 44').waitFor({ state: 'detached' })
    await on.page.getByRole('button', { name: 'Annuler' }).click()
    await row('06 11 22 33 44').waitFor()
    expect(on.server.asked).toEqual(['POST /api/owed/o4/take'])
  })

  test('says which ticket holds the message of whoever was reached without one', async () => {
    await opened()
    await row('Ahmed Benali')
      .getByRole('button', { name: /Je m’en occupe/ })
      .click()
    const told = asked('POST /api/owed/o2/outcome')
    await row('Ahmed Benali').getByRole('button', { name: 'Joint' }).click()
    await told
    await on.page.getByText('Son message est noté dans le ticket n° 1042').waitFor()
  })

  test('keeps a settled one under the other tab, with the note', async () => {
    await opened()
    await row('06 11 22 33 44')
      .getByRole('button', { name: /Je m’en occupe/ })
      .click()
    await row('06 11 22 33 44').getByLabel('Note, facultative').fill('Mot de passe changé')
    const told = asked('POST /api/owed/o4/outcome')
    await row('06 11 22 33 44').getByRole('button', { name: 'Joint' }).click()
    await told
    await on.page.getByText('Traités', { exact: true }).click()
    await on.page.getByText('Mot de passe changé').waitFor()
    await row('Inès Nguyễn').getByText('Nous a joints en rappelant').waitFor()
  })

  test('puts a call off to the time that was agreed', async () => {
    await opened()
    await row('Claire Dubois')
      .getByRole('button', { name: /Je m’en occupe/ })
      .click()
    await row('Claire Dubois').getByRole('group').waitFor()
    await on.page.keyboard.press('5')
    await on.page.getByLabel('Rappeler à partir de').fill('2020-01-01T10:00')
    await on.page.getByText('Choisissez un moment à venir.').waitFor()
    expect(await on.page.getByRole('button', { name: 'Reporter' }).isDisabled()).toBe(true)
    await expectAccessible(on.page)
    await on.page.getByLabel('Rappeler à partir de').fill('2090-01-02T10:00')
    const told = asked('POST /api/owed/o1/outcome')
    await on.page.getByRole('button', { name: 'Reporter' }).click()
    expect((await told).request().postDataJSON()).toMatchObject({ outcome: 'later', laterAt: '2090-01-02T09:00:00.000Z' })
    await row('Claire Dubois')
      .getByText(/avant le 2 janv/)
      .waitFor()
  })

  test('says who was faster, and shows it', async () => {
    await opened()
    on.server.owed = on.server.owed.map((e) => (e.id === 'o4' ? { ...e, takenBy: { id: 'bruno', name: 'Bruno Petit', at: e.firstAt } } : e))
    await row('06 11 22 33 44')
      .getByRole('button', { name: /Je m’en occupe/ })
      .click()
    await on.page.getByText('L’état a changé entre-temps', { exact: false }).waitFor()
    await row('06 11 22 33 44').getByText('Bruno Petit s’en occupe').waitFor()
  })

  test('says what to expect when it is empty', async () => {
    on.server.owed = []
    await on.signedIn('/console/a-rappeler')
    await on.page.getByText('Personne à rappeler').waitFor()
    await on.page.getByText('Traités', { exact: true }).click()
    await on.page.getByText('Rien de traité pour l’instant').waitFor()
  })

  test('breaks no rule of accessibility, with one taken, in either scheme, nor at 320 pixels', async () => {
    await opened()
    await row('Ahmed Benali')
      .getByRole('button', { name: /Je m’en occupe/ })
      .click()
    await row('Ahmed Benali')
      .getByRole('group', { name: /^Résultat/ })
      .waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
  })
})
