import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

const yielding = fileURLToPath(new URL('yielding-chromium.sh', import.meta.url))
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']

/** How many times slower than it is the processor shall look to pages: what a test does not wait for comes to light. */
const slower = Number(process.env['GUICHET_SLOW_PAGES'] ?? 1)

/** A page that others' calls keep the processor from takes its time: a limit is for what never comes. */
const pageLimitMs = 180_000

function prepared(browser: Browser): Browser {
  browser.on('context', (context) => {
    context.setDefaultTimeout(pageLimitMs)
    if (slower <= 1) return
    context.on('page', (page) => {
      const slow = async () => (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slower })
      // A page may be closed before it is slow.
      slow().catch(() => undefined)
    })
  })
  return browser
}

/**
 * Chromium's own engine without what only a screen, sound and a person's keys need: pages take a third less of the processor.
 * It yields to whatever else wants that.
 * @param more switches of Chromium
 */
export const openBrowser = async (more: readonly string[] = []): Promise<Browser> =>
  prepared(await chromium.launch({ executablePath: yielding, args: [...args, ...more] }))

/** Chromium whole, as people have it: for sound, passkeys and what is measured. */
export const openWholeChromium = async (more: readonly string[] = []): Promise<Browser> =>
  prepared(await chromium.launch({ executablePath: '/usr/bin/chromium', args: [...args, ...more] }))
