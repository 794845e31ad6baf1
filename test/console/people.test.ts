import { expect, test } from 'vitest'
import { expectAccessible, expectReflow, inChromium } from './browser.ts'
import { rightCode } from './fake-people.ts'
import { ahmed, call, operator, talking } from './fake-world.ts'

const on = inChromium()

test('a caller from an unknown number is found, remembered by one key, and verified by a code read aloud', async () => {
  await on.signedIn()
  const c = call('c1', [], { number: '+33611223344', status: 'ringing', offeredTo: ['alice'] })
  on.server.pop(c)
  on.server.change({ calls: [talking(c, 'alice', 5)], operators: [operator('alice', 'Alice Martin', 'talking')] })
  const card = on.page.getByRole('group', { name: 'Identité de l’appelant' })
  await card.getByText('Inconnu').waitFor()
  expect(await card.getByRole('button').count()).toBe(0)
  await on.page.getByRole('combobox', { name: 'Nom' }).fill('ahmed')
  await on.page.getByRole('option', { name: /Ahmed Benali/ }).click()
  await card.getByText('Déclarée').waitFor()
  await on.page.getByRole('heading', { name: 'Nouveau ticket' }).click()
  await on.page.keyboard.press('q')
  await on.page.getByText('Numéro retenu : le prochain appel affichera Ahmed Benali.').waitFor()
  expect(on.server.asked).toContain('POST /api/people/ahmed.benali/numbers')
  on.server.change({ calls: [{ ...talking(c, 'alice', 8), people: [ahmed] }] })
  await card.getByText('Présumée').waitFor()
  await on.page.keyboard.press('=')
  const dialog = on.page.getByRole('dialog', { name: 'Vérifier l’identité de Ahmed Benali' })
  await dialog.getByText('c•••s@univ.example').waitFor()
  await on.page.keyboard.type('000 000')
  await dialog.getByText('Ce n’est pas le bon code : il reste 2 essais.').waitFor()
  await expectAccessible(on.page, '[role=dialog]')
  await on.page.keyboard.type(rightCode)
  await dialog.getByText('C’est bien Ahmed Benali.').waitFor()
  await on.page.keyboard.press('Escape')
  await card.getByText('Identité vérifiée').waitFor()
  expect(await card.getByRole('button', { name: /Vérifier/ }).count()).toBe(0)
  await expectAccessible(on.page)
  await card.getByRole('link', { name: 'Fiche' }).click()
  await on.page.getByText('Malentendante : parler lentement.').waitFor()
  await on.page.getByText('vérifiée ·').waitFor()
  await expectAccessible(on.page)
  await expectReflow(on.page)
})

test('what asks for a verified identity says so until it is, and keeps nobody from saving', async () => {
  await on.signedIn()
  on.server.change({
    calls: [talking(call('c1', [ahmed]), 'alice', 5)],
    operators: [operator('alice', 'Alice Martin', 'talking', { callId: 'c1' })],
  })
  const form = on.page.getByRole('form', { name: 'Nouveau ticket' })
  const notice = form.getByText(/Cette nature demande une identité vérifiée par un code/)
  await form.getByRole('combobox', { name: 'Nature' }).fill('mot de')
  await on.page.getByRole('option', { name: /Mot de passe/ }).click()
  await notice.waitFor()
  await expectAccessible(on.page)
  await form.getByRole('button', { name: /^Vérifier/ }).click()
  await on.page.getByRole('dialog').getByText('c•••s@univ.example').waitFor()
  await on.page.keyboard.press('Escape')
  await form.getByLabel('Titre', { exact: true }).fill('Mot de passe oublié')
  await on.page.keyboard.press('Control+Enter')
  await on.page.getByText('Ticket n° 10412 enregistré').first().waitFor()
})

test('whoever stands there shows their card: it is ticked while the ticket is written, and leaves with it for that person alone', async () => {
  await on.signedIn()
  await on.page.keyboard.press('n')
  const form = on.page.getByRole('form', { name: 'Nouveau ticket' })
  await form.getByRole('combobox', { name: 'Nature' }).fill('mot de')
  await on.page.getByRole('option', { name: /Mot de passe/ }).click()
  await form.getByText(/choisissez la personne dans l’annuaire/).waitFor()
  const choose = async (typed: string, name: RegExp) => {
    await form.getByRole('combobox', { name: 'Nom' }).fill(typed)
    await on.page.getByRole('option', { name }).click()
  }
  const card = form.getByRole('checkbox', { name: 'Carte vue' })
  await choose('ahmed', /Ahmed Benali/)
  await card.check()
  await expectAccessible(on.page)
  await choose('claire', /Claire Dubois/)
  expect(await card.isChecked()).toBe(false)
  await card.check()
  await form.getByLabel('Titre', { exact: true }).fill('Mot de passe oublié')
  await on.page.keyboard.press('Control+Enter')
  await on.page.getByText('Ticket n° 10412 enregistré').first().waitFor()
  expect(on.server.creations.at(-1)).toMatchObject({ cardSeen: true, requester: { personId: 'claire.dubois' } })
})

test('on a ticket’s page a card that is seen is noted by a press, and the reminder goes', async () => {
  on.server.tickets = on.server.tickets.map((one, i) => (i === 0 ? { ...one, categoryId: 'mot-de-passe', status: 'in-progress' } : one))
  const [first] = on.server.tickets
  await on.signedIn(`/console/tickets/${first?.number}`)
  await on.page.getByText(/par un code ou une carte vue/).waitFor()
  await expectAccessible(on.page)
  await on.page.getByRole('button', { name: 'Carte vue' }).click()
  await on.page.getByText('La carte vue est notée au journal.').waitFor()
  await on.page.getByText('Identité vérifiée').waitFor()
  expect(await on.page.getByText(/par un code ou une carte vue/).count()).toBe(0)
})

test('what is asked for on a form of its own leads there', async () => {
  const { categories: kept } = on.server.settings
  const first = kept.value.categories.find(({ tree }) => tree === 'service')
  const withForms = kept.value.categories.map((one) => (one === first ? { ...one, form: 'https://demandes.univ.example/' } : one))
  on.server.settings = { ...on.server.settings, categories: { ...kept, value: { ...kept.value, categories: withForms } } }
  await on.signedIn()
  await on.page.keyboard.press('n')
  const form = on.page.getByRole('form', { name: 'Nouveau ticket' })
  await form.getByRole('combobox', { name: 'Nature' }).fill(first?.name ?? '')
  await on.page
    .getByRole('option', { name: first?.name ?? '' })
    .first()
    .click()
  const link = form.getByRole('link', { name: 'Formulaire de cette demande' })
  expect(await link.getAttribute('href')).toBe('https://demandes.univ.example/')
  await expectAccessible(on.page)
})

test('a code can be keyed in where this computer’s clock is an hour ahead of the desk’s', async () => {
  await on.page.clock.install({ time: Date.now() + 3_600_000 })
  await on.signedIn()
  on.server.change({
    calls: [talking(call('c1', [ahmed]), 'alice', 5)],
    operators: [operator('alice', 'Alice Martin', 'talking', { callId: 'c1' })],
  })
  await on.page.getByRole('button', { name: /^Vérifier/ }).click()
  await on.page.getByRole('dialog').getByText('c•••s@univ.example').waitFor()
  await on.page.keyboard.type(rightCode)
  await on.page.getByRole('dialog').getByText('C’est bien Ahmed Benali.').waitFor()
})
