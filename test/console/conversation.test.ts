import { describe, expect, test } from 'vitest'
import { expectAccessible, inChromium } from './browser.ts'
import { call, claire, operator, talking } from './fake-world.ts'

const on = inChromium()
const card = () => on.page.getByRole('region', { name: 'Mon appel' })
const politely = () => on.page.locator('[data-announcer=polite]')

async function inConversation(seconds: number): Promise<void> {
  on.server.calls.set('c1', talking(call('c1', [claire]), 'alice', seconds))
  on.server.operators = [operator('alice', 'Alice Martin', 'talking', { callId: 'c1' })]
  await on.signedIn()
  await on.page.getByRole('button', { name: 'Finir' }).waitFor()
  // The keys act outside fields, and the conversation begins in the title.
  await expect.poll(() => on.page.evaluate(() => document.activeElement?.getAttribute('data-field'))).toBe('title')
  await on.page.locator('main').focus()
}

describe('hold', () => {
  test('is one key there and back, told on the card and to screen readers', async () => {
    await inConversation(30)
    await on.page.keyboard.press('h')
    await card().getByText('En garde', { exact: true }).waitFor()
    await on.page.getByRole('alert').getByText('En garde : Claire Dubois entend la musique').waitFor({ state: 'attached' })
    await on.page.keyboard.press('h')
    await card().getByRole('button', { name: 'Garde' }).waitFor()
    await on.page.getByRole('alert').getByText('Conversation reprise avec Claire Dubois').waitFor({ state: 'attached' })
    expect(on.server.asked).toEqual(['POST /api/calls/c1/hold', 'POST /api/calls/c1/hold'])
    expect(await card().getByText('En garde', { exact: true }).count()).toBe(0)
  })

  test('that the server refuses is not shown as done', async () => {
    await inConversation(30)
    on.server.callFails = 'conflict'
    await card().getByRole('button', { name: 'Garde' }).click()
    await on.page.getByText('L’état a changé entre-temps').waitFor()
    await card().getByRole('button', { name: 'Garde' }).waitFor()
  })
})

describe('the limit', () => {
  test('is put off by two keys, and says so', async () => {
    await inConversation(800)
    await card()
      .getByText(/il reste 1:\d\d/)
      .waitFor()
    await on.page.keyboard.press('e')
    await on.page.getByRole('dialog', { name: 'Prolonger de 5 minutes' }).waitFor()
    await on.page.keyboard.press('2')
    await card().getByText('limite 20:00').waitFor()
    await card().getByText('prolongé 1 fois').waitFor()
    await politely().getByText('Limite repoussée').waitFor({ state: 'attached' })
    expect(on.server.extensionReasons).toEqual(['Diagnostic en cours'])
    await on.page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('takes the digits of a French keyboard, which gives them without their figures', async () => {
    await inConversation(60)
    await on.page.keyboard.press('e')
    await on.page.getByRole('dialog').waitFor()
    await on.page.getByRole('dialog').dispatchEvent('keydown', { key: '&', code: 'Digit1', bubbles: true })
    await card().getByText('limite 20:00').waitFor()
    expect(on.server.extensionReasons).toEqual(['Presque terminé'])
  })

  test('leaves the key alone while something is typed', async () => {
    await inConversation(60)
    await on.page.getByLabel('Titre', { exact: true }).focus()
    await on.page.keyboard.type('he')
    expect(await on.page.getByRole('dialog').count()).toBe(0)
    // The draft is kept meanwhile, which is no command.
    expect(on.server.asked.filter((one) => one.includes('/calls/'))).toEqual([])
  })

  test('is announced at two minutes and at one, once each, not every second', async () => {
    await inConversation(600)
    await politely().evaluate((region) => {
      const said: string[] = []
      Object.assign(window, { said })
      new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true })
    })
    const left = (time: RegExp) => card().getByText(time)
    on.server.change({ calls: [talking(call('c1', [claire]), 'alice', 778)] })
    await left(/il reste 1:[0-5]\d/).waitFor()
    // A second at least after it was said.
    const first = await left(/il reste/).innerText()
    await expect.poll(() => left(/il reste/).innerText()).not.toBe(first)
    on.server.change({ calls: [talking(call('c1', [claire]), 'alice', 841)] })
    await left(/il reste 0:[0-5]\d/).waitFor()
    await expect
      .poll(() => on.page.evaluate(() => (window as unknown as { said: string[] }).said))
      .toEqual(['Il reste deux minutes avant la limite', 'Il reste une minute avant la limite'])
  })
})

describe('my telephone', () => {
  test('shows its account, the password only when asked', async () => {
    await on.signedIn()
    await on.page.getByRole('button', { name: /Mon compte/ }).click()
    await on.page.getByRole('button', { name: 'Mon téléphone' }).click()
    const dialog = on.page.getByRole('dialog', { name: 'Mon téléphone' })
    await dialog.getByText('alice-a1').waitFor()
    await dialog.getByText('127.0.0.1:5060').waitFor()
    expect(await dialog.getByText('correct-horse-7').count()).toBe(0)
    await dialog.getByRole('button', { name: 'Afficher le mot de passe' }).click()
    await dialog.getByText('correct-horse-7').waitFor()
  })

  test('says so when the operator has none', async () => {
    on.server.phone = null
    await on.signedIn()
    await on.page.getByRole('button', { name: /Mon compte/ }).click()
    await on.page.getByRole('button', { name: 'Mon téléphone' }).click()
    await on.page.getByText(/vos appels passent par le standard/).waitFor()
  })
})

describe('what was heard in the demonstration', () => {
  test('is one line a call, with both sides', async () => {
    await on.signedIn('/console/demo')
    const line = on.page.getByRole('listitem').filter({ hasText: 'Claire Dubois' }).filter({ hasText: 'entendu par' })
    await line.waitFor()
    expect(await line.locator('audio').evaluateAll((players) => players.map((p) => p.getAttribute('aria-label')))).toEqual([
      'Claire Dubois, entendu par l’appelant',
      'Claire Dubois, entendu par l’opérateur',
    ])
    await on.page
      .getByRole('listitem')
      .filter({ hasText: 'Ahmed Benali' })
      .getByText(/Personne n’a décroché/)
      .waitFor()
  })

  test('says so when a recording cannot be played', async () => {
    await on.signedIn('/console/demo')
    await on.page
      .getByLabel('Claire Dubois, entendu par l’appelant')
      .evaluate((player: HTMLAudioElement) => player.play().catch(() => null))
    await on.page.getByText('Cet enregistrement n’a pas pu être lu.').waitFor()
  })

  test('invites to a call when there is none yet', async () => {
    on.server.recordings = []
    await on.signedIn('/console/demo')
    await on.page.getByText(/Passez un appel/).waitFor()
  })
})

describe('recording', () => {
  test('is one key: announced, recorded, paused, resumed, each shown and told; on a line that records on demand it can be ended', async () => {
    on.server.lines = [{ id: 'guichet', name: 'Guichet', recording: 'on-demand' }]
    await inConversation(30)
    await on.page.keyboard.press('z')
    await card().getByText('L’enregistrement s’annonce').waitFor()
    await expectAccessible(on.page)
    const c = on.server.calls.get('c1') ?? call('c1', [claire])
    on.server.change({ calls: [{ ...c, recording: 'on' }] })
    await card().getByText('Conversation enregistrée').waitFor()
    await on.page.getByRole('alert').getByText('La conversation est enregistrée').waitFor({ state: 'attached' })
    await expectAccessible(on.page)
    await on.page.keyboard.press('z')
    await card().getByText('Enregistrement suspendu').waitFor()
    await on.page.keyboard.press('z')
    await card().getByText('Conversation enregistrée').waitFor()
    await card().getByRole('button', { name: 'Ne plus enregistrer' }).click()
    await card().getByRole('button', { name: 'Enregistrer', exact: true }).waitFor()
    expect(on.server.asked).toHaveLength(4)
  })

  test('is not offered on a line that does not record', async () => {
    await inConversation(30)
    expect(
      await card()
        .getByRole('button', { name: /Enregistrer/ })
        .count(),
    ).toBe(0)
  })
})

describe('a training day', () => {
  test('is begun on its page, says on every page what the caller says, and ends with its debrief', async () => {
    await on.signedIn('/console/entrainement')
    await on.page.getByRole('button', { name: 'Commencer : Premiers appels' }).click()
    await on.page.getByText('Depuis').waitFor()
    await on.page.getByRole('link', { name: 'Aller à la permanence' }).click()
    const band = on.page.getByRole('region', { name: 'Entraînement' })
    await band.getByText('appel 1 sur 3').waitFor()
    await band.getByText('J’ai oublié mon mot de passe.').waitFor()
    await band.getByRole('link', { name: 'Voir la journée' }).click()
    await on.page.getByRole('button', { name: 'Finir et voir le bilan' }).click()
    await on.page.getByRole('heading', { name: 'Bilan de la journée' }).waitFor()
    await on.page.getByText('Titre trop vague').waitFor()
    await on.page.getByText('Réglé au téléphone, avec sa solution').waitFor()
    await on.page.getByText('Rappel dû, et oublié').waitFor()
    await on.page.getByRole('link', { name: 'Toutes les journées' }).click()
    await on.page.getByText('7 sur 9').waitFor()
  })
})

test('the dialogue leaves a pause for a name that is not known yet', async () => {
  on.server.calls.set('c1', talking(call('c1', []), 'alice', 5))
  on.server.operators = [operator('alice', 'Alice Martin', 'talking', { callId: 'c1' })]
  await on.signedIn()
  const dialogue = on.page.getByRole('region', { name: 'Dialogue' })
  await expect.poll(() => dialogue.innerText()).toContain('Vous êtes bien …\u202F?')
})

test('the dialogue’s steps are in English for whoever reads the console in English', async () => {
  on.server.calls.set('c1', talking(call('c1', []), 'alice', 5))
  on.server.operators = [operator('alice', 'Alice Martin', 'talking', { callId: 'c1' })]
  await on.page.addInitScript(() => localStorage.setItem('guichet.language', 'en'))
  await on.page.context().addCookies([{ name: 'fake-session', value: 'yes', url: on.server.url }])
  await on.page.goto(`${on.server.url}/console`)
  const dialogue = on.page.getByRole('region', { name: 'Dialogue' })
  await expect.poll(() => dialogue.innerText()).toContain('Solve or redirect')
  expect(await dialogue.innerText()).not.toContain('Récapituler')
})
