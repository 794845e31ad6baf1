import { describe, expect, test } from 'vitest'
import { inChromium } from './browser.ts'
import { call, claire, operator, paul, talking, zoe } from './fake-world.ts'

const on = inChromium()
const field = (label: string) => on.page.getByRole('form', { name: 'Nouveau ticket' }).getByLabel(label, { exact: true })
const ringing = (c: ReturnType<typeof call>) =>
  on.server.change({
    calls: [{ ...c, status: 'ringing', offeredTo: ['alice'] }],
    operators: [operator('alice', 'Alice Martin', 'ringing', { callId: c.id })],
  })
const answered = (c: ReturnType<typeof call>) =>
  on.server.change({ calls: [talking(c, 'alice')], operators: [operator('alice', 'Alice Martin', 'talking', { callId: c.id })] })
const hungUp = (id: string, operatorId: string | null) =>
  on.server.change({
    ended: [{ id, operatorId, reason: 'caller' }],
    operators: [operator('alice', 'Alice Martin', operatorId === null ? 'ready' : 'wrap-up', { callId: operatorId === null ? null : id })],
  })
const shows = async (label: string, value: string) => expect.poll(() => field(label).inputValue()).toBe(value)

describe('the pop', () => {
  test('fills the ticket in, with the caller’s open tickets, before anything rings', async () => {
    await on.signedIn()
    on.server.pop(call('c1', [claire]))
    await shows('Nom', 'Claire Dubois')
    await shows('E-mail', 'claire.dubois@univ.example')
    await shows('Téléphone', '05 61 55 12 34')
    await on.page.getByRole('region', { name: 'Ses tickets' }).getByText('Accès à Moodle pour les vacataires').waitFor()
    expect(await on.page.getByRole('button', { name: 'Répondre' }).count()).toBe(0)
    await expect.poll(() => on.page.title()).toBe('Permanence · Guichet unique')
  })

  test('then rings on the card, in the title, in the icon and for screen readers', async () => {
    await on.signedIn()
    ringing(call('c1', [claire]))
    await on.page.getByRole('button', { name: 'Répondre' }).waitFor()
    await expect.poll(() => on.page.title()).toBe('☎ Claire Dubois appelle')
    await expect.poll(() => on.page.locator('#favicon').getAttribute('href')).toBe('/favicon-ringing.svg')
    await on.page.getByRole('alert').getByText('Appel entrant : Claire Dubois').waitFor({ state: 'attached' })
  })

  test('brings the desk forward from any other page', async () => {
    await on.signedIn('/console/tickets/10388')
    ringing(call('c1', [claire]))
    await on.page.getByRole('button', { name: 'Répondre' }).waitFor()
    await shows('Nom', 'Claire Dubois')
  })

  test('keeps what was typed when the caller’s identity grows', async () => {
    await on.signedIn()
    const unknown = call('c1', [], { number: '+33611223344' })
    on.server.pop(unknown)
    await shows('Téléphone', '06 11 22 33 44')
    await shows('Nom', '')
    await field('Titre').fill('Écran noir')
    await field('E-mail').fill('perso@ailleurs.example')
    on.server.pop({ ...unknown, people: [claire] })
    await shows('Nom', 'Claire Dubois')
    await shows('E-mail', 'perso@ailleurs.example')
    await shows('Titre', 'Écran noir')
  })

  test('offers everybody who shares the number, and takes the one chosen', async () => {
    await on.signedIn()
    on.server.pop(call('c1', [zoe, paul]))
    await on.page.getByRole('radio', { name: /Paul Martin/ }).click()
    await shows('Nom', 'Paul Martin')
    await shows('E-mail', 'paul.martin@univ.example')
    await shows('Téléphone', '05 61 55 20 00')
  })
})

describe('a draft', () => {
  test('survives a reload in the middle of the conversation', async () => {
    await on.signedIn()
    const c = call('c1', [claire])
    on.server.pop(c)
    ringing(c)
    answered(c)
    await field('Titre').fill('Plus de réseau en salle 118')
    await on.page.reload()
    await shows('Titre', 'Plus de réseau en salle 118')
    await on.page.getByRole('button', { name: 'Finir' }).waitFor()
  })

  test('goes away when the caller hangs up before being answered', async () => {
    await on.signedIn()
    const c = call('c1', [claire])
    on.server.pop(c)
    ringing(c)
    await shows('Nom', 'Claire Dubois')
    hungUp('c1', null)
    await on.page.getByText('Aucun appel en cours').waitFor()
    await expect.poll(() => on.page.title()).toBe('Permanence · Guichet unique')
    await expect.poll(() => on.page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith('guichet.drafts')))).toEqual([])
  })

  test('goes away when the call is refused and waits for another operator', async () => {
    await on.signedIn()
    const c = call('c1', [claire])
    on.server.pop(c)
    ringing(c)
    await on.page.getByRole('button', { name: 'Répondre' }).waitFor()
    on.server.change({
      calls: [{ ...c, offeredTo: ['bruno'] }],
      operators: [operator('alice', 'Alice Martin', 'paused', { reason: 'missed' })],
    })
    await on.page.getByText('Aucun appel en cours').waitFor()
  })

  test('stays owed after the call, through the next one, until it is saved', async () => {
    await on.signedIn()
    const first = call('c1', [claire])
    ringing(first)
    answered(first)
    hungUp('c1', 'alice')
    await on.page.getByText('À enregistrer').waitFor()
    ringing(call('c2', [paul]))
    await shows('Nom', 'Paul Martin')
    await on.page.getByRole('button', { name: /Claire Dubois, / }).click()
    await shows('Nom', 'Claire Dubois')
    await field('Titre').fill('Accès à Moodle')
    await field('Titre').press('Control+Enter')
    await expect.poll(() => on.server.creations.length).toBe(1)
    await on.page.getByText('1 appel sans ticket').waitFor({ state: 'detached' })
  })

  test('is kept whole when the save fails, and makes one ticket when it is tried again', async () => {
    await on.signedIn()
    const c = call('c1', [claire])
    ringing(c)
    answered(c)
    on.server.saveFails = 'database_away'
    await field('Titre').fill('Plus de réseau')
    await field('Titre').press('Control+Enter')
    await on.page.getByText('Rien n’est enregistré, votre saisie est gardée.').waitFor()
    await shows('Titre', 'Plus de réseau')
    on.server.saveFails = null
    await on.page.getByRole('button', { name: 'Enregistrer' }).click()
    await on.page.getByText('Ticket n° 10412 enregistré').first().waitFor()
    expect(on.server.creations).toMatchObject([
      {
        title: 'Plus de réseau',
        callId: 'c1',
        medium: 'phone',
        solution: null,
        requester: { personId: 'claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: '05 61 55 12 34' },
      },
    ])
  })

  test('is closed in the same gesture only with a word on what was done', async () => {
    await on.signedIn()
    await on.page.keyboard.press('n')
    await field('Titre').fill('Mot de passe oublié')
    await field('Titre').press('Shift+Enter')
    await on.page.getByText('Dites en une phrase ce qui a été fait.').waitFor()
    await on.page.keyboard.type('Mot de passe changé.')
    await on.page.keyboard.press('Shift+Enter')
    await on.page.getByText('Ticket n° 10412 enregistré et clos').first().waitFor()
  })
})
