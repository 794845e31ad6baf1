import { expect, test } from 'vitest'
import { expectAccessible, expectReflow, inChromium } from './browser.ts'

const on = inChromium()
const asAdmin = (path: string) => {
  on.server.me = { ...on.server.me, id: 'admin', login: 'admin', name: 'Anne Delmas', role: 'administrator', extension: null }
  return on.signedIn(path)
}
const at = new Date(Date.now() - 3_600_000).toISOString()
const file = (content: object | string) => ({
  name: 'guichet-reglages.json',
  mimeType: 'application/json',
  buffer: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
})
const sound = { format: 'guichet-unique/configuration', version: 1, desk: 'Guichet', at, by: 'Anne Delmas', settings: {} }

test('every setting is found by its words, from its page and from the palette, and shown where it stands', async () => {
  await asAdmin('/console/reglages/horaires')
  const field = on.page.getByRole('textbox', { name: 'Chercher un réglage' })
  await on.page.locator('main').focus()
  await on.page.keyboard.press('/')
  await field.fill('repon acces')
  await on.page.getByText('Aucun réglage ne contient ces mots').first().waitFor()
  await field.fill('musique')
  const results = on.page.getByRole('navigation', { name: 'Réglages' })
  await results
    .getByRole('link', { name: /musique/i })
    .first()
    .waitFor()
  await expectAccessible(on.page)
  await field.fill('alsace')
  await field.press('Escape')
  await results.getByRole('link', { name: 'Horaires', exact: true }).waitFor()

  await on.page.keyboard.press('Control+k')
  await on.page.getByRole('dialog').getByRole('textbox').fill('clore sans')
  await on.page.getByText('Clore sans réponse après').first().waitFor()
  await on.page.getByRole('dialog').getByRole('textbox').press('Enter')
  await on.page.waitForURL(/reglages\/tickets$/)
  await expect.poll(() => on.page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
})

test('a file is refused with each field that will not do, shows what it would change, and is taken whole', async () => {
  await asAdmin('/console/reglages/configuration')
  const input = on.page.locator('input[type=file]')
  await input.setInputFiles(file('ce n’est pas du JSON'))
  await on.page.getByRole('alert').getByText('« guichet-reglages.json » n’est pas un fichier de configuration').waitFor()
  on.server.importPreview = { ...on.server.importPreview, desk: 'Guichet', problems: [{ domain: 'desk', field: 'ringSeconds' }] }
  await input.setInputFiles(file(sound))
  await on.page.getByRole('alert').getByText('Durée de sonnerie (secondes)').waitFor()
  await expectAccessible(on.page)
  expect(await on.page.getByRole('button', { name: 'Prendre cette configuration' }).count()).toBe(0)
  on.server.importPreview = {
    ...on.server.importPreview,
    problems: [],
    changes: [{ domain: 'desk', fields: [{ field: 'ringSeconds', before: 20, after: 40 }] }],
  }
  await input.setInputFiles(file({ ...sound, desk: 'Autre' }))
  await on.page.getByText('1 champ changerait').waitFor()
  await on.page.getByText('Durée de sonnerie (secondes)').waitFor()
  await expectAccessible(on.page)
  await expectReflow(on.page)
  await on.page.getByRole('button', { name: 'Prendre cette configuration' }).click()
  await on.page.getByText('ils valent dès maintenant').waitFor()
  expect(on.server.asked).toContain('POST /api/settings/import')
})

test('every change is listed with what it changed, and any version is taken back in one gesture', async () => {
  on.server.settingsChanges = [
    { domain: 'desk', version: 2, by: 'Sophie Garnier', at, inForce: true, changed: [{ field: 'ringSeconds', before: 30, after: 40 }] },
    { domain: 'desk', version: 1, by: 'Anne Delmas', at, inForce: false, changed: [{ field: 'ringSeconds', before: 20, after: 30 }] },
  ]
  await asAdmin('/console/reglages/configuration')
  await on.page.getByText('Anne Delmas').last().click()
  await on.page.getByText('Durée de sonnerie (secondes)').last().waitFor()
  await expectAccessible(on.page)
  await on.page.getByRole('button', { name: /^Revenir à la version de « Guichet, opérateurs et attente » de Anne Delmas/ }).click()
  await on.page.getByText('ils valent dès maintenant').waitFor()
  expect(on.server.settings.desk.value.ringSeconds).toBe(30)
})
