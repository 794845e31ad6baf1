import { join } from 'node:path'
import { expect, test } from 'vitest'
import { expectUncut, inChromium } from './browser.ts'
import { ahmed, call, claire, operator, talking } from './fake-world.ts'
import { wallKey } from './fake-wall.ts'

/** A screen of 1366 by 768 at a zoom of 200 %. */
const on = inChromium({ viewport: { width: 683, height: 384 } })
const walkTo = (address: string) => on.page.evaluate((path) => window.history.pushState({}, '', path), address)

/** Nothing needs two ways of scrolling, and whatever can be pressed or typed in can be brought where nothing covers it. SHOTS=folder keeps pictures. */
async function expectUsable(name: string): Promise<void> {
  const shots = process.env['SHOTS']
  if (shots !== undefined) await on.page.screenshot({ path: join(shots, `zoomed-${name}.png`) })
  await expect
    .poll(() =>
      on.page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('main')].map((e) => e.scrollWidth - e.clientWidth).filter((d) => d > 0),
      ),
    )
    .toEqual([])
  const covered = () =>
    on.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('main :is(button, a[href], input, textarea, select)')]
        .filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && one.offsetWidth > 1)
        .filter((one) => getComputedStyle(one).pointerEvents !== 'none' && !one.matches(':disabled'))
        .filter((one) => {
          one.scrollIntoView({ block: 'center', inline: 'center' })
          const { left, top, width, height } = one.getBoundingClientRect()
          const there = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 12))
          const label = one instanceof HTMLInputElement ? one.labels?.[0] : undefined
          return !(there !== null && (one.contains(there) || there.contains(one) || label?.contains(there) === true))
        })
        .map((one) => one.getAttribute('aria-label') ?? one.textContent),
    )
  await expect.poll(covered).toEqual([])
  await on.page.evaluate(() => document.querySelector('main')?.scrollTo(0, 0))
}

test('at a zoom of 200 % the desk in a conversation, the lists, a ticket, the settings and the rota are whole, and every action reached', async () => {
  await on.signedIn()
  const c = talking(call('c1', [claire]), 'alice', 100)
  on.server.pop(c)
  on.server.change({
    calls: [c, call('q1', [ahmed], { position: 1 })],
    operators: [operator('alice', 'Alice Martin', 'talking', { callId: 'c1' })],
  })
  await on.page.getByRole('button', { name: 'Finir' }).waitFor()
  await on.page.getByLabel('Titre', { exact: true }).waitFor()
  await expectUncut(on.page)
  await expectUsable('desk')
  await walkTo('/console/tickets')
  await on.page.locator('main [data-row]').first().waitFor()
  await expectUsable('tickets')
  await on.page.locator('main [data-row]').first().click()
  await on.page.getByRole('link', { name: 'Tickets', exact: true }).last().waitFor()
  await on.page.getByText('Suivi', { exact: true }).first().waitFor()
  await expectUsable('ticket')
  on.server.me = { ...on.server.me, id: 'sophie', login: 'sophie', name: 'Sophie Garnier', role: 'supervisor', extension: null }
  await on.signedIn('/console/reglages/horaires')
  await on.page.getByText('Jours fériés').first().waitFor()
  await expectUsable('settings')
  await walkTo('/console/planning')
  await on.page.getByRole('heading', { name: 'Planning', level: 1 }).waitFor()
  await on.page.getByRole('button', { name: 'Ajouter' }).first().waitFor()
  await expectUsable('rota')
})

test('on a narrow screen whose ticket it is, what is asked and what was said come before all that stands beside', async () => {
  await on.signedIn('/console/tickets')
  await on.page.locator('main [data-row]').first().click()
  await on.page.getByText('En copie', { exact: true }).first().waitFor()
  await on.page.setViewportSize({ width: 480, height: 900 })
  const [whose = 0, asked = 0, said = 0, beside = 0] = await Promise.all(
    ['Urgence', 'Demande', 'Suivi', 'En copie'].map(
      async (name) => (await on.page.locator('main').getByText(name, { exact: true }).first().boundingBox())?.y,
    ),
  )
  expect([whose, asked, said, beside]).toEqual([whose, asked, said, beside].toSorted((a, b) => a - b))
  expect(whose).toBeGreaterThan(0)
  await on.page.setViewportSize({ width: 683, height: 384 })
})

test('the wall still says everything where the system draws in its own colours', async () => {
  await on.page.setViewportSize({ width: 1280, height: 720 })
  await on.page.emulateMedia({ forcedColors: 'active' })
  on.server.wall.tell({ oldestAt: new Date(Date.now() - 1_000_000).toISOString() })
  await on.page.goto(`${on.server.url}/mur/${wallKey}`)
  const alarm = on.page.getByRole('alert')
  await alarm.getByText('Une attente dépasse 15 min').waitFor()
  if (process.env['SHOTS'] !== undefined) await on.page.screenshot({ path: join(process.env['SHOTS'], 'forced-wall.png') })
  // No ground of the system's under each word: it would hide the band's, and cover what stands above a big figure.
  const drawn = await alarm.evaluate((one) => {
    const { forcedColorAdjust, color, backgroundColor } = getComputedStyle(one) as CSSStyleDeclaration & { forcedColorAdjust: string }
    return { forcedColorAdjust, told: color !== backgroundColor }
  })
  expect(drawn).toEqual({ forcedColorAdjust: 'none', told: true })
  await on.page.emulateMedia({ forcedColors: 'none' })
})
