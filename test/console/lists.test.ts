import { expect, test } from 'vitest'
import { inChromium } from './browser.ts'
import { ines, ticket } from './fake-world.ts'

const on = inChromium()
const form = () => on.page.getByRole('form', { name: 'Nouveau ticket' })
const rows = () => on.page.locator('tbody [data-row]')
const titles = async () => rows().allTextContents()
const focused = async () => on.page.evaluate(() => document.activeElement?.textContent)

test('what is like the title is told as it is typed, and a nature alone makes a title', async () => {
  await on.signedIn()
  await on.page
    .getByRole('button', { name: /Nouveau ticket/ })
    .first()
    .click()
  await form().getByLabel('Titre').fill('Bourrages de l’imprimante du 4R3')
  const beside = on.page.getByRole('region', { name: 'Ses tickets' })
  // Somebody else's is told apart; the requester's own, which are listed already, are marked.
  await beside.getByRole('heading', { name: /^Peut-être la même chose/ }).waitFor()
  await beside.getByText('Imprimante 4R3 : bourrage à répétition').waitFor()
  await form()
    .getByRole('combobox', { name: 'Nom' })
    .or(form().getByLabel('Nom', { exact: true }))
    .first()
    .fill('claire du')
  await on.page.getByRole('option', { name: /Claire Dubois/ }).click()
  await beside.getByText('ressemble', { exact: true }).waitFor()
  expect(await beside.getByText('Imprimante 4R3 : bourrage à répétition').count()).toBe(1)
  await form().getByLabel('Titre').fill('Clavier cassé')
  await beside.getByText('ressemble', { exact: true }).waitFor({ state: 'detached' })

  await form().getByLabel('Titre').fill('')
  await form().getByLabel('Nature').fill('impress')
  await on.page.getByRole('option', { name: 'Impression' }).click()
  await form().getByLabel('Ce que dit l’usager').press('Control+Enter')
  await on.page
    .getByText(/Ticket n°\s\d+ enregistré/)
    .first()
    .waitFor()
  expect(on.server.creations).toMatchObject([{ title: 'Impression', categoryId: 'impression' }])
})

test('a list is narrowed by nature, read on by the keyboard beyond two hundred rows, and stays under the cursor', async () => {
  const many = Array.from({ length: 260 }, (_, n) => ticket(9_000 + n, `Ancien n° ${n}`, ines, 90_000 + n, { nature: 'Messagerie' }))
  on.server.tickets.push(...many)
  await on.signedIn('/console/tickets?liste=all')
  await rows().nth(49).waitFor()
  await on.page.getByRole('combobox', { name: 'Nature' }).fill('imp')
  await on.page.getByRole('option', { name: 'Impression' }).click()
  await expect.poll(() => titles()).toEqual(['Imprimante 4R3 : bourrage à répétition'])
  expect(new URL(on.page.url()).searchParams.get('nature')).toBe('Impression')
  await on.page.goto(`${on.server.url}/console/tickets?liste=all&nature=Messagerie`)
  await rows().nth(49).waitFor()
  expect(await rows().count()).toBe(50)

  // The row after the last one that was read is walked to once it is there.
  await rows().nth(49).focus()
  await on.page.keyboard.press('j')
  await expect.poll(() => rows().count()).toBe(150)
  await expect.poll(focused).toBe(await rows().nth(50).textContent())
  for (const wanted of [250, 261]) {
    await on.page.getByRole('button', { name: 'Afficher la suite' }).click()
    await expect.poll(() => rows().count()).toBe(wanted)
  }
  await on.page.getByRole('button', { name: 'Afficher la suite' }).waitFor({ state: 'detached' })
  const before = await titles()
  expect(before.slice(1)).toEqual(many.map(({ title }) => title).toReversed())

  // What arrives is counted apart, and moves nothing.
  await rows().nth(120).focus()
  on.server.tickets.push(ticket(10_900, 'Boîte pleine', ines, 1, { nature: 'Messagerie' }))
  on.server.stale('tickets')
  const arrived = on.page.getByRole('button', { name: '1 nouveau ticket : afficher' })
  await arrived.waitFor()
  expect(await titles()).toEqual(before)
  expect(await focused()).toBe(before[120])
  await arrived.click()
  await expect.poll(async () => (await titles()).slice(0, 2)).toEqual(['Boîte pleine', before[0]])
})

test('closed tickets that could not be read are said so, and asked for again by a press', async () => {
  let away = true
  await on.page.route('**/api/tickets/closed*', (route) =>
    away
      ? route.fulfill({ status: 503, json: { code: 'database_away', message: 'La base de données ne répond pas.' } })
      : route.fulfill({ json: [] }),
  )
  await on.signedIn('/console/connaissances?tickets=clos')
  const alert = on.page.getByRole('alert').filter({ hasText: 'Les tickets clos n’ont pas pu être lus' })
  await alert.waitFor()
  away = false
  await alert.getByRole('button').click()
  await alert.waitFor({ state: 'detached' })
  await on.page.getByText('Aucun ticket clos ne correspond').waitFor()
})

/** How many the browser's own database holds. */
const keptFiles = () =>
  on.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opened = indexedDB.open('guichet.unsent-files')
        opened.addEventListener('success', () => {
          const counted = opened.result.transaction('files').objectStore('files').count()
          counted.addEventListener('success', () => {
            opened.result.close()
            resolve(counted.result)
          })
        })
      }),
  )

test('files brought to a ticket and not sent are there after a reload, those still on their way too, and go with the words', async () => {
  let answer: () => void = () => undefined
  await on.signedIn('/console/tickets/10402')
  const waiting = on.page.getByRole('list', { name: 'Fichiers à envoyer' })
  const shown = async () => (await waiting.getByRole('listitem').allTextContents()).map((text) => text.replace(/\s/g, ' '))
  const bring = (name: string) =>
    on.page
      .locator('form input[type=file]')
      .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from('journal du poste', 'utf8') })
  await bring('là.txt')
  await expect.poll(shown).toEqual(['là.txt1 Ko'])
  on.server.fileHeld = new Promise((resolve) => (answer = resolve))
  await bring('en route.txt')
  await expect.poll(shown).toEqual(['là.txt1 Ko', 'en route.txt'])
  await expect.poll(() => on.server.asked.filter((one) => one.startsWith('POST /api/tickets/10402/attachments')).length).toBe(2)

  await on.page.reload()
  answer()
  on.server.fileHeld = Promise.resolve()
  await expect.poll(shown).toEqual(['là.txt1 Ko', 'en route.txt1 Ko'])
  await on.page.getByLabel('Note interne').last().fill('Les journaux du poste')
  await on.page.keyboard.press('Control+Enter')
  await waiting.waitFor({ state: 'detached' })
  expect(on.server.contributions).toMatchObject([{ text: 'Les journaux du poste', attachments: ['file là.txt', 'file en route.txt'] }])
  await expect.poll(keptFiles).toBe(0)
  await on.page.reload()
  await on.page.getByRole('button', { name: /Ajouter la note/ }).waitFor()
  expect(await waiting.count()).toBe(0)
})

test('a ticket opened while the search is still typed stays open, and the field follows the address', async () => {
  let come: () => void = () => undefined
  const held = new Promise<void>((done) => {
    come = done
  })
  await on.page.route('**/assets/ticket-page-*.js', async (route) => {
    await held
    await route.continue()
  })
  await on.signedIn('/console/tickets')
  const field = on.page.getByRole('searchbox', { name: /^Chercher/ })
  await rows().first().waitFor()
  const first = await rows().first().textContent()
  const opened = new URL((await rows().first().getAttribute('href')) ?? '', on.server.url)
  // In one piece: the page itself is awaited longer than the search is.
  await on.page.evaluate(async () => {
    const [input, link] = [
      document.querySelector<HTMLInputElement>('[data-page-search]'),
      document.querySelector<HTMLElement>('tbody [data-row]'),
    ]
    const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
    if (input !== null) write?.call(input, 'eduroam')
    input?.dispatchEvent(new Event('input', { bubbles: true }))
    link?.click()
    await new Promise((done) => setTimeout(done, 500))
  })
  expect(new URL(on.page.url()).pathname).toBe(opened.pathname)
  come()
  await on.page.getByRole('heading', { name: first ?? '', level: 1 }).waitFor()

  await on.page.goto(`${on.server.url}/console/tickets?q=eduroam`)
  await expect.poll(() => field.inputValue()).toBe('eduroam')
  await field.fill('imprimante')
  await expect.poll(() => new URL(on.page.url()).searchParams.get('q')).toBe('imprimante')
  // As a kept view does.
  await on.page.evaluate(() => {
    window.history.pushState({}, '', '/console/tickets?q=clavier')
  })
  await expect.poll(() => field.inputValue()).toBe('clavier')
  await field.pressSequentially(' sans fil', { delay: 90 })
  await expect.poll(() => new URL(on.page.url()).searchParams.get('q')).toBe('clavier sans fil')
  expect(await field.inputValue()).toBe('clavier sans fil')
})

test('arrows lead from the search into what its words found, along it and back, and are named; whoever types on stays in the field', async () => {
  const answer = Promise.withResolvers<void>()
  await on.page.route(/\/api\/tickets\?.*search=imprimante/, async (route) => {
    await answer.promise
    await route.continue()
  })
  await on.signedIn('/console/tickets?liste=all')
  await rows().nth(2).waitFor()
  const all = await titles()
  const field = on.page.getByRole('searchbox', { name: /^Chercher/ })
  const typing = () => field.evaluate((shown) => shown === document.activeElement)
  const go = async (key: string, to: string | undefined) => {
    await on.page.keyboard.press(key)
    await expect.poll(focused).toBe(to)
  }
  // The keys that walk it are named beneath it, on one line.
  const line = on.page.locator('p', { hasText: 'pour parcourir' })
  expect((await line.textContent())?.replaceAll(/\s+/g, ' ')).toBe('J K ↓ ↑ pour parcourir, ↵ pour ouvrir · X pour choisir')
  expect(await line.evaluate((shown) => shown.getClientRects()[0]?.height)).toBeLessThan(30)
  await on.page.keyboard.press('/')
  await go('ArrowDown', all[0])
  await go('ArrowDown', all[1])
  await go('j', all[2])
  await go('k', all[1])
  await go('ArrowUp', all[0])
  await on.page.keyboard.press('ArrowUp')
  await expect.poll(typing).toBe(true)

  await field.fill('réseau coupé')
  await expect.poll(titles).toEqual(['Réseau coupé 4R1, 2ᵉ étage'])
  await field.fill('')
  await expect.poll(titles).toEqual(all)
  expect(await typing()).toBe(true)

  // Faster than the answer: the field is left for what these words find, not for what was there before.
  await on.page.keyboard.type('imprimante')
  await on.page.keyboard.press('ArrowDown')
  await expect.poll(() => new URL(on.page.url()).searchParams.get('q')).toBe('imprimante')
  expect(await typing()).toBe(true)
  answer.resolve()
  await expect.poll(focused).toBe('Imprimante 4R3 : bourrage à répétition')
  await on.page.keyboard.press('ArrowUp')
  await field.fill('')
  await expect.poll(titles).toEqual(all)
  expect(await typing()).toBe(true)

  // Words that find nothing keep the field, and what arrives afterwards does not take it away.
  await on.page.keyboard.type('clavier fendu')
  await on.page.keyboard.press('ArrowDown')
  await on.page.getByText('Aucun ticket ne correspond').waitFor()
  on.server.tickets.push(ticket(10_901, 'Clavier fendu', ines, 1))
  on.server.stale('tickets')
  await expect.poll(titles).toEqual(['Clavier fendu'])
  expect(await typing()).toBe(true)
  await go('ArrowDown', 'Clavier fendu')
  await on.page.keyboard.press('Enter')
  await on.page.getByRole('heading', { name: 'Clavier fendu', level: 1 }).waitFor()
})

test('on the screens of most desks a title has more room than anything beside it', async () => {
  on.server.tickets.push(
    ticket(9_001, 'Impossible d’ouvrir l’application de gestion des heures complémentaires depuis le secrétariat pédagogique', ines, 60),
  )
  const dueAt = new Date(Date.now() + 2 * 86_400_000).toISOString()
  const beside = {
    owner: { id: 'nadia', name: 'Marie-Bernadette de La Rochefoucauld' },
    stuck: 'orphan',
    leftMs: 30_000_000,
    clock: { takeUp: null, solve: { name: 'level1', step: 'running', dueAt } },
  }
  await on.page.route(/\/api\/tickets\?/, async (route) => {
    const response = await route.fetch()
    const { tickets, ...rest } = (await response.json()) as { tickets: object[] }
    await route.fulfill({ response, json: { ...rest, tickets: tickets.map((one) => ({ ...one, ...beside })) } })
  })
  await on.signedIn('/console/tickets?liste=all')
  await on.page.getByText('Orphelin').first().waitFor()
  for (const width of [1120, 1240, 1366]) {
    await on.page.setViewportSize({ width, height: 768 })
    const widths = await on.page
      .locator('thead th')
      .evaluateAll((cells) => Object.fromEntries(cells.map((cell) => [cell.textContent, cell.getBoundingClientRect().width])))
    const { Titre: title = 0, ...others } = widths
    expect(title / Math.max(...Object.values(others)), JSON.stringify({ width, ...widths })).toBeGreaterThan(1.5)
  }
  await on.page.setViewportSize({ width: 1366, height: 768 })
})
