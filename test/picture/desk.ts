import type { Browser, Page } from 'playwright-core'
import { openWholeChromium } from '../support/chromium.ts'
import type { DemoState } from '../../server/contract/http.ts'
import { Live } from '../support/live.ts'
import type { ServiceProcess, SignedIn } from '../support/service-process.ts'
import { once } from '../support/sipp.ts'

const size = { width: 1440, height: 860 }
/** Of what it is wide on a screen: letters stay sharp on a fine one. */
const sharpness = 2

/**
 * The operators' desk at its best known moment: Claire Dubois rings on Alice's screen, her ticket is already filled in, Bruno is
 * talking, somebody waits, Chloé is at the front desk. Always the same people of the sample university: two pictures differ by their
 * dates alone.
 * @returns a WebP.
 */
export async function pictureOfDesk(service: ServiceProcess): Promise<Buffer> {
  const browser = await openWholeChromium()
  try {
    const page = await alicesConsole(browser, service)
    await ring(service)
    await page.getByRole('button', { name: /^Répondre/ }).waitFor()
    await once(async () => (await page.getByRole('combobox', { name: 'Nom' }).inputValue()) === 'Claire Dubois', 10_000, 'her name')
    await page.getByText(/a attendu 00:(0[6-9]|1\d)/).waitFor()
    return await taken(page)
  } finally {
    await browser.close()
  }
}

async function alicesConsole(browser: Browser, service: ServiceProcess): Promise<Page> {
  const me = await service.signIn('alice')
  await me.ask('PUT', '/api/preferences', { tourDone: true })
  const page = await browser.newPage({
    viewport: size,
    colorScheme: 'light',
    locale: 'fr-FR',
    reducedMotion: 'reduce',
    baseURL: service.url,
  })
  await page.goto('/console')
  await page.getByLabel(/identifiant/i).fill('alice')
  await page.locator('input[type=password]').fill('guichet-demo')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /file d’attente/i }).waitFor()
  await page.locator('html[data-whole]').waitFor({ state: 'attached' })
  return page
}

async function ring(service: ServiceProcess): Promise<void> {
  const [bruno, alice, chloe] = await Promise.all([service.signIn('bruno'), service.signIn('alice'), service.signIn('chloe')])
  const live = await Live.of(bruno)
  try {
    await chloe.ask('PUT', '/api/operators/me', { state: 'front-desk' })
    await bruno.state('ready')
    await calls(bruno, 'Ahmed Benali')
    const first = encodeURIComponent(await offered(live, 'bruno'))
    await once(async () => (await bruno.ask('POST', `/api/calls/${first}/answer`)).status === 204, 10_000, 'his phone')
    await live.until('the conversation', () => live.operators.get('bruno')?.state === 'talking')
    await alice.state('ready')
    await calls(bruno, 'Claire Dubois')
    await offered(live, 'alice')
    await calls(bruno, 'Marie Lacombe')
    await live.until('somebody who waits', () => [...live.calls.values()].some(({ status }) => status === 'waiting'))
  } finally {
    live.close()
  }
}

async function calls(me: SignedIn, name: string): Promise<void> {
  const { callers } = (await me.ask<DemoState>('GET', '/api/demo')).body
  const { status } = await me.ask('POST', '/api/demo/calls', { personId: callers.find((caller) => caller.name === name)?.id })
  if (status !== 201) throw new Error(`${name} cannot call: ${status}`)
}

async function offered(live: Live, login: string): Promise<string> {
  const rings = () => [...live.calls.values()].find((call) => call.offeredTo.includes(login))
  await live.until(`the ringing at ${login}’s`, () => rings() !== undefined)
  return rings()?.id ?? ''
}

async function taken(page: Page): Promise<Buffer> {
  const devtools = await page.context().newCDPSession(page)
  const { data } = await devtools.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 80,
    clip: { x: 0, y: 0, ...size, scale: sharpness },
  })
  return Buffer.from(data, 'base64')
}
