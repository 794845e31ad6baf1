/**
 * One conversation of a caller with an operator whose phone is the browser. softphone.test.ts plays it.
 */
import { once, party } from './sipp.ts'
import { voice } from './sound.ts'
import { play, played, twoSeconds } from './spoken-scene.ts'

await play(async ({ service, sipPort, line, ear, heard, newPage }) => {
  const me = await service.signIn('alice')
  await me.ask('PUT', '/api/operators/me/phone/choice', { kind: 'browser' })
  const away = (await me.ask<{ phoneAway?: boolean }>('PUT', '/api/operators/me', { state: 'ready' })).body.phoneAway

  const page = await newPage()
  const kept: unknown[] = []
  page.on('request', (request) => {
    if (request.method() === 'PUT' && request.url().endsWith('/sound')) kept.push(JSON.parse(request.postData() ?? 'null'))
  })
  // The keys of a headset are the system's to pass on: what the console does at each is called as the browser would.
  await page.addInitScript(() => {
    const kept: Record<string, (() => void) | null> = {}
    Object.assign(window, { headset: kept })
    const take = navigator.mediaSession.setActionHandler.bind(navigator.mediaSession)
    navigator.mediaSession.setActionHandler = (name, act) => {
      kept[name] = act as (() => void) | null
      take(name, act)
    }
  })
  const headset = (key: 'togglemicrophone' | 'hangup') =>
    page.evaluate((name) => (window as unknown as { headset: Record<string, (() => void) | null> }).headset[name]?.(), key)
  await page.goto('/console')
  await page.getByLabel(/identifiant/i).fill('alice')
  await page.locator('input[type=password]').fill('guichet-demo')
  await page.keyboard.press('Enter')
  await page.getByTitle('Le téléphone est prêt').waitFor()

  const caller = await party({
    scenario: 'caller-stays-until-told-to-hang-up',
    desk: { host: '127.0.0.1', port: sipPort },
    port: line,
    calls: 1,
    rtpPort: ear.port,
  })
  await page.getByRole('button', { name: /Répondre/ }).waitFor()
  await page.keyboard.press('a')
  await page.getByRole('button', { name: /Finir/ }).waitFor()
  await caller.answered()
  await ear.speaksFor(caller)
  ear.speak(voice(7, 2))
  const talking = { caller: await heard(), operator: await played(page) }
  // A microphone that is pulled out ends, which only a hand can do.
  await page.evaluate(() => {
    const spoken = (window as unknown as { peers: RTCPeerConnection[] }).peers.flatMap((peer) => peer.getSenders())
    for (const { track } of spoken) {
      track?.stop()
      track?.dispatchEvent(new Event('ended'))
    }
  })
  // What was said before is on its way still.
  await twoSeconds()
  const pulledOut = await heard()
  ear.hush()
  // What the browser had in store is played out first.
  await twoSeconds()
  const hushed = await played(page)

  await page.getByRole('button', { name: /^Muet/ }).click()
  await page.getByText('Micro coupé').first().waitFor()
  await twoSeconds()
  const muted = await heard()
  await headset('togglemicrophone')
  await page.getByText('Micro coupé').first().waitFor({ state: 'detached' })

  const reloadedAt = Date.now()
  await page.reload()
  await page.getByRole('button', { name: /Finir/ }).waitFor()
  await once(
    async () =>
      (await page.evaluate(
        () => (window as unknown as { peers: RTCPeerConnection[] }).peers.filter((p) => p.connectionState === 'connected').length,
      )) === 1,
    20_000,
    'the sound after the reload',
  )
  const backMs = Date.now() - reloadedAt
  ear.speak(voice(9, 2))
  const again = { caller: await heard(), operator: await played(page) }
  await page.getByText(/gigue/).waitFor()
  await headset('hangup')
  await caller.done
  await once(() => kept.length > 0, 10_000, 'what is kept of the sound')
  return { away, talking, pulledOut, hushed, muted, backMs, again, kept }
})
