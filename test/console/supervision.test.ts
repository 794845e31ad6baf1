import { beforeEach, describe, expect, test } from 'vitest'
import { expectAccessible, expectReflow, inChromium } from './browser.ts'
import { ahmed, call, claire, operator, talking } from './fake-world.ts'

const on = inChromium()
const card = () => on.page.getByRole('region', { name: 'Mon appel' })
const theirs = talking(call('c1', [claire]), 'bruno', 90)
const sophie = operator('sophie', 'Sophie Garnier', 'paused')

describe('a supervisor', () => {
  beforeEach(async () => {
    on.server.me = { ...on.server.me, id: 'sophie', login: 'sophie', name: 'Sophie Garnier', role: 'supervisor', extension: '6100' }
    on.server.operators = [operator('bruno', 'Bruno Petit', 'talking', { callId: 'c1' }), operator('chloe', 'Chloé Faure', 'ready'), sophie]
    on.server.calls.set('c1', theirs)
    on.server.calls.set('q1', call('q1', [ahmed]))
    await on.signedIn()
    await on.page.getByText('avec Claire Dubois').waitFor()
  })

  test('learns at once that a call out was refused, and why', async () => {
    on.server.dialRefused({ operator: 'Bruno Petit', numberShown: '+1 555-123-4567', reason: 'not-allowed' })
    await on.page.getByText('Appel sortant refusé : Bruno Petit').first().waitFor()
    await on.page.getByText('Le +1 555-123-4567 n’est pas autorisé. Rien n’a été composé.').first().waitFor()
    await expectAccessible(on.page)
  })

  test('listens, whispers, joins and leaves, from the team', async () => {
    await expectAccessible(on.page)
    await expectReflow(on.page)
    await on.page.getByRole('button', { name: 'Superviser l’appel de Bruno Petit' }).click()
    await on.page.getByRole('menuitem', { name: /Écouter/ }).waitFor()
    await expectAccessible(on.page, '[role=menu]')
    await on.page.getByRole('menuitem', { name: /Écouter/ }).click()
    await card().getByText('Décrochez pour écouter Bruno Petit').waitFor()
    await expectAccessible(on.page)
    on.server.change({ calls: [{ ...theirs, watch: { supervisorId: 'sophie', mode: 'listen', state: 'up' } }] })
    await card().getByText('Vous écoutez Bruno Petit').waitFor()
    await card()
      .getByRole('button', { name: /Souffler/ })
      .click()
    await card().getByText('Vous soufflez à Bruno Petit').waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
    await on.page.locator('main').focus()
    await on.page.keyboard.press('f')
    await card().getByText('Vous soufflez à Bruno Petit').waitFor({ state: 'detached' })
    expect(on.server.asked).toEqual(['PUT /api/calls/c1/watch', 'PUT /api/calls/c1/watch', 'DELETE /api/calls/c1/watch'])
    expect(await on.page.getByLabel('Titre', { exact: true }).count()).toBe(0)
  })

  test('takes a waiting caller, and ends a conversation', async () => {
    await on.page.getByRole('button', { name: 'Prendre l’appel de Ahmed Benali' }).click()
    await card().getByRole('button', { name: 'Répondre' }).waitFor()
    await on.page.getByRole('button', { name: 'Superviser l’appel de Bruno Petit' }).click()
    await on.page.getByRole('menuitem', { name: 'Finir cet appel' }).click()
    await expect.poll(() => on.server.asked).toEqual(['POST /api/calls/q1/take', 'POST /api/calls/c1/end'])
  })
})

test('the operator sees, discreetly, who is at the conversation and how', async () => {
  const mine = talking(call('c1', [claire]), 'alice', 30)
  on.server.operators = [operator('alice', 'Alice Martin', 'talking', { callId: 'c1' }), sophie]
  on.server.calls.set('c1', mine)
  await on.signedIn()
  on.server.change({ calls: [{ ...mine, watch: { supervisorId: 'sophie', mode: 'whisper', state: 'up' } }] })
  await card().getByText('Sophie Garnier vous souffle').waitFor()
  await expectAccessible(on.page)
  expect(await on.page.getByRole('button', { name: /^Superviser/ }).count()).toBe(0)
})
