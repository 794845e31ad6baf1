/**
 * One conversation of a caller with an operator whose phone is the browser: the service as it really starts, SIPp, Chromium with a
 * microphone that beeps. To be run in a network of its own (ICE passes loopback by): softphone.test.ts does. Writes what was heard.
 */
import { chromium, type Page } from 'playwright-core'
import { removeTestFolder, testFolder } from './folders.ts'
import { freeTcpPort, freeUdpPorts } from './free-port.ts'
import { RtpPeer } from './rtp.ts'
import { ServiceProcess } from './service-process.ts'
import { once, party } from './sipp.ts'
import { rms, voice } from './sound.ts'

const varDir = testFolder()
const [sipPort = 0, line = 0] = await freeUdpPorts(2)
const service = new ServiceProcess({
  PORT: String(await freeTcpPort()),
  SIP_PORT: String(sipPort),
  SIP_TRUNK: `127.0.0.1:${line}`,
  DEMO: '1',
  VAR_DIR: varDir,
  LOG_LEVEL: 'debug',
})
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
  ],
})
const ear = await RtpPeer.open()

const twoSeconds = () => new Promise((resolve) => setTimeout(resolve, 2_000))

/** How loud the next two seconds are to the caller; 0 when nothing comes. */
async function heard(): Promise<number> {
  const from = ear.heard().length
  await twoSeconds()
  return rms(ear.heard().subarray(from))
}

/** Energy that the browser was played within the next two seconds. */
async function played(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const peers = (window as unknown as { peers: RTCPeerConnection[] }).peers
    const energy = async () => {
      let sum = 0
      for (const peer of peers)
        (await peer.getStats()).forEach((stat: { type: string; totalAudioEnergy?: number }) => {
          if (stat.type === 'inbound-rtp') sum += stat.totalAudioEnergy ?? 0
        })
      return sum
    }
    const before = await energy()
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    return (await energy()) - before
  })
}

try {
  service.launch()
  // Its own PostgreSQL and Asterisk are made anew.
  const serving = (tries: number): Promise<void> =>
    service.serving().catch((error: unknown) => {
      if (tries === 0 || !service.running) throw error
      return serving(tries - 1)
    })
  await serving(5)
  const me = await service.signIn('alice')
  await me.ask('PUT', '/api/operators/me/phone/choice', { kind: 'browser' })
  const away = (await me.ask<{ phoneAway?: boolean }>('PUT', '/api/operators/me', { state: 'ready' })).body.phoneAway

  const context = await browser.newContext({ locale: 'fr-FR', baseURL: service.url, permissions: ['microphone'] })
  await context.addInitScript(() => {
    const held = window as unknown as { peers: RTCPeerConnection[] }
    held.peers = []
    window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
      construct(Peer, options: [RTCConfiguration?]) {
        const peer = new Peer(...options)
        held.peers.push(peer)
        return peer
      },
    })
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const kept: unknown[] = []
  page.on('request', (request) => {
    if (request.method() === 'PUT' && request.url().endsWith('/sound')) kept.push(JSON.parse(request.postData() ?? 'null'))
  })
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
  ear.hush()
  // What the browser had in store is played out first.
  await twoSeconds()
  const hushed = await played(page)

  await page.getByRole('button', { name: /^Muet/ }).click()
  await page.getByText('Micro coupé').first().waitFor()
  await twoSeconds()
  const muted = await heard()
  await page.locator('button[aria-keyshortcuts=M]').click()
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
  await page.getByRole('button', { name: /Finir/ }).click()
  await caller.done
  await once(() => kept.length > 0, 10_000, 'what is kept of the sound')
  process.stdout.write(`${JSON.stringify({ away, talking, hushed, muted, backMs, again, kept })}\n`)
} finally {
  ear.close()
  await browser.close()
  await service.stop()
  removeTestFolder(varDir)
}
