import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once as emitted } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { Agent, request } from 'node:https'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { inProject } from '../../server/project.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { freeTcpPort } from '../support/free-port.ts'
import { once } from '../support/sipp.ts'
import { makeCertificate } from '../support/slapd.ts'

/* The example for a site's nginx, as it stands but for its addresses and paths, before two back ends: one that stands by, one that drives. */

let folder: string
let nginx: ChildProcess
let backends: Server[]
let standbyAsked = 0
let httpsPort = 0

const listening = async (handle: Parameters<typeof createServer>[1]) => {
  const server = createServer(handle ?? (() => undefined)).listen(0, '127.0.0.1')
  await emitted(server, 'listening')
  const address = server.address()
  return { server, port: typeof address === 'object' ? (address?.port ?? 0) : 0 }
}

beforeAll(async () => {
  folder = testFolder()
  const { key, cert } = makeCertificate(folder)
  const driver = await listening((asked, answer) => answer.end(JSON.stringify({ url: asked.url, headers: asked.headers })))
  new WebSocketServer({ server: driver.server }).on('connection', (socket) =>
    socket.on('message', (said: Buffer) => socket.send(`heard ${said.toString('utf8')}`)),
  )
  const standby = await listening((_asked, answer) => {
    standbyAsked += 1
    answer.writeHead(503).end()
  })
  backends = [driver.server, standby.server]
  const http = await freeTcpPort()
  httpsPort = await freeTcpPort()
  const example = readFileSync(inProject('deploy/proxy/nginx.conf'), 'utf8')
    .replace('server 127.0.0.1:8080;', `server 127.0.0.1:${standby.port};`)
    .replace('# server 10.0.0.12:8080;', `server 127.0.0.1:${driver.port};`)
    .replaceAll(/listen \[::\].*\n/g, '\n')
    .replace('listen 80;', `listen 127.0.0.1:${http};`)
    .replace('listen 443 ssl;', `listen 127.0.0.1:${httpsPort} ssl;`)
    .replace('/etc/ssl/guichet/fullchain.pem', cert)
    .replace('/etc/ssl/guichet/privkey.pem', key)
  for (const part of ['body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']) mkdirSync(join(folder, part))
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off;\nmaster_process off;\npid ${folder}/nginx.pid;\nerror_log ${folder}/error.log;\nevents {}\nhttp {\naccess_log off;\n${['client_body:body', 'proxy:proxy', 'fastcgi:fastcgi', 'uwsgi:uwsgi', 'scgi:scgi'].map((pair) => `${pair.replace(':', `_temp_path ${folder}/`)};`).join('\n')}\n${example}}\n`,
  )
  const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')]
  const tested = spawnSync('/usr/sbin/nginx', ['-t', ...args], { encoding: 'utf8' })
  if (tested.status !== 0) throw new Error(tested.stderr)
  nginx = spawn('/usr/sbin/nginx', args, { stdio: 'ignore' })
  await once(
    () =>
      through('/api/health')
        .then(() => true)
        .catch(() => false),
    10_000,
    'nginx',
  )
})
afterAll(() => {
  nginx?.kill('SIGTERM')
  for (const server of backends ?? []) {
    server.closeAllConnections()
    server.close()
  }
  removeTestFolder(folder)
})

const agent = new Agent({ rejectUnauthorized: false })
async function through(path: string, method = 'GET'): Promise<{ status: number; body: string }> {
  const asked = request({ host: '127.0.0.1', port: httpsPort, path, method, agent, headers: { host: 'guichet.example.org' } }).end()
  const [answer] = await emitted(asked, 'response')
  let body = ''
  for await (const part of answer) body += String(part)
  return { status: answer.statusCode, body }
}

test('whichever of two drives is reached, and knows who asks, by which name, over TLS', async () => {
  const { status, body } = await through('/console')
  expect(status).toBe(200)
  expect(standbyAsked).toBeGreaterThan(0)
  expect(JSON.parse(body)).toMatchObject({
    url: '/console',
    headers: { host: 'guichet.example.org', 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https' },
  })
})

test('what changes something reaches the one that drives, again and again', async () => {
  for (let i = 0; i < 6; i += 1) expect((await through('/api/tickets', 'POST')).status).toBe(200)
})

test('live events pass by WebSocket', async () => {
  const socket = new WebSocket(`wss://127.0.0.1:${httpsPort}/socket.io/`, { rejectUnauthorized: false })
  await emitted(socket, 'open')
  socket.send('hello')
  const [said] = await emitted(socket, 'message')
  expect(String(said)).toBe('heard hello')
  socket.close()
})
