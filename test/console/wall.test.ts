import { expect, test } from 'vitest'
import { expectAccessible, expectReflow, inChromium } from './browser.ts'
import { wallKey } from './fake-wall.ts'

const on = inChromium({ viewport: { width: 1920, height: 1080 } })
const ago = (s: number) => new Date(Date.now() - s * 1_000).toISOString()

test('the big screen shows the desk at once, without signing in, and whatever changes', async () => {
  await on.page.goto(`${on.server.url}/mur/${wallKey}`)
  await on.page.getByText('sur 138 présentés').waitFor()
  await on.page.getByText('Bruno').waitFor()
  on.server.wall.tell({ waiting: 0, oldestAt: null, kept: 0 })
  await on.page.getByText('Personne n’attend').waitFor()
  expect(await on.page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBeLessThanOrEqual(0)
  await expectAccessible(on.page)
  await expectReflow(on.page)
})

test('a wait that lasts becomes an alarm by itself, in words, and so does a telephone that does not answer', async () => {
  on.server.wall.tell({ oldestAt: ago(897) })
  await on.page.goto(`${on.server.url}/mur/${wallKey}`)
  await on.page.getByRole('alert').getByText('Une attente dépasse 15 min').waitFor()
  await expectAccessible(on.page)
  on.server.wall.tell({ telephony: false })
  await on.page.getByRole('alert').getByText('Le serveur téléphonique ne répond pas').waitFor()
  on.server.wall.tell({ telephony: true, oldestAt: ago(5) })
  await on.page.getByRole('alert').waitFor({ state: 'detached' })
  on.server.wall.tell({ disruptions: [{ title: 'Wi-Fi indisponible au bâtiment 4R3', since: ago(600), absorbed: 12 }] })
  await on.page.getByText('Wi-Fi indisponible au bâtiment 4R3').waitFor()
  await on.page.getByText('12 appels absorbés').waitFor()
  expect(await on.page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBeLessThanOrEqual(0)
})

test('it says that its figures are old when the link is lost, comes back by itself, and shows nothing at an address taken back', async () => {
  await on.page.goto(`${on.server.url}/mur/${wallKey}`)
  await on.page.getByText('sur 138 présentés').waitFor()
  await on.page.context().setOffline(true)
  on.server.wall.cut()
  await on.page.getByText('la connexion est perdue').waitFor()
  await on.page.context().setOffline(false)
  await on.page.getByText('la connexion est perdue').waitFor({ state: 'detached' })
  await on.page.goto(`${on.server.url}/mur/abcdefgh-aaaaaaaaaaaaaaaaaaaa`)
  await on.page.getByText('Cette adresse ne mène plus à un mur').waitFor()
  expect(await on.page.getByText('présentés').count()).toBe(0)
})

test('one gesture allows the sound, where the browser asks for one, and nothing is asked where it does not', async () => {
  const bell = on.page.getByRole('button', { name: 'Activer le son des alertes' })
  await on.page.addInitScript(() => {
    const mark = ({ target }: Event) => (document.documentElement.dataset['sound'] = (target as AudioContext).state)
    window.AudioContext = class extends AudioContext {
      constructor() {
        super()
        this.addEventListener('statechange', mark)
      }
    }
  })
  await on.page.goto(`${on.server.url}/mur/${wallKey}`)
  await on.page.getByText('sur 138 présentés').waitFor()
  // A busy machine is long in beginning a sound: the button is there meanwhile.
  await on.page.locator('html[data-sound=running]').waitFor()
  // Begun after the page's own wait, and as long: over after it.
  await on.page.evaluate(() => new Promise((over) => setTimeout(over, 1_500)))
  expect(await bell.count()).toBe(0)
  // A headless browser allows sound whatever it is told: this is one that waits for a gesture, as those of people do.
  await on.page.addInitScript(() => {
    let state: AudioContextState = 'suspended'
    Object.defineProperty(AudioContext.prototype, 'state', { get: () => state })
    AudioContext.prototype.resume = function resume() {
      if (!navigator.userActivation.hasBeenActive) return new Promise(() => undefined)
      state = 'running'
      this.dispatchEvent(new Event('statechange'))
      return Promise.resolve()
    }
  })
  await on.page.reload()
  await bell.click()
  await bell.waitFor({ state: 'detached' })
})
