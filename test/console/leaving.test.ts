import { expect, test } from 'vitest'
import { inChromium } from './browser.ts'
import { call, claire, operator } from './fake-world.ts'

const on = inChromium()

test('whoever has another role now sees what it may do at once', async () => {
  await on.signedIn()
  const settings = on.page.getByRole('navigation', { name: 'Principal' }).getByRole('link', { name: 'Réglages' })
  expect(await settings.count()).toBe(0)
  on.server.me = { ...on.server.me, role: 'administrator' }
  // The service ends what was opened under the other role; the session goes on.
  on.server.restart()
  await settings.waitFor()
})

test('who signs out while a settled answer can be taken back has settled it', async () => {
  await on.signedIn('/console/a-rappeler')
  const row = on.page.getByRole('listitem').filter({ has: on.page.getByRole('heading', { name: 'Claire Dubois', exact: true }) })
  await row.getByRole('button', { name: /Je m’en occupe/ }).click()
  await row.getByRole('button', { name: 'Joint' }).click()
  await row.waitFor({ state: 'detached' })
  await on.page.getByRole('button', { name: /Mon compte/ }).click()
  await on.page.getByRole('button', { name: /Se déconnecter/ }).click()
  await on.page.getByLabel(/identifiant/i).waitFor()
  expect(on.server.asked.slice(-2)).toEqual([expect.stringMatching(/^POST \/api\/owed\/.*\/outcome$/), 'DELETE /api/session'])
})

test('a note about somebody outlives the call that shows the desk', async () => {
  await on.signedIn('/console/personnes/claire.dubois')
  const note = on.page.getByLabel('Note', { exact: true })
  await note.fill('Vient sur rendez-vous.')
  on.server.change({
    calls: [call('c1', [claire], { status: 'ringing', offeredTo: ['alice'] })],
    operators: [operator('alice', 'Alice Martin', 'ringing', { callId: 'c1' })],
  })
  await on.page.getByRole('button', { name: 'Répondre' }).waitFor()
  await note.waitFor({ state: 'detached' })
  await on.page.getByRole('link', { name: 'Fiche' }).click()
  await expect.poll(() => note.inputValue()).toBe('Vient sur rendez-vous.')
})
