import type { LineName } from '../../server/contract/entities.ts'
import { expect, test } from 'vitest'
import { expectAccessible, expectReflow, inChromium } from './browser.ts'
import { call, claire, operator } from './fake-world.ts'

const on = inChromium()
const lines: LineName[] = [
  { id: 'guichet', name: 'Guichet', recording: 'off' },
  { id: 'cours', name: 'Enseignants en cours', recording: 'off' },
]

test('the card and the queue name the line of a call where there are several', async () => {
  on.server.lines = lines
  await on.signedIn()
  const c = call('c1', [claire], { status: 'ringing', offeredTo: ['alice'], line: 'cours', why: { kind: 'overflow' } })
  on.server.change({ calls: [c], operators: [operator('alice', 'Alice Martin', 'ringing', { callId: 'c1' })] })
  const card = on.page.getByRole('region', { name: 'Mon appel' })
  await card.getByText('Ligne «\u202fEnseignants en cours\u202f»').waitFor()
  await card.getByText('Chez vous en renfort').waitFor()
  await on.page
    .getByRole('region', { name: 'File d’attente' })
    .getByText(/sonne chez vous · Enseignants en cours/)
    .waitFor()
})

test('« Lignes » adds one with its numbers, its operators and its welcome, and says what is missing until then', async () => {
  on.server.me = { ...on.server.me, id: 'sophie', login: 'sophie', name: 'Sophie Garnier', role: 'supervisor', extension: null }
  await on.signedIn('/console/reglages/lignes')
  await on.page.getByText('Une seule ligne').waitFor()
  await on.page.getByRole('button', { name: 'Ajouter une ligne' }).click()
  await on.page.getByText('Chaque ligne a un nom.').waitFor()
  await on.page.getByLabel('Nom').last().fill('Enseignants en cours')
  await on.page.getByText('Donnez un numéro à la ligne').waitFor()
  const added = on.page.getByRole('region', { name: 'Ligne «\u202fEnseignants en cours\u202f»' })
  await added.getByLabel('Numéros composés').fill('05 61 55 00 02\n4202')
  await added.getByLabel('Avance sur les autres lignes').fill('120')
  await added.getByRole('switch', { name: 'Tous les opérateurs la servent' }).uncheck()
  await on.page.getByText('Cochez au moins un opérateur').waitFor()
  await added.getByRole('checkbox', { name: 'Chloé Faure' }).check()
  await added.getByRole('switch', { name: 'Accueil particulier' }).check()
  await expectAccessible(on.page)
  await expectReflow(on.page)
  await on.page.keyboard.press('Control+Enter')
  await on.page.getByText('Réglages enregistrés').waitFor()
  expect(on.server.settings.lines.value.lines[1]).toMatchObject({
    name: 'Enseignants en cours',
    numbers: ['05 61 55 00 02', '4202'],
    aheadSeconds: 120,
    operators: ['chloe'],
    overflowSeconds: 60,
    welcome: { fr: 'Bonjour. Vous êtes sur la ligne «\u202fEnseignants en cours\u202f».' },
  })
})
