import { describe, expect, test } from 'vitest'
import { expectAccessible, expectReflow, inChromium } from './browser.ts'

const on = inChromium()
const asAdministrator = () => {
  on.server.me = { ...on.server.me, id: 'admin', login: 'admin', name: 'Anne Delmas', role: 'administrator', extension: null }
}

describe('the directory', () => {
  test('is tried with one person and the rules being typed, then saved; a synchronisation is ordered and followed', async () => {
    asAdministrator()
    await on.signedIn('/console/reglages/annuaire')
    await on.page.getByText('46 personnes reçoivent un rôle').waitFor()
    await on.page.getByRole('button', { name: 'Ajouter un groupe' }).click()
    await on.page.getByText('Il manque le nom d’un groupe.').waitFor()
    await on.page.getByLabel('Groupe de l’annuaire, ligne 1').fill('cn=guichet,ou=groups,dc=univ,dc=example')
    await on.page.getByLabel('Identifiant de la personne').fill('personne')
    await on.page.keyboard.press('Enter')
    await on.page.getByText('Personne n’a cet identifiant dans l’annuaire.').waitFor()
    await on.page.getByLabel('Identifiant de la personne').fill('cdubois')
    await on.page.keyboard.press('Enter')
    await on.page.getByText('Permanence, par cn=guichet').waitFor()
    await on.page.getByText('05 61 55 12 34', { exact: true }).waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
    await on.page.keyboard.press('Control+Enter')
    await on.page.getByText('ils valent dès maintenant').waitFor()
    expect(on.server.settings.directory.value.roles).toEqual([{ group: 'cn=guichet,ou=groups,dc=univ,dc=example', role: 'operator' }])
    on.server.access.directory = {
      ...on.server.access.directory,
      last: { at: '2026-11-24T08:00:00.000Z', complete: true, seconds: 2, read: 90, changed: 0, retired: 0, kept: 34_900, saved: true },
    }
    await on.page.reload()
    await on.page.getByRole('button', { name: 'Ces départs sont vrais' }).click()
    await on.page.getByText('En cours depuis').waitFor()
    expect(on.server.access.orders).toEqual([{ believeLoss: true }])
  })

  test('is not for supervisors: its groups give roles', async () => {
    on.server.me = { ...on.server.me, role: 'supervisor' }
    await on.signedIn('/console/reglages/annuaire')
    await on.page.getByRole('navigation', { name: 'Réglages' }).waitFor()
    expect(await on.page.getByRole('link', { name: 'Annuaire' }).count()).toBe(0)
  })
})
