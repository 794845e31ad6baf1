import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { CallIndicators } from '../../server/contract/indicators.ts'
import { once } from '../support/sipp.ts'
import { answered, broughtForward, dayOfTheDesk, field, press, saved } from './day-of-the-desk.ts'

/** How many of each kind; ten by `WHOLE_DAY=10`, which takes a quarter of an hour. */
const each = Number(process.env['WHOLE_DAY'] ?? 1)
const today = dayOfTheDesk(2 * each + 6)
const { callFrom, calls, endings, nobodyIsOwedAWord, owed, ready, stateOf, stranger, working } = today

type Figure = keyof CallIndicators['figures']
const figures = async () => {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date())
  return (await today.now().sophie.ask<CallIndicators>('GET', `/api/indicators/calls?from=${day}&to=${day}`)).body.figures
}
const many = <T>(make: (i: number) => T): T[] => Array.from({ length: each }, (_, i) => make(i))
const two = (i: number) => String(i).padStart(2, '0')

const claires = '+33561551234'
type Ending = keyof typeof endings

async function free(page: Page, login: string): Promise<void> {
  if (stateOf(login) !== 'ready' && stateOf(login) !== 'ringing') await ready(page, login)
}

test(
  `a long day: ${each} of each kind of call, several at a time, and figures that agree with what was placed`,
  async () => {
    const { desk, sophie, live } = today.now()
    await sophie.ask('PUT', '/api/desk/opening', { open: true })
    const { desk: settings } = (await sophie.ask<{ desk: { version: number } }>('GET', '/api/settings')).body
    expect((await sophie.ask('PUT', '/api/settings/desk', { version: settings.version, value: { ringSeconds: 12 } })).status).toBe(200)
    const [alice, bruno] = await Promise.all(['alice', 'bruno'].map(working))
    if (!alice || !bruno) throw new Error('two consoles')
    const before = await figures()

    // ── Nobody is there yet ──────────────────────────────────────────────────
    await Promise.all(many(async (i) => today.givesUp(await stranger(`05615521${two(i)}`))))
    await Promise.all(many(async (i) => today.leavesAMessage(await stranger(`05615522${two(i)}`))))
    await once(async () => (await owed('open')).length === 2 * each, 30_000, 'answers owed to those who gave up or left a message')
    await Promise.all(many(async (i) => today.keepsThePlace(await stranger(`05615523${two(i)}`))))

    // ── The kept places first, each called by itself ─────────────────────────
    for (let i = 0; i < each; i++) {
      await ready(alice)
      await answered(alice)
      await endings.solved(alice, `Place gardée ${i}`)
    }
    await once(async () => (await owed('open')).length === 2 * each, 20_000, 'the kept places reached')

    // ── « Suivant », until nothing is owed: called back, or heard and written down ──
    for (let i = 0; i < 2 * each; i++) {
      await press(alice, 's')
      await broughtForward(alice)
      const message = alice.locator('[data-entry]:focus').getByRole('button', { name: /^Écouter|^Lire/ })
      if ((await message.count()) > 0) {
        await alice.keyboard.press('v')
        await alice
          .locator('[data-entry]:focus')
          .getByRole('link', { name: /Ticket n°/i })
          .waitFor()
        await alice.keyboard.press('1')
        await once(async () => (await owed('open')).length === 2 * each - i - 1, 30_000, 'a message settled')
      } else {
        await alice.keyboard.press('c')
        await answered(alice)
        await endings['put off'](alice, `Rappel ${i}`)
        await once(async () => (await owed('open')).length === 2 * each - i - 1, 30_000, 'an answer given')
      }
    }

    // ── Calls, two operators at a time ───────────────────────────────────────
    const waiting = (Object.keys(endings) as Ending[]).flatMap((kind, k) => many((i) => ({ kind, i, number: `06112${k}33${two(i)}` })))
    const orders = waiting.toSorted((a, b) => a.i - b.i)
    const kindOf = (number: string | null) => orders.find((one) => one.number === `0${(number ?? '').slice(3)}`)
    const works = async (page: Page, login: string) => {
      await page.getByRole('navigation', { name: 'Principal' }).getByRole('link', { name: 'Permanence' }).click()
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        await free(page, login)
        const number = next.kind === 'attached' ? claires : next.number
        expect((await sophie.ask('POST', '/api/demo/calls', { number })).status).toBe(201)
        await answered(page)
        const mine = calls().find(({ operatorId, status }) => operatorId === login && status === 'talking')
        const order = mine?.number === claires ? null : kindOf(mine?.number ?? null)
        if (order === undefined) throw new Error(`a call from ${mine?.number} that nobody placed`)
        await endings[order?.kind ?? 'attached'](page, `Appel ${order?.kind} ${order?.i}`)
      }
      if (stateOf(login) === 'ready') await press(page, 'p')
    }
    await Promise.all([works(alice, 'alice'), works(bruno, 'bruno')])

    // ── A phone that nobody answers rings elsewhere ──────────────────────────
    for (let i = 0; i < each; i++) {
      await free(alice, 'alice')
      expect((await sophie.ask('POST', '/api/demo/calls', { number: `06112733${two(i)}` })).status).toBe(201)
      await live.until('alice’s phone', () => stateOf('alice') === 'ringing')
      await free(bruno, 'bruno')
      await answered(bruno)
      await endings['put off'](bruno, `Sans réponse ${i}`)
    }

    // ── Users at the counter, and callers handed over with their form ────────
    for (let i = 0; i < each; i++) {
      await press(bruno, 'g')
      await expect.poll(() => bruno.evaluate(() => document.activeElement?.getAttribute('data-field'))).toBe('name')
      await bruno.keyboard.type('oscar')
      await bruno.getByRole('option', { name: /Oscar Delaunay/ }).click()
      await field(bruno, 'Titre').fill(`Au comptoir ${i}`)
      await bruno.keyboard.press('Control+Enter')
      await saved(bruno)
      await free(alice, 'alice')
      expect((await sophie.ask('POST', '/api/demo/calls', { number: `06112833${two(i)}` })).status).toBe(201)
      await answered(alice)
      await field(alice, 'Titre').fill(`Passé à Bruno ${i}`)
      await press(alice, 't')
      await alice.getByRole('dialog', { name: 'Passer ou consulter' }).getByRole('combobox').fill('Bruno')
      await alice.keyboard.press('Shift+Enter')
      await answered(bruno)
      await expect.poll(() => field(bruno, 'Titre').inputValue()).toBe(`Passé à Bruno ${i}`)
      await field(bruno, 'Titre').press('Control+Enter')
      await saved(bruno)
      await press(bruno, 'f')
      await bruno.getByRole('heading', { name: 'Vous êtes à l’accueil' }).waitFor()
    }

    // ── Closing on those who wait; then those who call when it is closed ─────
    for (const [page, login] of [
      [alice, 'alice'],
      [bruno, 'bruno'],
    ] as const)
      if (stateOf(login) === 'ready') await press(page, 'p')
    const late = await Promise.all(many((i) => stranger(`05615524${two(i)}`)))
    await live.until('those who wait', () => calls().filter(({ status }) => status === 'waiting').length === each, 30_000)
    const arrived = () => calls().map(({ arrivedAt }) => Date.parse(arrivedAt))
    await once(() => Math.max(...arrived()) < Date.now() - 4_000, 30_000, 'waits worth an answer')
    await sophie.ask('PUT', '/api/desk/opening', { open: false })
    await live.until('the closed message', () => calls().filter(({ status }) => status === 'closed').length === each, 30_000)
    for (const { caller } of late) await caller.tell()
    await Promise.all(late.map(({ caller }) => caller.done))
    await once(async () => (await owed('open')).length === each, 30_000, 'those who waited are owed an answer')
    await Promise.all(
      many(async (i) => {
        const number = `05615525${two(i)}`
        const { caller } = await stranger(number)
        await caller.answered()
        await live.until('the closed message', () => callFrom(number)?.status === 'closed', 30_000)
        await once(() => Date.parse(callFrom(number)?.arrivedAt ?? '') < Date.now() - 4_000, 30_000, 'a call worth an answer')
        await caller.tell()
        await caller.done
      }),
    )
    await once(async () => (await owed('open')).length === 2 * each, 30_000, 'those who called a closed desk are owed one too')
    for (const { id } of await owed('open')) await sophie.ask('POST', `/api/owed/${id}/outcome`, { outcome: 'reached' })
    await once(async () => (await owed('open')).length === 0, 30_000, 'nothing owed')

    // ── What the day has left ────────────────────────────────────────────────
    expect(await nobodyIsOwedAWord()).toBe(true)
    expect(calls()).toEqual([])
    await desk.clean()
    const count = async (like: string) =>
      Object.fromEntries(
        (
          await desk.rows<{ status: string; n: number }>(
            `select status, count(*)::int as n from tickets where title ~ '^(${like}) [0-9]+$' group by status`,
          )
        ).map(({ status, n }) => [status, n]),
      )
    expect(await count('Place gardée|Appel solved')).toEqual({ closed: 2 * each })
    expect(await count('Appel redirected')).toEqual({ redirected: each })
    expect(await count('Rappel|Appel put off|Sans réponse|Au comptoir|Passé à Bruno')).toEqual({ 'in-progress': 5 * each })
    const placed: Partial<Record<Figure, number>> = {
      // Gave up, left a message, kept the place, five endings, not answered at first, handed over, met the closing.
      offered: 11 * each,
      // All who spoke; whoever keeps the place is counted there.
      answered: 7 * each,
      messages: each,
      kept: each,
      missed: each,
      afterHours: each,
      placedOut: each,
    }
    const grown = (now: CallIndicators['figures']) =>
      Object.fromEntries(Object.keys(placed).map((name) => [name, (now[name as Figure] ?? 0) - (before[name as Figure] ?? 0)]))
    await expect.poll(async () => grown(await figures())).toEqual(placed)
  },
  180_000 + each * 120_000,
)
