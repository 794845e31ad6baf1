import type { Locator } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { choose, expectAccessible, expectReflow, inChromium } from './browser.ts'
import { shift } from './fake-rota.ts'

const on = inChromium()
const as = (id: string, role: 'supervisor' | 'operator') => {
  on.server.me = { ...on.server.me, id, login: id, name: id, role }
}
const block = (name: RegExp) => on.page.getByRole('button', { name })
const of = (operatorId: string) =>
  on.server.rota.shifts.filter((s) => s.operatorId === operatorId).map(({ from, to, post, offered }) => [from, to, post, offered])

const november = '/console/planning?semaine=2026-11-23'
const day = (name: RegExp) => on.page.getByRole('region', { name })
const showMonth = async () => {
  await on.page.getByText('Mois', { exact: true }).click()
  await day(/\b2 nov/).waitFor()
}
const expectKeyboardOn = (shown: Locator) => expect.poll(() => shown.evaluate((element) => element === document.activeElement)).toBe(true)

/** What is asked of the service about presences that are there: noted, held, refused by their beginning, their day or what is asked. */
async function changes() {
  const sent: string[] = []
  const refused = new Set<string>()
  let answered = Promise.resolve()
  await on.page.route('**/api/rota/shifts/*', async (route) => {
    const change = route.request().postDataJSON() as { day: string; from: string } | null
    const asked = [route.request().method(), ...(change === null ? [] : [change.day, change.from])]
    sent.push(asked.join(' '))
    await answered
    if (asked.some((word) => refused.has(word))) await route.fulfill({ status: 409, json: { code: 'conflict', message: '' } })
    else await route.continue()
  })
  const hold = () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    answered = promise
    return resolve
  }
  return { sent, hold, refuse: (word: string) => refused.add(word) }
}

describe('the rota', () => {
  test('is planned by the mouse and by the keyboard: a gap filled, a shift drawn, moved, stretched, taken off and put back', async () => {
    as('sophie', 'supervisor')
    await on.signedIn('/console/planning')
    await block(/personne de 12:30 à 16:30/).click()
    await choose(on.page.getByRole('combobox', { name: 'Opérateur' }), 'bru', 'Bruno Petit')
    await on.page.getByText('Accueil', { exact: true }).click()
    await expectAccessible(on.page, '[role=dialog]')
    await on.page.getByRole('dialog').getByRole('button', { name: 'Ajouter' }).click()
    await block(/^Bruno Petit, 23 novembre, 12:30 à 16:30, Accueil/).press('Alt+ArrowUp')
    await block(/^Bruno Petit, 23 novembre, 12:15 à 16:15/).press('Alt+Shift+ArrowDown')
    await block(/^Bruno Petit, 23 novembre, 12:15 à 16:30/).press('Delete')
    await on.page.getByRole('button', { name: 'Annuler' }).click()
    const back = block(/^Bruno Petit, 23 novembre, 12:15 à 16:30, Accueil/)
    const box = await back.boundingBox()
    if (box === null) throw new Error('The shift is not shown.')
    // An hour is 52 pixels high: half of one, downwards.
    await on.page.mouse.move(box.x + 20, box.y + 60)
    await on.page.mouse.down()
    await on.page.mouse.move(box.x + 20, box.y + 70)
    await on.page.mouse.move(box.x + 20, box.y + 86)
    await on.page.mouse.up()
    await block(/^Bruno Petit, 23 novembre, 12:45 à 17:00, Accueil/).waitFor()
    await on.page.getByRole('button', { name: 'Autres gestes' }).click()
    await on.page.getByRole('menuitem', { name: 'Reprendre la semaine précédente' }).click()
    await on.page.getByText('2 présences ajoutées. 1 laissée', { exact: false }).waitFor()
    expect(on.server.rota.copied).toHaveLength(1)
    expect(of('bruno')).toEqual([
      ['08:30', '12:30', 'both', true],
      ['12:45', '17:00', 'counter', false],
    ])
    await expectAccessible(on.page)
    await expectReflow(on.page)
  })

  test('takes the staffing’s needs, and the proposed presences that whoever plans keeps', async () => {
    as('sophie', 'supervisor')
    await on.signedIn('/console/effectifs')
    await on.page.getByRole('button', { name: 'Proposer au planning' }).click()
    // The rota opens at the week that was looked at, and says what is missing there.
    await on.page.waitForURL(/\/console\/planning\?semaine=/)
    const needs = on.server.rota.cover
    expect(needs?.slots).toHaveLength(15)
    expect(needs?.slots[1]).toEqual({ day: needs?.from, from: '09:00', needed: 4 })
    expect(on.page.url()).toContain(`semaine=${needs?.from ?? ''}`)
    await on.page.getByRole('button', { name: 'Proposer des présences' }).click()
    const dialog = on.page.getByRole('dialog', { name: 'Présences proposées' })
    await dialog.getByText('Personne n’est libre pour', { exact: false }).waitFor()
    await expectAccessible(on.page, '[role=dialog]')
    // One is not wanted; nothing is written before the others are kept.
    await dialog.getByRole('checkbox', { name: /Alice Martin/ }).uncheck()
    expect(on.server.rota.shifts).toHaveLength(3)
    await dialog.getByRole('button', { name: 'Inscrire 1 présence' }).click()
    await on.page.getByText('1 présence ajoutée', { exact: false }).waitFor()
    await expect
      .poll(() => of('bruno'))
      .toEqual([
        ['08:30', '12:30', 'both', true],
        ['08:30', '10:00', 'phone', false],
      ])
    expect(of('alice')).toHaveLength(2)
    // What was missing is met, and no longer told.
    await on.page.getByRole('button', { name: 'Proposer des présences' }).waitFor({ state: 'detached' })
  })

  test('is planned by the month: a presence dragged onto another day, moved by a week and back by the keyboard', async () => {
    as('sophie', 'supervisor')
    await on.signedIn(november)
    await showMonth()
    const thursday = await on.page.getByRole('region', { name: /26 nov/ }).boundingBox()
    const held = await block(/^Bruno Petit, 23 novembre, 08:30/).boundingBox()
    if (held === null || thursday === null) throw new Error('The month is not shown.')
    await on.page.mouse.move(held.x + 10, held.y + 8)
    await on.page.mouse.down()
    await on.page.mouse.move(held.x + 40, held.y + 12)
    await on.page.mouse.move(thursday.x + 20, thursday.y + 50)
    await on.page.mouse.up()
    await block(/^Bruno Petit, 26 novembre, 08:30 à 12:30/).press('Alt+ArrowUp')
    // The keyboard stays on it.
    await expectKeyboardOn(block(/^Bruno Petit, 19 novembre, 08:30 à 12:30/))
    await on.page.keyboard.press('Alt+ArrowLeft')
    await block(/^Bruno Petit, 18 novembre, 08:30 à 12:30/).waitFor()
    await expect
      .poll(() => on.server.rota.shifts.map(({ operatorId, day }) => [operatorId, day]))
      .toEqual([
        ['alice', '2026-11-23'],
        ['bruno', '2026-11-18'],
        ['alice', '2026-11-23'],
      ])
    await expectAccessible(on.page)
    await expectReflow(on.page)
  })

  test('counts each key that moves a presence before the service has answered: the last place is asked for, and kept', async () => {
    const { sent, hold } = await changes()
    as('sophie', 'supervisor')
    await on.signedIn(november)
    const week = hold()
    await block(/^Bruno Petit, 23 novembre, 08:30 à 12:30/).press('Alt+ArrowDown')
    for (const key of ['Alt+ArrowDown', 'Alt+Shift+ArrowDown']) await on.page.keyboard.press(key)
    // Seen at once; what was passed over is not asked for.
    await block(/^Bruno Petit, 23 novembre, 09:00 à 13:15/).waitFor()
    expect(sent).toEqual(['PUT 2026-11-23 08:45'])
    week()
    await expect.poll(() => of('bruno')).toEqual([['09:00', '13:15', 'both', false]])
    expect(sent.splice(0)).toEqual(['PUT 2026-11-23 08:45', 'PUT 2026-11-23 09:00'])

    await showMonth()
    const month = hold()
    await block(/^Bruno Petit, 23 novembre, 09:00/).press('Alt+ArrowRight')
    for (const key of ['Alt+ArrowRight', 'Alt+ArrowUp']) await on.page.keyboard.press(key)
    await block(/^Bruno Petit, 18 novembre, 09:00 à 13:15/).waitFor()
    // Taken off from where it was put last, and back there.
    await on.page.keyboard.press('Delete')
    expect(sent).toEqual(['PUT 2026-11-24 09:00'])
    month()
    await on.page.getByRole('button', { name: 'Annuler' }).click()
    await block(/^Bruno Petit, 18 novembre, 09:00 à 13:15/).waitFor()
    await expect.poll(() => of('bruno')).toEqual([['09:00', '13:15', 'both', false]])
    expect(sent).toEqual(['PUT 2026-11-24 09:00', 'PUT 2026-11-18 09:00', 'DELETE'])
  })

  test('shows where a presence is, and says why, when the service refuses the last place; one passed over may be refused', async () => {
    const { sent, hold, refuse } = await changes()
    as('sophie', 'supervisor')
    await on.signedIn('/console/planning')
    const conflict = on.page.getByText('Cette personne est déjà prévue à ce moment-là.')
    const at = (hours: string) => block(new RegExp(`^Bruno Petit, 23 novembre, ${hours}`))

    refuse('08:45')
    const over = hold()
    await at('08:30 à 12:30').press('Alt+ArrowDown')
    await on.page.keyboard.press('Alt+ArrowDown')
    over()
    await expect.poll(() => of('bruno')[0]?.[0]).toBe('09:00')
    await expectKeyboardOn(at('09:00 à 13:00'))
    expect(await conflict.count()).toBe(0)

    refuse('09:30')
    const last = hold()
    await on.page.keyboard.press('Alt+ArrowDown')
    await expect.poll(() => sent.at(-1)).toBe('PUT 2026-11-23 09:15')
    await on.page.keyboard.press('Alt+ArrowDown')
    await at('09:30 à 13:30').waitFor()
    // What was to be taken off there stays where it is.
    await on.page.keyboard.press('Delete')
    last()
    await conflict.waitFor()
    await expectKeyboardOn(at('09:15 à 13:15'))
    expect(of('bruno')).toEqual([['09:15', '13:15', 'both', false]])
    expect(sent).toEqual(['08:45', '09:00', '09:15', '09:30'].map((from) => `PUT 2026-11-23 ${from}`))
    await on.page.keyboard.press('Alt+ArrowUp')
    await expect.poll(() => of('bruno')[0]?.[0]).toBe('09:00')
  })

  test('follows a presence that the keyboard moves out of the month, before that one is read too, and goes back where it is refused', async () => {
    const { sent, hold, refuse } = await changes()
    const holdReading = async (from: string) => {
      const read = Promise.withResolvers<void>()
      await on.page.route(`**/api/rota?from=${from}*`, async (route) => {
        await read.promise
        await route.continue()
      })
      return read.resolve
    }
    const [readNovember, readDecember] = [await holdReading('2026-10-26'), await holdReading('2026-11-30')]
    as('sophie', 'supervisor')
    await on.signedIn(november)
    await on.page.getByText('Mois', { exact: true }).click()
    const closed = (date: RegExp) => day(date).getByText('Fermé')
    const heading = (month: string) => on.page.getByText(month, { exact: true }).waitFor()
    await on.page.getByRole('button', { name: 'Mois suivant' }).waitFor()
    // The days of the week are all that is there yet.
    await block(/^Bruno Petit, 23 novembre, 08:30/).press('Alt+ArrowDown')
    await expectKeyboardOn(block(/^Bruno Petit, 30 novembre, 08:30/))
    readNovember()
    await closed(/\b2 nov/).waitFor()
    await heading('novembre 2026')
    for (const key of ['Alt+ArrowDown', 'Alt+ArrowRight']) await on.page.keyboard.press(key)
    await heading('décembre 2026')
    await expectKeyboardOn(block(/^Bruno Petit, 8 décembre, 08:30/))
    // Whether a day that is not read yet is open, nobody knows.
    expect(await closed(/\b9 déc/).count()).toBe(0)
    readDecember()
    await closed(/\b9 déc/).waitFor()
    await expectKeyboardOn(block(/^Bruno Petit, 8 décembre, 08:30/))
    await expect.poll(() => sent.at(-1)).toBe('PUT 2026-12-08 08:30')

    for (const key of ['Alt+ArrowUp', 'Alt+ArrowUp']) await on.page.keyboard.press(key)
    await heading('novembre 2026')
    await expectKeyboardOn(block(/^Bruno Petit, 24 novembre, 08:30/))
    await expect.poll(() => on.server.rota.shifts.map((s) => s.day)).toEqual(['2026-11-23', '2026-11-24', '2026-11-23'])

    for (const december of ['2026-12-01', '2026-12-08']) refuse(december)
    const answer = hold()
    for (const key of ['Alt+ArrowDown', 'Alt+ArrowDown']) await on.page.keyboard.press(key)
    await heading('décembre 2026')
    answer()
    await on.page.getByText('Cette personne est déjà prévue à ce moment-là.').waitFor()
    await heading('novembre 2026')
    await expectKeyboardOn(block(/^Bruno Petit, 24 novembre, 08:30/))
    await expectAccessible(on.page)
  })

  test('keeps a day of the weekend in the week once something was shown there: what is moved off it comes back by the keyboard', async () => {
    on.server.rota.shifts.push({ ...shift('bruno', '09:00', '11:00'), day: '2026-11-28' })
    as('sophie', 'supervisor')
    await on.signedIn(november)
    await on.page.getByText('Semaine du 23 novembre 2026', { exact: true }).waitFor()
    await block(/^Bruno Petit, 28 novembre, 09:00/).press('Alt+ArrowLeft')
    await expectKeyboardOn(block(/^Bruno Petit, 27 novembre, 09:00/))
    await on.page.keyboard.press('Alt+ArrowRight')
    await expectKeyboardOn(block(/^Bruno Petit, 28 novembre, 09:00/))
    await on.page.keyboard.press('Delete')
    await on.page.getByText('Présence retirée').waitFor()
    await expectKeyboardOn(day(/28 nov/))
    // Nothing ever was on the Sunday.
    expect(await day(/29 nov/).count()).toBe(0)
  })

  test('takes a presence off once, however often Delete is pressed, with the keyboard on its day; and shows it again when that is refused', async () => {
    const { sent, hold, refuse } = await changes()
    as('sophie', 'supervisor')
    await on.signedIn(november)
    for (const show of [async () => undefined, showMonth]) {
      await show()
      sent.length = 0
      const off = hold()
      await block(/^Alice Martin, 23 novembre/)
        .first()
        .press('Delete')
      await on.page.keyboard.press('Delete')
      await expectKeyboardOn(day(/23 nov/))
      off()
      await on.page.getByText('Présence retirée').last().waitFor()
      expect(sent).toEqual(['DELETE'])
      await on.page.getByRole('button', { name: 'Annuler' }).click()
      await expect.poll(() => on.server.rota.shifts.length).toBe(3)
    }
    refuse('DELETE')
    await block(/^Bruno Petit, 23 novembre/).press('Delete')
    await on.page.getByRole('alert').filter({ hasText: /./ }).waitFor()
    await expectKeyboardOn(block(/^Bruno Petit, 23 novembre/))
    expect(of('bruno')).toHaveLength(1)
  })

  test('has the keyboard on the day of a presence that its dialogue took off, and there still once it is put back', async () => {
    as('sophie', 'supervisor')
    await on.signedIn(november)
    await block(/^Bruno Petit, 23 novembre/).press('Enter')
    await on.page.getByRole('dialog').getByRole('button', { name: 'Retirer' }).press('Enter')
    await on.page.getByText('Présence retirée').waitFor()
    await expectKeyboardOn(day(/23 nov/))
    await on.page.getByRole('button', { name: 'Annuler' }).press('Enter')
    await block(/^Bruno Petit, 23 novembre/).waitFor()
    await expectKeyboardOn(day(/23 nov/))
    await on.page.getByText('Présence retirée').waitFor({ state: 'detached' })
    await expectKeyboardOn(day(/23 nov/))
  })

  test('warns whoever plans, on whatever page, that nobody is put down now and nobody is there', async () => {
    on.server.rota.shifts = []
    on.server.rota.gap = { from: '08:30', to: '12:30' }
    on.server.operators = []
    as('sophie', 'supervisor')
    await on.signedIn('/console/tickets')
    const band = on.page.getByRole('region', { name: 'Personne n’est prévu à la permanence jusqu’à 12:30, et personne n’y est.' })
    await band.getByRole('link', { name: 'Voir le planning' }).click()
    await expect.poll(() => new URL(on.page.url()).pathname).toBe('/console/planning')
    await expectAccessible(on.page, 'main')
  })

  test('waits for nobody while somebody has closed the desk by hand', async () => {
    on.server.operators = []
    as('sophie', 'supervisor')
    await on.signedIn('/console/tickets')
    const missing = on.page.getByRole('region', { name: /^Attendue?s? à la permanence et pas encore là/ })
    await missing.waitFor()
    on.server.opening = { open: false, by: 'Sophie Garnier', until: null }
    await on.page.reload()
    await on.page.getByRole('link', { name: 'Planning' }).click()
    await on.page.getByText('Attendu et absent de la permanence', { exact: false }).waitFor()
    expect(await missing.count()).toBe(0)
  })

  test('keeps what one does beside its title on a common laptop, whatever it has to say', async () => {
    as('sophie', 'supervisor')
    await on.signedIn(november)
    const middle = async (shown: Locator) => {
      const box = await shown.boundingBox()
      return box === null ? null : Math.round(box.y + box.height / 2)
    }
    const title = await middle(on.page.getByRole('heading', { name: 'Planning' }))
    for (const name of ['Aujourd’hui', 'Autres gestes', 'Ajouter'])
      expect(await middle(on.page.getByRole('button', { name, exact: true }))).toBe(title)
    await on.page.getByRole('button', { name: 'Autres gestes' }).click()
    await on.page.getByRole('menuitem', { name: 'Effectifs nécessaires' }).waitFor()
    await expectAccessible(on.page, '[role=menu]')
  })

  test('lets an operator take what a colleague offers, and offer their own; nobody is expected in vain', async () => {
    as('alice', 'operator')
    await on.signedIn('/console/planning')
    await on.page.getByText('Attendu et absent de la permanence', { exact: false }).waitFor()
    expect(await on.page.getByRole('button', { name: 'Reprendre la semaine précédente' }).count()).toBe(0)
    await block(/^Bruno Petit, .*À reprendre/).click()
    await on.page.getByText('Bruno Petit cherche quelqu’un', { exact: false }).waitFor()
    await on.page.getByRole('button', { name: 'La reprendre' }).click()
    await block(/^Alice Martin, 23 novembre, 12:00 à 14:00/).click()
    await on.page.getByRole('button', { name: 'Proposer aux collègues' }).click()
    await block(/^Alice Martin, 23 novembre, 12:00 à 14:00, .*À reprendre/).waitFor()
    await on.page.getByRole('button', { name: 'S’abonner' }).click()
    await on.page.getByRole('button', { name: 'Créer une adresse' }).last().click()
    await on.page.getByLabel('Toute la permanence').waitFor()
    await expectAccessible(on.page, '[role=dialog]')
    await on.page.getByRole('button', { name: 'Retirer cette adresse' }).click()
    await on.page.getByRole('button', { name: 'Créer une adresse' }).last().waitFor()
    expect(of('alice')).toEqual([
      ['08:30', '12:30', 'both', false],
      ['08:30', '12:30', 'both', false],
      ['12:00', '14:00', 'both', true],
    ])
  })
})
