import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { CallView } from '../../server/contract/entities.ts'
import { png } from '../support/pictures.ts'
import { portalInChromium, readAtLeisure, sound } from './portal-browser.ts'

const on = portalInChromium()
const phone = { viewport: { width: 390, height: 820 }, hasTouch: true }
const alice = (method: 'GET' | 'POST', url: string, payload?: object) =>
  on.service.as('alice', { method, url, ...(payload && { payload }) })
const during = (id: string) =>
  (on.service.desk.calls = [{ id, status: 'talking', operatorId: 'alice', consult: null, watch: null } as unknown as CallView])

/** A message that takes its time, and what is typed until it is there. */
async function typedMeanwhile(page: Page, path: string, text: string, send: () => Promise<void>): Promise<void> {
  const box = page.getByLabel('Votre message')
  const asked = Promise.withResolvers<void>()
  const letGo = Promise.withResolvers<void>()
  await page.route(path, async (route) => {
    asked.resolve()
    await letGo.promise
    await route.continue()
  })
  await box.fill(text)
  await send()
  await asked.promise
  await box.press('End')
  await page.keyboard.type(' Et puis')
  letGo.resolve()
  await page.locator('.exchange, [data-live=timeline]').getByText(text).first().waitFor()
  await expect.poll(() => box.inputValue()).toBe('Et puis')
  await page.unroute(path)
}

test('a caller opens the page shared during their call by its code, reads what is spelled, does a step, sends a photograph, until the call is over', async () => {
  during('c1')
  const page = await on.visitor(phone)
  const share = async () => (await alice('POST', '/api/calls/c1/page')).json()
  const { code } = await share()
  const say = (line: object) => alice('POST', '/api/calls/c1/page/lines', line)
  await page.goto(`${on.url}/p`)
  await page.getByLabel('Code').waitFor()
  await sound(page, 'p-code')
  await page.getByLabel('Code').fill(code === '000000' ? '000001' : '000000')
  await page.getByRole('button', { name: 'Ouvrir la page' }).click()
  await page.getByRole('alert').getByText('Ce code n’ouvre rien').waitFor()
  await sound(page, 'p-wrong')
  await page.getByLabel('Code').fill(code.replace(/^.../, '$& '))
  await page.keyboard.press('Enter')
  await page.getByText('Rien pour l’instant').waitFor()
  await sound(page, 'p-empty')

  await page.getByLabel('Votre message').fill('Je vois')
  await say({ kind: 'spelled', text: 'Bé-7' })
  await say({ kind: 'step', text: 'Redémarrez le poste' })
  await page.getByText('majuscule, Berthe').waitFor()
  // What is being typed is not lost to what comes.
  expect(await page.getByLabel('Votre message').inputValue()).toBe('Je vois')
  await page.getByRole('button', { name: 'C’est fait' }).click()
  await page.getByRole('button', { name: 'C’est fait' }).waitFor({ state: 'detached' })
  await page.getByLabel('Votre message').fill('Je vois ceci')
  await page.getByLabel('Photo ou fichier').setInputFiles({ name: 'écran.png', mimeType: 'image/png', buffer: png(60, 40) })
  await page.getByRole('button', { name: 'Envoyer' }).click()
  await page.getByText('Envoyé.').waitFor()
  await page.locator('.exchange img').waitFor()
  await sound(page, 'p-exchange')
  expect((await alice('GET', '/api/calls/c1/page')).json().page.lines).toMatchObject([
    { kind: 'spelled' },
    { kind: 'step', doneAt: expect.any(String) },
    { side: 'caller', text: 'Je vois ceci', files: [{ name: 'écran.png' }] },
  ])
  // Whoever types fast has begun the next message by then.
  await typedMeanwhile(page, '**/p/message', 'Vous voyez ?', () => page.getByRole('button', { name: 'Envoyer' }).click())
  // What came with a refused file has gone, and is not there to be sent again; nor is the file.
  await page.getByLabel('Votre message').fill('Et ceci')
  await page.getByLabel('Photo ou fichier').setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('<b>non</b>') })
  await page.getByRole('button', { name: 'Envoyer' }).click()
  await page.getByRole('alert').getByText('porte le nom d’une image').waitFor()
  await page.locator('.exchange').getByText('Et ceci').waitFor()
  for (const field of ['Votre message', 'Photo ou fichier']) expect(await page.getByLabel(field).inputValue()).toBe('')
  await sound(page, 'p-refused')

  // Another caller, whose browser runs no script.
  const bare = await on.visitor({ ...phone, javaScriptEnabled: false })
  await bare.goto(`${on.url}/p`)
  await bare.getByLabel('Code').fill((await share()).code)
  await bare.getByRole('button', { name: 'Ouvrir la page' }).click()
  await bare.frameLocator('iframe').getByText('majuscule, Berthe').waitFor()
  await bare.getByLabel('Votre message').fill('Sans script')
  await bare.getByRole('button', { name: 'Envoyer' }).click()
  await bare.frameLocator('iframe').getByText('Sans script').waitFor()
  await bare.context().close()

  on.service.desk.calls = []
  on.service.sharedPages.callEnded('c1')
  await page.getByText('L’appel est fini').waitFor()
  await sound(page, 'p-ends')
  on.ahead.pages += 11 * 60_000
  await page.getByText('Cette page est terminée').waitFor()
  expect(await page.getByLabel('Votre message').count()).toBe(0)
  await sound(page, 'p-over')
  await page.context().close()
})

test('somebody asks to talk in writing: the answer shows on their page, and theirs goes back without leaving it', async () => {
  const page = await on.visitor(phone)
  await page.goto(`${on.url}/demande`)
  await page.getByLabel('Titre').fill('Écran noir en salle 118')
  await page.getByLabel('Nom et prénom').fill('Lou Martin')
  await page.getByLabel('Adresse électronique').fill('lou@mail.example')
  readAtLeisure(on)
  await page.getByRole('button', { name: 'Envoyer la demande' }).click()
  await page.getByText('est enregistrée').first().waitFor()
  await page.getByLabel('Une information').fill('Puis-je avoir une réponse ici ?')
  await page.getByRole('button', { name: 'Envoyer et discuter maintenant' }).press('Enter')
  // The form becomes that of a conversation without the page being left, and is written in next.
  await page.getByText('Un opérateur va vous répondre ici.').waitFor()
  await page.getByRole('button', { name: 'Envoyer', exact: true }).waitFor()
  await expect.poll(() => page.getByLabel('Votre message').evaluate((field) => field === document.activeElement)).toBe(true)
  expect(await page.locator('[data-adding]').textContent()).not.toContain('null')
  await sound(page, 'talk-waits')
  const number = Number(/\/demandes\/(\d+)/.exec(page.url())?.[1])
  const talks = async () => (await alice('GET', '/api/talks')).json().talks
  expect(await talks()).toMatchObject([{ number, requester: 'Lou Martin' }])
  await alice('POST', `/api/tickets/${number}/take-up`)
  await page.getByLabel('Votre message').fill('Il clignote')
  await alice('POST', `/api/tickets/${number}/contributions`, { text: 'Le voyant est-il allumé ?', visibility: 'public' })
  await page.getByText('Le voyant est-il allumé ?').waitFor()
  expect(await page.getByLabel('Votre message').inputValue()).toBe('Il clignote')
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('Control+Enter')
  await page.locator('[data-live=timeline]').getByText('Il clignote').waitFor()
  await expect.poll(() => page.getByLabel('Votre message').inputValue()).toBe('')
  expect(await page.locator('[data-live=timeline]').getByText('Il clignote').count()).toBe(1)
  await typedMeanwhile(page, '**/message', 'En rouge', () => page.keyboard.press('Control+Enter'))
  await page.getByLabel('Votre message').fill('')
  await sound(page, 'talk')
  expect(await talks()).toMatchObject([{ number, text: 'En rouge', owner: { id: 'alice' } }])
  await page.context().close()
})

test('somebody is called back at a half hour they choose, says what it is about, and cancels from the mail', async () => {
  const page = await on.visitor(phone)
  await page.goto(on.url)
  await page.getByRole('link', { name: 'Être rappelé à un moment choisi' }).click()
  await page.getByLabel('Quand').waitFor()
  await sound(page, 'slot')
  await page.getByLabel('Adresse électronique').fill('lou')
  readAtLeisure(on)
  await page.getByRole('button', { name: 'Demander ce rappel' }).click()
  await page.getByText('Choisissez un moment.').waitFor()
  await sound(page, 'slot-problems')
  await page.getByLabel('Quand').selectOption({ index: 3 })
  await page.getByLabel('Numéro où vous appeler').fill('05 61 55 77 01')
  await page.getByLabel('De quoi s’agit-il ?').fill('Imprimante du secrétariat')
  await page.getByLabel('Adresse électronique').fill('lou@mail.example')
  readAtLeisure(on)
  await page.getByRole('button', { name: 'Demander ce rappel' }).click()
  await page.getByRole('heading', { name: 'C’est noté' }).waitFor()
  await page.getByText('Imprimante du secrétariat').waitFor()
  await sound(page, 'slot-booked')
  const { rows } = await on.service.database.pool.query<{ text: string }>(
    "select text from outbox where to_address = 'lou@mail.example' and subject like '%rappelons%'",
  )
  const link = /<(http:\S+\/rappel\/\S+)>/.exec(rows[0]?.text ?? '')?.[1] ?? ''
  expect(link).toBe(page.url())
  // From another device: the link alone is enough, and looking changes nothing.
  const other = await on.visitor({ ...phone, javaScriptEnabled: false })
  await other.goto(link)
  await other.getByRole('button', { name: 'Annuler ce rappel' }).click()
  await other.getByRole('heading', { name: 'Ce rappel est annulé.' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Ce rappel est annulé.' }).waitFor()
  await sound(page, 'slot-cancelled')
  expect(await on.service.stores.owed.open()).toEqual([])
  for (const one of [page, other]) await one.context().close()
})
