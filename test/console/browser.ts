import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { brokenRules, standards } from '../support/axe.ts'
import { openBrowser } from '../support/chromium.ts'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { FakeServer } from './fake-server.ts'

/** Most of what a test's page costs is its beginning: no process for each, and no code made fast that is gone before it is used. */
const brief = ['--renderer-process-limit=1', '--in-process-gpu', '--js-flags=--no-opt --no-maglev']

/** A page of the same site that stays keeps the process for those to come, and what it has read of the console's scripts. */
async function keepRenderer(context: BrowserContext): Promise<void> {
  const page = await context.newPage()
  await page.route('**', (route) => route.fulfill({ body: '' }))
  await page.goto('http://127.0.0.1/')
}

type Held = { server: FakeServer; page: Page; signedIn: (path?: string, until?: 'whole' | 'first view') => Promise<void> }

/**
 * One Chromium for a file's tests, with one cache for the console's files. Each test has a fresh server at the same address, a
 * fresh page, and nothing left in storage.
 */
export function inChromium(options: BrowserContextOptions = {}): Readonly<Held> {
  let browser: Browser
  let context: BrowserContext
  let port = 0
  const held = {} as Held
  beforeAll(async () => {
    browser = await openBrowser(brief)
    context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'fr-FR', reducedMotion: 'reduce', ...options })
    // No moment is idle: to fetch every page of the console ahead costs half of what it costs to open it, each time.
    await context.addInitScript(() => Object.assign(window, { requestIdleCallback: () => 0 }))
    await keepRenderer(context)
  })
  beforeEach(async () => {
    held.server = new FakeServer()
    port = Number(new URL(await held.server.start(port)).port)
    held.page = await context.newPage()
    // Here, and not when a test ends: an answer that came to its page just then was written down after all was cleared.
    const devtools = await context.newCDPSession(held.page)
    await devtools.send('Storage.clearDataForOrigin', { origin: held.server.url, storageTypes: 'local_storage' })
    await devtools.detach()
    held.signedIn = async (path = '/console', until = 'whole') => {
      await context.addCookies([{ name: 'fake-session', value: 'yes', url: held.server.url }])
      await held.page.goto(held.server.url + path)
      await held.page.getByRole('navigation', { name: 'Principal' }).getByText('Ouvert jusqu’à 16 h 30').waitFor({ state: 'attached' })
      // With what comes behind the first view, and answers to keys of its own.
      if (until === 'whole') await held.page.locator('html[data-whole]').waitFor({ state: 'attached' })
    }
  })
  afterEach(async () => {
    await held.page.close()
    await context.clearCookies()
    await held.server.close()
  })
  afterAll(() => browser.close())
  return held
}

/** Type into a field with a list and take what it offers, once it is there to be seen. */
export async function choose(field: Locator, typed: string, offered: string | RegExp): Promise<void> {
  await field.fill(typed)
  await field.page().getByRole('option', { name: offered }).waitFor()
  // What is walked to is what a screen reader says, and what Enter takes. A list that has just opened forgets a first step.
  const isThere = async () => {
    const walked = await walkedTo(field)
    if (typeof offered === 'string' ? walked.includes(offered) : offered.test(walked)) return true
    await field.press('ArrowDown')
    return false
  }
  await expect.poll(isThere).toBe(true)
  await field.press('Enter')
}

const walkedTo = (field: Locator) =>
  field.evaluate((box) => document.getElementById(box.getAttribute('aria-activedescendant') ?? '')?.textContent ?? '')

const told = ({ id, at, why }: { id: string; at: string; why: string }) => `${id}: ${at} ${why}`

/**
 * No rule of WCAG 2.2 AA broken, as far as axe can tell, in the light scheme; nor by the colours in the dark one, which differs by
 * them alone.
 * @param layer the selector of what stands over the page, and is looked at alone.
 * @param without rules that this page cannot keep by its nature.
 */
export async function expectAccessible(page: Page, layer: string | null = null, without: readonly string[] = []): Promise<void> {
  const whole = await brokenRules(page, { within: layer, by: { type: 'tag', values: standards } })
  expect(whole.filter(({ id }) => !without.includes(id)).map(told)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('html[data-mantine-color-scheme=dark]').waitFor()
  // Painted with it, too: a row drawn anew at this moment still bears the other scheme's ink.
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))))
  const dark = await brokenRules(page, { within: layer, by: { type: 'rule', values: ['color-contrast'] } })
  expect(dark.map((found) => `dark ${told(found)}`)).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
  await page.locator('html[data-mantine-color-scheme=light]').waitFor()
}

/** Nothing sticks out sideways on a screen 320 pixels wide. */
export async function expectReflow(page: Page): Promise<void> {
  const usual = page.viewportSize()
  await page.setViewportSize({ width: 320, height: 640 })
  await expect
    .poll(() =>
      page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('main')].map((e) => e.scrollWidth - e.clientWidth).filter((d) => d > 0),
      ),
    )
    .toEqual([])
  if (usual !== null) await page.setViewportSize(usual)
}

/** Every word of the buttons of « Mon appel » is shown whole. */
export async function expectUncut(page: Page): Promise<void> {
  const cut = await page
    .getByRole('region', { name: /^(Mon appel|My call)$/ })
    .evaluate((card) =>
      [...card.querySelectorAll('button, button *')]
        .filter((e) => e instanceof HTMLElement && getComputedStyle(e).display !== 'inline' && e.scrollWidth > e.clientWidth)
        .map((e) => e.textContent),
    )
  expect(cut).toEqual([])
}
