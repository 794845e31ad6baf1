import { expect, test } from 'vitest'
import type { CallIndicators, TicketIndicators, TicketList } from '../../server/contract/indicators.ts'
import { expectAccessible, inChromium } from './browser.ts'

const on = inChromium()
const asSophie = () => {
  on.server.me = { ...on.server.me, id: 'sophie', login: 'sophie', name: 'Sophie Garnier', role: 'supervisor', extension: null }
}
/** What the fake service says of a path, changed. */
const changed = <T>(path: string, change: (body: T) => T) =>
  on.page.route(`**/api/indicators/${path}?*`, async (route) => route.fulfill({ json: change(await (await route.fetch()).json()) }))

test('a day of closure shows who called all the same; only a period of which there is nothing to say is empty', async () => {
  asSophie()
  let afterHours = 12
  await changed<CallIndicators>('calls', (body) => ({
    ...body,
    figures: Object.fromEntries(Object.keys(body.figures).map((name) => [name, name === 'afterHours' ? afterHours : null])) as never,
    steps: [],
    hours: [],
    operators: [],
  }))
  await on.signedIn('/console/indicateurs')
  await on.page.getByRole('button', { name: 'Hors ouverture : 12, Voir les appels' }).waitFor()
  afterHours = 0
  await on.page.getByText('7 jours').click()
  await on.page.getByText('Aucun appel sur cette période').waitFor()
})

test('what was not for the desk is a figure with its definition, and behind it stand tickets and calls with whom they were sent on to', async () => {
  asSophie()
  const at = '2026-11-24T09:00:00.000Z'
  const of = { requester: 'Claire Dubois', openedAt: at, closedAt: at, group: null, owner: 'Alice Martin' }
  const list: TicketList = {
    total: 2,
    tickets: [
      { ...of, number: 10412, callId: null, title: 'Changer de parcours', status: 'closed', sentTo: 'Scolarité centrale' },
      { ...of, number: null, callId: 'c7', title: 'Inscription', status: null, requester: '+33561551234', sentTo: null },
    ],
  }
  await on.page.route('**/api/indicators/tickets/list?*', (route) => route.fulfill({ json: list }))
  await on.signedIn('/console/indicateurs')
  await on.page.getByText('Tickets', { exact: true }).last().click()
  await on.page.getByText(/clos ainsi et pas rouverts, et appels refusés/).waitFor()
  await on.page.getByRole('button', { name: /^Pas de notre ressort : 42/ }).click()
  const dialog = on.page.getByRole('dialog', { name: 'Tickets : Pas de notre ressort' })
  await dialog.getByRole('row', { name: /10412.*Scolarité centrale/ }).waitFor()
  await dialog.getByRole('row', { name: /appel Inscription 05 61 55 12 34/ }).waitFor()
  await expectAccessible(on.page, '[role=dialog]')
})

test('the list behind a share of delays held is named after the tickets that it holds: those which were late, also when all were', async () => {
  asSophie()
  const list: TicketList = { total: 0, tickets: [] }
  await on.page.route('**/api/indicators/tickets/list?*', (route) => route.fulfill({ json: list }))
  await changed<TicketIndicators>('tickets', (body) => ({
    ...body,
    rows: body.rows.map((row) => ({ ...row, figures: { ...row.figures, level1Held: 0, level2Held: 1 } })),
  }))
  await on.signedIn('/console/indicateurs')
  await on.page.getByText('Tickets', { exact: true }).last().click()
  await on.page.getByRole('button', { name: /^Prise en charge à temps :/ }).click()
  await on.page.getByRole('heading', { name: 'Tickets : pris en charge en retard' }).waitFor()
  await on.page.keyboard.press('Escape')
  await on.page.getByRole('button', { name: 'Téléphone, Niveau 1 à temps : 0 %, Voir les tickets' }).click()
  await on.page.getByRole('heading', { name: 'Tickets : Téléphone, niveau 1 en retard' }).waitFor()
  await on.page.keyboard.press('Escape')
  expect(await on.page.getByRole('button', { name: /^Téléphone, Niveau 2 à temps/ }).count()).toBe(0)
})
