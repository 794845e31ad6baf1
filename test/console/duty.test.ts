import { describe, expect, test } from 'vitest'
import { choose, expectAccessible, expectReflow, inChromium } from './browser.ts'
import { sampleAccuracy } from './fake-waiting.ts'
import { ahmed, call, claire, operator, talking } from './fake-world.ts'

const on = inChromium()
const inSeconds = (n: number) => new Date(Date.now() + n * 1_000).toISOString()
const alice = (...rest: [Parameters<typeof operator>[2], Parameters<typeof operator>[3]?]) => operator('alice', 'Alice Martin', ...rest)
const card = () => on.page.getByRole('region', { name: 'Mon appel' })

describe('after a call', () => {
  test('says how long until calls ring again, and one key gives a minute more', async () => {
    const until = Date.now() + 600_000
    on.server.operators = [alice('wrap-up', { callId: 'c1', until: new Date(until).toISOString() })]
    await on.signedIn()
    /** Until when by what the card says, to a second or two of drawing. */
    const shown = async () => {
      const before = Date.now()
      const text = await card()
        .getByText(/prêt dans \d+:\d\d/)
        .innerText()
      const [, minutes, seconds] = /(\d+):(\d\d)/.exec(text) ?? []
      const left = (Number(minutes) * 60 + Number(seconds)) * 1_000
      return [before + left - 2_500, Date.now() + left + 2_500]
    }
    const holds = async (end: number) => {
      const [from = 0, to = 0] = await shown()
      return from <= end && end <= to
    }
    await expect.poll(() => holds(until)).toBe(true)
    await on.page.keyboard.press('e')
    await expect.poll(() => holds(until + 60_000)).toBe(true)
    expect(on.server.asked).toEqual(['POST /api/operators/me/wrap-up'])
    await expectAccessible(on.page)
  })
})

describe('the front desk', () => {
  test('takes one key, and the ticket form opens without a call', async () => {
    await on.signedIn('/console/tickets')
    await on.page.keyboard.press('g')
    await on.page.getByRole('form', { name: 'Nouveau ticket' }).getByText('Accueil').waitFor()
    await card().getByText('Vous êtes à l’accueil').waitFor()
    expect(on.server.asked).toEqual(['PUT /api/operators/me'])
    await expectAccessible(on.page)
  })

  test('somebody at the counter is a ticket in two gestures: one key, who and what, one key; the next one by another', async () => {
    await on.signedIn('/console/tickets')
    await on.page.keyboard.press('g')
    const focused = () => on.page.evaluate(() => document.activeElement?.getAttribute('data-field'))
    await expect.poll(focused).toBe('name')
    const form = on.page.getByRole('form', { name: 'Nouveau ticket' })
    await choose(form.getByLabel('Nom', { exact: true }), 'clai', /Claire Dubois/)
    await expect.poll(() => form.getByLabel('E-mail').inputValue()).toBe('claire.dubois@univ.example')
    await form.getByLabel('Titre', { exact: true }).fill('Vidéoprojecteur muet')
    await on.page.keyboard.press('Control+Enter')
    await expect
      .poll(() => on.server.creations)
      .toMatchObject([{ title: 'Vidéoprojecteur muet', medium: 'walk-in', callId: null, requester: { personId: 'claire.dubois' } }])
    await on.page.getByRole('button', { name: 'Je suis prêt' }).first().waitFor()
    await expectAccessible(on.page)
    await on.page.locator('main').focus()
    await on.page.keyboard.press('n')
    await expect.poll(focused).toBe('name')
  })

  test('whoever came by another way is said to, and what was chosen stays', async () => {
    await on.signedIn()
    await on.page.keyboard.press('n')
    const form = on.page.getByRole('form', { name: 'Nouveau ticket' })
    await form.getByRole('button', { name: 'Venu par : Accueil' }).click()
    await on.page.getByRole('menuitemradio', { name: /^Accueil/, checked: true }).waitFor()
    await expectAccessible(on.page, '[role=menu]')
    await on.page.getByRole('menuitemradio', { name: /^Niveau 2 en direct/ }).click()
    await form.getByRole('button', { name: 'Venu par : Niveau 2 en direct' }).waitFor()
    await on.page.reload()
    await form.getByRole('button', { name: 'Venu par : Niveau 2 en direct' }).waitFor()
    await form.getByLabel('Titre', { exact: true }).fill('Demandé à Nadia')
    await on.page.keyboard.press('Control+Enter')
    await expect.poll(() => on.server.creations).toMatchObject([{ title: 'Demandé à Nadia', medium: 'level2', callId: null }])
  })

  test('is seen by colleagues', async () => {
    await on.signedIn()
    on.server.change({ operators: [operator('bruno', 'Bruno Petit', 'front-desk')] })
    await on.page.getByRole('region', { name: 'File d’attente' }).getByText('À l’accueil').waitFor()
  })
})

describe('a state that the operator did not choose', () => {
  test('missed calls: a banner on whatever page says why, and one key ends it', async () => {
    await on.signedIn('/console/tickets')
    on.server.change({ operators: [alice('paused', { reason: 'missed' })] })
    const banner = on.page.getByRole('region', { name: /sonné ici/ }).getByText(/Des appels ont sonné ici sans être décrochés/)
    await banner.waitFor()
    await expectAccessible(on.page)
    await on.page.locator('main').focus()
    await on.page.keyboard.press('p')
    await banner.waitFor({ state: 'detached' })
    expect(on.server.asked).toEqual(['PUT /api/operators/me'])
  })

  test('ordered by somebody: their name is said', async () => {
    await on.signedIn()
    on.server.change({ operators: [alice('paused', { reason: 'Réunion', orderedBy: 'Sophie Garnier' })] })
    await on.page
      .getByRole('region')
      .getByText(/Sophie Garnier a changé votre état/)
      .waitFor()
  })
})

const sophie = () => {
  on.server.me = { ...on.server.me, id: 'sophie', login: 'sophie', name: 'Sophie Garnier', role: 'supervisor', extension: null }
}

test('a supervisor sends an operator to the front desk, and the list says by whom', async () => {
  sophie()
  await on.signedIn()
  await on.page.getByRole('button', { name: 'Changer l’état de Bruno Petit' }).click()
  await on.page.getByText('Bruno Petit verra que cela vient de vous').waitFor()
  await expectAccessible(on.page, '[role=menu]')
  await on.page.getByRole('menuitem', { name: 'Placer à l’accueil' }).click()
  await on.page.getByText('À l’accueil · par Sophie Garnier').waitFor()
  expect(on.server.asked).toEqual(['PUT /api/operators/bruno'])
})

test('the card says why the call rings here', async () => {
  await on.signedIn()
  const why = { kind: 'longest-idle', idleSeconds: 252, among: 3 } as const
  on.server.change({
    calls: [call('c1', [claire], { status: 'ringing', offeredTo: ['alice'], why })],
    operators: [alice('ringing', { callId: 'c1' })],
  })
  await card().getByText('Chez vous : libre depuis le plus longtemps (04:12) des 3 opérateurs libres').waitFor()
})

test('a call that rings with several operators says so, and whoever did not have it reads who did', async () => {
  await on.signedIn()
  const c = call('c1', [claire], { status: 'ringing', offeredTo: ['alice', 'bruno'], why: { kind: 'ring-all', among: 2 } })
  on.server.change({ calls: [c], operators: [alice('ringing', { callId: 'c1' })] })
  await card().getByText('Chez les 2 opérateurs libres à la fois').waitFor()
  await on.page.getByRole('region', { name: 'File d’attente' }).getByText('sonne chez 2 opérateurs').waitFor()
  on.server.change({ calls: [talking(c, 'bruno', 0)], operators: [alice('ready')] })
  await on.page.getByText('Bruno Petit a décroché').last().waitFor()
  await on.page.getByText('Aucun appel en cours').waitFor()
  await expectAccessible(on.page)
})

test('a wait that has become too long is said on whatever page, and in the queue', async () => {
  await on.signedIn('/console/tickets')
  on.server.change({ calls: [call('q1', [ahmed], { waited: 905, alarmedAt: inSeconds(-5) })] })
  await on.page.getByRole('region', { name: 'attente trop longue' }).getByText('Attend depuis trop longtemps').waitFor()
  await on.page.getByRole('alert').getByText('Attente trop longue : Ahmed Benali').waitFor({ state: 'attached' })
  await on.page.getByRole('button', { name: 'Signaler aussi par un son' }).click()
  await on.page.getByRole('button', { name: 'Ne plus signaler par un son' }).waitFor()
  await expectAccessible(on.page)
  await expectReflow(on.page)
  await on.page.goto(`${on.server.url}/console`)
  await on.page
    .getByRole('region', { name: 'File d’attente' })
    .getByText(/attente trop longue/)
    .waitFor()
})

describe('« Opérateurs et attente »', () => {
  test('changes who rings and what one may pause for, and the menu of states follows', async () => {
    sophie()
    await on.signedIn('/console/reglages/operateurs')
    await on.page.getByRole('switch', { name: 'D’abord l’opérateur qui a parlé en dernier à ce numéro' }).check()
    await on.page.getByRole('radio', { name: 'chez tous les opérateurs libres à la fois' }).check()
    await on.page.getByRole('checkbox', { name: 'Chloé Faure' }).check()
    await on.page.getByLabel('Motifs de pause').fill('Pause\n\nRelais\n')
    await expectAccessible(on.page)
    await expectReflow(on.page)
    await on.page.keyboard.press('Control+Enter')
    await on.page.getByText('Réglages enregistrés').waitFor()
    expect(on.server.settings.desk.value).toMatchObject({
      distribution: 'ring-all',
      stickySeconds: 20,
      englishOperators: ['chloe'],
      pauseReasons: ['Pause', 'Relais'],
    })
  })

  test('the announced waits are shown by range, and an empty month says why', async () => {
    sophie()
    await on.signedIn('/console/reglages/attente')
    await on.page.getByText('Aucune attente annoncée').waitFor()
    await expectAccessible(on.page)
    on.server.accuracy = sampleAccuracy()
    await on.page.getByText('7 jours').click()
    await on.page.getByText(/168 annonces sur 195 ont été tenues/).waitFor()
    expect(await on.page.getByRole('row').nth(2).innerText()).toContain('1 à 5 min')
    await expectAccessible(on.page)
    await expectReflow(on.page)
  })
})
