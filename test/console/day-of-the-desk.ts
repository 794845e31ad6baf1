import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { CallWithoutTicket } from '../../server/contract/dispositions.ts'
import type { OwedList } from '../../server/contract/http.ts'
import { openWholeChromium } from '../support/chromium.ts'
import { DeskLine } from '../support/desk-line.ts'
import type { Live } from '../support/live.ts'
import { RtpPeer } from '../support/rtp.ts'
import type { SignedIn } from '../support/service-process.ts'
import { once, type Party } from '../support/sipp.ts'
import { readWav, voice } from '../support/sound.ts'

/** Somebody on a line of their own, and what they hear. */
export type Stranger = { readonly number: string; readonly caller: Party; readonly ear: RtpPeer }

/** A single key, outside any field. */
export async function press(page: Page, key: string): Promise<void> {
  await page.locator('main').focus()
  await page.keyboard.press(key)
}
export const field = (page: Page, label: string): Locator =>
  page.getByRole('form', { name: 'Nouveau ticket' }).getByLabel(label, { exact: true })
export async function answered(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Répondre|Décrocher)/ }).waitFor()
  await press(page, 'a')
  await page.getByRole('button', { name: 'Finir' }).waitFor()
}
export const saved = (page: Page) =>
  page
    .getByText(/Ticket n°\s\d+ enregistré/)
    .first()
    .waitFor()
export async function over(page: Page): Promise<void> {
  await press(page, 'f')
  await page.getByRole('heading', { name: 'Appel terminé' }).waitFor()
}
/** « Suivant » has put the focus on whom it gave. */
export const broughtForward = (page: Page) =>
  expect.poll(() => page.evaluate(() => document.activeElement?.hasAttribute('data-entry'))).toBe(true)

/**
 * A day of the desk as its people live it: consoles and a user's telephone in Chromium, the real service with its Asterisk and its
 * PostgreSQL, SIPp for callers who press keys or give up, the demonstration's own phones for operators and for those who are called.
 * Each test of the file begins with nothing left of another, nor of a first try.
 * @param lines how many may call at once
 */
export function dayOfTheDesk(lines: number) {
  let desk: DeskLine
  let opened: DeskLine | null = null
  let browser: Browser
  let sophie: SignedIn
  let live: Live
  const ears: RtpPeer[] = []
  beforeAll(async () => {
    browser = await openWholeChromium()
  })
  beforeEach(async () => {
    desk = opened = await DeskLine.open({}, { trunk: false, lines })
    sophie = await desk.service.signIn('sophie')
    live = await desk.live(sophie)
  })
  afterEach(async ({ task }) => {
    const keep = process.env['TEST_LOG_DIR']
    const pages = browser.contexts().flatMap((context) => context.pages())
    if (task.result?.state === 'fail' && keep !== undefined)
      for (const [i, page] of pages.entries()) await page.screenshot({ path: join(keep, `day-of-the-desk-${i}.png`) })
    for (const context of browser.contexts()) await context.close()
    for (const ear of ears.splice(0)) ear.close()
    await opened?.close()
    opened = null
  })
  afterAll(() => browser.close())

  const said = (name: string) => readWav(join(desk.asterisk.varDir, 'asterisk/data/sounds/fr/guichet', `${name}.wav`))
  const calls = () => [...live.calls.values()]
  const callFrom = (number: string) => calls().find((call) => call.number === `+33${number.slice(1)}`)
  const stateOf = (login: string) => live.operators.get(login)?.state
  const ticket = async (title: string) =>
    (
      await desk.rows<{
        number: number
        status: string
        medium: string
        requester_name: string
        group_id: string | null
        closed_how: string
      }>(`select number, status, medium, requester_name, group_id, closed_how from tickets where title = '${title}'`)
    )[0]
  async function at(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ locale: 'fr-FR', reducedMotion: 'reduce', baseURL: desk.service.url, ...options })
    const page = await context.newPage()
    await page.goto(path)
    return page
  }

  return {
    /** The service and its Asterisk, Sophie who supervises it, and what it tells her live: this test's. */
    now: () => ({ desk, sophie, live }),
    calls,
    callFrom,
    stateOf,
    ticket,
    at,
    owed: async (state: 'open' | 'settled') => (await sophie.ask<OwedList>('GET', `/api/owed?state=${state}`)).body.entries,
    nobodyIsOwedAWord: async () =>
      (await sophie.ask<{ calls: CallWithoutTicket[] }>('GET', '/api/calls/without-ticket')).body.calls.length === 0,

    /** Somebody signed in at their console. */
    async working(login: string): Promise<Page> {
      await (await desk.service.signIn(login)).ask('PUT', '/api/preferences', { tourDone: true })
      const page = await at('/console', { viewport: { width: 1366, height: 768 } })
      await page.getByLabel(/identifiant/i).fill(login)
      await page.locator('input[type=password]').fill('guichet-demo')
      await page.keyboard.press('Enter')
      await page.getByRole('navigation', { name: 'Principal' }).waitFor()
      return page
    },
    async ready(page: Page, login = 'alice'): Promise<void> {
      await press(page, 'p')
      await live.until(`${login} ready`, () => stateOf(login) === 'ready' || stateOf(login) === 'ringing')
    },
    async stranger(number: string): Promise<Stranger> {
      const ear = await RtpPeer.open()
      ears.push(ear)
      return { number, ear, caller: await desk.caller({ from: `<sip:${number}@127.0.0.1>`, rtpPort: ear.port }) }
    },
    async givesUp({ number, caller }: Stranger): Promise<void> {
      await caller.answered()
      await once(() => Date.now() - Date.parse(callFrom(number)?.arrivedAt ?? '') > 4_000, 30_000, 'a wait worth an answer')
      await caller.tell()
      await caller.done
    },
    async leavesAMessage({ number, caller, ear }: Stranger): Promise<void> {
      await caller.answered()
      await once(() => ear.heardMs > 2_000, 20_000, 'the announcement')
      ear.press('1')
      await live.until('the recording', () => callFrom(number)?.status === 'message', 30_000)
      ear.speak(voice(5, 2))
      const from = ear.heardMs
      await once(
        () => ear.heardMs - from > (said('message-other-number').length + said('after-the-tone').length) / 8 + 7_000,
        40_000,
        'some words',
      )
      ear.press('#')
      await caller.done
    },
    async keepsThePlace({ number, caller, ear }: Stranger): Promise<void> {
      await caller.answered()
      await ear.speaksFor(caller)
      ear.press('3')
      await ear.hears(said('place-confirm').subarray(0, 16_000), 40_000, 'the question')
      ear.press('1')
      await live.until('the kept place', () => callFrom(number)?.status === 'kept', 30_000)
      await caller.done
    },

    /** What becomes of a call that was answered; the operator is free to take another afterwards. */
    endings: {
      async solved(page: Page, title: string): Promise<void> {
        await field(page, 'Titre').fill(title)
        await page.getByLabel(/^Solution donnée/).fill('Fait ensemble au téléphone.')
        await page.keyboard.press('Shift+Enter')
        await saved(page)
        await over(page)
      },
      async 'put off'(page: Page, title: string): Promise<void> {
        await field(page, 'Titre').fill(title)
        await page.keyboard.press('Control+Enter')
        await saved(page)
        await over(page)
      },
      async redirected(page: Page, title: string): Promise<void> {
        await this['put off'](page, title)
        await page.getByRole('link', { name: 'Ouvrir le ticket' }).click()
        await page.getByRole('heading', { name: title }).waitFor()
        await press(page, 'r')
        await page.getByRole('combobox', { name: 'Groupe' }).fill('dSRT')
        await page.getByRole('button', { name: 'Rediriger vers dSRT' }).click()
        await once(async () => (await ticket(title))?.group_id === 'dsrt', 20_000, 'the redirection')
        await page.getByRole('navigation', { name: 'Principal' }).getByRole('link', { name: 'Permanence' }).click()
        await page.getByRole('heading', { name: /file d’attente/i }).waitFor()
      },
      async attached(page: Page): Promise<void> {
        await press(page, 'l')
        await page.getByRole('dialog').getByText('Accès à Moodle pour les vacataires').click()
        await page
          .getByText(/Appel rattaché au ticket/)
          .last()
          .waitFor()
        await over(page)
      },
      async refused(page: Page): Promise<void> {
        await press(page, 'o')
        const reason = page.getByRole('dialog').getByLabel('Raison')
        await reason.fill('Inscription administrative')
        await reason.press('Enter')
        await page.getByText('Refus noté avec l’appel').last().waitFor()
        await over(page)
      },
    },
  }
}
