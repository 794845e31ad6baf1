import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Talks } from '../../server/contract/talks.ts'
import { once } from '../support/sipp.ts'
import { answered, broughtForward, dayOfTheDesk, field, over, press, saved } from './day-of-the-desk.ts'

const today = dayOfTheDesk(8)
const { at, calls, endings, nobodyIsOwedAWord, owed, ready, stateOf, stranger, ticket, working } = today

const named = (page: Page, name: string) => expect.poll(() => field(page, 'Nom').inputValue()).toBe(name)
/** Somebody of the sample university dials; it rings here, and is answered by a key. */
async function rung(page: Page, who: object): Promise<void> {
  expect((await today.now().sophie.ask('POST', '/api/demo/calls', who)).status).toBe(201)
  await answered(page)
}
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

test('a whole day: the desk opens, takes every kind of call and request, settles what it owes, and closes on those who wait', async () => {
  const { desk, sophie, live } = today.now()
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
  const gives = await stranger('0561551235')
  const speaks = await stranger('0561551304')
  const keeps = await stranger('0561551305')
  await live.until('three who wait', () => calls().filter(({ status }) => status === 'waiting').length === 3)
  await alice.getByRole('region', { name: 'File d’attente' }).getByText('Émilie Faure').waitFor()
  await Promise.all([today.givesUp(gives), today.leavesAMessage(speaks), today.keepsThePlace(keeps)])
  await once(async () => (await owed('open')).length === 3, 15_000, 'three answers owed')

  // ── The kept place comes first, and calls by itself ──────────────────────
  await ready(alice)
  await answered(alice)
  await named(alice, 'Thomas Girard')
  await endings.solved(alice, 'Bureau distant refusé')

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
  await endings.solved(alice, 'Mot de passe oublié')
  await ready(alice)
  expect(await ticket('Mot de passe oublié')).toMatchObject({ status: 'closed', medium: 'phone', requester_name: 'Claire Dubois' })

  await rung(alice, { personId: 'sample:claire.dubois' })
  await endings.attached(alice)
  await ready(alice)

  await rung(alice, { personId: 'sample:yuki.tanaka' })
  await endings.refused(alice)
  await ready(alice)

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
  await expect.poll(() => field(bruno, 'Titre').inputValue()).toBe('Accès à Apogée')
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
  const late = [await stranger('0561551309'), await stranger('0561551311')]
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
  for (const { caller } of late) await caller.tell()
  await Promise.all(late.map(({ caller }) => caller.done))
  await once(async () => (await owed('open')).length === 2, 15_000, 'those who waited are owed an answer')
  await supervisor.getByRole('link', { name: /À rappeler/ }).click()
  await supervisor.getByText('Yuki Tanaka').first().waitFor()

  // ── What the day has left ────────────────────────────────────────────────
  expect(await nobodyIsOwedAWord()).toBe(true)
  expect(calls()).toEqual([])
  await desk.clean()
})
