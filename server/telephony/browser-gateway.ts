import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import WebSocket, { WebSocketServer } from 'ws'
import { browserPhoneEnds, browserPhonePath } from '../contract/phones.ts'
import { mayPass } from './sip-filter.ts'

type GatewayPorts = {
  readonly http: Server
  /** Asterisk's HTTP server, where SIP over WebSocket is spoken. */
  readonly asterisk: string
  readonly log: Logger
  /** Who may be a phone by this request, and as which; null: nobody. */
  readonly admit: (request: IncomingMessage) => Promise<{ readonly accountId: string; readonly login: string } | null>
  /** This operator's browser is connected, or no longer. */
  readonly onPresence: (accountId: string, here: boolean) => void
}

type Line = { readonly accountId: string; readonly login: string; readonly browser: WebSocket; readonly asterisk: WebSocket }

const largestMessage = 65_536
const waitingAtMost = 50
/** A browser that does not answer within this is gone. */
const beatMs = 5_000
const admitAgainMs = 60_000

/**
 * Browsers' phones reach Asterisk by the service's own address: no second port, no second certificate, and only with the session of
 * whoever's phone it is. One browser each, the one that came last. Sound does not pass here.
 */
export class BrowserGateway {
  readonly #ports: GatewayPorts
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessage,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
  })
  readonly #lines = new Map<string, Line>()
  readonly #url: string

  constructor(ports: GatewayPorts) {
    this.#ports = ports
    const { protocol, host, pathname } = new URL(ports.asterisk)
    this.#url = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}${pathname.replace(/\/$/, '').replace(/\/ari$/, '')}/ws`
    ports.http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (URL.parse(request.url ?? '', 'http://here')?.pathname === browserPhonePath) void this.#upgrade(request, socket, head)
    })
  }

  isHere(accountId: string): boolean {
    return this.#lines.has(accountId)
  }

  /** The sessions of this account have ended, or its rights have changed. */
  signedOut(accountId: string): void {
    this.#lines.get(accountId)?.browser.close(browserPhoneEnds.signedOut)
  }

  close(): void {
    for (const { browser, asterisk } of this.#lines.values()) {
      browser.terminate()
      asterisk.terminate()
    }
    this.#server.close()
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy())
    const who = await this.#ports.admit(request).catch(() => undefined)
    if (who === undefined || who === null) {
      socket.end(`HTTP/1.1 ${who === null ? '403 Forbidden' : '503 Service Unavailable'}\r\nConnection: close\r\n\r\n`)
      return
    }
    if (socket.destroyed) return
    this.#server.handleUpgrade(request, socket, head, (browser) => this.#open(request, { ...who, browser }))
  }

  #open(request: IncomingMessage, one: Omit<Line, 'asterisk'>): void {
    const { accountId, login, browser } = one
    const { log, onPresence } = this.#ports
    const asterisk = new WebSocket(this.#url, 'sip', { handshakeTimeout: 2_000, perMessageDeflate: false, maxPayload: largestMessage })
    const line: Line = { ...one, asterisk }
    this.#lines.get(accountId)?.browser.close(browserPhoneEnds.elsewhere)
    this.#lines.set(accountId, line)
    const early: string[] = []
    asterisk.on('open', () => {
      for (const message of early.splice(0)) asterisk.send(message)
    })
    asterisk.on('message', (data, binary) => browser.readyState === WebSocket.OPEN && browser.send(data, { binary }))
    let alive = true
    browser.on('pong', () => {
      alive = true
    })
    browser.on('message', (data) => {
      alive = true
      const message = text(data)
      // Keep-alives of RFC 7118 and 5626 are answered by nobody here.
      if (message.trim() === '') return
      if (!mayPass(message, login)) {
        log.warn({ phone: login, method: message.slice(0, message.indexOf(' ')).slice(0, 20) }, 'A browser’s phone said what it may not')
        return
      }
      if (asterisk.readyState === WebSocket.OPEN) asterisk.send(message)
      else if (early.length < waitingAtMost) early.push(message)
    })
    let beats = 0
    const beat = setInterval(() => {
      if (!alive) return browser.terminate()
      alive = false
      browser.ping()
      beats += 1
      if (beats % (admitAgainMs / beatMs) === 0) void this.#admitAgain(request, line)
    }, beatMs)
    const end = () => {
      clearInterval(beat)
      browser.close()
      asterisk.close()
      if (this.#lines.get(accountId) !== line) return
      this.#lines.delete(accountId)
      onPresence(accountId, false)
    }
    for (const side of [browser, asterisk]) {
      side.on('close', end)
      side.on('error', (error) => {
        log.info({ phone: login, reason: error.message }, 'A browser’s phone lost its connection')
        side.terminate()
      })
    }
    onPresence(accountId, true)
  }

  async #admitAgain(request: IncomingMessage, { accountId, browser }: Line): Promise<void> {
    // A database that is away signs nobody out.
    const who = await this.#ports.admit(request).catch(() => undefined)
    if (who === null || (who !== undefined && who.accountId !== accountId)) browser.close(browserPhoneEnds.signedOut)
  }
}

function text(data: WebSocket.RawData): string {
  if (Buffer.isBuffer(data)) return data.toString('utf8')
  return Array.isArray(data) ? Buffer.concat(data).toString('utf8') : Buffer.from(data).toString('utf8')
}
