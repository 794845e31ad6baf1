import { describe, expect, test } from 'vitest'
import type { CallWithoutTicket } from '../../server/contract/dispositions.ts'
import { expectAccessible, expectReflow, inChromium } from './browser.ts'
import { ahmed, call, claire, operator, paul, talking, ticket } from './fake-world.ts'

const on = inChromium()
const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString()
const field = (label: string) => on.page.getByRole('form', { name: 'Nouveau ticket' }).getByLabel(label, { exact: true })
const shows = async (label: string, value: string) => expect.poll(() => field(label).inputValue()).toBe(value)

const unwritten = (id: string, who: typeof claire, operatorId: string, name: string, seconds: number): CallWithoutTicket => ({
  id,
  number: who.phones[0] ?? null,
  numberShown: '05 61 55 12 34',
  people: [who],
  operatorId,
  operator: name,
  answeredAt: ago(seconds),
  endedAt: ago(seconds - 60),
  seconds: 60,
})

async function inConversation(who = claire): Promise<void> {
  on.server.calls.set('c1', talking(call('c1', [who]), 'alice', 30))
  on.server.operators = [operator('alice', 'Alice Martin', 'talking', { callId: 'c1' })]
  await on.signedIn()
  await expect.poll(() => on.page.evaluate(() => document.activeElement?.getAttribute('data-field'))).toBe('title')
}
const draftBy = (id: string, name: string, title: string, version = 1) => ({
  key: 'c1',
  callId: 'c1',
  version,
  by: { id, name },
  startedAt: ago(60),
  editedAt: ago(20),
  content: {
    medium: 'phone' as const,
    title,
    summary: '',
    solution: '',
    categoryId: null,
    placeId: null,
    impact: 'low' as const,
    urgency: 'normal' as const,
    personId: claire.id,
    name: claire.name,
    email: claire.email ?? '',
    phone: '05 61 55 12 34',
    typed: [],
    observers: [],
    files: [],
    cardOf: null,
  },
})

describe('calls without a ticket', () => {
  test('are one list for the desk: mine first, then my colleagues’, each opened by a click with what was written of it', async () => {
    on.server.unwritten = [unwritten('c1', claire, 'bruno', 'Bruno Petit', 600), unwritten('c2', ahmed, 'alice', 'Alice Martin', 300)]
    on.server.drafts = [draftBy('bruno', 'Bruno Petit', 'Accès à Moodle')]
    await on.signedIn()
    const strip = on.page.getByRole('region', { name: '2 appels sans ticket' })
    await expect
      .poll(() => strip.getByRole('button').allTextContents())
      .toEqual([expect.stringMatching(/^Ahmed Benali, /), expect.stringMatching(/^Claire Dubois, .*Bruno$/)])
    await on.page.getByRole('navigation', { name: 'Principal' }).getByText('2 appels sans ticket').waitFor()
    await expectAccessible(on.page)
    await strip.getByRole('button', { name: /Claire Dubois/ }).click()
    await shows('Nom', 'Claire Dubois')
    await shows('Titre', 'Accès à Moodle')
    await field('Titre').press('Control+Enter')
    await expect.poll(() => on.server.creations.length).toBe(1)
    expect(on.server.creations).toMatchObject([{ callId: 'c1', title: 'Accès à Moodle' }])
  })

  test.each([
    ['theirs', claire],
    ['followed by its code', paul],
  ])('from the page of a request (%s) are attached to that one first', async (_whose, requester) => {
    on.server.tickets = [ticket(10_421, 'Imprimante', requester, 9_000), ticket(10_430, 'Accès à Moodle', claire, 60)]
    on.server.calls.set('c1', { ...talking(call('c1', [claire]), 'alice', 30), page: { signedIn: true, ticket: 10_421 } })
    on.server.operators = [operator('alice', 'Alice Martin', 'talking', { callId: 'c1' })]
    await on.signedIn()
    await on.page.getByRole('region', { name: 'Ses tickets' }).getByText('D’où vient l’appel').waitFor()
    await expectAccessible(on.page)
    await on.page.getByRole('button', { name: 'Rattacher', exact: true }).click()
    const choices = on.page.getByRole('dialog').getByRole('button')
    await expect
      .poll(() => choices.allTextContents())
      .toEqual([expect.stringMatching(/^Imprimante.*D’où vient l’appel/), expect.stringContaining('Moodle')])
    await on.page.keyboard.press('1')
    await expect.poll(() => on.server.dispositions).toMatchObject([{ callId: 'c1', order: { kind: 'attached', ticket: 10_421 } }])
  })

  test('leave out the call that a colleague is just writing', async () => {
    on.server.unwritten = [unwritten('c7', claire, 'bruno', 'Bruno Petit', 60)]
    on.server.operators = [operator('alice', 'Alice Martin', 'ready'), operator('bruno', 'Bruno Petit', 'wrap-up', { callId: 'c7' })]
    const listed = on.page.waitForResponse((answer) => answer.url().endsWith('/api/calls/without-ticket'))
    await on.signedIn()
    await listed
    await on.page.getByText('Aucun appel en cours').waitFor()
    expect(await on.page.getByText('1 appel sans ticket').count()).toBe(0)
    on.server.change({ operators: [operator('bruno', 'Bruno Petit', 'ready')] })
    await on.page.getByRole('region', { name: '1 appel sans ticket' }).waitFor()
  })
})

describe('the end of a call', () => {
  test('adds to one of the caller’s open tickets by two keys, with what was typed', async () => {
    await inConversation()
    await field('Titre').fill('Rappelle pour Moodle')
    await field('Solution donnée (facultatif : clôt le ticket)').fill('Droits rendus')
    await on.page.locator('main').focus()
    await on.page.keyboard.press('l')
    await on.page.getByRole('dialog').getByText('Imprimante 4R3 : bourrage à répétition').waitFor()
    await expectAccessible(on.page, '[role=dialog]')
    await on.page.keyboard.press('2')
    await on.page.getByText('Appel rattaché au ticket n° 10388').waitFor()
    expect(on.server.dispositions).toEqual([
      {
        callId: 'c1',
        order: { kind: 'attached', ticket: 10388, text: 'Rappelle pour Moodle\nDroits rendus', attachments: [], observers: [] },
      },
    ])
    await on.page.getByText('Aucun appel en cours').waitFor()
  })

  test('says so when the caller has no open ticket', async () => {
    on.server.tickets = [ticket(10300, 'Ancien', claire, 900, { status: 'closed', closedAt: ago(800) })]
    await inConversation()
    await on.page.locator('main').focus()
    await on.page.keyboard.press('l')
    await on.page.getByRole('dialog').getByText('Aucun ticket ouvert.').waitFor()
  })

  test('refuses by one key what is not for this desk, with its reason', async () => {
    await inConversation()
    await on.page.locator('main').focus()
    await on.page.keyboard.press('o')
    const dialog = on.page.getByRole('dialog', { name: 'Pas de notre ressort' })
    await dialog.getByText(/ne relève pas de notre service/).waitFor()
    await expectAccessible(on.page, '[role=dialog]')
    await expectReflow(on.page)
    await dialog.getByLabel('Raison').fill('Inscription administrative')
    await dialog.getByLabel('Raison').press('Enter')
    await on.page.getByText('Refus noté avec l’appel').waitFor()
    expect(on.server.dispositions).toEqual([
      { callId: 'c1', order: { kind: 'refused', reason: 'Inscription administrative', target: null } },
    ])
  })

  const refusing = async () => {
    const { outgoing } = on.server.settings
    const target = { name: 'Scolarité centrale', number: '05 61 55 66 11' }
    const targets = [{ ...target, email: null }]
    on.server.settings = { ...on.server.settings, outgoing: { ...outgoing, value: { ...outgoing.value, targets } } }
    await inConversation()
    await on.page.locator('main').focus()
    await on.page.keyboard.press('o')
    const dialog = on.page.getByRole('dialog', { name: 'Pas de notre ressort' })
    await dialog.getByRole('radio', { name: /Scolarité centrale/ }).focus()
    await on.page.keyboard.press('1')
    return { dialog, target }
  }

  test('gives the number of whom to turn to, large enough to be read out', async () => {
    const { dialog, target } = await refusing()
    await dialog.getByRole('status').getByText('05 61 55 66 11').waitFor()
    await dialog.getByText(/Scolarité centrale pourra vous répondre/).waitFor()
    await expectAccessible(on.page, '[role=dialog]')
    await dialog.getByRole('button', { name: 'Noter le refus' }).click()
    await on.page.getByText('Refus noté avec l’appel').waitFor()
    expect(on.server.dispositions).toEqual([{ callId: 'c1', order: { kind: 'refused', reason: 'Hors de notre périmètre', target } }])
  })

  test('hands the caller over to whom to turn to, once the refusal is noted', async () => {
    const { dialog, target } = await refusing()
    await dialog.getByRole('button', { name: 'Noter et transférer l’appel' }).click()
    await on.page.getByText('Refus noté avec l’appel').waitFor()
    await expect.poll(() => on.server.transfers).toEqual([{ kind: 'number', ...target }])
    expect(on.server.dispositions).toHaveLength(1)
  })

  test('is not for us at the counter either: what was given stays on a closed ticket', async () => {
    const { outgoing } = on.server.settings
    const target = { name: 'Scolarité centrale', number: '05 61 55 66 11', email: 'scolarite@univ.example' }
    on.server.settings = { ...on.server.settings, outgoing: { ...outgoing, value: { ...outgoing.value, targets: [target] } } }
    await on.signedIn()
    await on.page.keyboard.press('n')
    await on.page.getByRole('form', { name: 'Nouveau ticket' }).waitFor()
    await field('Nom').fill('Une dame de passage')
    await on.page.locator('main').focus()
    await on.page.keyboard.press('o')
    const dialog = on.page.getByRole('dialog', { name: 'Pas de notre ressort' })
    await dialog.getByRole('radio', { name: /Scolarité centrale/ }).focus()
    await on.page.keyboard.press('1')
    expect(await dialog.getByLabel('Réponse').inputValue()).toBe(
      'Votre demande ne relève pas du service « Guichet unique du Numérique ». Scolarité centrale pourra vous répondre : 05 61 55 66 11, scolarite@univ.example.',
    )
    await dialog.getByLabel('Raison').fill('Inscription administrative')
    await expectAccessible(on.page, '[role=dialog]')
    await expectReflow(on.page)
    await dialog.getByRole('button', { name: 'Noter le refus' }).click()
    await on.page.getByText('Ticket n° 10412 enregistré et clos').first().waitFor()
    expect(on.server.creations).toMatchObject([
      {
        title: 'Inscription administrative',
        medium: 'walk-in',
        callId: null,
        solution: expect.stringContaining('05 61 55 66 11') as string,
        outOfScope: { reason: 'Inscription administrative', target },
        requester: { name: 'Une dame de passage' },
      },
    ])
  })

  test('is not for us when it came by the form: its author is written to politely, in the operator’s own words', async () => {
    const asked = ticket(10301, 'Changer de parcours', claire, 30, { status: 'pre-ticket', medium: 'form' })
    on.server.tickets = [asked]
    await on.signedIn('/console/tickets/10301')
    await on.page.getByRole('heading', { name: 'Changer de parcours' }).waitFor()
    await on.page.keyboard.press('o')
    const dialog = on.page.getByRole('dialog', { name: 'Pas de notre ressort' })
    await dialog.getByText('Claire Dubois la reçoit par courriel').waitFor()
    await dialog.getByLabel('Réponse').fill('Voyez plutôt la scolarité, bâtiment C.')
    await expectAccessible(on.page, '[role=dialog]')
    await dialog.getByLabel('Réponse').press('Control+Enter')
    await on.page.getByText('Ticket clos, pas de notre ressort').first().waitFor()
    expect(on.server.closings).toEqual([
      {
        solution: 'Voyez plutôt la scolarité, bâtiment C.',
        outOfScope: { reason: 'Hors de notre périmètre', target: null },
      },
    ])
    await on.page.getByText(/a clos le ticket : pas de notre ressort/).waitFor()
  })

  test('is refused in English to whoever wrote in English, or in the other language by one press', async () => {
    const asked = ticket(10302, 'How to change my course', claire, 30, { status: 'pre-ticket', medium: 'form' })
    on.server.tickets = [asked]
    await on.signedIn('/console/tickets/10302')
    await on.page.getByRole('heading', { name: 'How to change my course' }).waitFor()
    await on.page.keyboard.press('o')
    const answer = on.page.getByRole('dialog', { name: 'Pas de notre ressort' }).getByLabel('Réponse', { exact: true })
    const said = () => answer.inputValue()
    await expect.poll(said).toBe('Your request is not one that “Guichet unique du Numérique” can deal with: we are sorry.')
    await on.page.getByRole('dialog').getByText('Français', { exact: true }).click()
    await expect.poll(said).toMatch(/^Votre demande ne relève pas du service « Guichet unique du Numérique »/)
  })

  test('with nothing to note asks for a word', async () => {
    await inConversation(paul)
    await on.page.getByRole('button', { name: 'Rien à noter' }).click()
    await on.page.getByRole('button', { name: 'Faux numéro' }).click()
    await on.page.getByText('Noté avec l’appel').waitFor()
    expect(on.server.dispositions).toEqual([{ callId: 'c1', order: { kind: 'nothing', reason: 'Faux numéro' } }])
  })
})

describe('a draft on the server', () => {
  test('is saved at a pause, and read again on a computer that never saw it', async () => {
    await inConversation()
    await field('Titre').fill('Plus de réseau')
    await expect.poll(() => on.server.drafts[0]?.content.title).toBe('Plus de réseau')
    await on.page.evaluate(() => localStorage.clear())
    await on.page.reload()
    await shows('Titre', 'Plus de réseau')
  })

  test('of a colleague comes with the call that is passed to me', async () => {
    on.server.drafts = [draftBy('bruno', 'Bruno Petit', 'Vidéoprojecteur éteint')]
    await on.signedIn()
    const c = call('c1', [claire], { offeredTo: ['alice'], status: 'ringing' })
    on.server.pop(c)
    await shows('Titre', 'Vidéoprojecteur éteint')
  })

  test('that somebody else wrote too shows both, and loses none without a word', async () => {
    on.server.drafts = [draftBy('bruno', 'Bruno Petit', 'Le texte de Bruno', 3)]
    on.server.draftsFail = 'database_away'
    await inConversation()
    await shows('Titre', 'Le texte de Bruno')
    await field('Titre').fill('Mon texte')
    on.server.drafts = [draftBy('bruno', 'Bruno Petit', 'Bruno encore', 4)]
    on.server.draftsFail = null
    const notice = on.page.getByRole('alert').filter({ hasText: 'Bruno Petit a écrit cette fiche' })
    await notice.getByText('Bruno encore').waitFor()
    await shows('Titre', 'Mon texte')
    await expectAccessible(on.page)
    await notice.getByRole('button', { name: 'Garder la mienne' }).click()
    await expect.poll(() => on.server.drafts[0]?.content.title).toBe('Mon texte')
  })

  test('goes on here while the server does not answer', async () => {
    on.server.draftsFail = 'database_away'
    await inConversation()
    await field('Titre').fill('Plus de réseau')
    await on.page.reload()
    await shows('Titre', 'Plus de réseau')
  })

  test('is gone when its ticket is saved elsewhere', async () => {
    on.server.unwritten = [unwritten('c1', claire, 'alice', 'Alice Martin', 600)]
    on.server.drafts = [draftBy('alice', 'Alice Martin', 'Accès à Moodle')]
    await on.signedIn()
    await shows('Titre', 'Accès à Moodle')
    on.server.unwritten = []
    on.server.drafts = []
    on.server.draftsOver.push('c1')
    on.server.stale('drafts')
    on.server.stale('calls')
    await on.page.getByText('Aucun appel en cours').waitFor()
  })
})
