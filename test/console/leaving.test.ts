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
