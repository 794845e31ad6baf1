import { describe, expect, test } from 'vitest'
import { expectAccessible, expectReflow, inChromium } from './browser.ts'

const on = inChromium()
const asAdministrator = () => {
  on.server.me = { ...on.server.me, id: 'admin', login: 'admin', name: 'Anne Delmas', role: 'administrator', extension: null }
}

describe('accounts', () => {
  test('are made by an administrator, who gets the link to hand over; a supervisor does not see them', async () => {
    asAdministrator()
    await on.signedIn('/console/reglages/comptes')
    await on.page.getByRole('button', { name: 'Nouveau compte' }).click()
    await on.page.getByLabel('Nom', { exact: true }).fill('Paul Roux')
    await on.page.getByRole('textbox', { name: 'Identifiant' }).fill('Paul')
    await on.page.getByLabel('Poste téléphonique').fill('61 90')
    await expectAccessible(on.page)
    await on.page.getByRole('button', { name: 'Enregistrer' }).click()
    await on.page.getByText('/mot-de-passe#of-paul').waitFor()
    expect(on.server.accounts.all.at(-1)).toMatchObject({ login: 'paul', name: 'Paul Roux', role: 'operator', extension: '6190' })
    await on.page.getByText('attend son mot de passe').waitFor()
    await expectReflow(on.page)
    on.server.me = { ...on.server.me, role: 'supervisor' }
    await on.page.reload()
    await on.page.getByRole('navigation', { name: 'Réglages' }).waitFor()
    expect(await on.page.getByRole('link', { name: 'Comptes' }).count()).toBe(0)
  })

  test('of one’s own show where one is signed in, and end it elsewhere', async () => {
    await on.signedIn()
    await on.page.getByRole('button', { name: 'Mon compte : Alice Martin' }).click()
    await on.page.getByRole('button', { name: 'Mon compte et mes sessions' }).click()
    await on.page.getByText('cet ordinateur').waitFor()
    await expectAccessible(on.page, '[role=dialog]')
    await on.page.getByRole('button', { name: 'Déconnecter Firefox · Windows' }).click()
    await on.page.getByText('Firefox · Windows').waitFor({ state: 'detached' })
  })
})

describe('a link to choose a password', () => {
  test('asks for it twice, then signs in', async () => {
    await on.page.goto(`${on.server.url}/mot-de-passe#of-paul`)
    await on.page.getByText('Pour Paul Roux (identifiant paul)').waitFor()
    await expectAccessible(on.page)
    await on.page.getByLabel('Mot de passe').first().fill('une phrase assez longue')
    await on.page.getByLabel('Encore une fois').fill('une autre')
    await on.page.getByRole('button', { name: 'Enregistrer et se connecter' }).click()
    await on.page.getByText('Les deux saisies diffèrent.').waitFor()
    await on.page.getByLabel('Encore une fois').fill('une phrase assez longue')
    await on.page.keyboard.press('Enter')
    await on.page.getByRole('navigation', { name: 'Principal' }).waitFor()
    expect(on.server.accounts.chosen).toEqual(['une phrase assez longue'])
  })

  test('that has served says so', async () => {
    await on.page.goto(`${on.server.url}/mot-de-passe#served`)
    await on.page.getByRole('heading', { name: 'Ce lien ne sert plus' }).waitFor()
  })
})
