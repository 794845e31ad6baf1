import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { inChromium } from './browser.ts'

const on = inChromium()
const look = (shown: Locator, css: string) => shown.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), css)

test('styles that come behind the first view win over those of what they are made of: menus have room, what cannot be pressed shows it', async () => {
  await on.signedIn()
  await on.page.getByRole('button', { name: /^Prêt/ }).click()
  const entry = on.page.getByRole('menuitem', { name: 'Déjeuner' })
  expect(Number.parseFloat(await look(entry, 'padding-left'))).toBeGreaterThan(8)
  await on.page.keyboard.press('Escape')
  on.server.me = { ...on.server.me, id: 'admin', login: 'admin', name: 'Anne Delmas', role: 'administrator', extension: null }
  await on.page.goto(`${on.server.url}/console/reglages/dialogue`)
  const colorOf = (n: number) => look(on.page.getByRole('button', { name: `Monter la ligne ${n}`, exact: true }), 'color')
  expect(await colorOf(1)).not.toBe(await colorOf(2))
})
