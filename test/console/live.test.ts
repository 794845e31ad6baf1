import { describe, expect, test } from 'vitest'
import { inChromium } from './browser.ts'
import { ahmed, call, claire, ines, operator, talking } from './fake-world.ts'

const on = inChromium()
const queue = () => on.page.getByRole('region', { name: 'File d’attente' })

describe('the live desk', () => {
  test('shows who waits, in order, as they come and go', async () => {
    await on.signedIn()
    on.server.change({ calls: [call('q2', [claire], { position: 2, waited: 10 }), call('q1', [ahmed], { position: 1, waited: 134 })] })
    await queue().getByText('Claire Dubois').waitFor()
    expect(await queue().getByRole('listitem').allInnerTexts()).toMatchObject([
      expect.stringContaining('Ahmed Benali'),
      expect.stringContaining('Claire Dubois'),
      expect.anything(),
    ])
    on.server.change({ calls: [call('q2', [claire], { position: 1 })], ended: [{ id: 'q1', operatorId: null, reason: 'caller' }] })
    await queue().getByText('Ahmed Benali').waitFor({ state: 'detached' })
  })

  test('asks for everything again when an event was missed', async () => {
    await on.signedIn()
    on.server.lose({ calls: [call('q1', [ahmed])] })
    on.server.change({ calls: [call('q2', [claire], { position: 2 })] })
    await queue().getByText('Ahmed Benali').waitFor()
    await queue().getByText('Claire Dubois').waitFor()
    expect(on.server.again).toBe(1)
  })

  test('forgets a conversation that ended while the link was down', async () => {
    on.server.calls.set('c1', talking(call('c1', [ines]), 'alice', 30))
    on.server.operators = [operator('alice', 'Alice Martin', 'talking', { callId: 'c1' })]
    await on.signedIn()
    await on.page.getByRole('button', { name: 'Finir' }).waitFor()
    on.server.lose({
      ended: [{ id: 'c1', operatorId: 'alice', reason: 'caller' }],
      operators: [operator('alice', 'Alice Martin', 'wrap-up', { callId: 'c1' })],
    })
    on.server.restart()
    await on.page.getByRole('button', { name: 'Finir' }).waitFor({ state: 'detached' })
    await on.page.getByText('À enregistrer').waitFor()
  })

  test('says so calmly when the connection is lost, and keeps what is typed', async () => {
    await on.signedIn()
    await on.page.keyboard.press('n')
    await on.page.getByLabel('Titre', { exact: true }).fill('À garder')
    await on.server.close()
    await on.page.getByText(/Connexion perdue/).waitFor()
    expect(await on.page.getByLabel('Titre', { exact: true }).inputValue()).toBe('À garder')
  })
})

describe('the keyboard', () => {
  test('answers, hangs up, pauses and declines by single keys', async () => {
    await on.signedIn()
    const c = call('c1', [claire], { status: 'ringing', offeredTo: ['alice'] })
    on.server.change({ calls: [c], operators: [operator('alice', 'Alice Martin', 'ringing', { callId: 'c1' })] })
    await on.page.getByRole('button', { name: 'Répondre' }).waitFor()
    await on.page.keyboard.press('x')
    await on.page.keyboard.press('a')
    on.server.change({ calls: [talking(c, 'alice')], operators: [operator('alice', 'Alice Martin', 'talking', { callId: 'c1' })] })
    await on.page.getByRole('button', { name: 'Finir' }).waitFor()
    await expect.poll(() => on.page.evaluate(() => document.activeElement?.getAttribute('data-field'))).toBe('title')
    await on.page.keyboard.type('faxe')
    await on.page.locator('main').focus()
    await on.page.keyboard.press('f')
    await expect
      .poll(() => on.server.asked)
      .toEqual(['POST /api/calls/c1/decline', 'POST /api/calls/c1/answer', 'POST /api/calls/c1/hangup'])
    expect(await on.page.getByLabel('Titre', { exact: true }).inputValue()).toBe('faxe')
  })

  test('leaves single keys alone once they are turned off', async () => {
    await on.signedIn()
    await on.page.keyboard.press('?')
    await on.page.getByRole('switch', { name: 'Touches seules actives' }).click()
    await on.page.keyboard.press('Escape')
    await on.page.getByRole('dialog').waitFor({ state: 'detached' })
    await on.page.keyboard.press('p')
    await on.page.keyboard.press('Control+k')
    await on.page.getByRole('dialog').waitFor()
    expect(on.server.asked).toEqual(['PUT /api/preferences'])
  })

  test('finds a person from the palette and opens their ticket', async () => {
    await on.signedIn('/console/tickets')
    await on.page.keyboard.press('Control+k')
    await on.page.getByRole('dialog').getByRole('textbox').fill('nguy')
    await on.page.getByText(/Nouveau ticket pour Inès/).waitFor()
    await on.page.keyboard.press('ArrowDown')
    await on.page.keyboard.press('Enter')
    await expect
      .poll(() => on.page.getByRole('form', { name: 'Nouveau ticket' }).getByLabel('Nom', { exact: true }).inputValue())
      .toBe('Inès Nguyễn')
  })

  test('walks the list of tickets and adds to the one opened', async () => {
    await on.signedIn('/console/tickets')
    await on.page.getByRole('link', { name: 'Réseau coupé 4R1, 2ᵉ étage' }).waitFor()
    await on.page.keyboard.press('j')
    await on.page.keyboard.press('j')
    await on.page.keyboard.press('k')
    await on.page.keyboard.press('Enter')
    await on.page.getByRole('heading', { name: 'Réseau coupé 4R1, 2ᵉ étage' }).waitFor()
    await on.page.getByRole('textbox', { name: 'Note interne' }).fill('Le technicien est sur place.')
    await on.page.keyboard.press('Control+Enter')
    await on.page.getByRole('listitem').getByText('Le technicien est sur place.').waitFor()
  })
})

describe('signing in', () => {
  test('takes one click on a demonstration account, and a wrong password says so', async () => {
    await on.page.goto(on.server.url + '/console/tickets')
    await on.page.getByLabel('Identifiant').fill('alice')
    await on.page.getByLabel('Mot de passe', { exact: true }).fill('faux')
    await on.page.keyboard.press('Enter')
    await on.page.getByText('Identifiant ou mot de passe incorrect.').waitFor()
    await on.page.getByRole('button', { name: /^alice/ }).click()
    await on.page.getByRole('heading', { name: 'Tickets', level: 1 }).waitFor()
  })

  test('speaks English throughout once asked to', async () => {
    await on.page.goto(on.server.url + '/console')
    await on.page.getByRole('button', { name: 'English' }).click()
    await on.page.getByRole('button', { name: /^alice/ }).click()
    await on.page.getByText('Nobody is waiting.').waitFor()
    await on.page.reload()
    await on.page.getByText('Nobody is waiting.').waitFor()
    await expect.poll(() => on.page.locator('html').getAttribute('lang')).toBe('en')
  })
})
