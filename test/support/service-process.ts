import { type ChildProcess, spawn } from 'node:child_process'
import { once as event } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Health, Session } from '../../server/contract/http.ts'
import { freeze, pidOf } from './frozen.ts'
import { once } from './sipp.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** As boot.mjs starts it. */
const compiled = { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? join(root, 'node_modules/.cache/compiled') }

/** The service as it really runs: its own process, killed and frozen as one. */
export class ServiceProcess {
  readonly url: string
  readonly #env: Readonly<Record<string, string>>
  #child: ChildProcess | null = null
  #output = ''

  constructor(env: Readonly<Record<string, string>>) {
    this.#env = env
    this.url = `http://127.0.0.1:${env['PORT']}`
  }

  /** Another one, with the same settings but these. */
  twin(env: Readonly<Record<string, string>>): ServiceProcess {
    return new ServiceProcess({ ...this.#env, ...env })
  }

  /** Resolves when it answers, and its telephone is connected. */
  async start(): Promise<void> {
    this.launch()
    await this.serving()
  }

  launch(): void {
    const child = spawn(process.execPath, ['built/main.js'], {
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', NODE_NO_WARNINGS: '1', ...compiled, ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        this.#output += data.toString('utf8')
      })
  }

  /** It answers, and its telephone is connected. */
  async serving(): Promise<void> {
    await once(
      async () => {
        if (!this.running) throw new Error(`the service ended\n${this.#output}`)
        return (await this.part('telephony')) === 'up' && (await this.part('database')) === 'up' && (await this.#opened())
      },
      60_000,
      'the service',
      () => this.told(),
    )
  }

  get output(): string {
    return this.#output
  }

  get pid(): number | null {
    return this.#child?.pid ?? null
  }

  get running(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** What of it does not do, and the last that it wrote, in one line. */
  async told(): Promise<string> {
    const parts = (await this.health())?.parts
      .filter(({ state }) => state !== 'up')
      .map(({ name, state, detail }) => `${name} ${state} ${detail}`)
    return `${parts?.join(', ') ?? 'does not answer'}: ${this.#output.slice(-600).replaceAll('\n', ' ')}`
  }

  async part(name: string): Promise<string | null> {
    return (await this.health())?.parts.find((p) => p.name === name)?.state ?? null
  }

  /** Null when it does not answer within a second. */
  async health(): Promise<Health | null> {
    try {
      return (await (await fetch(`${this.url}/api/health`, { signal: AbortSignal.timeout(1_000) })).json()) as Health
    } catch {
      return null
    }
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async stop(): Promise<void> {
    this.#child?.kill('SIGCONT')
    await this.#end('SIGTERM')
  }

  /** Resolves when it stands still. */
  async freeze(): Promise<void> {
    await freeze(pidOf(this.#child))
  }

  thaw(): void {
    this.#child?.kill('SIGCONT')
  }

  /** A signed-in person's way to the service. */
  async signIn(login: string, password = 'guichet-demo'): Promise<SignedIn> {
    const answer = await fetch(`${this.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    })
    if (!answer.ok) throw new Error(`${login} could not sign in: ${answer.status} ${await answer.text()}`)
    const cookie = answer.headers
      .getSetCookie()
      .map((c) => c.split(';')[0])
      .join('; ')
    return new SignedIn(this.url, cookie, (await answer.json()) as Session)
  }

  /** The sample accounts are there: PostgreSQL has been joined. */
  async #opened(): Promise<boolean> {
    return this.signIn('alice').then(
      () => true,
      () => false,
    )
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (child === null || !this.running) return
    const ended = event(child, 'exit')
    child.kill(signal)
    await ended
  }
}

export class SignedIn {
  readonly url: string
  readonly cookie: string
  readonly session: Session

  constructor(url: string, cookie: string, session: Session) {
    this.url = url
    this.cookie = cookie
    this.session = session
  }

  /** @typeParam T what the contract says is answered */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows the contract
  async ask<T>(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: T }> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: { cookie: this.cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as T }
  }

  async state(state: 'ready' | 'offline'): Promise<void> {
    const { status, body } = await this.ask('PUT', '/api/operators/me', { state })
    if (status !== 200) throw new Error(`state ${state}: ${status} ${JSON.stringify(body)}`)
  }
}
