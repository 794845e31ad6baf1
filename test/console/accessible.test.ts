import { describe, expect, test } from 'vitest'
import type { Attachment } from '../../server/contract/attachments.ts'
import type { SharedPage } from '../../server/contract/shared-page.ts'
import { expectAccessible, expectReflow, expectUncut, inChromium } from './browser.ts'
import { withEntities } from './fake-settings.ts'
import { ahmed, call, claire, operator, paul, talking, zoe } from './fake-world.ts'

/** Each with something that it shows last. */
const screens = [
  ['/console/tickets', 'Wi-Fi eduroam lent au 4R3'],
  ['/console/tickets/10388', 'Relance par téléphone'],
  ['/console/a-rappeler', 'Traités'],
  ['/console/planning', 'Personne de 12:30 à 16:30'],
  ['/console/courriels', 'Bonjour Ahmed Benali'],
  ['/console/demo', 'Numéro inconnu'],
  ['/demo', 'Numéro inconnu'],
  ['/console/entrainement', '7 sur 9'],
  ['/console/entrainement?bilan=5a3b1c00-0000-4000-8000-000000000001', 'Personne n’a répondu'],
] as const

/** Those that are for supervisors. */
const theirs = [
  ['/console/perturbations', 'Serveur redémarré.'],
  ['/console/effectifs', 'Erlang C'],
  ['/console/indicateurs', 'Opérateurs'],
  ['/console/indicateurs/envois', 'Portée'],
  ['/console/planning', 'Semaine du'],
  ['/console/reglages/delais', 'Rappels et remontées'],
  ['/console/reglages/modeles', 'Modèles de tickets'],
  ['/console/reglages/dialogue', 'Retirer ce dialogue'],
  ['/console/reglages/murs', 'Hall du bâtiment 3'],
  ['/console/reglages/supervision', 'Alertmanager du réseau'],
  ['/console/reglages/centraux', 'Autocommutateur'],
  ['/console/reglages/portail', 'Sites qui peuvent l’afficher dans un cadre'],
  ['/console/reglages/courriels', 'Perturbation terminée'],
] as const

const administrators = [
  ['/console/reglages/entites', 'Qui en fait partie'],
  ['/console/reglages/connexion', 'Délai pour en remettre un'],
] as const

const on = inChromium()
const photo: Attachment = {
  id: 'f1',
  entryId: null,
  name: 'écran.png',
  type: 'image/png',
  bytes: 900,
  picture: { width: 320, height: 180 },
}
const sharedPage = (rest: Partial<SharedPage>): SharedPage => ({
  callId: 'c1',
  open: true,
  code: '482913',
  codeUntil: null,
  guessed: false,
  address: 'guichet.univ.example/p',
  endsAt: null,
  screens: 0,
  callerTypes: false,
  remoteUrl: null,
  lines: [],
  ...rest,
})

/** Go there without starting the console again: its router follows the history. */
const walkTo = (address: string) => on.page.evaluate((path) => window.history.pushState({}, '', path), address)

describe('no rule of accessibility is broken in either scheme, and nothing sticks out at 320 pixels', () => {
  test('where no motion is wanted, nothing moves to the other scheme: it is there at once', async () => {
    await on.signedIn()
    await on.page.evaluate(() =>
      document.addEventListener('transitionrun', ({ target }) => {
        if (target instanceof Element) target.setAttribute('data-moved', '')
      }),
    )
    await on.page.emulateMedia({ colorScheme: 'dark' })
    await on.page.locator('html[data-mantine-color-scheme=dark]').waitFor()
    await on.page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))))
    expect(await on.page.locator('[data-moved]').count()).toBe(0)
    await on.page.emulateMedia({ colorScheme: 'light' })
  })

  test('where no motion is wanted, a call that rings is there whole at once', async () => {
    await on.signedIn()
    await on.page.getByText('Personne n’attend.').waitFor()
    await on.page.evaluate(() =>
      document.addEventListener('animationstart', ({ animationName }) => document.body.setAttribute('data-moved', animationName)),
    )
    on.server.pop(call('c1', [zoe], { status: 'ringing', offeredTo: ['alice'] }))
    on.server.change({
      calls: [call('c1', [zoe], { status: 'ringing', offeredTo: ['alice'] })],
      operators: [operator('alice', 'Alice Martin', 'ringing')],
    })
    await on.page.getByRole('button', { name: 'Répondre' }).waitFor()
    await on.page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))))
    expect(await on.page.locator('[data-moved]').count()).toBe(0)
  })

  test('at the sign-in', async () => {
    await on.page.goto(`${on.server.url}/console`)
    await on.page.getByText('Comptes de démonstration').waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
  })

  test('at the desk: at rest, while it rings, in conversation, on hold near the limit', async () => {
    await on.signedIn()
    await on.page.getByText('Personne n’attend.').waitFor()
    await expectAccessible(on.page)
    const c = call('c1', [zoe, paul], { status: 'ringing', offeredTo: ['alice'] })
    on.server.pop(c)
    on.server.change({
      calls: [c, call('q1', [ahmed], { position: 2 })],
      operators: [operator('alice', 'Alice Martin', 'ringing'), operator('bruno', 'Bruno Petit', 'paused', { reason: 'missed' })],
    })
    await on.page.getByRole('button', { name: 'Répondre' }).waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
    on.server.change({ calls: [talking(c, 'alice', 800)], operators: [operator('alice', 'Alice Martin', 'talking')] })
    await on.page.getByRole('button', { name: 'Finir' }).waitFor()
    on.server.saveFails = 'database_away'
    await on.page.getByRole('radio', { name: /Zoé/ }).click()
    await on.page.getByLabel('Titre', { exact: true }).fill('Écran noir')
    await on.page.keyboard.press('Control+Enter')
    await on.page.getByText('Rien n’est enregistré').waitFor()
    await on.page.getByRole('button', { name: 'prolonger' }).click()
    await on.page.getByRole('dialog', { name: 'Prolonger de 5 minutes' }).waitFor()
    await expectAccessible(on.page, '[role=dialog]')
    await on.page.keyboard.press('Escape')
    await expectAccessible(on.page)
    on.server.change({ calls: [{ ...talking(c, 'alice', 870), onHold: true, extensions: 1 }] })
    await on.page.getByText('En garde', { exact: true }).waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
  })

  test('of a page shared with the caller: its code, what is exchanged, its end', async () => {
    const c = talking(call('c1', [claire]), 'alice', 100)
    on.server.calls.set('c1', c)
    on.server.operators = [operator('alice', 'Alice Martin', 'talking', { callId: 'c1' })]
    on.server.page = sharedPage({ lines: [] })
    await on.signedIn()
    const panel = on.page.getByRole('region', { name: 'Page partagée' })
    await panel.getByText('482 913').waitFor()
    await expectAccessible(on.page)
    const now = new Date().toISOString()
    const said = { at: now, confidential: false, language: null, doneAt: null, files: [] }
    on.server.page = sharedPage({
      code: null,
      screens: 1,
      guessed: true,
      remoteUrl: 'https://aide.univ.example/voir/1',
      lines: [
        { ...said, id: 1, side: 'operator', by: 'Alice Martin', kind: 'spelled', text: '', confidential: true },
        { ...said, id: 2, side: 'operator', by: 'Alice Martin', kind: 'step', text: 'Redémarrez le poste', doneAt: now },
        { ...said, id: 3, side: 'caller', by: '', kind: 'text', text: 'No funciona', language: 'es', files: [photo] },
      ],
    })
    on.server.stale('pages')
    await panel.getByText('No funciona').waitFor()
    await panel.getByText('À épeler', { exact: true }).click()
    await panel.getByRole('checkbox').waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
    on.server.page = { ...on.server.page, open: false, endsAt: now }
    on.server.stale('pages')
    await panel.getByRole('button', { name: 'Envoyer' }).waitFor({ state: 'detached' })
    await expectAccessible(on.page)
  })

  test('of a conversation: told on whatever page, given by « Suivant », answered on the ticket', async () => {
    const since = new Date(Date.now() - 130_000).toISOString()
    const waiting = {
      number: 10388,
      title: 'Accès à Moodle',
      requester: 'Claire Dubois',
      since,
      text: 'Toujours refusé',
      here: true,
      owner: null,
    }
    on.server.talks = [waiting, { ...waiting, number: 10402, requester: 'Lou Martin', here: false }]
    on.server.next = [{ kind: 'talk', key: 'talk:10388', number: 10388, who: 'Claire Dubois', since, here: true }]
    await on.signedIn()
    await on.page.getByText('2 personnes attendent une réponse écrite').waitFor()
    await on.page.getByText('Suivant : répondre à Claire Dubois, qui attend à l’écran depuis 2 min.').waitFor()
    await expectAccessible(on.page)
    await on.page.locator('main').focus()
    await on.page.keyboard.press('s')
    // What is typed now is for her.
    const answer = on.page.getByRole('textbox', { name: 'Message à l’usager' })
    await answer.waitFor()
    await expect.poll(() => answer.evaluate((box) => box === document.activeElement)).toBe(true)
    await on.page.getByText('L’usager attend votre réponse sur sa page').waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
    on.server.talks = []
    on.server.stale('talks')
    await on.page.getByRole('status').filter({ hasText: 'Suivant :' }).waitFor({ state: 'detached' })
  })

  test('of a call back at a half hour: what it is about, and that the desk is closed then', async () => {
    const [first] = on.server.owed
    const origin = { kind: 'slot', at: new Date().toISOString(), callId: 'slot-a', messageId: null, seconds: null, ticket: null } as const
    if (first !== undefined) on.server.owed = [{ ...first, origins: [{ ...origin, subject: 'Imprimante du secrétariat', shut: 'told' }] }]
    on.server.me = { ...on.server.me, role: 'supervisor' }
    await on.signedIn('/console/a-rappeler')
    await on.page.getByText('Imprimante du secrétariat').waitFor()
    await on.page.getByText('Guichet fermé à cette heure : prévenu par courriel').waitFor()
    await on.page.getByRole('region', { name: '1 rappel promis tombe pendant une fermeture' }).waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
  })

  test('at every other screen', async () => {
    await on.signedIn()
    for (const [screen, last] of screens) {
      await walkTo(screen)
      await on.page.getByText(last).first().waitFor()
      await expectAccessible(on.page)
      await expectReflow(on.page)
    }
  })

  for (const half of [theirs.slice(0, 5), theirs.slice(5)])
    test(`at the screens of supervisors, from ${half[0]?.[0]} on`, async () => {
      on.server.me = { ...on.server.me, id: 'sophie', login: 'sophie', name: 'Sophie Garnier', role: 'supervisor', extension: null }
      await on.signedIn()
      for (const [screen, last] of half) {
        await walkTo(screen)
        await on.page.getByText(last).first().waitFor()
        await expectAccessible(on.page)
        await expectReflow(on.page)
      }
    })

  test('at the shared calendar of an administrator, which cannot be reached', async () => {
    on.server.me = { ...on.server.me, id: 'admin', login: 'admin', name: 'Anne Delmas', role: 'administrator', extension: null }
    await on.signedIn('/console/reglages/agenda')
    await on.page.getByText('Congés de quelqu’un').waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
  })

  test('at the neighbours of an administrator: GLPI that refused something, an inventory that does not answer', async () => {
    on.server.me = { ...on.server.me, id: 'admin', login: 'admin', name: 'Anne Delmas', role: 'administrator', extension: null }
    const { glpi, ocs } = on.server.settings
    on.server.settings = {
      ...on.server.settings,
      glpi: { ...glpi, value: { ...glpi.value, mode: 'both', address: 'https://glpi.univ.example' } },
      ocs: { ...ocs, value: { servers: [{ id: 'sciences', name: 'Sciences', address: 'https://ocs.univ.example', login: 'guichet' }] } },
    }
    await on.signedIn('/console/reglages/glpi')
    await on.page.getByText('seraient repris').waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
    await walkTo('/console/reglages/ocs')
    await on.page.getByText('Essayer avec l’identifiant de').waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
  })

  test('at the screens of administrators', async () => {
    on.server.me = { ...on.server.me, id: 'admin', login: 'admin', name: 'Anne Delmas', role: 'administrator', extension: null }
    const settings = withEntities(on.server.settings)
    on.server.settings = {
      ...settings,
      signIn: { ...settings.signIn, value: { secondFactorFor: ['administrator'], secondFactorResetHours: 24 } },
    }
    await on.signedIn()
    for (const [screen, last] of administrators) {
      await walkTo(screen)
      await on.page.getByText(last).first().waitFor()
      await expectAccessible(on.page)
      await expectReflow(on.page)
    }
  })

  test('in the palette, the dialogues and the menus', async () => {
    await on.signedIn()
    const dialog = on.page.getByRole('dialog')
    await on.page.keyboard.press('Control+k')
    await dialog.waitFor()
    await expectAccessible(on.page, '[role=dialog]')
    await on.page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await on.page.keyboard.press('?')
    await on.page.getByRole('switch').waitFor()
    await expectAccessible(on.page, '[role=dialog]')
    await on.page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await on.page.getByRole('button', { name: /Mon compte/ }).click()
    await on.page.getByRole('button', { name: 'Se déconnecter' }).waitFor()
    await expectAccessible(on.page, '[role=dialog]')
    await on.page.getByRole('button', { name: 'Mon téléphone' }).click()
    await on.page.getByText('alice-a1').waitFor()
    await expectAccessible(on.page, '[role=dialog]')
    await on.page.getByLabel('Ce navigateur').click()
    await on.page.getByText('Le navigateur doit autoriser le microphone').first().waitFor()
    await expectAccessible(on.page, '[role=dialog]')
    await expectReflow(on.page)
    await on.page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await on.page.getByRole('button', { name: /^Prêt/ }).click()
    await on.page.getByRole('menuitem', { name: 'Déjeuner' }).waitFor()
    await expectAccessible(on.page, '[role=menu]')
  })
})

describe('the card of a call', () => {
  for (const width of [1366, 1920])
    test(`cuts no word at ${width} pixels, in French or English`, async () => {
      await on.page.setViewportSize({ width, height: 900 })
      const c = call('c1', [claire], { status: 'ringing', offeredTo: ['alice'] })
      on.server.calls.set('c1', c)
      await on.signedIn()
      for (const language of ['Français', 'English']) {
        if (language === 'English') {
          await on.page.evaluate(() => localStorage.setItem('guichet.language', 'en'))
          await on.page.reload()
        }
        await on.page.getByRole('button', { name: /^(Répondre|Answer)$/ }).waitFor()
        await expectUncut(on.page)
        on.server.change({ calls: [{ ...talking(c, 'alice', 100), onHold: true }] })
        await on.page.getByRole('button', { name: /^(Reprendre|Resume)$/ }).waitFor()
        await expectUncut(on.page)
        on.server.change({ calls: [c] })
      }
    })
})
