import { expect, test } from 'vitest'
import { inChromium } from './browser.ts'
import { ahmed, call, claire, operator, talking } from './fake-world.ts'

/** The main tasks as somebody goes through them who sees nothing: by keys, by names and roles, by what is said. */
const on = inChromium()

/** Everything that the page has screen readers say, in order, from now on. */
async function listen(): Promise<() => Promise<string[]>> {
  await on.page.evaluate(() => {
    const said: string[] = []
    const heard = (region: Element) => {
      const text = region.textContent.replace(/\s+/g, ' ').trim()
      if (text !== '' && said.at(-1) !== text) said.push(text)
    }
    const live = '[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]'
    new MutationObserver((changes) => {
      const regions = new Set(
        changes.flatMap(({ target }) => (target instanceof Element ? target : target.parentElement)?.closest(live) ?? []),
      )
      for (const region of regions) heard(region)
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
    Object.assign(window, { said })
  })
  return () => on.page.evaluate(() => (window as unknown as { said: string[] }).said)
}

/** Who has the keyboard, as a screen reader names them. */
const focused = () =>
  on.page.evaluate(() => {
    const one = document.activeElement
    if (one === null) return ''
    const labelled = one.getAttribute('aria-label') ?? (one as HTMLInputElement).labels?.[0]?.textContent ?? one.textContent
    return labelled.replace(/\s+/g, ' ').trim()
  })

test('a call is taken, its ticket written and saved, and nothing but the conversation is said meanwhile', async () => {
  await on.signedIn()
  const said = await listen()
  const c = call('c1', [claire], { status: 'ringing', offeredTo: ['alice'] })
  on.server.pop(c)
  on.server.change({ calls: [c], operators: [operator('alice', 'Alice Martin', 'ringing', { callId: 'c1' })] })
  await on.page.getByRole('region', { name: 'Mon appel' }).getByRole('button', { name: 'Répondre' }).waitFor()
  await expect.poll(said).toContain('Appel entrant : Claire Dubois')
  await on.page.keyboard.press('a')
  on.server.change({ calls: [talking(c, 'alice')], operators: [operator('alice', 'Alice Martin', 'talking', { callId: 'c1' })] })
  await expect.poll(focused).toMatch(/^Titre/)
  const before = (await said()).length

  // Around the conversation the desk goes on: somebody waits too long, the queue moves each second.
  const waits = call('q1', [ahmed], { position: 1, waited: 905, alarmedAt: new Date().toISOString() })
  on.server.change({ calls: [waits] })
  await on.page.getByRole('region', { name: 'attente trop longue' }).waitFor()
  for (const name of ['Réseau', 'Imprimante', 'Écran noir en salle 118']) await on.page.keyboard.type(`${name} `)
  for (const n of [2, 3, 4]) on.server.change({ calls: [call(`q${n}`, [], { position: n })] })
  await expect.poll(() => on.page.getByRole('region', { name: 'File d’attente' }).getByRole('listitem').count()).toBeGreaterThanOrEqual(4)
  // Two ticks of every clock on the page.
  const clock = on.page.getByRole('region', { name: 'attente trop longue' })
  const first = await clock.innerText()
  await expect.poll(() => clock.innerText()).not.toBe(first)
  expect((await said()).slice(before)).toEqual([])

  await on.page.keyboard.press('Control+Enter')
  await expect.poll(said).toContainEqual(expect.stringContaining('Ticket n° 10412 enregistré'))
  on.server.change({
    ended: [{ id: 'c1', operatorId: 'alice', reason: 'caller' }],
    operators: [operator('alice', 'Alice Martin', 'wrap-up', { callId: 'c1' })],
  })
  // What happened meanwhile is said then, once.
  await expect.poll(said).toContainEqual(expect.stringContaining('Attente trop longue : Ahmed Benali'))
  expect((await said()).filter((text) => text.includes('Attente trop longue'))).toHaveLength(1)
})

test('the queue is read on demand: a named list, each caller with place, name and wait, and no live region', async () => {
  on.server.calls.set('q1', call('q1', [ahmed], { position: 1, waited: 134 }))
  on.server.calls.set('q2', call('q2', [], { position: 2, waited: 10, number: '+33611223344' }))
  await on.signedIn()
  const queue = on.page.getByRole('region', { name: 'File d’attente' })
  await queue.getByText('Ahmed Benali').waitFor()
  expect(await queue.evaluate((region) => region.closest('[aria-live], [role=status], [role=alert]') !== null)).toBe(false)
  const tree = (await queue.ariaSnapshot()).replaceAll(' ', ' ')
  expect(tree).toContain('- heading "File d’attente 2" [level=2]')
  expect(tree).toMatch(/- list/)
  expect(tree).toMatch(/- listitem: .*Ahmed Benali/)
  expect(tree).toMatch(/- listitem: .*06 11 22 33 44/)
})

test('an answer owed is found, taken and settled by keys, and the entry that follows has the keyboard', async () => {
  await on.signedIn('/console/a-rappeler')
  const entry = (name: string) => on.page.getByRole('listitem').filter({ has: on.page.getByRole('heading', { name, exact: true }) })
  await entry('06 11 22 33 44').waitFor()
  await on.page.keyboard.press('j')
  await expect.poll(() => on.page.evaluate(() => document.activeElement?.getAttribute('data-entry'))).not.toBeNull()
  await on.page.keyboard.press('t')
  const outcomes = on.page.getByRole('group', { name: /^Résultat du rappel de/ })
  await outcomes.waitFor()
  const tree = await outcomes.ariaSnapshot()
  for (const way of ['Joint', 'Pas de réponse']) expect(tree).toContain(`button "${way}`)
  expect(tree).toContain('textbox "Note, facultative"')
  await on.page.keyboard.press('2')
  await outcomes.waitFor({ state: 'detached' })
  await expect.poll(() => on.page.evaluate(() => document.activeElement?.closest('[data-entry]') !== null)).toBe(true)
})

test('a ticket is found by its words, opened, and taken up at level 2, each step named', async () => {
  on.server.me = { ...on.server.me, id: 'nadia', login: 'nadia', name: 'Nadia Roussel', role: 'level2', extension: null }
  await on.signedIn('/console/tickets')
  await on.page.getByRole('link', { name: 'Wi-Fi eduroam lent au 4R3' }).waitFor()
  await on.page.keyboard.press('/')
  await expect.poll(focused).toContain('Chercher')
  await on.page.keyboard.type('eduroam')
  // Of the whole word: on a slow machine the list is already narrowed by its beginning.
  await expect.poll(() => on.page.locator('tbody [data-row]').allTextContents()).toEqual(['Wi-Fi eduroam lent au 4R3'])
  // Not by Escape, which empties a field for searching.
  await on.page.locator('main').focus()
  await on.page.keyboard.press('j')
  await expect.poll(focused).toBe('Wi-Fi eduroam lent au 4R3')
  await on.page.keyboard.press('Enter')
  await on.page.getByRole('heading', { name: 'Wi-Fi eduroam lent au 4R3', level: 1 }).waitFor()
  const main = await on.page.getByRole('main').ariaSnapshot()
  expect(main).toContain('button "Prendre en charge')
  expect(main).toContain('heading "Wi-Fi eduroam lent au 4R3" [level=1]')
  expect(main).toMatch(/textbox "(Note interne|Réponse)/)
})

test('nothing holds the keyboard: Tab goes once round each main screen and back, and every stop has a name', async () => {
  await on.signedIn()
  for (const path of ['/console', '/console/tickets', '/console/tickets/10388', '/console/a-rappeler']) {
    await on.page.evaluate((to) => window.history.pushState({}, '', to), path)
    await on.page.waitForLoadState('networkidle')
    await on.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    const stops: string[] = []
    const seen = new Set<string>()
    for (let i = 0; i < 150; i++) {
      await on.page.keyboard.press('Tab')
      const stop = await on.page.evaluate(() => {
        const one = document.activeElement
        // Beyond the last one is the browser itself, and then the first one.
        if (one === null || one === document.body) return undefined
        const id = (one as HTMLElement).dataset['stop'] ?? String(Math.random())
        ;(one as HTMLElement).dataset['stop'] = id
        const name =
          one.getAttribute('aria-label') ??
          (one.getAttribute('aria-labelledby') === null
            ? null
            : document.getElementById(one.getAttribute('aria-labelledby') ?? '')?.textContent) ??
          (one as HTMLInputElement).labels?.[0]?.textContent ??
          one.textContent
        return { id, name: name.trim(), shown: one.checkVisibility() }
      })
      if (stop === undefined) continue
      if (seen.has(stop.id)) break
      seen.add(stop.id)
      stops.push(stop.name)
      expect(stop, `${path}, after ${stops.slice(-3).join(' › ')}`).toMatchObject({ shown: true, name: expect.stringMatching(/\S/) })
    }
    expect(stops.length, path).toBeGreaterThan(10)
    expect(stops.length, path).toBeLessThan(150)
    expect(stops).toContain('Aller au contenu')
  }
})
