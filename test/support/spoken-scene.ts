import type { Page } from 'playwright-core'
import { openWholeChromium } from './chromium.ts'
import { removeTestFolder, testFolder } from './folders.ts'
import { freeTcpPort, freeUdpPorts } from './free-port.ts'
import { RtpPeer } from './rtp.ts'
import { ServiceProcess } from './service-process.ts'
import { rms } from './sound.ts'

/** The service as it really starts, a telephone's sound, and a browser whose microphone beeps. */
export type SpokenScene = {
  readonly service: ServiceProcess
  readonly sipPort: number
  /** Where a telephone behind the exchange is. */
  readonly line: number
  readonly ear: RtpPeer
  /** Its own PostgreSQL and Asterisk are made anew, which takes longer than a start. */
  serving(): Promise<void>
  /** How loud the next two seconds are to the telephone; 0 when nothing comes. */
  heard(): Promise<number>
  newPage(): Promise<Page>
}

export const twoSeconds = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2_000))

/** Energy that a page of the scene was played within the next two seconds. */
export const played = (page: Page): Promise<number> =>
  page.evaluate(async () => {
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

/** Play a scene, then write what it returns as the last line; to be run by `inOwnNetwork`. */
export async function play(scene: (parts: SpokenScene) => Promise<unknown>): Promise<void> {
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
  const browser = await openWholeChromium([
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
  ])
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
  const ear = await RtpPeer.open()
  const serving = (tries: number): Promise<void> =>
    service.serving().catch((error: unknown) => {
      if (tries === 0 || !service.running) throw error
      return serving(tries - 1)
    })
  try {
    service.launch()
    await serving(5)
    const told = await scene({
      service,
      sipPort,
      line,
      ear,
      serving: () => serving(5),
      async heard() {
        const from = ear.heard().length
        await twoSeconds()
        return rms(ear.heard().subarray(from))
      },
      async newPage() {
        const page = await context.newPage()
        return page
      },
    })
    process.stdout.write(`${JSON.stringify(told)}\n`)
  } finally {
    ear.close()
    await browser.close()
    await service.stop()
    removeTestFolder(varDir)
  }
}
