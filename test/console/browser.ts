import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { FakeServer } from './fake-server.ts'

/** One Chromium for a file's tests; a fresh server and a fresh browser profile for each of them. */
export function inChromium(options: BrowserContextOptions = {}): {
  readonly server: FakeServer
  readonly page: Page
  readonly signedIn: (path?: string) => Promise<void>
} {
  let browser: Browser
  let context: BrowserContext
  const held = {} as { server: FakeServer; page: Page; signedIn: (path?: string) => Promise<void> }
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
  })
  beforeEach(async () => {
    held.server = new FakeServer()
    await held.server.start()
    context = await browser.newContext({
      viewport: { width: 1366, height: 768 },
      locale: 'fr-FR',
      reducedMotion: 'reduce',
      baseURL: held.server.url,
      ...options,
    })
    context.setDefaultTimeout(5_000)
    held.page = await context.newPage()
    held.signedIn = async (path = '/console') => {
      await context.addCookies([{ name: 'fake-session', value: 'yes', url: held.server.url }])
      await held.page.goto(path)
      await held.page.getByRole('navigation', { name: 'Principal' }).getByText('Ouvert jusqu’à 16 h 30').waitFor({ state: 'attached' })
    }
  })
  afterEach(async () => {
    await context.close()
    await held.server.close()
  })
  afterAll(() => browser.close())
  return held
}

/** No rule of WCAG 2.2 AA broken, as far as axe can tell; of these rules alone when some are given. */
export async function expectAccessible(page: Page, rules: string[] = []): Promise<void> {
  const axe = new AxeBuilder({ page })
  const { violations } = await (rules.length > 0
    ? axe.withRules(rules)
    : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
  ).analyze()
  expect(violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} ${n.failureSummary ?? ''}`))).toEqual([])
}

/** Nothing sticks out sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(
    await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('main')].map((e) => e.scrollWidth - e.clientWidth).filter((d) => d > 0),
    ),
  ).toEqual([])
}
