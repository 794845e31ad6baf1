import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { inChromium } from './browser.ts'
import { call, operator, talking, zoe } from './fake-world.ts'

const on = inChromium()
const focused = (one: Locator) => expect.poll(() => one.evaluate((element) => element === document.activeElement)).toBe(true)
const closed = () => on.page.locator('[role=dialog]').waitFor({ state: 'detached' })

test('whoever closes a dialogue goes on where they were: in the words being typed, on the button that opened it', async () => {
  await on.signedIn()
  const c = call('c1', [zoe], { status: 'ringing', offeredTo: ['alice'] })
  on.server.pop(c)
  on.server.change({ calls: [talking(c, 'alice', 60)], operators: [operator('alice', 'Alice Martin', 'talking')] })
  const title = on.page.getByLabel('Titre', { exact: true })
  await title.fill('Écran ')
  await on.page.keyboard.press('Control+k')
  await on.page.getByRole('dialog').waitFor()
  await on.page.keyboard.press('Escape')
  await closed()
  await focused(title)
  await on.page.keyboard.type('noir')
  expect(await title.inputValue()).toBe('Écran noir')
  // Who has left the field is not brought back into it: the next key is no letter.
  await title.blur()
  await on.page.keyboard.press('Control+k')
  await on.page.getByRole('dialog').waitFor()
  await on.page.keyboard.press('Escape')
  await closed()
  await focused(on.page.locator('body'))
  const longer = on.page.getByRole('button', { name: 'prolonger' })
  await longer.focus()
  await on.page.keyboard.press('Enter')
  await on.page.getByRole('dialog', { name: 'Prolonger de 5 minutes' }).waitFor()
  await on.page.keyboard.press('Escape')
  await closed()
  await focused(longer)
})

test('a dialogue that a menu opened gives the keyboard back to what opened the menu', async () => {
  await on.signedIn()
  const mine = on.page.getByRole('button', { name: /Mon compte/ })
  await mine.press('Enter')
  await on.page.getByRole('button', { name: 'Mon téléphone' }).press('Enter')
  await on.page.getByText('alice-a1').waitFor()
  await on.page.keyboard.press('Escape')
  await closed()
  await focused(mine)
})
