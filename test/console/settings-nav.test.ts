import { expect, test } from 'vitest'
import { expectAccessible, expectReflow, inChromium } from './browser.ts'

const on = inChromium()
const asAdmin = (path: string) => {
  on.server.me = { ...on.server.me, id: 'admin', login: 'admin', name: 'Anne Delmas', role: 'administrator', extension: null }
  return on.signedIn(path)
}
const nav = () => on.page.getByRole('navigation', { name: 'Réglages' })
const focused = () => on.page.evaluate(() => document.activeElement?.textContent)

test('« Réglages » has its pages under plain names of groups, walked by arrows, and the page chosen is where the keyboard goes on', async () => {
  await asAdmin('/console/reglages/horaires')
  await on.page.getByText('Douze mois').waitFor()
  const groups = nav().getByRole('region')
  expect(await groups.evaluateAll((all) => all.map((one) => one.querySelector('p')?.textContent))).toEqual([
    'Guichet et téléphone',
    'Accueil vocal',
    'Tickets',
    'Usagers',
    'Écrans et chiffres',
    'Personnes et droits',
    'Système',
  ])
  await on.page.keyboard.press('/')
  await on.page.keyboard.press('ArrowDown')
  await expect.poll(focused).toBe('Horaires')
  await on.page.keyboard.press('ArrowDown')
  await on.page.keyboard.press('Enter')
  await on.page.getByLabel('Numéro de téléphone').waitFor()
  await expect.poll(focused).toBe('Guichet et appels')
  expect(await on.page.evaluate(() => document.activeElement?.closest('h1') !== null)).toBe(true)
  await expectAccessible(on.page)
})

test('a group’s name finds its pages, and arrows go to what was found', async () => {
  await asAdmin('/console/reglages/horaires')
  await on.page.keyboard.press('/')
  await on.page.keyboard.type('accueil vocal')
  await nav()
    .getByRole('link', { name: /^Annonces/ })
    .first()
    .waitFor()
  await on.page.keyboard.press('ArrowDown')
  await expect.poll(() => on.page.evaluate(() => document.activeElement?.tagName)).toBe('A')
  // With a slip it says what comes near; by another word for what it sets, the page is found.
  const found = nav().getByRole('link')
  await nav().getByRole('search').getByRole('textbox').fill('anonces')
  await nav().getByText('Rien ne contient « anonces »').waitFor()
  await expect.poll(() => found.first().textContent()).toBe('AnnoncesAnnonces')
  await nav().getByRole('search').getByRole('textbox').fill('pieces jointes')
  await expect.poll(() => found.allTextContents()).toEqual(['TicketsTickets'])
})

test('on a narrow screen the list is folded until it is asked for, and again once a page is chosen', async () => {
  await on.page.setViewportSize({ width: 390, height: 760 })
  await asAdmin('/console/reglages/permanence')
  await on.page.getByLabel('Numéro de téléphone').waitFor()
  const link = nav().getByRole('link', { name: 'Horaires', exact: true })
  expect(await link.isVisible()).toBe(false)
  await on.page.getByRole('button', { name: 'Toutes les pages' }).click()
  await expectAccessible(on.page)
  await expectReflow(on.page)
  await link.click()
  await on.page.getByText('Douze mois').waitFor()
  await expect.poll(() => link.isVisible()).toBe(false)
})
