import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { Ari, AriError } from '../../server/telephony/ari.ts'
import { CommandSocket } from '../../server/telephony/command-socket.ts'

/* Against a peer written from Asterisk's description of REST over WebSocket; test/telephony/own-asterisk.test.ts asks a real one. */

type Request = { readonly request_id: string; readonly method: string; readonly uri: string; readonly message_body?: string }

let http: Server
let sockets: WebSocketServer
let byHttp: string[]
let bySocket: Request[]
let answers: (request: Request, socket: WebSocket) => void
let ari: Ari
let commands: CommandSocket

const answer = ({ request_id }: Request, socket: WebSocket, status_code = 204) =>
  socket.send(JSON.stringify({ type: 'RESTResponse', transaction_id: '', request_id, status_code, reason_phrase: '', uri: '' }))
const ping = (request: Request, socket: WebSocket) => answer(request, socket, request.uri === 'asterisk/ping' ? 200 : 204)

beforeEach(async () => {
  byHttp = []
  bySocket = []
  answers = ping
  http = createServer((asked, said) => {
    byHttp.push(`${asked.method} ${asked.url}`)
    said.writeHead(204).end()
  }).listen(0, '127.0.0.1')
  await once(http, 'listening')
  sockets = new WebSocketServer({ server: http })
  sockets.on('connection', (socket) =>
    socket.on('message', (data: Buffer) => {
      const request = JSON.parse(data.toString('utf8')) as Request
      if (request.uri !== 'asterisk/ping') bySocket.push(request)
      answers(request, socket)
    }),
  )
  ari = new Ari({ url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, user: 'u', password: 'p' })
  commands = new CommandSocket({ connect: () => ari.events('commands'), log: pino({ enabled: false }) })
  ari.commands = { ring: commands }
})
afterEach(async () => {
  commands.close()
  await ari.close()
  for (const socket of sockets.clients) socket.terminate()
  http.closeAllConnections()
  http.close()
})

const ready = () => expect.poll(() => commands.ready).toBe(true)

test('what Asterisk does at once goes over the socket, written before anything else is done, with its query and its body', async () => {
  commands.open()
  await ready()
  const asked = ari.atOnce('ring', 'POST', '/channels/create', { endpoint: 'PJSIP/1@trunk', app: undefined }, { variables: { A: 'é' } })
  const next = ari.atOnce('ring', 'POST', '/channels/x~leg0/dial', { timeout: 25 })
  await Promise.all([asked, next])
  expect(bySocket).toMatchObject([
    { method: 'POST', uri: 'channels/create?endpoint=PJSIP%2F1%40trunk', message_body: '{"variables":{"A":"é"}}' },
    { method: 'POST', uri: 'channels/x~leg0/dial?timeout=25' },
  ])
  expect(byHttp).toEqual([])
})

test('each answer finds its request, whatever their order, and a refusal says its status', async () => {
  const held: (() => void)[] = []
  answers = (request, socket) => {
    if (request.uri === 'asterisk/ping') return ping(request, socket)
    held.push(() => answer(request, socket, request.uri === 'channels/gone/dial' ? 404 : 204))
    if (held.length === 2) for (const say of held.reverse()) say()
  }
  commands.open()
  await ready()
  const told: string[] = []
  ari.answered = (way, _ms, status) => void told.push(`${way} ${status}`)
  const [refused, done] = await Promise.allSettled([
    ari.atOnce('ring', 'POST', '/channels/gone/dial'),
    ari.atOnce('ring', 'POST', '/channels/x/dial'),
  ])
  expect(refused).toMatchObject({ status: 'rejected', reason: expect.any(AriError) })
  expect(refused).toMatchObject({ reason: { status: 404 } })
  expect(done.status).toBe('fulfilled')
  expect(told.sort()).toEqual(['ws 204', 'ws 404'])
})

test('an Asterisk that does not know of it is asked by HTTP', async () => {
  answers = () => undefined
  commands.open()
  await expect.poll(() => sockets.clients.size).toBe(1)
  expect(commands.ready).toBe(false)
  const told: string[] = []
  ari.answered = (way, _ms, status) => void told.push(`${way} ${status}`)
  await ari.atOnce('ring', 'POST', '/channels/x/dial', { timeout: 25 })
  expect(told).toEqual(['http 204'])
  expect(byHttp).toEqual(['POST /ari/channels/x/dial?timeout=25'])
})

test('what waits for an answer on a socket that is lost fails at once; requests go by HTTP until another is there', async () => {
  answers = (request, socket) => (request.uri === 'asterisk/ping' ? ping(request, socket) : socket.terminate())
  commands.open()
  await ready()
  await expect(ari.atOnce('ring', 'POST', '/channels/x/dial')).rejects.toThrow('lost')
  await ari.atOnce('ring', 'POST', '/channels/y/dial')
  expect(byHttp).toEqual(['POST /ari/channels/y/dial'])
  answers = ping
  await ready()
  await ari.atOnce('ring', 'POST', '/channels/z/dial')
  expect(bySocket.at(-1)).toMatchObject({ uri: 'channels/z/dial' })
})

test('while an answer is waited for, what is asked goes by HTTP, and what goes over another socket does', async () => {
  const held: (() => void)[] = []
  answers = (request, socket) => (request.uri === 'channels/x/answer' ? held.push(() => answer(request, socket)) : ping(request, socket))
  const talks = new CommandSocket({ connect: () => ari.events('talks'), log: pino({ enabled: false }) })
  ari.commands = { ring: commands, talk: talks }
  commands.open()
  talks.open()
  await ready()
  await expect.poll(() => talks.ready).toBe(true)
  const slow = ari.atOnce('talk', 'POST', '/channels/x/answer')
  await ari.atOnce('talk', 'DELETE', '/bridges/y')
  await expect.poll(() => talks.ready).toBe(false)
  await ari.atOnce('talk', 'DELETE', '/bridges/z')
  await ari.atOnce('ring', 'POST', '/channels/w')
  expect(byHttp).toEqual(['DELETE /ari/bridges/z'])
  expect(bySocket.map(({ method, uri }) => `${method} ${uri}`)).toEqual(['POST channels/x/answer', 'DELETE bridges/y', 'POST channels/w'])
  for (const say of held) say()
  await slow
  expect(talks.ready).toBe(true)
  talks.close()
})

test('a socket that has fallen silent is left before anybody asks something over it', async () => {
  let deaf = false
  sockets.on('connection', (socket) => {
    if (deaf) socket.pause()
  })
  const watched = new CommandSocket({ connect: () => ari.events('commands'), log: pino({ enabled: false }), pingMs: 20 })
  watched.open()
  await expect.poll(() => watched.ready).toBe(true)
  deaf = true
  for (const socket of sockets.clients) socket.pause()
  await expect.poll(() => watched.ready).toBe(false)
  watched.close()
})

test('nobody who has been relieved commands over it', async () => {
  let relieved = false
  const fenced = new Ari({ url: 'http://127.0.0.1:9', user: 'u', password: 'p' }, () => {
    if (relieved) throw new Error('another service drives')
  })
  fenced.commands = { ring: commands }
  commands.open()
  await ready()
  relieved = true
  await expect(fenced.atOnce('ring', 'POST', '/channels/x/dial')).rejects.toThrow('another service drives')
  expect(bySocket).toEqual([])
  await fenced.close()
})
