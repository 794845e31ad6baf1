import { expect, test } from 'vitest'
import type { Article } from '../../server/contract/articles.ts'
import { inChromium } from './browser.ts'
import { call, claire, operator, talking } from './fake-world.ts'

const on = inChromium()
const away = { code: 'database_away', message: 'La base de données ne répond pas.' }
/** The next request of a kind meets a service that cannot take it now. */
const refusedOnce = (path: string) => on.page.route(path, (route) => route.fulfill({ status: 503, json: away }), { times: 1 })
const article: Article = {
  number: 7,
  title: 'Wi-Fi',
  topicId: null,
  state: 'draft',
  reviewOn: null,
  due: false,
  author: 'Alice Martin',
  by: 'Alice Martin',
  at: '2026-11-23T09:00:00.000Z',
  read: 0,
  helped: 0,
  notHelped: 0,
  version: 3,
  body: '<p>Le réseau.</p>',
  keywords: '',
  fromTicket: null,
  createdAt: '2026-11-23T09:00:00.000Z',
}
const toTicket = async (number: number) => {
  await on.page.keyboard.press('Control+k')
  await on.page.getByRole('dialog').getByRole('textbox').fill(String(number))
  await on.page
    .getByRole('dialog')
    .getByRole('button', { name: new RegExp(`${number}`) })
    .first()
    .click()
  await on.page.waitForURL(`**/console/tickets/${number}`)
}

test('what is typed to one requester is neither shown nor sent on another’s ticket, and is there again on theirs', async () => {
  await on.signedIn('/console/tickets/10402')
  const box = on.page.getByRole('textbox', { name: 'Message à l’usager' }).or(on.page.getByRole('textbox', { name: 'Note interne' }))
  await box.waitFor()
  // Both have been read before: the next page is there at once.
  await toTicket(10388)
  await on.page.getByRole('heading', { level: 1, name: /Moodle/ }).waitFor()
  await toTicket(10402)
  await on.page.getByRole('heading', { level: 1, name: /Imprimante/ }).waitFor()
  await box.fill('Votre imprimante est réparée')
  await toTicket(10388)
  await on.page.getByRole('heading', { level: 1, name: /Moodle/ }).waitFor()
  expect(await box.inputValue()).toBe('')
  await box.fill('Votre accès est ouvert')
  await on.page.keyboard.press('Control+Enter')
  await expect.poll(() => on.server.contributions).toMatchObject([{ text: 'Votre accès est ouvert' }])
  await toTicket(10402)
  await expect.poll(() => box.inputValue()).toBe('Votre imprimante est réparée')
})

test('a ticket’s fields that were not touched are not sent: a colleague fills them in meanwhile', async () => {
  const sent: unknown[] = []
  await on.page.route('**/api/tickets/10402/fields', (route) => {
    sent.push(route.request().postDataJSON())
    return route.fulfill({ json: on.server.tickets.find(({ number }) => number === 10_402) })
  })
  await on.signedIn('/console/tickets/10402')
  await on.page.getByRole('button', { name: 'Compléter' }).click()
  const dialog = on.page.getByRole('dialog', { name: 'Compléter le ticket' })
  await dialog.getByLabel('Titre').fill('Imprimante du 4R3')
  await dialog.getByRole('button', { name: 'Enregistrer' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(sent).toEqual([{ title: 'Imprimante du 4R3' }])
})

test('an answer for many tickets stays, with what was chosen, until it has been taken in', async () => {
  await on.signedIn('/console/tickets?liste=all')
  for (const number of [10_402, 10_388]) await on.page.getByLabel(`Choisir le ticket n° ${number}`).check({ force: true })
  const bar = on.page.getByRole('region', { name: /choisis|tickets/i })
  await bar.getByRole('button', { name: 'Clore' }).click()
  const solution = on.page.getByRole('textbox', { name: 'Solution' })
  await solution.fill('La panne générale est réparée.')
  await refusedOnce('**/api/bulk')
  const send = on.page.getByRole('dialog', { name: 'Clore avec cette réponse' }).getByRole('button', { name: 'Clore' })
  await send.click()
  await on.page.getByText('Rien n’a été fait').waitFor()
  expect(await solution.inputValue()).toBe('La panne générale est réparée.')
  await send.click()
  await on.page
    .getByText(/2 tickets/)
    .first()
    .waitFor()
  await solution.waitFor({ state: 'detached' })
  await bar.waitFor({ state: 'detached' })
})

test('the note of a call back outlives a service that is away, and what is taken back', async () => {
  await on.signedIn('/console/a-rappeler')
  const row = on.page.getByRole('listitem').filter({ has: on.page.getByRole('heading', { name: '06 11 22 33 44', exact: true }) })
  await row.getByRole('button', { name: /Je m’en occupe/ }).click()
  const note = row.getByLabel('Note, facultative')
  await note.fill('Rappeler sur son fixe')
  await refusedOnce('**/api/owed/o4/outcome')
  await row.getByRole('button', { name: 'Pas de réponse' }).click()
  await on.page.getByText('La base de données ne répond pas').first().waitFor()
  await row.getByRole('button', { name: 'Joint' }).click()
  await row.waitFor({ state: 'detached' })
  await on.page.getByRole('button', { name: 'Annuler' }).click()
  await expect.poll(() => note.inputValue()).toBe('Rappeler sur son fixe')
  const told = on.page.waitForRequest('**/api/owed/o4/outcome')
  await row.getByRole('button', { name: 'Pas de réponse' }).click()
  expect((await told).postDataJSON()).toEqual({ outcome: 'no-answer', note: 'Rappeler sur son fixe' })
})

test('why a call is not for the desk stays until it has been written down, once', async () => {
  on.server.calls.set('c1', talking(call('c1', [claire]), 'alice', 30))
  on.server.operators = [operator('alice', 'Alice Martin', 'talking', { callId: 'c1' })]
  await on.signedIn()
  await on.page.getByRole('button', { name: 'Pas de notre ressort' }).click()
  const dialog = on.page.getByRole('dialog', { name: 'Pas de notre ressort' })
  const reason = dialog.getByRole('textbox')
  await reason.fill('Inscription administrative')
  await refusedOnce('**/api/calls/c1/dispositions')
  await dialog.getByRole('button', { name: 'Noter le refus' }).click()
  await on.page.getByText('La base de données ne répond pas').first().waitFor()
  expect(await reason.inputValue()).toBe('Inscription administrative')
  await dialog.getByRole('button', { name: 'Noter le refus' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(on.server.dispositions).toMatchObject([{ callId: 'c1', order: { kind: 'refused', reason: 'Inscription administrative' } }])
})

test('on a group that a colleague saves meanwhile is not written over theirs, and stays', async () => {
  on.server.me = { ...on.server.me, id: 'sophie', login: 'sophie', name: 'Sophie Garnier', role: 'supervisor', extension: null }
  await on.signedIn('/console/groupes')
  await on.page.getByRole('navigation', { name: 'Liste des groupes' }).getByRole('link', { name: /dSRT/ }).click()
  await on.page.getByRole('button', { name: 'Modifier' }).click()
  const name = on.page.getByLabel('Nom', { exact: true })
  await name.fill('dSRT, réseau')
  on.server.groups.all = on.server.groups.all.map((one) =>
    one.name === 'dSRT' ? { ...one, protocol: 'Le bâtiment.', version: one.version + 1 } : one,
  )
  const read = on.page.waitForResponse(/api\/groups$/)
  on.server.stale('groups')
  await (await read).finished()
  await name.press('Control+Enter')
  await on.page
    .getByText(/modifié|changé/)
    .first()
    .waitFor()
  expect(on.server.groups.all.map(({ protocol }) => protocol)).toContain('Le bâtiment.')
  expect(await name.inputValue()).toBe('dSRT, réseau')
})

test('on an article that a colleague saves meanwhile is not written over theirs, and stays', async () => {
  on.server.me = { ...on.server.me, id: 'sophie', login: 'sophie', name: 'Sophie Garnier', role: 'supervisor', extension: null }
  const sent: unknown[] = []
  let version = 3
  await on.page.route('**/api/articles/7', (route) => {
    if (route.request().method() === 'GET') return route.fulfill({ json: { ...article, version } })
    sent.push(route.request().postDataJSON().version)
    return route.fulfill({ status: 409, json: { code: 'conflict', message: 'Un collègue l’a modifié.' } })
  })
  await on.signedIn('/console/connaissances/7#modifier')
  const title = on.page.getByRole('textbox', { name: 'Titre' })
  await title.fill('Wi-Fi des amphithéâtres')
  version = 4
  const read = on.page.waitForResponse('**/api/articles/7')
  on.server.stale('articles')
  await (await read).finished()
  await title.press('Control+Enter')
  await expect.poll(() => sent).toEqual([3])
  expect(await title.inputValue()).toBe('Wi-Fi des amphithéâtres')
})

test('in a dialogue holds back the reload of a page that has become old', async () => {
  await on.signedIn('/console/tickets/10402')
  await on.page.getByRole('button', { name: /Mettre en attente/ }).click()
  const note = on.page.getByRole('dialog').locator('textarea')
  await note.fill('Il rappelle lundi.')
  on.server.build = 'newer'
  on.server.restart()
  await on.page.getByText('Le service a été mis à jour').waitFor()
  await on.page.waitForTimeout(2_500)
  expect(await note.inputValue()).toBe('Il rappelle lundi.')
})
