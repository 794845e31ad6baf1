import type { Logger } from 'pino'
import type WebSocket from 'ws'
import type { Ari } from './ari.ts'
import { type AriEvent, readEvent } from './events.ts'

export type LinkHandlers = {
  /** The stream is open; events are held back until the returned promise is done. */
  onOpen(): Promise<void>
  onEvent(event: AriEvent): void
  onLost(): void
  /** This process did not run for a while: what was said meanwhile may have been missed. */
  onStandstill(): void
  /** Another client took the application over: nothing more may be commanded from here. */
  onReplaced(): void
}

/** A path that has fallen silent is found out within the two together. */
const pingMs = 1_000
const silentMs = 3_500
/** A ping that comes so late was not held up by work. */
const standstillMs = 2_000
/** With the handshake's limit, how long after the path is back the next try begins. */
const longestRetryMs = 500

/** Keeps one event stream open for ever: a new socket at each try, a ping every second, silence taken for a loss. */
export class Link {
  readonly #ari: Ari
  readonly #app: string
  readonly #log: Logger
  readonly #handlers: LinkHandlers
  #socket: WebSocket | null = null
  #retry: NodeJS.Timeout | null = null
  #ping: NodeJS.Timeout | null = null
  #heard = 0
  #beaten = 0
  #retryMs = 50
  #closed = false
  #held: AriEvent[] | null = null

  constructor(ari: Ari, app: string, log: Logger, handlers: LinkHandlers) {
    this.#ari = ari
    this.#app = app
    this.#log = log
    this.#handlers = handlers
  }

  start(): void {
    // Refused for good: another service drives.
    this.#open().catch((error: Error) => this.#log.info({ reason: error.message }, 'The telephone application is left to another'))
  }

  /** Whether the application is still ours: a ping that is answered comes after whatever was said before it. */
  async confirm(): Promise<boolean> {
    const socket = this.#socket
    if (socket === null || socket.readyState !== socket.OPEN) return false
    const answered = new Promise<boolean>((resolve) => {
      const late = setTimeout(() => resolve(false), pingMs)
      socket.once('pong', () => {
        clearTimeout(late)
        resolve(true)
      })
    })
    socket.ping()
    return (await answered) && socket === this.#socket
  }

  /** Hold events back, run `work` (which reads what Asterisk has now), then let them through. */
  async resync(work: () => Promise<void>): Promise<void> {
    this.#held ??= []
    try {
      await work()
    } finally {
      const held = this.#held
      this.#held = null
      for (const event of held ?? []) this.#handle(event)
    }
  }

  close(): void {
    this.#closed = true
    if (this.#retry !== null) clearTimeout(this.#retry)
    this.#drop()
  }

  async #open(): Promise<void> {
    if (this.#closed) return
    const socket = await this.#ari.events(this.#app)
    if (this.#closed) return socket.terminate()
    this.#socket = socket
    socket.on('open', () => void this.#opened(socket))
    socket.on('message', (data: Buffer) => this.#message(socket, data))
    socket.on('pong', () => {
      this.#heard = performance.now()
    })
    socket.on('error', (error) => this.#log.debug({ reason: error.message }, 'Asterisk event stream failed'))
    socket.on('close', () => this.#lost(socket))
  }

  async #opened(socket: WebSocket): Promise<void> {
    this.#heard = performance.now()
    this.#beaten = this.#heard
    this.#ping = setInterval(() => this.#beat(socket), pingMs)
    try {
      await this.resync(() => this.#handlers.onOpen())
      this.#retryMs = 50
    } catch (error) {
      this.#log.warn({ reason: (error as Error).message }, 'Asterisk did not answer after the connection; trying again')
      socket.terminate()
    }
  }

  #beat(socket: WebSocket): void {
    const now = performance.now()
    const stoodStill = now - this.#beaten > standstillMs
    this.#beaten = now
    if (now - this.#heard > silentMs) return socket.terminate()
    socket.ping()
    if (stoodStill) this.#handlers.onStandstill()
  }

  #message(socket: WebSocket, data: Buffer): void {
    this.#heard = performance.now()
    if (socket !== this.#socket) return
    const event = readEvent(data.toString('utf8'))
    if (event === null) return
    // Whoever was relieved must not act on what it was about to read.
    if (event.type !== 'ApplicationReplaced' && this.#held !== null) this.#held.push(event)
    else this.#handle(event)
  }

  #handle(event: AriEvent): void {
    if (event.type === 'ApplicationReplaced') {
      this.close()
      return this.#handlers.onReplaced()
    }
    try {
      this.#handlers.onEvent(event)
    } catch (error) {
      this.#log.error({ err: error, event: event.type }, 'An event of the telephone server could not be handled')
    }
  }

  #lost(socket: WebSocket): void {
    if (socket !== this.#socket) return
    this.#drop()
    this.#handlers.onLost()
    this.#ari.renew()
    if (this.#closed) return
    this.#retry = setTimeout(() => this.start(), this.#retryMs)
    this.#retryMs = Math.min(longestRetryMs, this.#retryMs * 2)
  }

  #drop(): void {
    if (this.#ping !== null) clearInterval(this.#ping)
    this.#ping = null
    this.#held = null
    const socket = this.#socket
    this.#socket = null
    socket?.terminate()
  }
}
