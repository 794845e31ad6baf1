import type { ChildProcess } from 'node:child_process'
import { once as emitted } from 'node:events'
import { createServer, type IncomingMessage, request as plainRequest, type Server } from 'node:http'
import { Agent, request } from 'node:https'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { freeTcpPort } from '../support/free-port.ts'
import { proxies } from '../support/proxies.ts'
import { once } from '../support/sipp.ts'

/* The examples for a site's proxy before two back ends: one drives, and the other stands by. */

const site = 'guichet.example.org'

type BackEnd = { readonly server: Server; readonly port: number; drives: boolean; serves: boolean; asked: number }

async function backEnd(drives: boolean): Promise<BackEnd> {
  const server = createServer((asked, answer) => {
    self.asked += 1
    if (!self.drives || (asked.url === '/api/health' && !self.serves)) answer.writeHead(503).end()
    else
      text(asked).then(
        (body) => answer.end(JSON.stringify({ url: asked.url, headers: asked.headers, body })),
        () => answer.destroy(),
      )
  })
  new WebSocketServer({ server }).on('connection', (socket) =>
    socket.on('message', (said: Buffer) => socket.send(`heard ${said.toString('utf8')}`)),
  )
  server.listen(0, '127.0.0.1')
  await emitted(server, 'listening')
  const address = server.address()
  const self: BackEnd = { server, port: typeof address === 'object' ? (address?.port ?? 0) : 0, drives, serves: true, asked: 0 }
  return self
}

async function text(message: IncomingMessage): Promise<string> {
  let body = ''
  for await (const part of message) body += String(part)
  return body
}

describe.each(proxies)('$name', ({ start, tooLarge }) => {
  let folder: string
  let proxy: ChildProcess
  let first: BackEnd
  let second: BackEnd
  let httpPort = 0
  let httpsPort = 0
  let agent: Agent

  async function through(path: string, method = 'GET', body = '', headers = {}): Promise<{ status: number; body: string }> {
    const to = { host: '127.0.0.1', port: httpsPort, path, method, agent }
    const asked = request({ ...to, headers: { host: site, 'content-length': body.length, ...headers } }).end(body)
    const [answer] = await emitted(asked, 'response')
    return { status: answer.statusCode, body: await text(answer) }
  }

  beforeAll(async () => {
    folder = testFolder()
    agent = new Agent({ rejectUnauthorized: false, servername: site })
    first = await backEnd(false)
    second = await backEnd(true)
    httpPort = await freeTcpPort()
    httpsPort = await freeTcpPort()
    proxy = start({ folder, httpPort, httpsPort, backends: [first.port, second.port] })
    const reached = () => through('/').then(({ status }) => status === 200)
    await once(() => reached().catch(() => false), 20_000, 'the driver')
  })
  afterAll(() => {
    proxy?.kill('SIGTERM')
    agent.destroy()
    for (const { server } of [first, second]) {
      server.closeAllConnections()
      server.close()
    }
    removeTestFolder(folder)
  })

  test('whichever of two drives is reached, and knows who asks, by which name, over TLS', async () => {
    const { status, body } = await through('/console', 'GET', '', { 'x-forwarded-for': '203.0.113.9' })
    expect(status).toBe(200)
    expect(first.asked).toBeGreaterThan(0)
    const { url, headers } = JSON.parse(body)
    expect({ url, host: headers.host, scheme: headers['x-forwarded-proto'] }).toEqual({ url: '/console', host: site, scheme: 'https' })
    // What the browser claims of itself may stand before, not last.
    expect(headers['x-forwarded-for'].split(', ').at(-1)).toBe('127.0.0.1')
  })

  test('whoever comes without TLS is sent to where there is', async () => {
    const asked = plainRequest({ host: '127.0.0.1', port: httpPort, path: '/demande', headers: { host: site } }).end()
    const [answer] = await emitted(asked, 'response')
    answer.resume()
    expect(answer.statusCode).toBe(308)
    expect(answer.headers.location).toMatch(new RegExp(`^https://${site}(:${httpsPort})?/demande$`))
  })

  test('what changes something reaches the one that drives, again and again, with all that it says', async () => {
    for (let i = 0; i < 6; i += 1) {
      const said = `${i}`.repeat(200_000)
      const { status, body } = await through('/api/tickets', 'POST', said)
      expect(status).toBe(200)
      expect(JSON.parse(body).body === said).toBe(true)
    }
  })

  test('more than the limit is refused by whoever keeps one, the proxy or the service', async () => {
    const asked = second.asked
    const { status } = await through('/api/tickets', 'POST', 'x'.repeat(1_100_000))
    expect({ status, left: second.asked > asked }).toEqual({ status: tooLarge ?? 200, left: tooLarge === null })
  })

  test('live events pass by WebSocket', async () => {
    const socket = new WebSocket(`wss://127.0.0.1:${httpsPort}/socket.io/`, { agent, headers: { host: site } })
    await emitted(socket, 'open')
    socket.send('hello')
    const [said] = await emitted(socket, 'message')
    expect(String(said)).toBe('heard hello')
    socket.close()
  })

  test('a driver that cannot serve callers for a moment goes on giving out its pages', async () => {
    second.serves = false
    // Long enough for a proxy that looks by itself to have looked several times.
    for (const end = Date.now() + 600; Date.now() < end; ) {
      expect((await through('/api/health')).status).toBe(503)
      expect((await through('/console')).status).toBe(200)
    }
    second.serves = true
  })

  test('once the other one drives, it is the one that is reached', async () => {
    second.drives = false
    first.drives = true
    const reached = async () => (await through('/api/tickets', 'POST', 'again')).status === 200
    await once(reached, 8_000, 'the new driver')
    for (let i = 0; i < 6; i += 1) expect(await reached()).toBe(true)
  })
})
