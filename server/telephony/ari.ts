import { Pool } from 'undici'
import WebSocket from 'ws'
import type { CommandSocket, SocketAnswer } from './command-socket.ts'

/** A refusal by the telephone server. 404: the thing is gone; 409, 422: not in a state to do it (yet). */
export class AriError extends Error {
  readonly status: number
  constructor(status: number, what: string, said: string) {
    super(`ARI ${what}: ${status} ${said}`)
    this.name = 'AriError'
    this.status = status
  }
}

export type AriAccount = { readonly url: string; readonly user: string; readonly password: string }
/** Resolves when this service may command; rejects when another does. */
export type MayCommand = () => Promise<void> | void
export type AriQuery = Readonly<Record<string, string | number | boolean | undefined>>

/** What may wait behind what: a telephone that is to ring waits for nothing else. */
export type Haste = 'ring' | 'talk'
/** What a request went over. */
export type Way = 'http' | 'ws'

/** A try that met a dead path must not keep the next one, for which the path may be back, waiting. */
const handshakeMs = 1_200

const openPool = (account: AriAccount) =>
  new Pool(new URL(account.url).origin, {
    // A command to somebody who hears an announcement is answered at its end: the others do not wait behind it.
    connections: 128,
    pipelining: 1,
    keepAliveTimeout: 10_000,
    headersTimeout: 5_000,
    bodyTimeout: 10_000,
    connect: { timeout: 3_000 },
  })

/** One Asterisk's REST interface and event stream. Every request has a deadline; the password is only ever in a header. */
export class Ari {
  #pool: Pool
  readonly #account: AriAccount
  readonly #authorization: string
  readonly #mayCommand: MayCommand
  /** For what is done at once; without, everything goes by HTTP. */
  commands: Readonly<Partial<Record<Haste, CommandSocket>>> = {}

  /** @param mayCommand asked before each request and each new event stream */
  constructor(account: AriAccount, mayCommand: MayCommand = () => undefined) {
    this.#account = account
    this.#mayCommand = mayCommand
    this.#authorization = `Basic ${Buffer.from(`${account.user}:${account.password}`).toString('base64')}`
    this.#pool = openPool(account)
  }

  /** Told of each request: what it went over, how long its answer took, in ms, and its status; 0: there was none. */
  answered: (way: Way, ms: number, status: number) => void = () => undefined

  /** Begin with new connections: the path was lost, and what waits on the old ones fails at once instead of at its deadline. */
  renew(): void {
    const old = this.#pool
    this.#pool = openPool(this.#account)
    void old.destroy()
  }

  /** @throws AriError when Asterisk refuses, another error when it does not answer within 5 s. */
  async request(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, query: AriQuery = {}, body?: unknown): Promise<unknown> {
    // Out at once where nothing is to be waited for: whoever follows the turn that asks for it is told meanwhile.
    const pass = this.#mayCommand()
    if (pass !== undefined) await pass
    const said = await this.#timed('http', method, path, async () => {
      const answer = await this.#send(method, path, query, body)
      return { status: answer.statusCode, body: await answer.body.text() }
    })
    return said === '' ? undefined : JSON.parse(said)
  }

  /** The same for what Asterisk does at once: over the command socket where there is one. Of its answer only the refusal is told. */
  async atOnce(haste: Haste, method: 'POST' | 'DELETE', path: string, query: AriQuery = {}, body?: unknown): Promise<void> {
    const commands = this.commands[haste]
    if (commands?.ready !== true) {
      await this.request(method, path, query, body)
      return
    }
    const pass = this.#mayCommand()
    if (pass !== undefined) await pass
    await this.#timed('ws', method, path, () => commands.request(method, withQuery(path, query), body))
  }

  async #timed(way: Way, method: string, path: string, ask: () => Promise<SocketAnswer>): Promise<string> {
    const since = performance.now()
    let status = 0
    try {
      const answer = await ask()
      status = answer.status
      if (status >= 300) throw new AriError(status, `${method} ${path}`, answer.body.slice(0, 200))
      return answer.body
    } finally {
      this.answered(way, performance.now() - since, status)
    }
  }

  /** A binary answer: a stored recording. */
  async download(path: string): Promise<Buffer> {
    await this.#mayCommand()
    const answer = await this.#send('GET', path, {})
    const bytes = Buffer.from(await answer.body.arrayBuffer())
    if (answer.statusCode >= 300) throw new AriError(answer.statusCode, `GET ${path}`, bytes.toString('utf8').slice(0, 200))
    return bytes
  }

  #send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, query: AriQuery, body?: unknown) {
    const base = new URL(this.#account.url).pathname.replace(/\/$/, '').replace(/\/ari$/, '')
    const headers: Record<string, string> = { authorization: this.#authorization }
    if (body !== undefined) headers['content-type'] = 'application/json'
    return this.#pool.request({
      method,
      headers,
      path: `${base}/ari${withQuery(path, query)}`,
      body: body === undefined ? null : JSON.stringify(body),
    })
  }

  /** Open the event stream of an application; the caller listens on the socket. It takes the application over from whoever has it. */
  async events(app: string): Promise<WebSocket> {
    await this.#mayCommand()
    const url = new URL(this.#account.url)
    const base = url.pathname.replace(/\/$/, '').replace(/\/ari$/, '')
    const scheme = url.protocol === 'https:' ? 'wss' : 'ws'
    return new WebSocket(`${scheme}://${url.host}${base}/ari/events?app=${app}`, {
      headers: { authorization: this.#authorization },
      handshakeTimeout: handshakeMs,
      perMessageDeflate: false,
    })
  }

  async close(): Promise<void> {
    await this.#pool.destroy()
  }
}

function withQuery(path: string, query: AriQuery): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, String(value))
  return search.size > 0 ? `${path}?${search.toString()}` : path
}

export const segment = (id: string): string => encodeURIComponent(id)
