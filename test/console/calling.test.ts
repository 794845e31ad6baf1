import { describe, expect, test } from 'vitest'
import { expectAccessible, expectReflow, expectUncut, inChromium } from './browser.ts'
import { dialling, placing } from './fake-calling.ts'
import { ahmed, call, claire, operator, talking } from './fake-world.ts'

const on = inChromium()
const card = () => on.page.getByRole('region', { name: 'Mon appel' })
const row = (name: string) => on.page.getByRole('listitem').filter({ has: on.page.getByRole('heading', { name, exact: true }) })
const alerted = (text: string) => on.page.getByRole('alert').getByText(text).waitFor({ state: 'attached' })
const number = '+33561551235'
const busy = operator('alice', 'Alice Martin', 'talking', { callId: 'out-1' })
const ended = (reason: string, operatorId: string | null) =>
  on.server.change({ ended: [{ id: 'out-1', operatorId, reason }], operators: [operator('alice', 'Alice Martin', 'ready')] })

describe('somebody to call back', () => {
  test('is taken and called by one key; the desk follows from phone to phone to the ticket already filled in', async () => {
    await on.signedIn('/console/a-rappeler')
    await row('Ahmed Benali').waitFor()
    await on.page.keyboard.press('j')
    await on.page.keyboard.press('j')
    await on.page.keyboard.press('c')
    await card().getByText('Votre téléphone sonne…').waitFor()
    expect(on.server.asked).toEqual(['POST /api/owed/o2/take', 'POST /api/calls'])
    expect(on.server.placed).toEqual([{ number, owedId: 'o2' }])
    await alerted('Votre téléphone sonne ; décrochez pour appeler Ahmed Benali')
    const panel = on.page.getByRole('region', { name: 'Rappeler : Ahmed Benali' })
    await panel.getByText('a raccroché après 2 min d’attente').waitFor()
    expect(await panel.getByRole('group', { name: /Résultat/ }).count()).toBe(0)
    await expectAccessible(on.page)
    await on.page.keyboard.press('a')
    await expect.poll(() => on.server.asked).toContain('POST /api/calls/out-1/answer')

    const dialled = dialling(placing('out-1', number, 'alice', { owedId: 'o2' }))
    on.server.change({ calls: [dialled], operators: [busy] })
    await card().getByText('05 61 55 12 35 sonne…').waitFor()
    await alerted('Le téléphone de Ahmed Benali sonne')
    await expect.poll(() => on.page.getByRole('combobox', { name: 'Nom' }).inputValue()).toBe('Ahmed Benali')
    await expectAccessible(on.page)
    await expectUncut(on.page)

    on.server.change({ calls: [talking(dialled, 'alice')] })
    await card().getByRole('button', { name: 'Finir' }).waitFor()
    await panel.getByRole('group', { name: 'Résultat du rappel de Ahmed Benali' }).waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
    await expect.poll(() => on.page.evaluate(() => document.activeElement?.getAttribute('data-field'))).toBe('title')
    ended('completed', 'alice')
    await on.page.getByText('À rappeler par vous : Ahmed Benali').waitFor()
    await on.page.locator('main').focus()
    const told = on.page.waitForRequest((r) => r.url().endsWith('/api/owed/o2/outcome'))
    await on.page.keyboard.press('1')
    expect((await told).postDataJSON()).toEqual({ outcome: 'reached', note: null })
  })

  test('who does not answer is told of on whatever page, leaves no draft, and nothing is told twice to the server', async () => {
    await on.signedIn('/console/a-rappeler')
    await row('Ahmed Benali').getByRole('button', { name: 'Rappeler : Ahmed Benali' }).click()
    await card().getByText('Votre téléphone sonne…').waitFor()
    on.server.change({ calls: [dialling(placing('out-1', number, 'alice', { owedId: 'o2' }))], operators: [busy] })
    await card().getByRole('button', { name: 'Arrêter' }).waitFor()
    ended('unanswered', null)
    await on.page.getByText('Ahmed Benali n’a pas pu être joint').first().waitFor()
    await on.page.getByText('Aucun appel en cours').waitFor()
    expect(on.server.asked).toEqual(['POST /api/owed/o2/take', 'POST /api/calls'])
  })

  test('is not called when somebody else was faster', async () => {
    await on.signedIn('/console/a-rappeler')
    await row('Ahmed Benali').waitFor()
    on.server.owed = on.server.owed.map((e) => (e.id === 'o2' ? { ...e, takenBy: { id: 'bruno', name: 'Bruno Petit', at: e.firstAt } } : e))
    await row('Ahmed Benali').getByRole('button', { name: 'Rappeler : Ahmed Benali' }).click()
    await row('Ahmed Benali').getByText('Bruno Petit s’en occupe').waitFor()
    expect(on.server.placed).toEqual([])
  })

  test('shows who is calling them, and that they wait on the line', async () => {
    on.server.calls.set('out-2', dialling(placing('out-2', number, 'bruno', { owedId: 'o2' })))
    on.server.calls.set('c1', call('c1', [claire]))
    await on.signedIn('/console/a-rappeler')
    await row('Ahmed Benali').getByText('Bruno Petit l’appelle').waitFor()
    await row('Claire Dubois').getByText('Attend en ligne en ce moment').waitFor()
    expect(
      await row('Claire Dubois')
        .getByRole('button', { name: /^Rappeler/ })
        .count(),
    ).toBe(0)
    await expectAccessible(on.page)
    await expectReflow(on.page)
  })
})

describe('the dial box', () => {
  const dialog = () => on.page.getByRole('dialog', { name: 'Appeler un numéro' })
  const field = () => dialog().getByRole('combobox')
  const opened = async (path?: string) => {
    await on.signedIn(path)
    await on.page.keyboard.press('c')
    await expect.poll(() => field().evaluate((input) => input === document.activeElement)).toBe(true)
  }

  test('opens by a key, reads a number as it is typed, and calls by Enter', async () => {
    await opened('/console/tickets')
    await expectAccessible(on.page, '[role=dialog]')
    await on.page.keyboard.type('0561551234')
    await dialog().getByRole('option', { name: 'Appeler le 05 61 55 12 34' }).waitFor()
    await expectAccessible(on.page, '[role=dialog]')
    await on.page.keyboard.press('Enter')
    await card().getByText('Votre téléphone sonne…').waitFor()
    expect(on.server.placed).toEqual([{ number: '+33561551234', owedId: null }])
  })

  test('finds people, each with a number', async () => {
    await opened()
    await on.page.keyboard.type('ines')
    await dialog().getByText('Personne de ce nom n’a de numéro connu.').waitFor()
    await field().fill('inès')
    await dialog()
      .getByRole('option', { name: /Inès Nguyễn/ })
      .click()
    await expect.poll(() => on.server.placed).toEqual([{ number: 'ext:4242', owedId: null }])
  })

  test('says why a number may not be called', async () => {
    on.server.callFails = 'number_not_allowed'
    await opened()
    await on.page.keyboard.type('0899123456')
    await dialog().getByRole('option').waitFor()
    await on.page.keyboard.press('Enter')
    await on.page.getByText('L’appel n’est pas parti').waitFor()
    await on.page.getByText(/ne peut pas être appelé depuis le guichet/).waitFor()
  })

  test('is in the palette, and so are the people found', async () => {
    await on.signedIn()
    await on.page.keyboard.press('Control+k')
    await on.page.getByRole('dialog').waitFor()
    await on.page.keyboard.type('claire')
    await on.page.getByRole('button', { name: /Appeler Claire Dubois/ }).click()
    await expect.poll(() => on.server.placed).toEqual([{ number: '+33561551234', owedId: null }])
  })
})

test('a ticket’s requester is called by one key', async () => {
  await on.signedIn('/console/tickets/10388')
  await on.page.getByRole('button', { name: 'Appeler l’usager' }).waitFor()
  await on.page.locator('main').focus()
  await on.page.keyboard.press('c')
  await expect.poll(() => on.server.placed).toEqual([{ number: '05 61 55 12 34', owedId: null }])
})

describe('a kept place', () => {
  const kept = (rest = {}) => call('k1', [ahmed], { status: 'kept', position: 2, attempts: 0, ...rest })

  test('stands apart from those on the line, with its attempts', async () => {
    on.server.calls.set('c1', call('c1', [claire]))
    on.server.calls.set('k1', kept({ attempts: 1, nextAttemptAt: '2026-11-23T09:24:00.000Z' }))
    await on.signedIn()
    await on.page.getByText('place gardée · rappel · 1 essai · prochain à 10:24').waitFor()
    const bar = await on.page.getByRole('banner').innerText()
    expect(bar.replaceAll(/\s+/g, ' ')).toContain('1 en attente 1 place gardée')
    await expectAccessible(on.page)
    await expectReflow(on.page)
  })

  test('rings for its turn, and says so when its person does not answer', async () => {
    await on.signedIn()
    on.server.change({ calls: [kept({ offeredTo: ['alice'] })], operators: [operator('alice', 'Alice Martin', 'ringing')] })
    await card().getByText('Place gardée').waitFor()
    await expectAccessible(on.page)
    const dialled = kept({ status: 'dialling', operatorId: 'alice', position: null, attempts: null })
    on.server.change({ calls: [dialled], operators: [busy] })
    await card().getByText('05 61 55 12 35 sonne…').waitFor()
    on.server.change({ calls: [kept({ attempts: 1 })], operators: [operator('alice', 'Alice Martin', 'ready')] })
    await on.page.getByText('La place reste gardée : Ahmed Benali sera rappelé plus tard.').waitFor()
  })
})
