import { once as event } from 'node:events'
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import WebSocket, { WebSocketServer } from 'ws'
import { connectionsOf } from '../../server/http/connections.ts'

const ends: (() => void)[] = []
afterEach(() => ends.splice(0).forEach((end) => end()))

async function serve(
  limits: { requestMs?: number; leaveMs?: number },
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => void response.end('yes'),
) {
  const server = createServer(answer)
  const connections = connectionsOf(server, limits)
  const sockets = new WebSocketServer({ server })
  server.listen(0, '127.0.0.1')
  await event(server, 'listening')
  const { port } = server.address() as AddressInfo
  ends.push(
    () => server.closeAllConnections(),
    () => server.close(),
  )
  return {
    port,
    sockets,
    /** As a service does that ends. */
    async close() {
      const closed = event(server, 'close')
      server.close()
      await connections.close()
      await closed
    },
  }
}

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  ends.push(() => socket.destroy())
  await event(socket, 'connect')
  return socket
}

const never = 3_600_000

test('who has connected ahead of a first request does not hold up the end', async () => {
  const { port, close } = await serve({ requestMs: never, leaveMs: never })
  const socket = await connected(port)
  const gone = event(socket, 'close')
  await close()
  await gone
})

test('who stayed connected after an answer does not hold up the end', async () => {
  const { port, close } = await serve({ requestMs: never, leaveMs: never })
  const socket = await connected(port)
  socket.write('GET / HTTP/1.1\r\nHost: desk\r\n\r\n')
  await event(socket, 'data')
  const gone = event(socket, 'close')
  await close()
  await gone
})

test('a request under way is answered, and its connection is not kept', async () => {
  const under = Promise.withResolvers<ServerResponse>()
  const { port, close } = await serve({ requestMs: never, leaveMs: never }, (_request, response) => under.resolve(response))
  const answered = event(get({ port, host: '127.0.0.1' }), 'response') as Promise<[IncomingMessage]>
  const response = await under.promise
  const closed = close()
  response.end('written')
  const [{ statusCode }] = await answered
  expect(statusCode).toBe(200)
  await closed
})

test('a request that is never answered is cut when its time is over, not before', async () => {
  const under = Promise.withResolvers<void>()
  const { port, close } = await serve({ requestMs: 300, leaveMs: never }, () => under.resolve())
  const failed = event(get({ port, host: '127.0.0.1' }), 'error')
  await under.promise
  const began = performance.now()
  await close()
  expect(performance.now() - began).toBeGreaterThanOrEqual(299)
  await failed
})

test('a WebSocket takes leave with its reason; one whose other side is silent is cut', async () => {
  const { port, sockets, close } = await serve({ requestMs: never, leaveMs: 300 })
  const page = new WebSocket(`ws://127.0.0.1:${port}`)
  const asleep = new WebSocket(`ws://127.0.0.1:${port}`)
  asleep.on('error', () => undefined)
  await Promise.all([event(page, 'open'), event(asleep, 'open')])
  asleep.pause()
  const told = event(page, 'close')
  for (const client of sockets.clients) client.close(1001)
  await close()
  expect((await told)[0]).toBe(1001)
  asleep.terminate()
})
