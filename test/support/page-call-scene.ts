/**
 * Calls from the desk's page: an operator's SIP phone behind the exchange, Chromium as the caller. page-calls.test.ts plays it.
 */
import type { CallView } from '../../server/contract/entities.ts'
import type { CallStory } from '../../server/contract/call-story.ts'
import { brokenRules } from './axe.ts'
import { once, party } from './sipp.ts'
import { voice } from './sound.ts'
import { play, played, twoSeconds } from './spoken-scene.ts'

await play(async ({ service, sipPort, line, ear, serving, heard, newPage }) => {
  const me = await service.signIn('alice')
  const calls = async () =>
    Object.values((await me.ask<{ readonly waiting: readonly CallView[]; readonly others: readonly CallView[] }>('GET', '/api/calls')).body)
      .flat()
      .filter((one) => 'arrivedAt' in one)
  const page = await newPage()
  const start = page.getByRole('button', { name: 'Appeler depuis cette page' })
  const until = async (text: string | RegExp) => page.locator('[data-call-title]').filter({ hasText: text }).waitFor()
  const ended = async () => {
    await page.locator('[data-call-end]').filter({ hasText: /\S/ }).waitFor()
    return (await page.locator('[data-call-end]').textContent()) ?? ''
  }

  // Nobody is known, nobody is ready: the announcement is heard and read, its choices are buttons.
  await page.goto('/')
  await start.click()
  await until('Vous êtes le prochain.')
  const [anonymous] = await calls()
  const announced = await played(page)
  const said = (await page.locator('[data-call-said] div').textContent()) ?? ''
  await page.getByRole('button', { name: 'Garder ma place et être rappelé' }).click()
  await page.getByText('Composez le numéro au clavier.').waitFor()
  for (const key of '05615') await page.keyboard.press(key)
  // A French keyboard's digits are theirs without Shift.
  for (const digit of '57711')
    await page.evaluate(
      (init) => document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true })),
      { key: 'à&é"\'(-è_ç'.charAt(Number(digit)), code: `Digit${digit}` },
    )
  await page.getByRole('button', { name: 'Confirmer ce numéro' }).waitFor()
  const readBack = (await page.locator('[data-call-said] div').textContent()) ?? ''
  await page.getByRole('button', { name: 'Rester en ligne' }).click()
  await page.getByRole('button', { name: 'English' }).click()
  await until('You are next.')
  const unsound: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    unsound.push(...(await brokenRules(page, { within: '[data-call]' })).map(({ id, at }) => `${colorScheme} ${id}: ${at}`))
  }
  const [waited] = await calls()
  // Loaded anew, the page has lost its call, which ends at once.
  const reloadedAt = Date.now()
  page.on('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await once(async () => (await calls()).length === 0, 10_000, 'the end of the reloaded page’s call')
  const reloadEndedMs = Date.now() - reloadedAt
  // It says so, and one press is back where it stood: before whoever came meanwhile.
  const reloaded = await ended()
  await page.getByRole('button', { name: 'Rappeler et reprendre ma place' }).click()
  await until('Vous êtes le prochain.')
  const [again] = await calls()
  const place = { kept: again !== undefined && again.id !== waited?.id, position: again?.position ?? null }
  await page.getByRole('button', { name: 'Raccrocher' }).click()
  const hungUp = await ended()
  await once(async () => (await calls()).length === 0, 10_000, 'the end of the call that came back')

  let sophie = await service.signIn('sophie')
  /** Why a call ended, once the figures know. */
  const endOf = async (id: string): Promise<string | null> => {
    let end: { readonly how: string | null } | undefined
    await once(async () => {
      const { body } = await sophie.ask<Partial<CallStory>>('GET', `/api/calls/${id}/story`)
      end = body.facts?.find(({ type }) => type === 'call-ended')
      return end !== undefined
    })
    return end?.how ?? null
  }
  const abandoned = await endOf(anonymous?.id ?? '')

  // No way for the sound, then no microphone: the page says so, and the call that came about is over.
  const refused: string[] = []
  const problems = await newPage()
  for (const way of ['sound', 'microphone'] as const) {
    await problems.addInitScript((what) => {
      if (what === 'microphone') navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
      else
        window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
          construct: (Peer) => new Peer({ iceTransportPolicy: 'relay' }),
        })
    }, way)
    await problems.goto('/')
    await problems.getByRole('button', { name: 'Appeler depuis cette page' }).click()
    await problems.locator('[data-call-end]').filter({ hasText: /\S/ }).waitFor({ timeout: 40_000 })
    refused.push((await problems.locator('[data-call-end]').textContent()) ?? '')
  }
  await problems.close()
  await once(async () => (await calls()).length === 0, 10_000, 'the end of the call without sound')

  // Signed in, an operator ready: the pop says who it is.
  await page.goto('/connexion')
  await page.getByLabel('Identifiant').fill('claire.dubois')
  await page.getByLabel('Mot de passe').fill('guichet-demo')
  await page.getByRole('main').getByRole('button').click()
  await page.waitForURL('**/demandes**').catch(() => undefined)
  await me.ask('PUT', '/api/operators/me/phone/choice', { kind: 'extension' })
  await me.state('ready')
  const phone = await party({
    scenario: 'phone-answers-when-told',
    desk: { host: '127.0.0.1', port: sipPort },
    port: line,
    calls: 1,
    rtpPort: ear.port,
  })
  await page.goto('/')
  await start.click()
  await until('Cela sonne chez un opérateur.')
  await once(() => phone.messages().some(({ line: text }) => text.startsWith('INVITE ')), 10_000, 'the operator’s phone')
  const [known] = await calls()
  await phone.tell()
  await until('Vous êtes avec un opérateur.')
  await phone.answered()
  await ear.speaksFor(phone)
  ear.speak(voice(7, 2))
  const talking = { operator: await heard(), caller: await played(page) }
  ear.hush()
  await twoSeconds()
  const hushed = await played(page)
  await page.getByRole('button', { name: 'Couper le micro' }).click()
  await twoSeconds()
  const muted = await heard()
  await page.getByRole('button', { name: 'Couper le micro' }).click()

  // A microphone that is pulled out ends, which only a hand can do: first there is no other, then one is plugged in.
  const unheard = page.locator('[data-call-unheard]')
  await page.evaluate(() => {
    const { mediaDevices } = navigator
    const open = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError'))
    for (const { track } of (window as unknown as { peers: RTCPeerConnection[] }).peers.flatMap((peer) => peer.getSenders())) {
      track?.stop()
      track?.dispatchEvent(new Event('ended'))
    }
    Object.assign(window, { plugIn: () => Object.assign(mediaDevices, { getUserMedia: open }).dispatchEvent(new Event('devicechange')) })
  })
  await unheard.filter({ hasText: /\S/ }).waitFor()
  const pulledOut = { says: await unheard.textContent(), operator: 0 }
  await page.evaluate(() => (window as unknown as { plugIn: () => unknown }).plugIn())
  await unheard.waitFor({ state: 'hidden' })
  await twoSeconds()
  pulledOut.operator = await heard()

  // The service is killed and comes back in mid-conversation: the sound goes on, and the page finds its call again.
  await service.kill()
  ear.speak(voice(9, 2))
  const meanwhile = { operator: await heard(), caller: await played(page) }
  service.launch()
  await serving()
  await until('Vous êtes avec un opérateur.')
  await twoSeconds()
  const after = { operator: await heard(), calls: (await calls()).map(({ status }) => status) }
  await page.getByRole('button', { name: 'Raccrocher' }).click()
  const farewell = await ended()
  await phone.done
  await once(async () => (await calls()).length === 0, 10_000, 'the end of the call')
  sophie = await service.signIn('sophie')
  const completed = await endOf(known?.id ?? '')
  const output = service.output
  return {
    anonymous: anonymous && { page: anonymous.page, number: anonymous.number, people: anonymous.people.length },
    announced,
    said,
    readBack,
    reloadEndedMs,
    reloaded,
    place,
    hungUp,
    unsound,
    abandoned,
    completed,
    refused,
    known: known && { page: known.page, names: known.people.map(({ name }) => name), number: known.number },
    talking,
    hushed,
    muted,
    pulledOut,
    meanwhile,
    after,
    farewell,
    secrets: /page call|a=fingerprint|Authorization/.test(output),
  }
})
