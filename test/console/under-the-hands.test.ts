import { expect, test } from 'vitest'
import { inChromium } from './browser.ts'
import type { SharedPage } from '../../server/contract/shared-page.ts'
import { ahmed, call, claire, operator, talking } from './fake-world.ts'

const on = inChromium()
const form = () => on.page.getByRole('form', { name: 'Nouveau ticket' })
const field = (label: string) => form().getByLabel(label, { exact: true })
const sharedPage: SharedPage = {
  callId: 'c1',
  open: true,
  code: '482913',
  codeUntil: null,
  guessed: false,
  address: 'guichet.univ.example/p',
  endsAt: null,
  screens: 1,
  callerTypes: false,
  remoteUrl: null,
  lines: [],
}
const inConversation = async () => {
  await on.signedIn()
  on.server.change({
    calls: [talking(call('c1', [claire]), 'alice')],
    operators: [operator('alice', 'Alice Martin', 'talking', { callId: 'c1' })],
  })
  await field('Titre').fill('Écran noir')
}
/** What is asked there is on its way from here on, until it is let go. */
const held = async (path: string, then: 'fails' | 'arrives', act: () => Promise<void>) => {
  const asked = Promise.withResolvers<void>()
  const letGo = Promise.withResolvers<void>()
  await on.page.route(path, async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    asked.resolve()
    await letGo.promise
    return then === 'fails' ? route.abort() : route.continue()
  })
  await act()
  await asked.promise
  return letGo.resolve
}
const saveHeld = (then: 'fails' | 'arrives') => held('**/api/tickets', then, () => field('Titre').press('Control+Enter'))

/** A key typed where the keyboard is, at that moment of the page's clock: what tells a pause is the test's to say. */
const typedAt = (key: string, at: number) =>
  on.page.evaluate(
    ([typed, when]) => {
      const event = new KeyboardEvent('keydown', { key: typed, bubbles: true, cancelable: true })
      Object.defineProperty(event, 'timeStamp', { value: when })
      ;(document.activeElement ?? document.body).dispatchEvent(event)
    },
    [key, at] as const,
  )

test('what is typed on while a call takes the field away neither answers nor refuses it; after a pause its key does', async () => {
  await inConversation()
  on.server.change({
    ended: [{ id: 'c1', operatorId: 'alice', reason: 'caller' }],
    operators: [operator('alice', 'Alice Martin', 'ready')],
  })
  await on.page.getByText('À enregistrer').waitFor()
  await field('Titre').focus()
  await typedAt('l', 1_000)
  on.server.change({
    calls: [call('c2', [ahmed], { status: 'ringing', offeredTo: ['alice'] })],
    operators: [operator('alice', 'Alice Martin', 'ringing', { callId: 'c2' })],
  })
  await on.page.getByRole('button', { name: 'Répondre' }).waitFor()
  await expect.poll(() => field('Nom').inputValue()).toBe('Ahmed Benali')
  await typedAt('a', 1_200)
  await typedAt('x', 1_500)
  await typedAt('i', 2_100)
  expect(await on.page.evaluate(() => document.activeElement?.tagName)).toBe('BODY')
  await typedAt('a', 3_000)
  const calls = () => on.server.asked.filter((one) => one.includes('/calls/c2'))
  await expect.poll(calls).toEqual(['POST /api/calls/c2/answer'])
})

test('what is written while a save is on its way stays when it fails', async () => {
  await inConversation()
  const letGo = await saveHeld('fails')
  await field('Ce que dit l’usager').fill('avec un bip')
  letGo()
  await on.page.getByText('Rien n’est enregistré, votre saisie est gardée.').waitFor()
  expect(await field('Ce que dit l’usager').inputValue()).toBe('avec un bip')
})

test('what is begun while a save is on its way stays in front once it is saved', async () => {
  await inConversation()
  const letGo = await saveHeld('arrives')
  await on.page.locator('body').click({ position: { x: 1, y: 1 } })
  await on.page.keyboard.press('n')
  await field('Titre').fill('Au guichet')
  letGo()
  await expect.poll(() => on.server.creations.length).toBe(1)
  await on.page.getByText('1 appel sans ticket').waitFor({ state: 'detached' })
  expect(await field('Titre').inputValue()).toBe('Au guichet')
})

test('what is typed while a message is on its way is not taken for it, nor turned into one for the requester', async () => {
  await on.signedIn('/console/tickets/10410')
  await on.page.keyboard.press('u')
  await on.page.getByRole('textbox', { name: 'Message à l’usager' }).fill('Nous arrivons.')
  const letGo = await held('**/api/tickets/10410/contributions', 'arrives', () => on.page.keyboard.press('Control+Enter'))
  await on.page.getByText('Note interne', { exact: true }).click()
  const note = on.page.getByRole('textbox', { name: 'Note interne' })
  await note.press('Control+End')
  await on.page.keyboard.type(' Il est fâché.')
  letGo()
  await on.page.getByRole('listitem').getByText('Nous arrivons.').waitFor()
  await expect.poll(() => note.inputValue()).toBe('Il est fâché.')
  expect(on.server.contributions).toMatchObject([{ text: 'Nous arrivons.', visibility: 'public' }])
})

test('what is typed for the caller’s page while a line is on its way stays to be sent', async () => {
  on.server.page = sharedPage
  await inConversation()
  const box = on.page.getByRole('textbox', { name: 'Afficher à l’appelant' })
  await box.fill('Premier.')
  const asked = Promise.withResolvers<void>()
  const letGo = Promise.withResolvers<void>()
  await on.page.route('**/api/calls/c1/page/lines', async (route) => {
    asked.resolve()
    await letGo.promise
    await route.fulfill({ json: sharedPage })
  })
  await box.press('Enter')
  await asked.promise
  await box.press('End')
  await on.page.keyboard.type(' Second.')
  letGo.resolve()
  await expect.poll(() => box.inputValue()).toBe('Second.')
})

test('a dialogue about one caller is gone once another one rings', async () => {
  await inConversation()
  await on.page.getByRole('button', { name: /^Vérifier/ }).click()
  await on.page.getByRole('dialog').waitFor()
  on.server.change({
    ended: [{ id: 'c1', operatorId: 'alice', reason: 'caller' }],
    calls: [call('c2', [ahmed], { status: 'ringing', offeredTo: ['alice'] })],
    operators: [operator('alice', 'Alice Martin', 'ringing', { callId: 'c2' })],
  })
  await on.page.getByRole('button', { name: 'Répondre' }).waitFor({ state: 'attached' })
  await on.page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('a French keyboard’s digits are theirs without Shift; an arrow among the digits aside is none', async () => {
  await on.signedIn('/console/a-rappeler')
  await on.page.getByRole('heading', { name: 'Ahmed Benali' }).waitFor()
  await on.page.keyboard.press('j')
  await on.page.keyboard.press('j')
  await on.page.keyboard.press('t')
  await on.page.getByRole('group', { name: 'Résultat du rappel de Ahmed Benali' }).waitFor()
  const pressed = (key: string, code: string) =>
    on.page.evaluate(
      (init) =>
        (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true })),
      { key, code },
    )
  await pressed('ArrowDown', 'Numpad2')
  const told = on.page.waitForRequest((request) => request.url().endsWith('/api/owed/o2/outcome'))
  await pressed('"', 'Digit3')
  expect((await told).postDataJSON()).toEqual({ outcome: 'busy', note: null })
})
