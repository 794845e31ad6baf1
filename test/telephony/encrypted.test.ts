import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownCertificate, sipCertificate } from '../../server/supervisor/sip-certificate.ts'
import { startTestAsterisk, type TestAsterisk } from '../support/asterisk.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { freeTcpPort } from '../support/free-port.ts'
import { RtpPeer } from '../support/rtp.ts'
import { SipClient } from '../support/sip-client.ts'
import { heardParts, readWav } from '../support/sound.ts'
import { srtpReader } from '../support/srtp.ts'

const host = '127.0.0.1'
const announcements = [{ name: 'hello', language: 'fr', text: 'Bonjour, votre appel sera pris dans quelques instants.' }] as const
const varDir = testFolder()
const clients: SipClient[] = []
let asterisk: TestAsterisk
let port: number

beforeAll(async () => {
  port = await freeTcpPort()
  const tls = { port, ...sipCertificate(varDir, null, host) }
  asterisk = await startTestAsterisk({ varDir, announcements, security: { tls, srtp: 'required', trunkTls: false } })
})
afterAll(async () => {
  for (const client of clients) client.close()
  await asterisk.stop()
  removeTestFolder(varDir)
})

const kept = (client: SipClient) => {
  clients.push(client)
  return client
}
const account = () => asterisk.callerAccount ?? { user: '', password: '' }
const ari = (method: string, path: string) => {
  const { url, user, password } = asterisk.ari
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  return fetch(`${url}/ari${path}`, { method, headers: { authorization } })
}

test('a call over TLS is heard through its key alone', async () => {
  const { url, user, password } = asterisk.ari
  const events = new WebSocket(`${url.replace('http', 'ws')}/ari/events?app=guichet&api_key=${user}:${password}`)
  await once(events, 'open')
  const heard = (type: string) =>
    new Promise<{ readonly channel?: { readonly id: string } }>((resolve) =>
      events.addEventListener('message', ({ data }) => {
        const event = JSON.parse(String(data)) as { readonly type: string; readonly channel?: { readonly id: string } }
        if (event.type === type) resolve(event)
      }),
    )
  const ear = await RtpPeer.open()
  const caller = kept(await SipClient.openTls({ host, port }))
  const entered = heard('StasisStart')
  const answered = caller.answer({ from: '4242', account: account(), rtpPort: ear.port, srtpKey: randomBytes(30).toString('base64') })
  const id = (await entered).channel?.id ?? ''
  // The dialplan's watchdog, which a service calls off first.
  await ari('POST', `/channels/${id}/variable?variable=${encodeURIComponent('TIMEOUT(absolute)')}&value=0`)
  await ari('POST', `/channels/${id}/answer`)
  const answer = await answered
  expect([answer.status, answer.text]).toEqual([200, expect.stringMatching(/m=audio \d+ RTP\/SAVP 8/)])

  const spoken = readWav(`${varDir}/asterisk/data/sounds/fr/guichet/hello.wav`).subarray(1_600, -3_200)
  const likeness = async () => {
    const finished = heard('PlaybackFinished')
    await ari('POST', `/channels/${id}/play?media=sound:guichet/hello`)
    await finished
    return heardParts(ear.heard(), spoken)
  }
  expect(await likeness()).toBeLessThan(0.2)
  ear.through(srtpReader(/a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:(\S+)/.exec(answer.text)?.[1] ?? ''))
  expect(await likeness()).toBeGreaterThan(0.4)
  await ari('DELETE', `/channels/${id}`)
  events.close()
  ear.close()
})

test('sound in the clear is refused where encryption is required, over TLS too', async () => {
  expect(await kept(await SipClient.openTls({ host, port })).invite({ from: '4242', account: account() })).toBe(488)
  expect(await kept(await SipClient.open(asterisk.sip)).invite({ from: '4242', account: account() })).toBe(488)
})

test('the certificate made is kept for the next start, and older versions of TLS are refused', async () => {
  expect(sipCertificate(varDir, null, host)).toEqual(ownCertificate(varDir))
  const old = connect({ host, port, rejectUnauthorized: false, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' })
  await expect(once(old, 'secureConnect')).rejects.toThrow()
})
