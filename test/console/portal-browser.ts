import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { brokenRules, standards } from '../support/axe.ts'
import { openBrowser } from '../support/chromium.ts'
import { afterAll, beforeAll, expect } from 'vitest'
import { freeTcpPort } from '../support/free-port.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

type Held = {
  service: TestHttp
  browser: Browser
  url: string
  /** How far the service's clocks are ahead, in ms: of its pages, and of tickets and mails. */
  ahead: { pages: number; tickets: number }
  /** A page of somebody who speaks French, each with cookies of their own. */
  visitor: (options?: BrowserContextOptions) => Promise<Page>
}

/** The users' side in a real browser, served by the real HTTP side on a real PostgreSQL; of the telephone there is a double. */
export function portalInChromium(): Readonly<Held> {
  const held = { ahead: { pages: 0, tickets: 0 } } as Held
  beforeAll(async () => {
    const port = await freeTcpPort()
    held.url = `http://127.0.0.1:${port}`
    held.service = await buildTestHttp({
      publicUrl: held.url,
      now: () => Date.now() + held.ahead.pages,
      ticketNow: () => new Date(Date.now() + held.ahead.tickets),
    })
    await held.service.app.listen({ host: '127.0.0.1', port })
    held.browser = await openBrowser()
    held.visitor = async (options = {}) => {
      const page = await (await held.browser.newContext({ locale: 'fr-FR', reducedMotion: 'reduce', ...options })).newPage()
      return page
    }
  })
  afterAll(async () => {
    await held.browser.close()
    await held.service.close()
  })
  return held
}

/** A form that comes back as fast as no person is would be a machine's: the service's clock goes on instead of the test waiting. */
export const readAtLeisure = (on: Pick<Held, 'ahead'>): void => {
  on.ahead.pages += 2_000
}

/** No rule of accessibility broken in either scheme, nothing that sticks out at 320 pixels. SHOTS=folder keeps pictures. */
export async function sound(page: Page, name: string): Promise<void> {
  const usual = page.viewportSize() ?? { width: 1366, height: 820 }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const broken = await brokenRules(page, { by: { type: 'tag', values: standards } })
    expect(broken.map(({ id, at }) => `${name} ${colorScheme} ${id}: ${at}`)).toEqual([])
    if (process.env['SHOTS'] !== undefined) {
      for (const width of [1366, 390]) {
        await page.setViewportSize({ width, height: 820 })
        await page.screenshot({ path: `${process.env['SHOTS']}/${name}-${colorScheme}-${width}.png`, fullPage: true })
      }
    }
  }
  await page.setViewportSize({ width: 320, height: 640 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), name).toBe(0)
  await page.setViewportSize(usual)
}
