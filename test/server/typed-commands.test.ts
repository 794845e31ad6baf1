import { type ChildProcess, spawn } from 'node:child_process'
import { once as event } from 'node:events'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { inProject } from '../../server/project.ts'
import { type Dovecot, startDovecot } from '../support/dovecot.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { freeTcpPort, freeUdpPorts } from '../support/free-port.ts'
import { once } from '../support/sipp.ts'
import { type Slapd, startSlapd } from '../support/slapd.ts'
import { type Smtp, startSmtp } from '../support/smtp.ts'

/**
 * Every command that README.md and CONTRIBUTING.md tell somebody to type is typed here, in a copy of the project: `npm run build` writes
 * where other tests read. `npm test` alone is not, since this is it.
 */
const typed: Readonly<Record<string, () => Promise<void>>> = {
  'npm run build': built,
  'npm start': serves,
  'npm run doctor': looksAtTheSite,
  'npm run access -- LOGIN': letsInAgain,
  'npm run backup -- FILE': isBackedUp,
  'npm run restore -- FILE': isRestored,
  'SIP_TRUNK=… npm start': reachesItsNeighbours,
  'LDAP_URL=… LDAP_BASE=… LDAP_BIND_DN=… LDAP_BIND_PASSWORD=… npm start': reachesItsNeighbours,
  'SMTP_URL=… MAIL_FROM=… IMAP_URL=… npm start': reachesItsNeighbours,
  'HOST=… npm start': servesOthers,
  'npm run dev': followsItsSources,
  'npm run check': checks,
  'npm run format': formats,
  'npm run picture': takesThePicture,
  'npm run bench -- --only NAME': measures,
  'npm run faults -- --only NAME --tries 1': breaks,
  'npm run mutate -- calendar --only ago': mutates,
  'npm run soak -- --minutes 10': endures,
  'node_modules/.bin/vitest run -c test/vitest.config.ts test/calls/arrivals.test.ts': testsOneFile,
}

/** What stands between backquotes or in a block of shell and is typed: without its comment, and with the values of settings left out. */
function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, lines = '']) => lines.split('\n'))
  const words = [...text.replaceAll(/```.*?```/gs, '').matchAll(/`([^`]+)`/g)]
    .map(([, span = '']) => span)
    .filter((span) => /^(npm|npx|node|node_modules\/\S+|sudo|curl) /.test(span))
  return [...blocks, ...words]
    .map((line) => line.replace(/ #.*$/, '').trim())
    .filter((line) => line !== '')
    .map((line) => line.replaceAll(/\b([A-Z][A-Z_]+)=('[^']*'|\S+)/g, '$1=…'))
}

test('every command that README and CONTRIBUTING name is typed by this file, but for `npm test`', () => {
  const told = ['README.md', 'CONTRIBUTING.md'].flatMap((name) => commandsOf(readFileSync(inProject(name), 'utf8')))
  expect([...new Set(told)].sort()).toEqual([...Object.keys(typed), 'npm test'].sort())
  const { scripts } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { scripts: Record<string, string> }
  const named = Object.keys(scripts).filter((name) => told.some((command) => new RegExp(`npm (run )?${name}\\b`).test(command)))
  expect(named).toEqual(Object.keys(scripts))
})

let folder: string
let slapd: Slapd
let smtp: Smtp
let dovecot: Dovecot
let site: Readonly<Record<string, string>>
const left = new Set<Running>()
const varDirs: string[] = []
function varDir(): string {
  const made = testFolder()
  varDirs.push(made)
  return made
}

/** A copy to type in: the sources here, the packages where they are. */
function copied(name: string, wanted: (path: string) => boolean): string {
  const to = join(folder, name)
  mkdirSync(to)
  for (const entry of readdirSync(inProject('.')).filter((entry) => wanted(entry)))
    cpSync(inProject(entry), join(to, entry), { recursive: true, filter: (path) => wanted(path.slice(inProject('.').length + 1)) })
  symlinkSync(inProject('node_modules'), join(to, 'node_modules'))
  return to
}
const isSource = (path: string) => !/(^|\/)(node_modules|var|built|dist|test-results|\.git)$/.test(path)
const project = () => join(folder, 'project')

beforeAll(async () => {
  folder = testFolder()
  copied('project', isSource)
  ;[slapd, smtp, dovecot] = await Promise.all([startSlapd(), startSmtp(), startDovecot()])
  const [sip = 0] = await freeUdpPorts(1)
  site = { PORT: String(await freeTcpPort()), SIP_PORT: String(sip), VAR_DIR: varDir() }
})
afterEach(async () => {
  for (const running of left) if (running !== service) await running.interrupted()
})
afterAll(async () => {
  for (const running of left) await running.interrupted()
  await dovecot.stop()
  await smtp.stop()
  await slapd.stop()
  for (const made of [folder, ...varDirs]) removeTestFolder(made)
})

test.each(Object.entries(typed).filter(([, run], i, all) => all.findIndex(([, same]) => same === run) === i))(
  '%s',
  async (_, run) => {
    await run()
  },
  180_000,
)

/** A command somebody has typed. Ctrl-C reaches all that it started, as from a terminal. */
class Running {
  #said = ''
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown[]>

  constructor(command: string, env: Readonly<Record<string, string>> = {}, cwd = project()) {
    this.#child = spawn('sh', ['-c', `exec ${command}`], { cwd, env: { ...process.env, ...env }, detached: true })
    this.#ended = event(this.#child, 'close')
    left.add(this)
    void this.#ended.then(() => left.delete(this))
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (data: Buffer) => {
        this.#said += data.toString('utf8')
      })
  }

  /** Without the colours that some of it wears where `CI` is set. */
  get output(): string {
    return stripVTControlCharacters(this.#said)
  }

  async says(words: string | RegExp, withinMs = 60_000): Promise<void> {
    const said = () => (typeof words === 'string' ? this.output.includes(words) : words.test(this.output))
    await once(() => said() || this.#child.exitCode !== null, withinMs, String(words)).catch((error: Error) => {
      throw new Error(`${error.message}\n${this.output}`)
    })
    if (!said()) throw new Error(`« ${words} » was not said\n${this.output}`)
  }

  async code(): Promise<number | null> {
    const [code] = await this.#ended
    return code as number | null
  }

  interrupted(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.pid !== undefined) process.kill(-this.#child.pid, 'SIGINT')
    return this.code()
  }
}

/** @returns what it said, once it has ended well. */
async function done(command: string, env: Readonly<Record<string, string>> = {}, cwd = project()): Promise<string> {
  const running = new Running(command, env, cwd)
  const code = await running.code()
  if (code !== 0) throw new Error(`${command} ended with ${code}\n${running.output}`)
  return running.output
}

async function built(): Promise<void> {
  await done('npm run build')
  for (const made of ['console/dist/index.html', 'built/main.js']) expect(existsSync(join(project(), made)), made).toBe(true)
}

const isReady = (env: Readonly<Record<string, string>>, host = '127.0.0.1') =>
  once(
    async () => {
      const answer = await fetch(`http://${host}:${env['PORT']}/api/health`).catch(() => null)
      return answer !== null && ((await answer.json()) as { status: string }).status === 'ready'
    },
    60_000,
    'readiness',
  )
let service: Running

async function serves(): Promise<void> {
  service = new Running('npm start', site)
  await service.says('Ctrl-C arrête tout')
  for (const said of [`http://127.0.0.1:${site['PORT']}/console`, 'alice', 'guichet-demo', `sip:guichet@127.0.0.1:${site['SIP_PORT']}`])
    expect(service.output).toContain(said)
  expect(await (await fetch(`http://127.0.0.1:${site['PORT']}/console`)).text()).toContain('<div id="root">')
  await isReady(site)
}

async function looksAtTheSite(): Promise<void> {
  const said = await done('npm run doctor', site)
  expect(said).toContain('✓ Service : prêt à servir.')
  expect(said).toMatch(/\d+ points vérifiés, 0 à corriger/)
}

async function letsInAgain(): Promise<void> {
  expect(await done('npm run access -- bruno', site)).toMatch(/http:\/\/127\.0\.0\.1:\d+\/mot-de-passe#\S+/)
}

async function isBackedUp(): Promise<void> {
  expect(await done(`npm run backup -- ${join(folder, 'kept.tar.gz')}`, site)).toContain('Sauvegarde faite')
  expect(await service.interrupted()).toBe(0)
  await expect(fetch(`http://127.0.0.1:${site['PORT']}/`)).rejects.toThrow()
}

async function isRestored(): Promise<void> {
  const elsewhere = { ...site, VAR_DIR: varDir() }
  expect(await done(`npm run restore -- ${join(folder, 'kept.tar.gz')}`, elsewhere)).toContain('Lancez maintenant « npm start »')
  const again = new Running('npm start', elsewhere)
  await again.says('Ctrl-C arrête tout')
  expect(await again.interrupted()).toBe(0)
}

/** Telephone, directory and mail at once, as the doctor and the console tell of them. */
async function reachesItsNeighbours(): Promise<void> {
  const [trunk = 0] = await freeUdpPorts(1)
  const neighbours = {
    ...site,
    ...slapd.env,
    SIP_TRUNK: `127.0.0.1:${trunk}`,
    SMTP_URL: smtp.url,
    MAIL_FROM: 'Guichet <guichet@univ.example>',
    IMAP_URL: dovecot.config.url,
  }
  const linked = new Running('npm start', neighbours)
  await linked.says('Ctrl-C arrête tout')
  await isReady(site)
  const said = await done('npm run doctor', neighbours)
  for (const line of [
    /^✓ Annuaire : /m,
    /^✓ Courriel : /m,
    /^✓ Boîte aux lettres : /m,
    new RegExp(`^[✓!] Autocommutateur 127.0.0.1:${trunk} : `, 'm'),
  ])
    expect(said).toMatch(line)
  expect(await linked.interrupted()).toBe(0)
}

async function servesOthers(): Promise<void> {
  const ours = Object.values(networkInterfaces()).flatMap((of) => of ?? [])
  const host = ours.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '0.0.0.0'
  const env = { ...site, HOST: host }
  const open = new Running('npm start', env)
  await open.says('Ctrl-C arrête tout')
  expect(open.output).toMatch(/Premier administrateur.*\n.*\/mot-de-passe#/)
  expect(open.output).not.toContain('guichet-demo')
  const known = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"login":"alice","password":"guichet-demo"}' }
  expect((await fetch(`http://${host}:${site['PORT']}/api/session`, known)).status).toBe(401)
  expect(await open.interrupted()).toBe(0)
}

async function followsItsSources(): Promise<void> {
  const dev = new Running('npm run dev', site)
  await dev.says('Ctrl-C arrête tout')
  await dev.says(/http:\/\/localhost:\d+/)
  const [page = ''] = /http:\/\/localhost:\d+/.exec(dev.output) ?? []
  expect(await (await fetch(`${page}/app/main.tsx`)).text()).toContain('createRoot')
  const starts = () => dev.output.split('est en service.').length - 1
  const file = join(project(), 'server/welcome.ts')
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n`)
  await once(() => starts() === 2, 60_000, 'the service with its new source')
  await dev.interrupted()
  await expect(fetch(`http://127.0.0.1:${site['PORT']}/`)).rejects.toThrow()
}

/** A file and all that it imports, by their paths in the project. */
function withImports(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found
  found.add(file)
  for (const [, from = ''] of readFileSync(inProject(file), 'utf8').matchAll(/ from '(\.[^']+)'/g))
    withImports(join(file, '..', from), found)
  return found
}

/** As small as a project can be that the checks look at: `npm test` runs them on the whole. */
function smallProject(): string {
  const checked = [
    'test/support/run.ts',
    'test/support/check-layers.ts',
    'server/boot.mjs',
    'server/calls/number.ts',
    'server/limiter.ts',
    'console/ui/phone.ts',
  ]
  const described = [
    'package.json',
    'package-lock.json',
    'biome.json',
    '.ci/oxlint.json',
    'tsconfig.json',
    'server/tsconfig.json',
    'server/tsconfig.pure.json',
    'console/tsconfig.json',
    'test/tsconfig.json',
  ]
  const kept = [...checked.flatMap((file) => [...withImports(file)]), ...described]
  return copied('small', (path) => kept.some((file) => file === path || file.startsWith(`${path}/`)))
}
let small: string | null = null
const ugly = 'export   const  answer = 42 ;\n'

async function checks(): Promise<void> {
  small ??= smallProject()
  expect(await done('npm run check', {}, small)).toMatch(/\n7 passed, 0 failed\n$/)
  writeFileSync(join(small, 'server/calls/clock.ts'), 'export const now = (): number => Date.now()\n')
  const found = new Running('npm run check', {}, small)
  expect(await found.code()).toBe(1)
  expect(found.output).toMatch(/✗ layers[^]*\n6 passed, 1 failed\n$/)
}

async function formats(): Promise<void> {
  small ??= smallProject()
  writeFileSync(join(small, 'server/ugly.ts'), ugly)
  await done('npm run format', {}, small)
  expect(readFileSync(join(small, 'server/ugly.ts'), 'utf8')).toBe('export const answer = 42\n')
}

/** The size of a picture, from its first bytes (WebP's VP8 frame). */
function sizeOf(file: string): { width: number; height: number; kilobytes: number } {
  const bytes = readFileSync(file)
  const at = bytes.indexOf(Buffer.from([0x9d, 0x01, 0x2a])) + 3
  return { width: bytes.readUInt16LE(at) & 0x3fff, height: bytes.readUInt16LE(at + 2) & 0x3fff, kilobytes: bytes.length / 1_000 }
}

async function takesThePicture(): Promise<void> {
  const [, shown = ''] = /!\[[^\]]{40,}\]\((docs\/[^)]+)\)/.exec(readFileSync(inProject('README.md'), 'utf8')) ?? []
  await done('npm run picture')
  const [anew, kept] = [sizeOf(join(project(), shown)), sizeOf(inProject(shown))]
  for (const { kilobytes, ...size } of [anew, kept]) {
    expect(size).toEqual({ width: 2880, height: 1720 })
    expect(kilobytes).toBeLessThan(200)
  }
  // The same people on it: when more differs than dates and clocks, the desk looks otherwise and README's picture is to be taken anew.
  expect(Math.abs(anew.kilobytes / kept.kilobytes - 1)).toBeLessThan(0.15)
}

async function measures(): Promise<void> {
  expect(await done('npm run bench -- --only console.weight')).toMatch(/\nconsole\.weight +\d/)
}

async function breaks(): Promise<void> {
  expect(await done('npm run faults -- --only path.cut --tries 1 --crowd 3')).toMatch(/\npath\.cut +1 +0 +0 /)
}

async function mutates(): Promise<void> {
  expect(await done('npm run mutate -- calendar --only ago')).toMatch(/\ncalendar ago: \d+ of \d+ mutants killed /)
}

async function endures(): Promise<void> {
  const soak = new Running('npm run soak -- --minutes 0.1 --waiting 2 --consoles 1')
  // Its code tells whether the heap keeps its goal, of which so short a while says nothing.
  expect(await soak.code()).toBeOneOf([0, 1])
  expect(soak.output).toMatch(/\n\d+ calls, \d+ samples\nheap: /)
}

async function testsOneFile(): Promise<void> {
  expect(await done('node_modules/.bin/vitest run -c test/vitest.config.ts test/calls/arrivals.test.ts')).toMatch(/Tests .*passed/)
}
