import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../support/chromium.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoPassword } from '../../server/database/demo-people.ts'
import { serveConsole, type ServedConsole } from '../support/served-console.ts'
import type { TestHttp } from '../support/service.ts'

/*
 * Every path of III-B of the specification, lived by a level-1 operator and a level-2 group in two browsers, and by the requester through the
 * links of their mails. Pages, routes, live lists, stores, mails owed and database are the real ones; no telephone is in it, and the clock is led.
 *
 * One file however long: the same three live every path one after another, on a clock that only goes forward, and reading it is the check that
 * none is missing.
 */
const dayMs = 86_400_000
let now = Date.now()
let served: ServedConsole
let service: TestHttp
let browser: Browser
let url: string
let alice: Page
let nadia: Page
let claire: Page

beforeAll(async () => {
  served = await serveConsole({ ticketNow: () => new Date(now) })
  ;({ service, url } = served)
  browser = await openBrowser()
  ;[alice, nadia, claire] = await Promise.all([signedIn('alice'), signedIn('nadia'), someone()])
})
afterAll(async () => {
  await browser.close()
  await served.close()
})

const eventually = <T>(read: () => Promise<T> | T) => expect.poll(read)

async function someone(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 900 }, locale: 'fr-FR', reducedMotion: 'reduce' })
  return context.newPage()
}
async function signedIn(login: string): Promise<Page> {
  const page = await someone()
  await page.goto(`${url}/console/tickets`)
  await page.getByLabel('Identifiant').fill(login)
  await page.getByLabel('Mot de passe').fill(demoPassword)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Tickets', level: 1 }).waitFor()
  return page
}

const stateOf = async (number: number) => {
  const ticket = await service.stores.tickets.find(number)
  return ticket === null
    ? null
    : { status: ticket.status, owner: ticket.owner?.id ?? null, group: ticket.groupId, closed: ticket.closedHow }
}
const journalOf = async (number: number) => (await service.stores.tickets.page(number))?.journal ?? []
/** Mails owed about a ticket, the latest last. */
async function mailsOf(number: number): Promise<{ to: string; subject: string; text: string }[]> {
  const { rows } = await service.database.pool.query(
    'select to_address as to, subject, text from outbox where ticket_id = (select id from tickets where number = $1) order by at, id',
    [number],
  )
  return rows
}
const linkIn = async (number: number, to: string, path: RegExp): Promise<string> => {
  const links = (await mailsOf(number)).filter((one) => one.to === to).flatMap(({ text }) => text.match(/https?:[^\s<>]+/g) ?? [])
  const found = links.findLast((link) => path.test(link))
  if (found === undefined) throw new Error(`no such link in ${links.join(' ')}`)
  return found
}
/** As a field for date and time wants it. */
const wall = (ms: number) =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Paris' }).format(ms).replace(' ', 'T')
const address = 'claire.dubois@univ.example'

type Written = { readonly solution?: string | null; readonly nature?: string | null }
async function written(title: string, { solution = null, nature = null }: Written = {}): Promise<number> {
  // Not by what the page says: a ticket saved before may still be told of.
  const numbers = async () =>
    (await service.database.pool.query<{ number: number }>('select number from tickets where title = $1', [title])).rows
  const before = await numbers()
  if (!/\/console\/?$/.test(alice.url())) await alice.getByRole('link', { name: 'Permanence' }).first().click()
  await alice.getByRole('heading', { name: /file d’attente/i }).waitFor()
  await alice.locator('html[data-whole]').waitFor({ state: 'attached' })
  await alice.keyboard.press('n')
  const form = alice.getByRole('form', { name: 'Nouveau ticket' })
  await form
    .getByRole('combobox', { name: 'Nom' })
    .or(form.getByLabel('Nom', { exact: true }))
    .first()
    .fill('claire du')
  await alice
    .getByRole('option', { name: /Claire Dubois/ })
    .first()
    .click()
  await form.getByLabel('Titre', { exact: true }).fill(title)
  await form.getByLabel('Ce que dit l’usager').fill('Depuis ce matin, bureau 212.')
  if (nature !== null) {
    await form.getByRole('combobox', { name: 'Nature' }).fill(nature)
    await alice.getByRole('option', { name: nature }).first().click()
    // Who would receive it is said before it is saved.
    await form.getByText(/Redirigé, irait à/).waitFor()
  }
  if (solution === null) await alice.keyboard.press('Control+Enter')
  else {
    await form.getByLabel(/Solution donnée/).fill(solution)
    await alice.keyboard.press('Shift+Enter')
  }
  await eventually(numbers).toHaveLength(before.length + 1)
  return Math.max(...(await numbers()).map((row) => row.number))
}
const open = async (page: Page, number: number) => {
  await page.goto(`${url}/console/tickets/${number}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.getByRole('heading', { name: 'En copie' }).waitFor()
}
async function redirected(number: number, group: string, reason: string): Promise<void> {
  await open(alice, number)
  await alice.keyboard.press('r')
  await alice.getByRole('combobox', { name: 'Groupe' }).fill(group)
  await alice.getByLabel('Message au groupe (facultatif)').fill(reason)
  await alice.getByRole('button', { name: new RegExp(`^Rediriger vers ${group}`, 'i') }).click()
  await eventually(async () => (await stateOf(number))?.status).toBe('redirected')
}
async function says(page: Page, mode: 'Note interne' | 'Message à l’usager' | 'Solution', text: string): Promise<void> {
  await page.getByRole('radiogroup', { name: 'Écrire pour qui' }).getByText(mode, { exact: true }).click()
  const box = page.getByRole('textbox', { name: mode })
  await box.fill(text)
  await page.keyboard.press('Control+Enter')
  // What is sent leaves the field; a solution takes the field along.
  if (mode !== 'Solution') await eventually(() => box.inputValue()).toBe('')
}
const proposed = async (number: number, solution: string) => {
  await says(nadia, 'Solution', solution)
  await eventually(async () => (await stateOf(number))?.status).toBe('solution-proposed')
}

test('III-B-1: what is solved at once is created and closed in one gesture; what cannot be yet waits for the requester', async () => {
  const solved = await written('Mot de passe oublié', { solution: 'Réinitialisé avec lui.' })
  expect(await stateOf(solved)).toMatchObject({ status: 'closed', owner: 'alice', closed: 'level1' })
  expect((await mailsOf(solved)).map(({ to }) => to)).toEqual([address])

  const deferred = await written('Imprimante bizarre')
  await open(alice, deferred)
  // Its key is heard once its button is there.
  await alice.getByRole('button', { name: 'Mettre en attente' }).waitFor()
  await alice.keyboard.press('w')
  const dialog = alice.getByRole('dialog')
  await dialog.getByLabel('Note (facultatif)').fill('Quel modèle ?')
  await dialog.getByRole('button', { name: 'Mettre en attente' }).click()
  await alice.getByText('Attend une réponse de l’usager').first().waitFor()
  // Written under their number by the requester, it goes on.
  await claire.goto(await linkIn(deferred, address, /\/demandes\//))
  await claire.locator('#texte').fill('Une Ricoh.')
  await claire.getByRole('button', { name: 'Ajouter', exact: true }).click()
  await eventually(async () => (await stateOf(deferred))?.status).toBe('in-progress')
})

test('files and a pasted picture come with a ticket being written: refused with a reason, kept over a reload, saved with it', async () => {
  await alice.getByRole('link', { name: 'Permanence' }).first().click()
  await alice.locator('html[data-whole]').waitFor({ state: 'attached' })
  await alice.keyboard.press('n')
  const form = alice.getByRole('form', { name: 'Nouveau ticket' })
  const title = form.getByLabel('Titre', { exact: true })
  await title.fill('Écran noir en amphi')
  await title.evaluate((field) => {
    const pasted = new DataTransfer()
    const bytes = Uint8Array.from(atob('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'), (c) => c.charCodeAt(0))
    pasted.items.add(new File([bytes], 'image.png', { type: 'image/gif' }))
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true, cancelable: true }))
  })
  const chosen = (name: string, text: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })
  await form.locator('input[type=file]').setInputFiles([chosen('notes.txt', 'Depuis lundi.'), chosen('outil.exe', 'MZ')])
  const files = form.getByRole('list', { name: 'Fichiers à envoyer' })
  await files.getByText(/Ce genre de fichier n’est pas accepté/).waitFor()
  await files.getByRole('link', { name: 'notes.txt' }).waitFor()
  await files.getByRole('button', { name: 'Ne pas envoyer outil.exe' }).click()
  await alice.reload()
  await files.getByRole('link', { name: 'notes.txt' }).waitFor()
  await title.press('Control+Enter')
  const saved = async () =>
    (
      await service.database.pool.query<{ name: string }>(
        "select a.name from attachments a join tickets t on t.id = a.ticket_id where t.title = 'Écran noir en amphi' and a.entry_id is not null order by 1",
      )
    ).rows.map(({ name }) => name)
  await eventually(saved).toEqual([expect.stringContaining('capture'), 'notes.txt'])
})

test('what was dropped on a ticket being written goes along when who calls is attached to a disruption, still on its way or not', async () => {
  const announced = await service.as('nadia', {
    method: 'POST',
    url: '/api/disruptions',
    payload: {
      title: 'Wi-Fi coupé au 4R3',
      startsAt: new Date(now - 600_000).toISOString(),
      expectedEndAt: null,
      ticket: 'new',
      spoken: null,
    },
  })
  const { id, version, ticket } = announced.json<{ id: string; version: number; ticket: number }>()
  await alice.goto(`${url}/console`)
  await alice.locator('html[data-whole]').waitFor({ state: 'attached' })
  await alice.keyboard.press('n')
  const form = alice.getByRole('form', { name: 'Nouveau ticket' })
  await form
    .getByRole('combobox', { name: 'Nom' })
    .or(form.getByLabel('Nom', { exact: true }))
    .first()
    .fill('Visiteuse du 4R3')
  await form.getByLabel('Titre', { exact: true }).fill('Plus de Wi-Fi')
  await form.getByLabel('Ce que dit l’usager').fill('La borne clignote.')
  let arrive: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    arrive = resolve
  })
  await alice.route('**/api/drafts/*/attachments*', async (route) => {
    await held
    await route.continue()
  })
  await form.evaluate((element) => {
    const dropped = new DataTransfer()
    dropped.items.add(new File(['Orange, puis vert.'], 'borne.txt', { type: 'text/plain' }))
    element.dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }))
  })
  await form.getByRole('progressbar', { name: 'Envoi de borne.txt' }).waitFor()
  const attach = alice.getByRole('button', { name: /Wi-Fi coupé au 4R3/ })
  await attach.waitFor()
  await alice.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await alice.keyboard.press('d')
  await attach.and(alice.locator('[data-loading]')).waitFor()
  arrive()
  const childOf = async () =>
    (
      await service.database.pool.query<{ summary: string; file: string }>(
        `select c.summary, a.name as file from ticket_links l join tickets c on c.id = l.from_id join tickets p on p.id = l.to_id
          join attachments a on a.ticket_id = c.id and a.entry_id is not null where p.number = $1 and l.kind = 'child-of'`,
        [ticket],
      )
    ).rows
  await eventually(childOf).toEqual([{ summary: 'Plus de Wi-Fi\nLa borne clignote.', file: 'borne.txt' }])
  await service.as('nadia', { method: 'POST', url: `/api/disruptions/${id}/end`, payload: { version, resolution: 'Borne changée.' } })
  await alice.unroute('**/api/drafts/*/attachments*')
})

test('III-B-2 to 5: sent to level 2, taken up from the mail, worked on, refused with a reason, solved and confirmed by link', async () => {
  const number = await written('Prise réseau muette')
  await redirected(number, 'dSRT', 'Brassage à vérifier.')
  // The group hears of it, and takes it up by its mail: a page that asks first.
  const group = (await mailsOf(number)).find(({ text }) => text.includes('/groupe/'))
  expect(group?.text).toContain('Brassage à vérifier.')
  await nadia.goto(await linkIn(number, group?.to ?? '', /geste=prendre/))
  expect((await stateOf(number))?.status).toBe('redirected')
  await nadia
    .getByRole('button', { name: /je prends/i })
    .first()
    .click()
  await eventually(() => stateOf(number)).toMatchObject({ status: 'in-progress', owner: 'nadia', group: 'dsrt' })

  await open(nadia, number)
  await says(nadia, 'Note interne', 'Port 12 éteint au commutateur.')
  await nadia.getByText('Port 12 éteint au commutateur.').last().waitFor()
  await says(nadia, 'Message à l’usager', 'Je passe rallumer la prise.')
  await nadia.locator('ol, ul').getByText('Je passe rallumer la prise.').first().waitFor()
  await proposed(number, 'Prise rallumée.')
  const mails = (await mailsOf(number))
    .filter(({ to }) => to === address)
    .map(({ text }) => text)
    .join('\n')
  expect(mails).toContain('Je passe rallumer la prise.')
  expect(mails).not.toContain('Port 12')

  await claire.goto(await linkIn(number, address, /\/avis\//))
  await claire.getByRole('button', { name: 'Non, pas encore' }).click()
  await claire.getByRole('textbox').fill('Toujours rien au bureau 212.')
  await claire.getByRole('button', { name: 'Envoyer' }).click()
  await claire.getByText('nous reprenons votre demande').waitFor()
  expect(await stateOf(number)).toMatchObject({ status: 'in-progress', owner: 'nadia' })
  await nadia.getByText('Toujours rien au bureau 212.').first().waitFor()

  await proposed(number, 'Câble changé, prise rallumée.')
  await claire.goto(await linkIn(number, address, /\/avis\//))
  await claire.getByRole('button', { name: 'Oui, c’est résolu' }).click()
  await claire.getByText('votre demande est close').waitFor()
  expect(await stateOf(number)).toMatchObject({ status: 'closed', closed: 'user' })
  // The requester and those who worked on it hear of the end.
  const ending = (await mailsOf(number)).filter(({ text }) => text.includes('est close par Claire Dubois'))
  expect(ending.map(({ to }) => to).toSorted()).toEqual(['alice@univ.example', 'nadia@univ.example'])
  // The clock is led: mails of one moment have no order.
  const toClaire = (await mailsOf(number)).filter(({ to, subject }) => to === address && subject.includes('clôture'))
  expect(toClaire.map(({ text }) => text.includes('Câble changé'))).toEqual([true])
  const journal = await journalOf(number)
  expect(journal.filter(({ kind }) => kind !== 'mail').map(({ kind, by }) => `${kind} ${by}`)).toEqual([
    'opened Alice Martin',
    'redirected Alice Martin',
    'taken-up Nadia Roussel',
    'contribution Nadia Roussel',
    'contribution Nadia Roussel',
    'proposed Nadia Roussel',
    'refused Claire Dubois',
    'proposed Nadia Roussel',
    'closed Claire Dubois',
  ])
})

test('III-B-3-b and 4: a wrong track comes back and goes on; level 3 and a visit are waited for; silence closes; it is opened again', async () => {
  const number = await written('Badge refusé au labo')
  await redirected(number, 'dSRT', 'La porte est en réseau ?')
  await open(nadia, number)
  // What a key opens is seen, wherever one reads.
  await nadia.setViewportSize({ width: 1366, height: 420 })
  await nadia.getByRole('textbox', { name: 'Note interne' }).scrollIntoViewIfNeeded()
  await nadia.keyboard.press('b')
  await nadia.getByPlaceholder('Cela relève plutôt de…').fill('C’est un droit d’accès.')
  await nadia.getByRole('button', { name: 'Rendre au niveau 1' }).click()
  await nadia.setViewportSize({ width: 1366, height: 900 })
  await eventually(() => stateOf(number)).toMatchObject({ group: null, owner: null })
  // Level 1 sees it live, and sends it again.
  await alice.getByText('C’est un droit d’accès.').first().waitFor()
  await redirected(number, 'dSRT', 'dSIG confirme que c’est chez vous.')
  await open(nadia, number)
  await nadia.keyboard.press('t')
  await eventually(async () => (await stateOf(number))?.owner).toBe('nadia')

  await nadia.keyboard.press('w')
  const waits = nadia.getByRole('dialog')
  await waits.getByText('Le niveau 3', { exact: true }).click()
  await waits.getByLabel('Qui, à l’extérieur').fill('Renater')
  await waits.getByLabel('Leur référence').fill('INC-2026-0077')
  await waits.getByRole('button', { name: 'Mettre en attente' }).click()
  await nadia.getByText('Attend Renater, réf. INC-2026-0077').first().waitFor()
  await nadia.keyboard.press('t')
  await eventually(async () => (await stateOf(number))?.status).toBe('in-progress')

  const starts = now + dayMs
  await nadia.keyboard.press('I')
  const visit = nadia.getByRole('dialog')
  await visit.getByLabel('Début').fill(wall(starts))
  await visit.getByLabel('Lieu').fill('Bât. 4R3, bureau 212')
  await visit.getByRole('button', { name: 'Envoyer l’invitation' }).click()
  await eventually(async () => (await stateOf(number))?.status).toBe('waiting')
  now = starts + 60_000
  await service.stores.tickets.runDue()
  expect((await stateOf(number))?.status).toBe('in-progress')

  // A session lasts a day at most.
  nadia = await signedIn('nadia')
  await open(nadia, number)
  await proposed(number, 'Badge relu sur place.')
  await service.database.pool.query("update outbox set state = 'sent'")
  now += 30 * dayMs
  for (let n = 0; n < 3; n += 1) await service.stores.tickets.runDue()
  expect(await stateOf(number)).toMatchObject({ status: 'closed', closed: 'expired' })
  alice = await signedIn('alice')
  // Level 1 visits what is closed and opens it again, with the reason.
  await open(alice, number)
  await alice.getByRole('button', { name: 'Rouvrir' }).click()
  await alice.getByPlaceholder(/Ce que l’usager constate encore/).fill('Il rappelle : refusé de nouveau.')
  await alice.keyboard.press('Control+Enter')
  await eventually(async () => (await stateOf(number))?.status).toBe('reopened')
  await alice.getByText('Rouvert : ce n’était pas résolu').waitFor()
})

test('III-B-1-d, 2 and 5: sorted, sent by the rules, found in the list, corrected by adding, sent on by level 2, closed by it, made an article', async () => {
  const number = await written('Wi-Fi absent au labo', { nature: 'Wi-Fi' })
  await open(alice, number)
  await alice.keyboard.press('r')
  await alice.getByRole('option', { name: /^dSRT.*Selon les règles/ }).waitFor()
  await alice.getByRole('combobox', { name: 'Groupe' }).press('Enter')
  await eventually(() => stateOf(number)).toMatchObject({ status: 'redirected', group: 'dsrt' })
  expect((await mailsOf(number)).map(({ to }) => to).toSorted()).toEqual([address, address, 'dsrt@univ.example'])

  nadia = await signedIn('nadia')
  await nadia.goto(`${url}/console/tickets?liste=groups&q=labo`)
  await nadia.getByRole('link', { name: 'Wi-Fi absent au labo' }).first().click()
  await nadia.getByRole('button', { name: 'Prendre en charge' }).click()
  await eventually(async () => (await stateOf(number))?.owner).toBe('nadia')
  await says(nadia, 'Note interne', 'Borne 12 en panne.')
  await nadia.getByRole('button', { name: 'Corriger' }).last().click()
  await says(nadia, 'Note interne', 'Borne 21, pas 12.')
  const notes = async () => (await journalOf(number)).filter(({ kind }) => kind === 'contribution')
  await eventually(async () => (await notes()).map(({ text }) => text)).toEqual(['Borne 12 en panne.', 'Borne 21, pas 12.'])
  const [wrong, right] = await notes()
  expect(right?.cites).toBe(wrong?.id)
  await nadia.getByRole('button', { name: /^Rediriger/ }).click()
  await nadia.getByRole('combobox', { name: 'Groupe' }).fill('dSIG')
  await nadia.getByRole('combobox', { name: 'Groupe' }).press('Enter')
  await eventually(() => stateOf(number)).toMatchObject({ status: 'redirected', group: 'dsig' })

  const karim = await signedIn('karim')
  await open(karim, number)
  await karim.getByRole('button', { name: 'Prendre en charge' }).click()
  await eventually(async () => (await stateOf(number))?.owner).toBe('karim')
  await karim.getByRole('radiogroup', { name: 'Écrire pour qui' }).getByText('Solution', { exact: true }).click()
  await karim.getByRole('textbox', { name: 'Solution' }).fill('Droit d’accès au Wi-Fi rendu.')
  await karim.getByRole('button', { name: 'Clore sans attendre sa réponse' }).click()
  await eventually(() => stateOf(number)).toMatchObject({ status: 'closed', closed: 'level2' })
  const ending = (await mailsOf(number)).filter(({ to }) => to === address).find(({ subject }) => subject.includes('clôture'))
  expect(ending?.text).toContain('Droit d’accès au Wi-Fi rendu.')
  await karim.getByRole('button', { name: 'En faire un article' }).click()
  await karim.getByText(/Brouillon prêt/).waitFor()
  const articles = await service.database.pool.query('select number from articles where from_ticket = $1', [number])
  expect(articles.rowCount).toBe(1)
  await karim.context().close()
})

test('III-A-3 and III-B-4: level 2, asked directly, writes and solves a ticket; level 1 finds what is stuck and decides to close it', async () => {
  await nadia.goto(`${url}/console`)
  const form = nadia.getByRole('form', { name: 'Nouveau ticket' })
  await form.getByRole('button', { name: 'Venu par : Niveau 2 en direct' }).waitFor()
  await form.getByLabel('Titre', { exact: true }).fill('Vu au couloir')
  await form.getByLabel(/Solution donnée/).fill('Prise activée.')
  await nadia.keyboard.press('Shift+Enter')
  const numberOf = async (title: string) =>
    (await service.database.pool.query<{ number: number }>('select number from tickets where title = $1', [title])).rows[0]?.number ?? 0
  await eventually(() => numberOf('Vu au couloir')).toBeGreaterThan(0)
  expect(await stateOf(await numberOf('Vu au couloir'))).toMatchObject({ status: 'closed', owner: 'nadia', closed: 'level2' })
  const mediumOf = async (title: string) =>
    (await service.database.pool.query<{ medium: string }>('select medium from tickets where title = $1', [title])).rows[0]?.medium
  expect(await mediumOf('Vu au couloir')).toBe('level2')
  await nadia
    .getByText(/enregistré et clos/)
    .first()
    .waitFor()
  await nadia.keyboard.press('n')
  await form.getByRole('button', { name: 'Venu par : Niveau 2 en direct' }).click()
  await nadia.getByRole('menuitemradio', { name: /^Courriel/ }).click()
  await form.getByLabel('Titre', { exact: true }).fill('Écrit à Nadia')
  await nadia.keyboard.press('Control+Enter')
  await eventually(() => mediumOf('Écrit à Nadia')).toBe('mail')
  await nadia.goto(`${url}/console/tickets?liste=all&moyen=level2`)
  await nadia.getByRole('link', { name: 'Vu au couloir' }).waitFor()
  expect(await nadia.getByRole('link', { name: 'Écrit à Nadia' }).count()).toBe(0)

  const stuck = await written('Écran qui clignote')
  now += 20 * dayMs
  alice = await signedIn('alice')
  await alice
    .getByRole('group', { name: 'Listes' })
    .getByRole('button', { name: /^Bloqués/ })
    .click()
  const line = alice.getByRole('row').filter({ hasText: 'Écran qui clignote' })
  await line
    .getByText(/Oublié|Hors délai/)
    .first()
    .waitFor()
  await line.getByRole('link', { name: 'Écran qui clignote' }).click()
  await alice.getByRole('heading', { level: 1, name: /Écran qui clignote/ }).waitFor()
  await alice.getByRole('radiogroup', { name: 'Écrire pour qui' }).getByText('Solution', { exact: true }).click()
  await alice.getByRole('textbox', { name: 'Solution' }).fill('Écran remplacé au passage suivant.')
  await alice.getByRole('button', { name: 'Clore sans attendre sa réponse' }).click()
  await eventually(() => stateOf(stuck)).toMatchObject({ status: 'closed', closed: 'level1' })
})
