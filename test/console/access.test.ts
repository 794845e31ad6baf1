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

describe('keys of programs', () => {
  test('are made for reading or for chosen routes, shown once, and revoked', async () => {
    asAdministrator()
    await on.signedIn('/console/reglages/cles')
    await on.page.getByText('Aucune clé d’API').waitFor()
    await on.page.getByRole('button', { name: 'Nouvelle clé' }).click()
    await on.page.getByLabel('Nom', { exact: true }).fill('Sonde réseau')
    await on.page.getByRole('radio', { name: 'Routes choisies' }).check()
    await on.page.getByLabel('Routes', { exact: true }).first().fill('POST /api/tickets')
    await on.page.getByRole('option', { name: 'POST /api/tickets', exact: true }).click()
    await on.page.keyboard.press('Escape')
    await expectAccessible(on.page)
    await on.page.getByRole('button', { name: 'Faire la clé' }).click()
    await on.page.getByText('elle ne sera plus montrée').waitFor()
    expect(on.server.access.keys).toMatchObject([{ name: 'Sonde réseau', routes: ['POST /api/tickets'] }])
    await expectAccessible(on.page)
    await expectReflow(on.page)
    await on.page.getByRole('button', { name: 'Révoquer Sonde réseau' }).click()
    await on.page.getByText('révoquée par Anne Delmas').waitFor()
  })
})

describe('the sign-in page', () => {
  test('offers who else may vouch, and says why they let nobody in', async () => {
    on.server.access.ways = [{ kind: 'oidc', name: 'Compte de l’université', href: '/api/sign-in/oidc' }]
    await on.page.goto(`${on.server.url}/console?refus=provider_away`)
    await on.page.getByText('Le service d’identité de l’université ne répond pas').waitFor()
    const link = on.page.getByRole('link', { name: 'Compte de l’université' })
    expect(await link.getAttribute('href')).toBe('/api/sign-in/oidc?to=%2Fconsole')
    await expectAccessible(on.page)
    await expectReflow(on.page)
  })

  test('asks of which roles more than a password is required', async () => {
    asAdministrator()
    await on.signedIn('/console/reglages/connexion')
    await on.page.getByRole('checkbox', { name: 'Administration' }).check()
    await expectAccessible(on.page)
    await expectReflow(on.page)
    await on.page.keyboard.press('Control+Enter')
    await on.page.getByText('ils valent dès maintenant').waitFor()
    expect(on.server.settings.signIn.value.secondFactorFor).toEqual(['administrator'])
  })
})

describe('webhooks', () => {
  test('are made with a secret shown once, tried at once, and say what was received', async () => {
    asAdministrator()
    await on.signedIn('/console/reglages/webhooks')
    await on.page.getByRole('button', { name: 'Nouveau webhook' }).click()
    await on.page.getByLabel('Nom', { exact: true }).fill('Tableau')
    await on.page.getByLabel('Adresse').fill('https://tableau.univ.example/guichet')
    await on.page.getByRole('checkbox', { name: 'appel manqué' }).check()
    await on.page.getByRole('button', { name: 'Enregistrer' }).click()
    await on.page.getByText('gws_once').waitFor()
    expect(on.server.access.webhooks).toMatchObject([{ events: ['ticket.opened', 'ticket.closed', 'call.missed'] }])
    await on.page.getByRole('button', { name: 'Essayer Tableau' }).click()
    await on.page.getByText('Reçu : réponse 204').waitFor()
    await on.page.getByRole('button', { name: 'Ouvrir Tableau' }).click()
    await on.page.getByText('réponse 503').waitFor()
    await on.page
      .getByRole('button', { name: /^Rejouer/ })
      .last()
      .click()
    await on.page.getByText('reçu', { exact: true }).nth(1).waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
  })
})
