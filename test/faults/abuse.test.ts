import { createSocket, type Socket } from 'node:dgram'
import { once as event } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PhoneAccount } from '../../server/contract/http.ts'
import { DeskLine } from '../support/desk-line.ts'
import { once } from '../support/sipp.ts'
import { torture } from '../support/torture.ts'

let desk: DeskLine
const sockets: Socket[] = []
beforeAll(async () => {
  desk = await DeskLine.open({}, { callsPerNumber: 10 })
})
afterAll(async () => {
  for (const socket of sockets) socket.close()
  await desk.close()
})

/** Somebody at a port of theirs who sends what they please. @returns how to send, and the first lines of what came back */
async function peer(port = 0): Promise<{ readonly send: (text: string) => void; readonly heard: string[] }> {
  const socket = createSocket('udp4').bind(port, '127.0.0.1')
  await event(socket, 'listening')
  sockets.push(socket)
  const heard: string[] = []
  socket.on('message', (data) => heard.push(data.toString('latin1').split('\r\n')[0] ?? ''))
  let n = 0
  return {
    heard,
    send: (text) => {
      n += 1
      const filled = text.replaceAll('{line}', `127.0.0.1:${socket.address().port}`).replaceAll('{n}', `${socket.address().port}-${n}`)
      socket.send(Buffer.from(filled, 'latin1'), desk.asterisk.sip.port, desk.asterisk.sip.host)
    },
  }
}

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())

test('malformed SIP, scanners and a flood of strangers: callers are served meanwhile, and no log tells a secret', async () => {
  const pid = desk.asterisk.pid()
  const { me, live } = await desk.operator('alice')
  await desk.phone('phone-answers-when-told')
  const [stranger, exchange] = [await peer(), await peer(desk.lines.at(-1))]
  for (const message of Object.values(torture)) {
    stranger.send(message)
    exchange.send(message)
  }
  const before = stranger.heard.length
  const flood = 400
  for (let i = 0; i < flood; i += 1) stranger.send(torture['two of each']?.replace(/(From.*\r\n)\1/, '$1') ?? '')
  await desk.caller({ from: '<sip:0561551231@127.0.0.1>' })
  await live.until('the call on the screen', () => [...live.calls.values()].some((c) => c.number === '+33561551231'))
  await once(() => stranger.heard.length > before, 5_000, 'an answer to the flood')
  // Nobody is let in, and nobody learns which names exist.
  expect(stranger.heard.filter((line) => !/^SIP\/2\.0 (4\d\d|5\d\d|6\d\d) /.test(line))).toEqual([])
  expect(desk.asterisk.pid()).toBe(pid)
  expect(desk.service.running).toBe(true)

  const phone = (await me.ask<PhoneAccount>('GET', '/api/operators/me/phone')).body
  const secrets = Object.values(JSON.parse(readFileSync(join(desk.asterisk.varDir, 'secrets.json'), 'utf8')) as Record<string, string>)
  secrets.push(desk.asterisk.ari.password, new URL(desk.database.url).password, phone.password, me.cookie.split('=')[1] ?? '?')
  const logs = [...filesBelow(join(desk.asterisk.varDir, 'asterisk/log')), join(desk.asterisk.varDir, 'service.log')].filter((f) =>
    existsSync(f),
  )
  for (const [name, text] of [...logs.map((f) => [f, readFileSync(f, 'utf8')] as const), ['output', desk.service.output] as const])
    for (const secret of secrets) expect(text.includes(secret), `${name} holds a secret`).toBe(false)
  // What a caller writes in a name stays within its line.
  for (const line of readFileSync(join(desk.asterisk.varDir, 'service.log'), 'utf8').trim().split('\n'))
    expect(() => JSON.parse(line) as unknown).not.toThrow()
  await desk.reset()
})

test('one number cannot fill the line: beyond its share the exchange is told to try elsewhere', async () => {
  const flood = await desk.caller({ from: '<sip:0561559999@127.0.0.1>', calls: 25, rate: 50, scenario: 'caller-floods' })
  await once(
    () =>
      new Set(flood.messages().flatMap(({ sent, line, callId }) => (!sent && line.startsWith('SIP/2.0 503') ? [callId] : []))).size === 15,
    15_000,
    'the refusals',
  )
  const other = await desk.caller({ from: '<sip:0561551232@127.0.0.1>' })
  await once(() => other.messages().some(({ line }) => line.startsWith('SIP/2.0 180')), 5_000, 'somebody else’s ringback')
  await desk.reset()
})
