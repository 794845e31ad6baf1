import { describe, expect, test } from 'vitest'
import { expectAccessible, expectReflow, inChromium } from './browser.ts'
import { call, claire, operator, talking } from './fake-world.ts'

const on = inChromium()
const form = () => on.page.getByRole('form', { name: 'Nouveau ticket' })
const field = (label: string) => form().getByLabel(label, { exact: true })
const shows = async (label: string, value: string) => expect.poll(() => field(label).inputValue()).toBe(value)
const chips = () => on.page.getByRole('region', { name: /tickets? commencés?/ }).getByRole('button')
const waiting = async (...titles: readonly string[]) =>
  expect
    .poll(async () => (await chips().allTextContents()).map((text) => text.replace(/, \d.*$/, '')).toSorted())
    .toEqual([...titles].toSorted())
async function begun(title: string): Promise<void> {
  await on.page.locator('main').focus()
  await on.page.keyboard.press('n')
  await shows('Titre', '')
  await field('Titre').fill(title)
}

describe('tickets put aside', () => {
  test('wait as chips, over a reload too; each is taken back as it was left, and one is saved without the others', async () => {
    await on.signedIn()
    for (const title of ['Badge refusé', 'Écran noir', 'Prêt d’un câble']) await begun(title)
    await waiting('Badge refusé', 'Écran noir')
    await form().getByRole('button', { name: 'Mettre de côté' }).click()
    await waiting('Badge refusé', 'Écran noir', 'Prêt d’un câble')
    await on.page.getByRole('button', { name: /Nouveau ticket/ }).waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
    await expect.poll(() => on.server.drafts.map(({ content }) => content.title).toSorted()).toHaveLength(3)

    await on.page.reload()
    await waiting('Badge refusé', 'Écran noir', 'Prêt d’un câble')
    await chips().filter({ hasText: 'Écran noir' }).click()
    await shows('Titre', 'Écran noir')
    await waiting('Badge refusé', 'Prêt d’un câble')
    await field('Nom').fill('Luc')
    await chips().filter({ hasText: 'Badge refusé' }).click()
    await shows('Nom', '')
    await chips().filter({ hasText: 'Écran noir' }).click()
    await shows('Nom', 'Luc')
    await field('Titre').press('Control+Enter')
    await on.page
      .getByText(/Ticket n°\s\d+ enregistré/)
      .first()
      .waitFor()
    await waiting('Badge refusé', 'Prêt d’un câble')
    expect(on.server.creations).toMatchObject([{ title: 'Écran noir', requester: { name: 'Luc' } }])

    // What is in front stays there over a reload.
    await chips().filter({ hasText: 'Badge refusé' }).click()
    await on.page.reload()
    await shows('Titre', 'Badge refusé')
    await form().getByRole('button', { name: 'Effacer' }).click()
    await waiting('Prêt d’un câble')
    await on.page.getByRole('button', { name: 'Annuler' }).click()
    await shows('Titre', 'Badge refusé')
    await waiting('Prêt d’un câble')
  })

  test('take nobody in copy whom the words do not mean any more, however fast they are typed', async () => {
    await on.signedIn()
    await begun('Serveur de calcul')
    const answer = Promise.withResolvers<void>()
    await on.page.route('**/api/people?search=claire', async (route) => {
      await answer.promise
      await route.continue()
    })
    const copy = form().getByRole('group', { name: 'En copie' })
    await copy.getByRole('button', { name: 'Mettre en copie' }).click()
    const words = on.page.getByRole('dialog', { name: 'Mettre en copie' }).getByRole('combobox')
    const found = on.page.getByRole('option')
    await words.fill('ahm')
    await found.filter({ hasText: 'Ahmed Benali' }).waitFor()
    const asked = on.page.waitForRequest('**/api/people?search=claire')
    await words.fill('claire')
    await words.press('Enter')
    await asked
    await words.press('Enter')
    expect(await copy.getByRole('listitem').allTextContents()).toEqual([])
    answer.resolve()
    await found.filter({ hasText: 'Claire Dubois' }).waitFor()
    await words.press('Enter')
    await expect.poll(() => copy.getByRole('listitem').allTextContents()).toEqual(['Claire Dubois'])
  })

  test('keep who will be in copy, who is saved with the ticket', async () => {
    await on.signedIn()
    await begun('Serveur de calcul')
    const copy = form().getByRole('group', { name: 'En copie' })
    const name = async (typed: string, found: RegExp) => {
      await copy.getByRole('button', { name: 'Mettre en copie' }).click()
      await on.page.getByRole('dialog', { name: 'Mettre en copie' }).getByRole('combobox').fill(typed)
      await on.page.getByRole('option', { name: found }).click()
    }
    await name('nadia', /Nadia Roussel/)
    await name('ahm', /Ahmed Benali/)
    await name('claire', /Claire Dubois/)
    await copy.getByRole('button', { name: 'Retirer Claire Dubois' }).click()
    await expect.poll(() => copy.getByRole('listitem').allTextContents()).toEqual(['Nadia Roussel', 'Ahmed Benali'])
    await expectAccessible(on.page)
    await expectReflow(on.page)
    await expect
      .poll(() => on.server.drafts.map(({ content }) => content.observers))
      .toEqual([
        [
          { kind: 'account', id: 'nadia', name: 'Nadia Roussel' },
          { kind: 'person', id: 'ahmed.benali', name: 'Ahmed Benali' },
        ],
      ])
    await on.page.reload()
    await expect.poll(() => copy.getByRole('listitem').allTextContents()).toEqual(['Nadia Roussel', 'Ahmed Benali'])
    await field('Titre').press('Control+Enter')
    await expect.poll(() => on.server.creations.length).toBe(1)
    expect(on.server.creations).toMatchObject([{ observers: [{ accountId: 'nadia' }, { personId: 'ahmed.benali' }] }])
  })
})

test('who calls for somebody else is put in copy by one press, and not asked about for their own ticket', async () => {
  on.server.calls.set('c1', talking(call('c1', [claire]), 'alice', 30))
  on.server.operators = [operator('alice', 'Alice Martin', 'talking', { callId: 'c1' })]
  await on.signedIn()
  await shows('Nom', 'Claire Dubois')
  const offer = form().getByRole('button', { name: 'Mettre en copie Claire Dubois, qui appelle' })
  expect(await offer.count()).toBe(0)
  await field('Nom').fill('ahmed')
  await on.page.getByRole('option', { name: /Ahmed Benali/ }).click()
  await shows('Nom', 'Ahmed Benali')
  await offer.click()
  await expect
    .poll(() => form().getByRole('group', { name: 'En copie' }).getByRole('listitem').allTextContents())
    .toEqual(['Claire Dubois'])
  await offer.waitFor({ state: 'detached' })
  await field('Titre').fill('Compte bloqué')
  await field('Titre').press('Control+Enter')
  await expect
    .poll(() => on.server.creations)
    .toMatchObject([{ callId: 'c1', requester: { personId: 'ahmed.benali' }, observers: [{ personId: 'claire.dubois' }] }])
})

test('who is in copy of what is being written is in copy of the ticket that the call is added to', async () => {
  on.server.calls.set('c1', talking(call('c1', [claire]), 'alice', 30))
  on.server.operators = [operator('alice', 'Alice Martin', 'talking', { callId: 'c1' })]
  await on.signedIn()
  await shows('Nom', 'Claire Dubois')
  await field('Nom').fill('ahmed')
  await on.page.getByRole('option', { name: /Ahmed Benali/ }).click()
  await form().getByRole('button', { name: 'Mettre en copie Claire Dubois, qui appelle' }).click()
  await on.page.locator('main').focus()
  await on.page.keyboard.press('l')
  await on.page
    .getByRole('dialog')
    .getByRole('button', { name: /Réseau coupé/ })
    .click()
  await expect
    .poll(() => on.server.dispositions)
    .toMatchObject([{ callId: 'c1', order: { kind: 'attached', ticket: 10_410, observers: [{ personId: 'claire.dubois' }] } }])
})
