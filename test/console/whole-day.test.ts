import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { openWholeChromium } from '../support/chromium.ts'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CallWithoutTicket } from '../../server/contract/dispositions.ts'
import type { OwedList } from '../../server/contract/http.ts'
import type { Talks } from '../../server/contract/talks.ts'
import type { CallIndicators } from '../../server/contract/indicators.ts'
import { DeskLine } from '../support/desk-line.ts'
import type { Live } from '../support/live.ts'
import { RtpPeer } from '../support/rtp.ts'
import type { SignedIn } from '../support/service-process.ts'
import { once } from '../support/sipp.ts'
import { correlation, readWav, voice } from '../support/sound.ts'

/**
 * A day of the desk as its people live it: four consoles and a user's telephone in Chromium, the real service with its Asterisk and its
 * PostgreSQL, SIPp for callers who press keys or give up, the demonstration's own phones for operators and for those who are called.
 */
/** How many of each kind the long day has; ten by `WHOLE_DAY=10`, which takes a quarter of an hour. */
const each = Number(process.env['WHOLE_DAY'] ?? 1)
let desk: DeskLine
let opened: DeskLine | null = null
let browser: Browser
let sophie: SignedIn
let live: Live
const ears: RtpPeer[] = []
beforeAll(async () => {
  browser = await openWholeChromium()
})
/** A day begins with nothing left of another, nor of a first try. */
beforeEach(async () => {
  desk = opened = await DeskLine.open({}, { trunk: false, lines: 2 * each + 6 })
  sophie = await desk.service.signIn('sophie')
  live = await desk.live(sophie)
}, 90_000)
afterEach(async ({ task }) => {
  const keep = process.env['TEST_LOG_DIR']
  const pages = browser.contexts().flatMap((context) => context.pages())
  if (task.result?.state === 'fail' && keep !== undefined)
    for (const [i, page] of pages.entries()) await page.screenshot({ path: join(keep, `whole-day-${i}.png`) })
  for (const context of browser.contexts()) await context.close()
  for (const ear of ears.splice(0)) ear.close()
  await opened?.close()
  opened = null
}, 60_000)
afterAll(() => browser.close())

async function at(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-FR', reducedMotion: 'reduce', baseURL: desk.service.url, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(path)
  return page
}
async function working(login: string): Promise<Page> {
  await (await desk.service.signIn(login)).ask('PUT', '/api/preferences', { tourDone: true })
  const page = await at('/console', { viewport: { width: 1366, height: 768 } })
  await page.getByLabel(/identifiant/i).fill(login)
  await page.locator('input[type=password]').fill('guichet-demo')
  await page.keyboard.press('Enter')
  await page.getByRole('navigation', { name: 'Principal' }).waitFor()
  return page
}
/** A single key, outside any field. */
async function press(page: Page, key: string): Promise<void> {
  await page.locator('main').focus()
  await page.keyboard.press(key)
}
const field = (page: Page, label: string): Locator => page.getByRole('form', { name: 'Nouveau ticket' }).getByLabel(label, { exact: true })
const named = (page: Page, name: string) => expect.poll(() => field(page, 'Nom').inputValue(), { timeout: 15_000 }).toBe(name)
const calls = () => [...live.calls.values()]
const stateOf = (login: string) => live.operators.get(login)?.state
const nobodyIsOwedAWord = async () =>
  (await sophie.ask<{ calls: CallWithoutTicket[] }>('GET', '/api/calls/without-ticket')).body.calls.length === 0
const owed = async (state: 'open' | 'settled') => (await sophie.ask<OwedList>('GET', `/api/owed?state=${state}`)).body.entries
const ticket = async (title: string) =>
  (
    await desk.rows<{
      number: number
      status: string
      medium: string
      requester_name: string
      group_id: string | null
      closed_how: string
    }>(`select number, status, medium, requester_name, group_id, closed_how from tickets where title = '${title}'`)
  )[0]

/** Somebody of the sample university dials; it rings here, and is answered by a key. */
async function rung(page: Page, who: object): Promise<void> {
  expect((await sophie.ask('POST', '/api/demo/calls', who)).status).toBe(201)
  await answered(page)
}
async function answered(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Répondre|Décrocher)/ }).waitFor()
  await press(page, 'a')
  await page.getByRole('button', { name: 'Finir' }).waitFor()
}
const saved = (page: Page) =>
  page
    .getByText(/Ticket n°\s\d+ enregistré/)
    .first()
    .waitFor()
async function over(page: Page): Promise<void> {
  await press(page, 'f')
  await page.getByRole('heading', { name: 'Appel terminé' }).waitFor()
}
async function next(page: Page): Promise<void> {
  await over(page)
  await ready(page)
}
async function ready(page: Page, login = 'alice'): Promise<void> {
  await press(page, 'p')
  await live.until(`${login} ready`, () => stateOf(login) === 'ready' || stateOf(login) === 'ringing')
}
/** « Suivant » has put the focus on whom it gave. */
const broughtForward = (page: Page) =>
  expect.poll(() => page.evaluate(() => document.activeElement?.hasAttribute('data-entry')), { timeout: 10_000 }).toBe(true)
async function toDesk(page: Page, login = 'alice'): Promise<void> {
  await page.getByRole('navigation', { name: 'Principal' }).getByRole('link', { name: 'Permanence' }).click()
  await page.getByRole('heading', { name: /file d’attente/i }).waitFor()
  if (stateOf(login) !== 'ready') await ready(page, login)
}
/** A ticket's page: taken up, and solved; closed at once, or for its requester to say. */
async function solved(page: Page, text: string, closing = true): Promise<void> {
  await page.getByRole('button', { name: /^Prendre en charge/ }).click()
  await page.getByRole('button', { name: /^Prendre en charge/ }).waitFor({ state: 'detached' })
  await press(page, 'v')
  await page.getByRole('textbox', { name: 'Solution' }).fill(text)
  if (closing) await page.getByRole('button', { name: 'Clore sans attendre sa réponse' }).click()
  else await page.keyboard.press('Control+Enter')
  await page.getByRole('textbox', { name: 'Solution' }).waitFor({ state: 'detached' })
}
async function ear(): Promise<RtpPeer> {
  const peer = await RtpPeer.open()
  ears.push(peer)
  return peer
}
const said = (name: string) => readWav(join(desk.asterisk.varDir, 'asterisk/data/sounds/fr/guichet', `${name}.wav`))

test('a whole day: the desk opens, takes every kind of call and request, settles what it owes, and closes on those who wait', async () => {
  // ── Opening ──────────────────────────────────────────────────────────────
  await sophie.ask('PUT', '/api/desk/opening', { open: false })
  const [supervisor, alice, bruno, nadia] = await Promise.all(['sophie', 'alice', 'bruno', 'nadia'].map(working))
  if (!supervisor || !alice || !bruno || !nadia) throw new Error('four consoles')
  await supervisor.getByRole('button', { name: /^Fermé/ }).click()
  await supervisor.getByRole('menuitem', { name: /Ouvrir maintenant/ }).click()
  await alice
    .getByRole('navigation', { name: 'Principal' })
    .getByText(/^Ouvert/)
    .waitFor()

  // ── Nobody is ready yet: one gives up, one leaves a message, one keeps the place ──
  const [words, keys] = [await ear(), await ear()]
  const gives = await desk.caller({ from: '<sip:0561551235@127.0.0.1>' })
  const speaks = await desk.caller({ from: '<sip:0561551304@127.0.0.1>', rtpPort: words.port })
  const keeps = await desk.caller({ from: '<sip:0561551305@127.0.0.1>', rtpPort: keys.port })
  const callOf = (number: string) => calls().find((call) => call.number === number)
  await live.until('three who wait', () => calls().filter(({ status }) => status === 'waiting').length === 3)
  await alice.getByRole('region', { name: 'File d’attente' }).getByText('Émilie Faure').waitFor()
  await Promise.all([
    (async () => {
      await gives.answered()
      await once(() => Date.now() - Date.parse(callOf('+33561551235')?.arrivedAt ?? '') > 3_200, 15_000, 'a wait worth an answer')
      await gives.tell()
      await gives.done
    })(),
    (async () => {
      await speaks.answered()
      await once(() => words.heardMs > 2_000, 15_000, 'the announcement')
      words.press('1')
      await live.until('the recording', () => callOf('+33561551304')?.status === 'message', 20_000)
      words.speak(voice(5, 2))
      const from = words.heardMs
      await once(() => words.heardMs - from > said('after-the-tone').length / 8 + 7_000, 30_000, 'some words')
      words.press('#')
      await speaks.done
    })(),
    (async () => {
      await keeps.answered()
      await keys.speaksFor(keeps)
      keys.press('3')
      await once(() => correlation(keys.heard(), said('place-confirm').subarray(0, 16_000)) > 0.85, 30_000, 'the question')
      keys.press('1')
      await live.until('the kept place', () => callOf('+33561551305')?.status === 'kept', 20_000)
      await keeps.done
    })(),
  ])
  await once(async () => (await owed('open')).length === 3, 15_000, 'three answers owed')

  // ── The kept place comes first, and calls by itself ──────────────────────
  await ready(alice)
  await answered(alice)
  await named(alice, 'Thomas Girard')
  await field(alice, 'Titre').fill('Bureau distant refusé')
  await alice.getByLabel(/^Solution donnée/).fill('Certificat renouvelé.')
  await alice.keyboard.press('Shift+Enter')
  await saved(alice)
  await over(alice)

  // ── « Suivant »: the one who gave up is called back, the message becomes a ticket ──
  await press(alice, 's')
  await alice
    .getByRole('status')
    .getByText(/rappeler Ahmed Benali/)
    .waitFor()
  await broughtForward(alice)
  await alice.keyboard.press('c')
  await answered(alice)
  await named(alice, 'Ahmed Benali')
  await field(alice, 'Titre').fill('Dossier partagé de la scolarité')
  await alice.keyboard.press('Control+Enter')
  await saved(alice)
  await once(async () => (await owed('settled')).some(({ settledHow }) => settledHow === 'reached'), 10_000, 'the answer given')
  await over(alice)
  await press(alice, 's')
  await alice
    .getByRole('status')
    .getByText(/rappeler Émilie Faure/)
    .waitFor()
  await broughtForward(alice)
  await alice.keyboard.press('v')
  await alice.getByRole('link', { name: /Ticket n°/i }).waitFor()
  // Told of already, by her own telephone; it is settled once the time to take that back has passed.
  await alice.keyboard.press('1')
  await once(async () => (await owed('open')).length === 0, 15_000, 'nothing owed')
  await press(alice, 's')
  await alice
    .getByRole('status')
    .getByText(/compléter le pré-ticket/)
    .waitFor()
  await solved(alice, 'Rappelée : imprimante rallumée.')

  // ── Calls, each ended otherwise ──────────────────────────────────────────
  await toDesk(alice)
  await rung(alice, { personId: 'sample:claire.dubois' })
  await named(alice, 'Claire Dubois')
  await field(alice, 'Titre').fill('Mot de passe oublié')
  await alice.getByLabel(/^Solution donnée/).fill('Changé avec elle.')
  await alice.keyboard.press('Shift+Enter')
  await saved(alice)
  await next(alice)
  expect(await ticket('Mot de passe oublié')).toMatchObject({ status: 'closed', medium: 'phone', requester_name: 'Claire Dubois' })

  await rung(alice, { personId: 'sample:claire.dubois' })
  await press(alice, 'l')
  const dialog = alice.getByRole('dialog')
  await dialog.getByText('Accès à Moodle pour les vacataires').click()
  await alice.getByText(/Appel rattaché au ticket/).waitFor()
  await next(alice)

  await rung(alice, { personId: 'sample:yuki.tanaka' })
  await press(alice, 'o')
  await dialog.getByLabel('Raison').fill('Inscription administrative')
  await dialog.getByLabel('Raison').press('Enter')
  await alice.getByText('Refus noté avec l’appel').waitFor()
  await next(alice)

  // A number that nobody knows: the name is asked for, and found in the directory.
  await rung(alice, { number: '0611223344' })
  await field(alice, 'Nom').fill('hélène ro')
  await alice.getByRole('option', { name: /Hélène Roux/ }).click()
  await field(alice, 'Titre').fill('Coupures du réseau au 2e étage')
  await alice.keyboard.press('Control+Enter')
  await saved(alice)
  await over(alice)
  await alice.getByRole('link', { name: 'Ouvrir le ticket' }).click()
  await alice.getByRole('heading', { name: 'Coupures du réseau au 2e étage' }).waitFor()
  await press(alice, 'r')
  await alice.getByRole('combobox', { name: 'Groupe' }).fill('dSRT')
  await alice.getByRole('button', { name: 'Rediriger vers dSRT' }).click()
  await once(async () => (await ticket('Coupures du réseau au 2e étage'))?.group_id === 'dsrt', 10_000, 'the redirection')
  expect(await ticket('Coupures du réseau au 2e étage')).toMatchObject({ status: 'redirected', requester_name: 'Hélène Roux' })

  // Somebody has the form before them by now: one that comes back at once is a machine's.
  const user = await at('/connexion?vers=%2Fdemande', { viewport: { width: 390, height: 820 }, hasTouch: true })
  await user.getByLabel('Identifiant').fill('claire.dubois')
  await user.getByLabel('Mot de passe').fill('guichet-demo')
  await user.getByRole('main').getByRole('button', { name: 'Se connecter' }).click()

  // ── At the counter, and handed over ──────────────────────────────────────
  await press(bruno, 'g')
  await expect.poll(() => bruno.evaluate(() => document.activeElement?.getAttribute('data-field'))).toBe('name')
  await bruno.keyboard.type('oscar')
  await bruno.getByRole('option', { name: /Oscar Delaunay/ }).click()
  await field(bruno, 'Titre').fill('Carte d’étudiant refusée')
  await bruno.keyboard.press('Control+Enter')
  await saved(bruno)
  expect(await ticket('Carte d’étudiant refusée')).toMatchObject({ medium: 'walk-in', requester_name: 'Oscar Delaunay' })
  await toDesk(alice)
  await rung(alice, { personId: 'sample:fatou.diallo' })
  await field(alice, 'Titre').fill('Accès à Apogée')
  await press(alice, 't')
  await alice.getByRole('dialog', { name: 'Passer ou consulter' }).getByRole('combobox').fill('Bruno')
  await alice.keyboard.press('Shift+Enter')
  await answered(bruno)
  await expect.poll(() => field(bruno, 'Titre').inputValue(), { timeout: 15_000 }).toBe('Accès à Apogée')
  await field(bruno, 'Titre').press('Control+Enter')
  await saved(bruno)
  await press(bruno, 'f')
  await bruno.getByRole('heading', { name: 'Vous êtes à l’accueil' }).waitFor()
  expect(await ticket('Accès à Apogée')).toMatchObject({ requester_name: 'Fatou Diallo' })

  // ── A user on their telephone, answered in writing while they look ───────
  await user.getByLabel('Titre').fill('Visioconférence sans son')
  await user.getByLabel('Ce qui se passe').fill('Personne ne m’entend depuis ce matin.')
  await user.getByRole('button', { name: 'Envoyer et discuter maintenant' }).click()
  await user.getByText('Un opérateur va vous répondre ici.').waitFor()
  const waits = async () => (await sophie.ask<Talks>('GET', '/api/talks')).body.talks.some(({ here }) => here)
  await once(waits, 15_000, 'somebody who waits with the page before them')
  await press(alice, 's')
  await alice
    .getByRole('status')
    .getByText(/répondre à Claire Dubois/)
    .waitFor()
  await alice.getByRole('heading', { name: 'Visioconférence sans son' }).waitFor()
  await alice.getByRole('textbox', { name: 'Message à l’usager' }).fill('Quel navigateur utilisez-vous ?')
  await alice.keyboard.press('Control+Enter')
  await user.getByText('Quel navigateur utilisez-vous ?').waitFor()
  await user.getByLabel('Votre message').fill('Firefox')
  await user.getByRole('button', { name: 'Envoyer', exact: true }).click()
  await alice.getByText('Firefox', { exact: true }).waitFor()
  await solved(alice, 'Micro autorisé dans Firefox.', false)
  await user.getByText('Cette solution vous convient-elle ?').waitFor()
  await user.getByRole('button', { name: 'Oui, c’est résolu' }).click()
  await user.getByText('La demande est close').waitFor()
  expect(await ticket('Visioconférence sans son')).toMatchObject({ status: 'closed', medium: 'form', closed_how: 'user' })

  // ── Level 2 takes up what was redirected to its group ────────────────────
  await nadia.getByRole('navigation', { name: 'Principal' }).getByRole('link', { name: 'Tickets' }).click()
  await nadia
    .getByText(/^À prendre/)
    .first()
    .click()
  await nadia.getByText('Coupures du réseau au 2e étage').first().click()
  await nadia.getByRole('heading', { name: 'Coupures du réseau au 2e étage' }).waitFor()
  await solved(nadia, 'Commutateur remplacé.', false)
  await once(async () => (await ticket('Coupures du réseau au 2e étage'))?.status === 'solution-proposed', 10_000, 'the solution')

  // ── Closing ──────────────────────────────────────────────────────────────
  await toDesk(alice)
  await press(alice, 'p')
  await live.until('alice away', () => stateOf('alice') === 'paused')
  const late = [await desk.caller({ from: '<sip:0561551309@127.0.0.1>' }), await desk.caller({ from: '<sip:0561551311@127.0.0.1>' })]
  await live.until('two who wait', () => calls().filter(({ status }) => status === 'waiting').length === 2)
  await supervisor.getByRole('button', { name: /^Ouvert/ }).click()
  await supervisor.getByRole('menuitem', { name: /Fermer maintenant/ }).click()
  await live.until('the closed message', () => calls().filter(({ status }) => status === 'closed').length === 2)
  await alice.getByRole('region', { name: 'File d’attente' }).getByText('Personne n’attend.').waitFor()
  await user.goto('/')
  await user
    .getByText(/^Fermé/)
    .first()
    .waitFor()
  // Whoever hangs up within three seconds changed their mind.
  await once(() => calls().every(({ arrivedAt }) => Date.now() - Date.parse(arrivedAt) > 3_200), 10_000, 'waits worth an answer')
  for (const one of late) await one.tell()
  await Promise.all(late.map((one) => one.done))
  await once(async () => (await owed('open')).length === 2, 15_000, 'those who waited are owed an answer')
  await supervisor.getByRole('link', { name: /À rappeler/ }).click()
  await supervisor.getByText('Yuki Tanaka').first().waitFor()

  // ── What the day has left ────────────────────────────────────────────────
  expect(await nobodyIsOwedAWord()).toBe(true)
  expect(calls()).toEqual([])
  await desk.clean()
}, 240_000)

type Figure = keyof CallIndicators['figures']
const figures = async () => {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date())
  return (await sophie.ask<CallIndicators>('GET', `/api/indicators/calls?from=${day}&to=${day}`)).body.figures
}
const many = <T>(make: (i: number) => T): T[] => Array.from({ length: each }, (_, i) => make(i))
const two = (i: number) => String(i).padStart(2, '0')
/** Somebody on a line of their own, from a number that nobody knows. */
function stranger(number: string, ear_?: RtpPeer) {
  return desk.caller({ from: `<sip:${number}@127.0.0.1>`, ...(ear_ && { rtpPort: ear_.port }) })
}
const callFrom = (number: string) => calls().find((call) => call.number === `+33${number.slice(1)}`)

async function givesUp(number: string): Promise<void> {
  const caller = await stranger(number)
  await caller.answered()
  await once(() => Date.now() - Date.parse(callFrom(number)?.arrivedAt ?? '') > 4_000, 30_000, 'a wait worth an answer')
  await caller.tell()
  await caller.done
}
async function leavesAMessage(number: string): Promise<void> {
  const words = await ear()
  const caller = await stranger(number, words)
  await caller.answered()
  await once(() => words.heardMs > 2_000, 20_000, 'the announcement')
  words.press('1')
  await live.until('the recording', () => callFrom(number)?.status === 'message', 30_000)
  words.speak(voice(5, 2))
  const from = words.heardMs
  await once(() => words.heardMs - from > said('after-the-tone').length / 8 + 7_000, 40_000, 'some words')
  words.press('#')
  await caller.done
}
async function keepsThePlace(number: string): Promise<void> {
  const keys = await ear()
  const caller = await stranger(number, keys)
  await caller.answered()
  await keys.speaksFor(caller)
  keys.press('3')
  await once(() => correlation(keys.heard(), said('place-confirm').subarray(0, 16_000)) > 0.85, 40_000, 'the question')
  keys.press('1')
  await live.until('the kept place', () => callFrom(number)?.status === 'kept', 30_000)
  await caller.done
}

const claires = '+33561551234'
/** What becomes of a call that was answered; the operator is free to take another afterwards. */
const endings = {
  solved: async (page: Page, title: string) => {
    await field(page, 'Titre').fill(title)
    await page.getByLabel(/^Solution donnée/).fill('Fait ensemble au téléphone.')
    await page.keyboard.press('Shift+Enter')
    await saved(page)
    await over(page)
  },
  'put off': async (page: Page, title: string) => {
    await field(page, 'Titre').fill(title)
    await page.keyboard.press('Control+Enter')
    await saved(page)
    await over(page)
  },
  redirected: async (page: Page, title: string) => {
    await endings['put off'](page, title)
    await page.getByRole('link', { name: 'Ouvrir le ticket' }).click()
    await page.getByRole('heading', { name: title }).waitFor()
    await press(page, 'r')
    await page.getByRole('combobox', { name: 'Groupe' }).fill('dSRT')
    await page.getByRole('button', { name: 'Rediriger vers dSRT' }).click()
    await once(async () => (await ticket(title))?.group_id === 'dsrt', 20_000, 'the redirection')
    await page.getByRole('navigation', { name: 'Principal' }).getByRole('link', { name: 'Permanence' }).click()
    await page.getByRole('heading', { name: /file d’attente/i }).waitFor()
  },
  attached: async (page: Page) => {
    await press(page, 'l')
    await page.getByRole('dialog').getByText('Accès à Moodle pour les vacataires').click()
    await page
      .getByText(/Appel rattaché au ticket/)
      .last()
      .waitFor()
    await over(page)
  },
  refused: async (page: Page) => {
    await press(page, 'o')
    const reason = page.getByRole('dialog').getByLabel('Raison')
    await reason.fill('Inscription administrative')
    await reason.press('Enter')
    await page.getByText('Refus noté avec l’appel').last().waitFor()
    await over(page)
  },
}
type Ending = keyof typeof endings

async function free(page: Page, login: string): Promise<void> {
  if (stateOf(login) !== 'ready' && stateOf(login) !== 'ringing') await ready(page, login)
}

test(
  `a long day: ${each} of each kind of call, several at a time, and figures that agree with what was placed`,
  async () => {
    await sophie.ask('PUT', '/api/desk/opening', { open: true })
    const { desk: settings } = (await sophie.ask<{ desk: { version: number } }>('GET', '/api/settings')).body
    expect((await sophie.ask('PUT', '/api/settings/desk', { version: settings.version, value: { ringSeconds: 5 } })).status).toBe(200)
    const [alice, bruno] = await Promise.all(['alice', 'bruno'].map(working))
    if (!alice || !bruno) throw new Error('two consoles')
    const before = await figures()

    // ── Nobody is there yet ──────────────────────────────────────────────────
    await Promise.all(many((i) => givesUp(`05615521${two(i)}`)))
    await Promise.all(many((i) => leavesAMessage(`05615522${two(i)}`)))
    await once(async () => (await owed('open')).length === 2 * each, 30_000, 'answers owed to those who gave up or left a message')
    await Promise.all(many((i) => keepsThePlace(`05615523${two(i)}`)))

    // ── The kept places first, each called by itself ─────────────────────────
    for (let i = 0; i < each; i++) {
      await ready(alice)
      await answered(alice)
      await endings.solved(alice, `Place gardée ${i}`)
    }
    await once(async () => (await owed('open')).length === 2 * each, 20_000, 'the kept places reached')

    // ── « Suivant », until nothing is owed: called back, or heard and written down ──
    for (let i = 0; i < 2 * each; i++) {
      await press(alice, 's')
      await broughtForward(alice)
      const message = alice.locator('[data-entry]:focus').getByRole('button', { name: /^Écouter|^Lire/ })
      if ((await message.count()) > 0) {
        await alice.keyboard.press('v')
        await alice
          .locator('[data-entry]:focus')
          .getByRole('link', { name: /Ticket n°/i })
          .waitFor()
        await alice.keyboard.press('1')
        await once(async () => (await owed('open')).length === 2 * each - i - 1, 30_000, 'a message settled')
      } else {
        await alice.keyboard.press('c')
        await answered(alice)
        await endings['put off'](alice, `Rappel ${i}`)
        await once(async () => (await owed('open')).length === 2 * each - i - 1, 30_000, 'an answer given')
      }
    }

    // ── Calls, two operators at a time ───────────────────────────────────────
    const waiting = (Object.keys(endings) as Ending[]).flatMap((kind, k) => many((i) => ({ kind, i, number: `06112${k}33${two(i)}` })))
    const orders = waiting.toSorted((a, b) => a.i - b.i)
    const kindOf = (number: string | null) => orders.find((one) => one.number === `0${(number ?? '').slice(3)}`)
    const works = async (page: Page, login: string) => {
      await page.getByRole('navigation', { name: 'Principal' }).getByRole('link', { name: 'Permanence' }).click()
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        await free(page, login)
        const number = next.kind === 'attached' ? claires : next.number
        expect((await sophie.ask('POST', '/api/demo/calls', { number })).status).toBe(201)
        await answered(page)
        const mine = calls().find(({ operatorId, status }) => operatorId === login && status === 'talking')
        const order = mine?.number === claires ? null : kindOf(mine?.number ?? null)
        if (order === undefined) throw new Error(`a call from ${mine?.number} that nobody placed`)
        await endings[order?.kind ?? 'attached'](page, `Appel ${order?.kind} ${order?.i}`)
      }
      if (stateOf(login) === 'ready') await press(page, 'p')
    }
    await Promise.all([works(alice, 'alice'), works(bruno, 'bruno')])

    // ── A phone that nobody answers rings elsewhere ──────────────────────────
    for (let i = 0; i < each; i++) {
      await free(alice, 'alice')
      expect((await sophie.ask('POST', '/api/demo/calls', { number: `06112733${two(i)}` })).status).toBe(201)
      await live.until('alice’s phone', () => stateOf('alice') === 'ringing')
      await free(bruno, 'bruno')
      await answered(bruno)
      await endings['put off'](bruno, `Sans réponse ${i}`)
    }

    // ── Users at the counter, and callers handed over with their form ────────
    for (let i = 0; i < each; i++) {
      await press(bruno, 'g')
      await expect.poll(() => bruno.evaluate(() => document.activeElement?.getAttribute('data-field'))).toBe('name')
      await bruno.keyboard.type('oscar')
      await bruno.getByRole('option', { name: /Oscar Delaunay/ }).click()
      await field(bruno, 'Titre').fill(`Au comptoir ${i}`)
      await bruno.keyboard.press('Control+Enter')
      await saved(bruno)
      await free(alice, 'alice')
      expect((await sophie.ask('POST', '/api/demo/calls', { number: `06112833${two(i)}` })).status).toBe(201)
      await answered(alice)
      await field(alice, 'Titre').fill(`Passé à Bruno ${i}`)
      await press(alice, 't')
      await alice.getByRole('dialog', { name: 'Passer ou consulter' }).getByRole('combobox').fill('Bruno')
      await alice.keyboard.press('Shift+Enter')
      await answered(bruno)
      await expect.poll(() => field(bruno, 'Titre').inputValue(), { timeout: 15_000 }).toBe(`Passé à Bruno ${i}`)
      await field(bruno, 'Titre').press('Control+Enter')
      await saved(bruno)
      await press(bruno, 'f')
      await bruno.getByRole('heading', { name: 'Vous êtes à l’accueil' }).waitFor()
    }

    // ── Closing on those who wait; then those who call when it is closed ─────
    for (const [page, login] of [
      [alice, 'alice'],
      [bruno, 'bruno'],
    ] as const)
      if (stateOf(login) === 'ready') await press(page, 'p')
    const late = await Promise.all(many((i) => stranger(`05615524${two(i)}`)))
    await live.until('those who wait', () => calls().filter(({ status }) => status === 'waiting').length === each, 30_000)
    const arrived = () => calls().map(({ arrivedAt }) => Date.parse(arrivedAt))
    await once(() => Math.max(...arrived()) < Date.now() - 4_000, 30_000, 'waits worth an answer')
    await sophie.ask('PUT', '/api/desk/opening', { open: false })
    await live.until('the closed message', () => calls().filter(({ status }) => status === 'closed').length === each, 30_000)
    for (const one of late) await one.tell()
    await Promise.all(late.map((one) => one.done))
    await once(async () => (await owed('open')).length === each, 30_000, 'those who waited are owed an answer')
    await Promise.all(
      many(async (i) => {
        const number = `05615525${two(i)}`
        const caller = await stranger(number)
        await caller.answered()
        await live.until('the closed message', () => callFrom(number)?.status === 'closed', 30_000)
        await once(() => Date.parse(callFrom(number)?.arrivedAt ?? '') < Date.now() - 4_000, 30_000, 'a call worth an answer')
        await caller.tell()
        await caller.done
      }),
    )
    await once(async () => (await owed('open')).length === 2 * each, 30_000, 'those who called a closed desk are owed one too')
    for (const { id } of await owed('open')) await sophie.ask('POST', `/api/owed/${id}/outcome`, { outcome: 'reached' })
    await once(async () => (await owed('open')).length === 0, 30_000, 'nothing owed')

    // ── What the day has left ────────────────────────────────────────────────
    expect(await nobodyIsOwedAWord()).toBe(true)
    expect(calls()).toEqual([])
    await desk.clean()
    const count = async (like: string) =>
      Object.fromEntries(
        (
          await desk.rows<{ status: string; n: number }>(
            `select status, count(*)::int as n from tickets where title ~ '^(${like}) [0-9]+$' group by status`,
          )
        ).map(({ status, n }) => [status, n]),
      )
    expect(await count('Place gardée|Appel solved')).toEqual({ closed: 2 * each })
    expect(await count('Appel redirected')).toEqual({ redirected: each })
    expect(await count('Rappel|Appel put off|Sans réponse|Au comptoir|Passé à Bruno')).toEqual({ 'in-progress': 5 * each })
    const placed: Partial<Record<Figure, number>> = {
      // Gave up, left a message, kept the place, five endings, not answered at first, handed over, met the closing.
      offered: 11 * each,
      // All who spoke; whoever keeps the place is counted there.
      answered: 7 * each,
      messages: each,
      kept: each,
      missed: each,
      afterHours: each,
      placedOut: each,
    }
    const grown = (now: CallIndicators['figures']) =>
      Object.fromEntries(Object.keys(placed).map((name) => [name, (now[name as Figure] ?? 0) - (before[name as Figure] ?? 0)]))
    await expect.poll(async () => grown(await figures()), { timeout: 20_000 }).toEqual(placed)
  },
  120_000 + each * 90_000,
)
