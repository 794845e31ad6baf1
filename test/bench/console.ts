import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { openWholeChromium } from '../support/chromium.ts'
import { FakeServer } from '../console/fake-server.ts'
import { ahmed, call, claire, ines, operator } from '../console/fake-world.ts'
import type { DeskLine } from '../support/desk-line.ts'
import { firstView } from '../support/first-view.ts'
import { type Figure, spread } from './figures.ts'

export const consoleFigures = [
  'console.weight',
  'console.first',
  'console.first.campus',
  'console.navigation',
  'console.navigation.work',
  'console.typing',
]

const dist = join(import.meta.dirname, '../../console/dist')
const firstTries = 10
/** What a person aims at before pressing: the page asked for is fetched meanwhile, as the router does on a pointer's approach. */
const aimingMs = 200
const navigationRounds = 3
const ticketsOpened = 3
const eventsPerMinute = 5_000
const keystrokes = 200

type Network = { readonly megabits: number; readonly roundTripMs: number }
/** The goal's, with a round trip of a home line; and a wired place on the campus. */
const slow: Network = { megabits: 10, roundTripMs: 20 }
const campus: Network = { megabits: 100, roundTripMs: 2 }

/** What the console's first view costs, how long a page change takes, and whether typing stays prompt while the desk is in uproar. */
export async function measureConsole(line: () => Promise<DeskLine>, asked: (name: string) => boolean): Promise<readonly Figure[]> {
  const browser = await openWholeChromium()
  try {
    const figures: Figure[] = []
    if (asked('console.weight')) figures.push(weight())
    if (asked('console.first')) figures.push(await first(browser, await line(), 'console.first', slow))
    if (asked('console.first.campus')) figures.push(await first(browser, await line(), 'console.first.campus', campus))
    if (asked('console.navigation')) figures.push(...(await navigation(browser, await line())))
    if (asked('console.typing')) figures.push(await typing(browser))
    return figures
  } finally {
    await browser.close()
  }
}

function weight(): Figure {
  const bytes = firstView(dist).reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0)
  const value = Math.round(bytes / 100) / 10
  return { name: 'console.weight', value, unit: 'kB', p50: null, p95: null, goal: 200, met: value < 200, tries: 1 }
}

/** Somebody who is signed in, on a computer that has never shown the console. */
async function fresh(browser: Browser, url: string, cookies: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'fr-FR', baseURL: url })
  const each = cookies.split('; ').map((one) => one.split('='))
  await context.addCookies(each.map(([name = '', ...value]) => ({ name, value: value.join('='), url })))
  return context
}

/** When the reader's own state stands on the page and can be pressed, in ms since the page was asked for. */
const shown = async (page: Page): Promise<number> => {
  const seen = await page.waitForFunction(
    () => (document.querySelector('[data-tour=state]') === null ? null : performance.now()),
    undefined,
    { polling: 'raf', timeout: 60_000 },
  )
  return Number(await seen.jsonValue())
}

async function first(browser: Browser, line: DeskLine, name: string, network: Network): Promise<Figure> {
  const { cookie } = await line.service.signIn('alice')
  const tries: number[] = []
  for (let n = 0; n <= firstTries; n++) {
    const context = await fresh(browser, line.service.url, cookie)
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Network.enable')
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
    const throughput = (network.megabits * 1_000_000) / 8
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: network.roundTripMs,
      downloadThroughput: throughput,
      uploadThroughput: throughput,
    })
    await page.goto('/console', { waitUntil: 'commit' })
    const ms = await shown(page)
    // The browser's own first page warms it up.
    if (n > 0) tries.push(ms)
    await context.close()
  }
  return spread(name, tries, 'p50', 1_000)
}

/**
 * Every page of the rail, in turn, a few tickets, and the pages of the settings: from the press to the frame by which the page stands
 * there under its own title; and how long the page's thread itself worked for it, which no neighbour on the machine changes.
 */
async function navigation(browser: Browser, line: DeskLine): Promise<readonly Figure[]> {
  const { cookie } = await line.service.signIn('sophie')
  const context = await fresh(browser, line.service.url, cookie)
  const page = await context.newPage()
  await page.goto('/console')
  await shown(page)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const workedMs = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000
  }
  const tries: number[] = []
  const worked: number[] = []
  const follow = async (link: Locator) => {
    await link.hover()
    await page.waitForTimeout(aimingMs)
    const before = await workedMs()
    tries.push(
      await link.evaluate(async (pressed) => {
        const before = document.title
        const at = pressed.getAttribute('href') ?? ''
        const start = performance.now()
        if (pressed instanceof HTMLElement) pressed.click()
        const there = () =>
          window.location.pathname.startsWith(at) && document.title !== before && document.querySelector('main h1, main h2') !== null
        while (!there() && performance.now() - start < 3_000) await new Promise((frame) => requestAnimationFrame(frame))
        return performance.now() - start
      }),
    )
    worked.push((await workedMs()) - before)
  }
  const rail = page.getByRole('navigation', { name: 'Principal' })
  const to = (place: string) => rail.locator(`a[href="${place}"]`).first()
  const places = await rail.locator('a[href^="/console"]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  for (let round = 0; round < navigationRounds; round++) {
    for (const place of places) if (new URL(page.url()).pathname !== place) await follow(to(place))
    for (let n = 0; n < ticketsOpened; n++) {
      await follow(to('/console/tickets'))
      await follow(page.locator('tbody [data-row]').nth(n))
    }
    await follow(to('/console/reglages'))
    const chosen = page.getByRole('navigation', { name: 'Réglages' }).locator('a:not([aria-current])')
    for (const page of await chosen.all()) await follow(page)
  }
  await context.close()
  return [spread('console.navigation', tries, 'p95', 100), spread('console.navigation.work', worked, 'p95', 100)]
}

/** From a key to the frame that shows its letter, while calls and colleagues change 5,000 times a minute. */
async function typing(browser: Browser): Promise<Figure> {
  const server = new FakeServer()
  const url = await server.start()
  const context = await fresh(browser, url, 'fake-session=yes')
  const page = await context.newPage()
  await page.goto('/console')
  await shown(page)
  await page.keyboard.press('n')
  const title = page.getByLabel('Titre', { exact: true })
  await title.waitFor()
  let n = 0
  const storm = setInterval(() => {
    n += 1
    const someone = [claire, ahmed, ines][n % 3] ?? claire
    const colleague = operator('bruno', 'Bruno Petit', n % 2 === 0 ? 'ready' : 'paused', n % 2 === 0 ? {} : { reason: 'Réunion' })
    server.change({ calls: [call(`storm${n % 40}`, [someone], { position: (n % 40) + 1 })], operators: [colleague] })
  }, 60_000 / eventsPerMinute)
  try {
    await title.focus()
    await title.evaluate((field) => {
      const held = window as unknown as { took: number[] }
      held.took = []
      field.addEventListener('keydown', (event) => {
        requestAnimationFrame(() => {
          const painted = new MessageChannel()
          painted.port1.addEventListener('message', () => held.took.push(performance.now() - event.timeStamp))
          painted.port1.start()
          painted.port2.postMessage(null)
        })
      })
    })
    for (let k = 0; k < keystrokes; k++) {
      await page.keyboard.press('abcdefghij '[k % 11] ?? 'a')
      await page.waitForTimeout(60)
    }
    const took = await page.evaluate(() => (window as unknown as { took: number[] }).took)
    return spread('console.typing', took, 'p95', 50)
  } finally {
    clearInterval(storm)
    await context.close()
    await server.close()
  }
}
