// Plain JavaScript for whatever Node the machine has (20 or later): brings the packages, among them Node 24, builds the console
// when its sources are newer, then hands over to the service, or to TypeScript, which only Node 24 reads. Progress goes to stderr: stdout is the verb's own.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { newestIn } from './newest.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const bin = join(root, 'node_modules', '.bin')
const verbs = {
  serve: { console: true, bundle: true, run: [['built/main.js']] },
  dev: {
    console: true,
    run: [
      ['--watch-path=server', '--watch-preserve-output', 'server/main.ts'],
      [join(bin, 'vite'), '--config', 'console/vite.config.ts'],
    ],
  },
  build: { console: 'always', bundle: true, run: [] },
  test: { forTests: true, console: false, bundle: true, run: [['test/support/run.ts']] },
  check: { forTests: true, console: false, run: [['test/support/run.ts', '--checks-only']] },
  backup: { console: false, run: [['server/manage.ts', 'backup']] },
  restore: { console: false, run: [['server/manage.ts', 'restore']] },
  doctor: { console: false, run: [['server/manage.ts', 'doctor']] },
  access: { console: false, run: [['server/manage.ts', 'access']] },
  soak: { forTests: true, console: false, bundle: true, run: [['test/soak/main.ts']] },
  picture: { forTests: true, console: true, bundle: true, run: [['test/picture/main.ts']] },
  faults: { forTests: true, console: false, bundle: true, run: [['test/faults/main.ts']] },
  mutate: { forTests: true, console: false, run: [['test/mutate/main.ts']] },
  bench: { forTests: true, console: true, bundle: true, run: [['test/bench/main.ts']] },
}

const say = (text) => process.stderr.write(`${text}\n`)

function refuse(text) {
  say(text)
  process.exit(1)
}

/** What npm installed, read from the list npm itself keeps, against what the lock file asks for; a container has nothing for tests. */
function packagesAreCurrent(forTests) {
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
    const present = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages
    return Object.entries(wanted).every(([path, entry]) => {
      const found = present[path]
      if (path === '') return true
      if (found !== undefined) return found.version === entry.version
      return entry.optional === true || entry.peer === true || (!forTests && (entry.dev === true || entry.devOptional === true))
    })
  } catch {
    return false
  }
}

function ensurePackages(forTests) {
  if (packagesAreCurrent(forTests)) return
  say('Installation des paquets (une à deux minutes la première fois)…')
  // Not « npm ci »: it refuses a lock file written where a mirror lacks the binaries of other platforms. This follows the lock just as well.
  const options = ['--no-save', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const done = spawnSync('npm', ['install', ...options], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (done.status !== 0)
    refuse(
      'Les paquets n’ont pas pu être installés : « npm install » a échoué, son message est ci-dessus (accès au registre npm, place sur le disque ?).',
    )
}

/** The path of a Node that is 24 or later: ours, or the machine's. */
function findNode() {
  const found = [join(bin, 'node'), process.execPath].find((path) => {
    const version = existsSync(path) ? spawnSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout : ''
    return Number.parseInt(version, 10) >= 24
  })
  return (
    found ??
    refuse(
      `Node 24 n’a pas été installé pour cette machine (${process.platform} ${process.arch}) : installez Node 24 ou plus récent, puis recommencez.`,
    )
  )
}

function consoleIsStale() {
  const page = join(root, 'console', 'index.html')
  const built = join(root, 'console', 'dist', 'index.html')
  if (!existsSync(page)) return false
  if (!existsSync(built)) return true
  const sources = [
    join(root, 'server', 'contract'),
    join(root, 'package-lock.json'),
    ...readdirSync(join(root, 'console'))
      .filter((name) => name !== 'dist')
      .map((name) => join(root, 'console', name)),
  ]
  return Math.max(...sources.map(newestIn)) > statSync(built).mtimeMs
}

function buildConsole(node, env) {
  say('Construction de la console…')
  const done = spawnSync(node, [join(bin, 'vite'), 'build', '--config', 'console/vite.config.ts', '--logLevel', 'warn'], {
    cwd: root,
    env,
    stdio: ['ignore', 2, 2],
  })
  if (done.status !== 0) refuse('La console n’a pas pu être construite, voir le message ci-dessus.')
}

function bundleServer(node) {
  if (spawnSync(node, ['server/bundle.mjs'], { cwd: root, stdio: ['ignore', 2, 2] }).status !== 0)
    refuse('Le service n’a pas pu être assemblé, voir le message ci-dessus.')
}

/** Run the verb's programs, pass signals on, and end as the first of them ends. */
function handOver(node, env, programs) {
  const children = programs.map((args) => spawn(node, args, { cwd: root, env, stdio: 'inherit' }))
  const pass = (signal) => {
    for (const child of children) child.kill(signal)
  }
  // A terminal's Ctrl-C reaches the programs directly too: they take a repeated signal as the same request.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => pass(signal))
  let running = children.length
  let code = null
  for (const child of children) {
    child.on('error', (error) => refuse(`Le service n’a pas pu être lancé : ${error.message}`))
    child.on('exit', (status, signal) => {
      code ??= status ?? 128 + (constants.signals[signal] ?? 0)
      running -= 1
      if (running === 0) process.exit(code)
      pass('SIGTERM')
    })
  }
}

const [verb, ...rest] = process.argv.slice(2)
const plan = verbs[verb]
if (Number.parseInt(process.versions.node, 10) < 20) {
  refuse(
    `Node 20 ou plus récent est nécessaire, cette machine a Node ${process.versions.node} : installez-le (paquet Debian « nodejs », ou https://nodejs.org), puis recommencez.`,
  )
}
if (plan === undefined) refuse(`Usage : node server/boot.mjs ${Object.keys(verbs).join('|')}`)
ensurePackages(plan.forTests === true)
const node = findNode()
// What Node compiled is kept: a service that was killed is back in half the time.
const compiled = process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'compiled')
const env = { ...process.env, NODE_COMPILE_CACHE: compiled, PATH: [bin, process.env.PATH].join(delimiter) }
if (plan.console === 'always' || (plan.console && consoleIsStale())) buildConsole(node, env)
if (plan.bundle === true) bundleServer(node)
handOver(
  node,
  env,
  plan.run.map((args, index) => (index === 0 ? [...args, ...rest] : args)),
)
