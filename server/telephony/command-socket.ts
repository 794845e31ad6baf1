import type { Logger } from 'pino'
import type WebSocket from 'ws'

/** What Asterisk said to one request. @property body JSON, or empty */
export type SocketAnswer = { readonly status: number; readonly body: string }
type Waiting = {
  readonly since: number
  readonly resolve: (answer: SocketAnswer) => void
  readonly reject: (error: Error) => void
  readonly late: NodeJS.Timeout
}
type Ports = {
  /** A new socket, for an application that follows nothing. */
  readonly connect: () => Promise<WebSocket>
  readonly log: Logger
  /** How often the socket is tried. */
  readonly pingMs?: number
}

const answerMs = 5_000
/** Whatever waits longer than this holds up those behind it. */
const heldUpMs = 100
const againMs = 1_000
/** Nobody asks anything for hours: a path that was forgotten meanwhile is found out before somebody calls. */
const usualPingMs = 5_000

/**
 * REST requests over a WebSocket (Asterisk 20.14, 21.9, 22.4 and later): written as they are asked for, without a connection to choose or
 * an HTTP message to read at the other end. Asterisk works through them one after the other, so that nothing which waits for an announcement
 * may go here; and on a socket apart from the events, which nothing may hold up. An older Asterisk never answers the first one: it is not used then.
 */
export class CommandSocket {
  readonly #ports: Ports
  readonly #waiting = new Map<string, Waiting>()
  #socket: WebSocket | null = null
  #ready = false
  #wanted = false
  #again: NodeJS.Timeout | null = null
  #ping: NodeJS.Timeout | null = null
  #next = 0

  constructor(ports: Ports) {
    this.#ports = ports
  }

  /** Not while something is waited for: what is asked meanwhile goes another way. */
  get ready(): boolean {
    if (!this.#ready) return false
    const [longest] = this.#waiting.values()
    return longest === undefined || performance.now() - longest.since < heldUpMs
  }

  open(): void {
    this.close()
    this.#wanted = true
    this.#connect()
  }

  close(): void {
    this.#wanted = false
    if (this.#again !== null) clearTimeout(this.#again)
    this.#again = null
    this.#drop()
  }

  /**
   * To be asked only while `ready`. @param path with its query, without `/ari`
   * @throws when the socket is lost, or nothing is answered within 5 s
   */
  request(method: string, path: string, body?: unknown): Promise<SocketAnswer> {
    const socket = this.#socket
    if (socket === null) return Promise.reject(new Error('the command socket is not connected'))
    const id = String(this.#next++)
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => this.#settle(id)?.reject(new Error(`ARI ${method} ${path}: no answer`)), answerMs)
      this.#waiting.set(id, { since: performance.now(), resolve, reject, late })
      const content = body === undefined ? {} : { content_type: 'application/json', message_body: JSON.stringify(body) }
      socket.send(JSON.stringify({ type: 'RESTRequest', request_id: id, method, uri: path.slice(1), ...content }))
    })
  }

  #connect(): void {
    this.#ports.connect().then(
      (socket) => this.#follow(socket),
      // Another service drives.
      (error: Error) => this.#ports.log.debug({ reason: error.message }, 'No command socket'),
    )
  }

  #follow(socket: WebSocket): void {
    if (!this.#wanted) return socket.terminate()
    this.#socket = socket
    socket.on('open', () => {
      this.#keep(socket)
      void this.#probe(socket)
    })
    socket.on('message', (data: Buffer) => this.#message(data))
    socket.on('error', (error) => this.#ports.log.debug({ reason: error.message }, 'The command socket failed'))
    socket.on('close', () => {
      if (socket !== this.#socket) return
      this.#drop()
      if (this.#wanted) this.#again = setTimeout(() => this.#connect(), againMs)
    })
  }

  /** A socket that leaves a ping without an answer until the next one is a lost one. */
  #keep(socket: WebSocket): void {
    let heard = true
    socket.on('pong', () => {
      heard = true
    })
    this.#ping = setInterval(() => {
      if (!heard) return socket.terminate()
      heard = false
      socket.ping()
    }, this.#ports.pingMs ?? usualPingMs)
  }

  async #probe(socket: WebSocket): Promise<void> {
    const { status } = await this.request('GET', '/asterisk/ping').catch(() => ({ status: 0 }))
    if (socket !== this.#socket) return
    this.#ready = status === 200
    if (!this.#ready) this.#ports.log.debug('This Asterisk takes no requests over a WebSocket')
  }

  #message(data: Buffer): void {
    const said = readAnswer(data.toString('utf8'))
    if (said !== null) this.#settle(said.id)?.resolve(said)
  }

  #settle(id: string): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (waiting !== undefined) clearTimeout(waiting.late)
    return waiting
  }

  #drop(): void {
    this.#ready = false
    if (this.#ping !== null) clearInterval(this.#ping)
    this.#ping = null
    const socket = this.#socket
    this.#socket = null
    socket?.terminate()
    for (const id of this.#waiting.keys()) this.#settle(id)?.reject(new Error('the command socket was lost'))
  }
}

/** @returns null for whatever is no answer to a request */
function readAnswer(text: string): (SocketAnswer & { readonly id: string }) | null {
  try {
    const said = JSON.parse(text) as Record<string, unknown>
    if (said['type'] !== 'RESTResponse' || typeof said['status_code'] !== 'number' || typeof said['request_id'] !== 'string') return null
    const body = said['message_body']
    return { id: said['request_id'], status: said['status_code'], body: typeof body === 'string' ? body : '' }
  } catch {
    return null
  }
}
