import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '../../server/supervisor/wait.ts'
import { freeTcpPort } from './free-port.ts'
import { freeze, pidOf, thaw } from './frozen.ts'

export type Radicale = {
  /** Of the server, as whoever sets it up would write it. */
  readonly address: string
  readonly login: string
  readonly password: string
  /** The address of one of the account's calendars. */
  collection(name: string): string
  /** Somebody's calendar program, straight at the server. */
  ask(
    method: string,
    url: string,
    body?: string,
    headers?: Record<string, string>,
  ): Promise<{ readonly status: number; readonly text: string }>
  /** The events of a calendar, as they stand: name of the file → text. */
  events(name: string): Promise<ReadonlyMap<string, string>>
  /** Frozen: connections are accepted by the system, and nothing answers. */
  pause(): Promise<void>
  resume(): void
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

/** A real Radicale with one account and three calendars: `permanence`, `absences`, `travaux`. */
export async function startRadicale(): Promise<Radicale> {
  const dir = mkdtempSync(join(tmpdir(), 'radicale-'))
  const port = await freeTcpPort()
  const [login, password] = ['guichet', 'agenda-of-the-test']
  writeFileSync(join(dir, 'users'), `${login}:${password}\n`)
  mkdirSync(join(dir, 'collections'))
  writeFileSync(
    join(dir, 'config'),
    `[server]
hosts = 127.0.0.1:${port}
[auth]
type = htpasswd
htpasswd_filename = ${dir}/users
htpasswd_encryption = plain
delay = 0
[rights]
type = owner_only
[storage]
filesystem_folder = ${dir}/collections
[logging]
level = error
`,
  )
  const address = `http://127.0.0.1:${port}/`
  const authorization = `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`
  let child: ChildProcess | null = null
  const ask: Radicale['ask'] = async (method, url, body, headers = {}) => {
    const answer = await fetch(new URL(url, address), {
      method,
      headers: { authorization, ...headers },
      ...(body !== undefined && { body }),
    })
    return { status: answer.status, text: await answer.text() }
  }
  const collection = (name: string) => `${address}${login}/${name}/`
  async function start() {
    child = spawn('/usr/bin/radicale', ['--config', join(dir, 'config')], {
      stdio: 'ignore',
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
    })
    await until(
      () =>
        ask('OPTIONS', '/').then(
          () => true,
          () => false,
        ),
      20_000,
    )
  }
  async function kill() {
    if (child === null || child.exitCode !== null) return
    child.kill('SIGCONT')
    child.kill('SIGKILL')
    await once(child, 'exit')
    child = null
  }
  await start()
  for (const name of ['permanence', 'absences', 'travaux']) {
    const made = await ask(
      'MKCALENDAR',
      collection(name),
      `<?xml version="1.0"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop><D:displayname>${name}</D:displayname></D:prop></D:set></C:mkcalendar>`,
    )
    if (made.status !== 201) throw new Error(`Radicale did not make a calendar: ${made.status} ${made.text}`)
  }
  return {
    address,
    login,
    password,
    collection,
    ask,
    async events(name) {
      const { text } = await ask(
        'PROPFIND',
        collection(name),
        '<?xml version="1.0"?><D:propfind xmlns:D="DAV:"><D:prop><D:getetag/></D:prop></D:propfind>',
        { depth: '1' },
      )
      const files = [...text.matchAll(/<href>([^<]+\.ics)<\/href>/g)].flatMap(([, href]) => (href === undefined ? [] : [href]))
      return new Map(await Promise.all(files.map(async (href) => [href.split('/').at(-1) ?? '', (await ask('GET', href)).text] as const)))
    },
    pause: () => freeze(pidOf(child)),
    resume: () => thaw(pidOf(child)),
    kill,
    start,
    async stop() {
      await kill()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
