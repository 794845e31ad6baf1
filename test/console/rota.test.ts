import { describe, expect, test } from 'vitest'
import { choose, expectAccessible, expectReflow, inChromium } from './browser.ts'

const on = inChromium()
const as = (id: string, role: 'supervisor' | 'operator') => {
  on.server.me = { ...on.server.me, id, login: id, name: id, role }
}
const block = (name: RegExp) => on.page.getByRole('button', { name })
const of = (operatorId: string) =>
  on.server.rota.shifts.filter((s) => s.operatorId === operatorId).map(({ from, to, post, offered }) => [from, to, post, offered])

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
    await on.page.getByRole('button', { name: 'Reprendre la semaine précédente' }).click()
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
    await on.signedIn('/console/planning')
    await on.page.getByText('Mois', { exact: true }).click()
    const held = await block(/^Bruno Petit, 23 novembre, 08:30/).boundingBox()
    const thursday = await on.page.getByRole('region', { name: /26 nov/ }).boundingBox()
    if (held === null || thursday === null) throw new Error('The month is not shown.')
    await on.page.mouse.move(held.x + 10, held.y + 8)
    await on.page.mouse.down()
    await on.page.mouse.move(held.x + 40, held.y + 12)
    await on.page.mouse.move(thursday.x + 20, thursday.y + 50)
    await on.page.mouse.up()
    await block(/^Bruno Petit, 26 novembre, 08:30 à 12:30/).press('Alt+ArrowUp')
    // The keyboard stays on it.
    const moved = block(/^Bruno Petit, 19 novembre, 08:30 à 12:30/)
    await expect.poll(() => moved.evaluate((shown) => shown === document.activeElement)).toBe(true)
    await on.page.keyboard.press('Alt+ArrowLeft')
    await block(/^Bruno Petit, 18 novembre, 08:30 à 12:30/).waitFor()
    expect(on.server.rota.shifts.map(({ operatorId, day }) => [operatorId, day])).toEqual([
      ['alice', '2026-11-23'],
      ['bruno', '2026-11-18'],
      ['alice', '2026-11-23'],
    ])
    await expectAccessible(on.page)
    await expectReflow(on.page)
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
