import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { headerOf, readSip, writeSip } from '../../server/telephony/sip-message.ts'

/** Stands for Asterisk's SIP over WebSocket, to see what reaches it; what it does with it is tried with the real one (test/console). */
export class SipDouble {
  readonly said: string[] = []
  answer: 'rings' | 'accepts' | 'refuses' = 'rings'
  readonly #server: Server
  readonly #sockets: WebSocketServer
  constructor() {
    this.#server = createServer((_request, reply) => reply.writeHead(204).end())
    this.#sockets = new WebSocketServer({ server: this.#server, path: '/ws' })
    this.#sockets.on('connection', (socket) =>
      socket.on('message', (data: Buffer) => {
        const message = readSip(data.toString('utf8'))
        if (message === null) return
        const authorized = message.headers.has('authorization')
        this.said.push(`${message.method} ${data.toString('utf8').split(' ')[1] ?? ''}`)
        const copied = (['via', 'from', 'to', 'call-id', 'cseq'] as const).map((name) => [name, headerOf(message, name)] as const)
        const reply = (status: string, more: readonly (readonly [string, string])[] = [], body = '') =>
          socket.send(
            writeSip(`SIP/2.0 ${status}`, [...copied.map(([n, v]) => [n, n === 'to' ? `${v};tag=x` : v] as const), ...more], body),
          )
        if (message.method === 'BYE' || message.method === 'CANCEL') reply('200 OK')
        if (message.method !== 'INVITE') return
        if (!authorized) return reply('401 Unauthorized', [['WWW-Authenticate', 'Digest realm="guichet",nonce="n",qop="auth"']])
        if (this.answer === 'refuses') return reply('503 Service Unavailable')
        reply('180 Ringing')
        if (this.answer === 'accepts') reply('200 OK', [['Contact', '<sip:asterisk@here>']], 'v=0 answer')
        return undefined
      }),
    )
  }
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/ari`
  }
  close(): void {
    for (const client of this.#sockets.clients) client.terminate()
    this.#server.closeAllConnections()
    this.#server.close()
  }
}
