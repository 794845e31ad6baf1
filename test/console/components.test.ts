import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { expectAccessible, expectReflow, inChromium } from './browser.ts'

const on = inChromium()
const ui = join(import.meta.dirname, '../../console/ui')

/** What is exported with a capital and is no type: what pages draw with. */
const exported = readdirSync(ui)
  .filter((name) => name.endsWith('.tsx'))
  .flatMap((name) =>
    [...readFileSync(join(ui, name), 'utf8').matchAll(/^export (?:default )?(?:function|const) ([A-Z]\w+)/gm)].map(([, one = '']) => one),
  )
  .toSorted()

test('« Composants » shows every component of ui/, each with something in every state, in both schemes', async () => {
  expect(exported.length).toBeGreaterThan(30)
  on.server.me = { ...on.server.me, id: 'admin', login: 'admin', name: 'Anne Delmas', role: 'administrator', extension: null }
  await on.signedIn('/console/composants')
  await on.page.locator('[data-component=RuleProposals] section').waitFor()
  const shown = on.page.locator('[data-component]')
  expect((await shown.evaluateAll((all) => all.map((one) => one.getAttribute('data-component') ?? ''))).toSorted()).toEqual(exported)
  const bare = await shown.evaluateAll((all) =>
    all.filter((one) => (one.querySelector('h3 ~ *') ?? null) === null).map((one) => one.getAttribute('data-component')),
  )
  expect(bare).toEqual([])
  // Several specimens of one panel bear one name.
  await expectAccessible(on.page, null, ['landmark-unique'])
  await expectReflow(on.page)
  for (const name of ['Dialog', 'IdentityDialog', 'NotOurs']) {
    await on.page.locator(`[data-component=${name}] button`).first().click()
    await on.page.getByRole('dialog').waitFor()
    await expectAccessible(on.page, '[role=dialog]')
    await on.page.keyboard.press('Escape')
    await on.page.getByRole('dialog').waitFor({ state: 'detached' })
  }
})

test('what is chosen, where one is and what somebody is doing are still told apart where the system draws in its own colours', async () => {
  await on.page.emulateMedia({ forcedColors: 'active' })
  await on.signedIn('/console/composants')
  await on.page.locator('[data-component=StateDot]').waitFor()
  const looks = (selector: string) =>
    on.page.locator(selector).evaluateAll((all) =>
      all.map((one) => {
        const { backgroundColor, borderStyle, borderWidth, borderRadius } = getComputedStyle(one)
        return [backgroundColor, borderStyle, borderWidth, borderRadius].join(' ')
      }),
    )
  const ground = await on.page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const dots = await looks('[data-component=StateDot] i')
  expect(new Set(dots).size).toBeGreaterThanOrEqual(5)
  expect(dots.every((dot) => !dot.startsWith(`${ground} none`))).toBe(true)
  const [here, away, shut] = await looks('[data-component=HereDot] i')
  expect(new Set([here, away, shut]).size).toBe(3)
  const [current] = await looks('nav a[aria-current=page]')
  expect(current).toBeUndefined()
  await on.page.evaluate(() => window.history.pushState({}, '', '/console/tickets'))
  await on.page.getByRole('heading', { name: 'Tickets', level: 1 }).waitFor()
  const grounds = async (selector: string) => (await looks(selector)).map((look) => look.slice(0, look.indexOf(')') + 1))
  const [tab] = await grounds('main button[aria-pressed=true]')
  const [place] = await grounds('nav a[aria-current=page]')
  expect([tab, place]).not.toContain(ground)
  await on.page.emulateMedia({ forcedColors: 'none' })
})

test('more contrast is given to whoever asks for it: small words and edges of fields, in both schemes', async () => {
  await on.signedIn('/console/composants')
  await on.page.locator('[data-component=Pill]').waitFor()
  const ratio = () =>
    on.page.evaluate(() => {
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
      if (canvas === null) throw new Error('no canvas')
      const luminance = (name: string) => {
        canvas.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name)
        canvas.fillRect(0, 0, 1, 1)
        const [r = 0, g = 0, b = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((c) =>
          c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
        )
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
      }
      const against = (name: string) => {
        const [a, b] = [luminance(name), luminance('--g-panel')].toSorted((x, y) => y - x)
        return ((a ?? 0) + 0.05) / ((b ?? 0) + 0.05)
      }
      return Math.min(...['--g-ink-2', '--g-ink-3', '--g-accent', '--g-ok', '--g-warn', '--g-bad', '--g-hold', '--g-control'].map(against))
    })
  for (const colorScheme of ['light', 'dark'] as const) {
    await on.page.emulateMedia({ colorScheme, contrast: 'more' })
    await on.page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor()
    expect(await ratio(), colorScheme).toBeGreaterThan(7)
  }
  await on.page.emulateMedia({ colorScheme: 'light', contrast: 'no-preference' })
})
