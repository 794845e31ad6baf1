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
