import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Log, SetupError } from './setup-error.ts'

const suite = 'forky'
const packages = [
  'asterisk',
  'asterisk-core-sounds-fr-gsm',
  'asterisk-core-sounds-en-gsm',
  'asterisk-moh-opsound-gsm',
  'espeak-ng',
  'sox',
  'libsox-fmt-all',
  'ca-certificates',
]
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'

/**
 * Build a small Debian with Asterisk in `folder`, as root, in about a minute. Made beside and renamed: an interrupted one is never used.
 * @throws SetupError when it cannot be built.
 */
export async function buildRoot(folder: string, log: Log): Promise<void> {
  if (!existsSync(keyring))
    throw new SetupError(
      'Asterisk ne peut pas être préparé sans les clefs de Debian : installez le paquet « debian-archive-keyring », ou indiquez votre Asterisk avec ARI_URL.',
    )
  ensureMmdebstrap(log)
  mkdirSync(dirname(folder), { recursive: true })
  removeAbandoned(folder)
  const making = `${folder}.making-${process.pid}`
  log.info('Préparation d’Asterisk, une seule fois (une minute environ, 400 Mo dans le dossier de cache)…')
  let words = ''
  const known = new Set(mirrors())
  if (known.size === 0)
    throw new SetupError(
      'Aucun miroir Debian dans les sources d’apt de cette machine : ajoutez-en un, ou indiquez un Asterisk avec ARI_URL.',
    )
  for (const mirror of known) {
    words = await bootstrap(making, mirror, log)
    if (words === '') break
    log.warn(`Le miroir ${mirror} n’a pas suffi.`)
    rmSync(making, { recursive: true, force: true })
  }
  if (words !== '')
    throw new SetupError(
      `Asterisk n’a pas pu être préparé (accès au miroir Debian, place sur le disque ?) ; sinon, indiquez le vôtre avec ARI_URL.\n${words}`,
    )
  try {
    renameSync(making, folder)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    // Another start built it meanwhile.
    if (!existsSync(folder)) throw error
  }
}

/** What mmdebstrap says at each step, and what we say. */
const steps: readonly (readonly [string, string])[] = [
  ['running apt-get update', 'lecture du miroir Debian'],
  ['downloading packages', 'téléchargement'],
  ['extracting archives', 'extraction'],
  ['installing essential', 'installation du système de base'],
  ['installing remaining', 'installation d’Asterisk et des sons'],
  ['cleaning', 'ménage'],
]

/** @returns an empty text when it worked, else the last words of mmdebstrap. */
function bootstrap(target: string, mirror: string, log: Log): Promise<string> {
  const args = [
    '--variant=apt',
    `--include=${packages.join(',')}`,
    '--aptopt=APT::Install-Recommends "false"',
    // A dated mirror is past its validity, and just as signed.
    '--aptopt=Acquire::Check-Valid-Until "false"',
    suite,
    target,
    `deb [signed-by=${keyring}] ${mirror} ${suite} main`,
  ]
  return new Promise((resolve) => {
    const child = spawn('mmdebstrap', args, { stdio: ['ignore', 'ignore', 'pipe'] })
    const said: string[] = []
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line)
      const step = steps.find(([word]) => line.includes(word))?.[1]
      if (step !== undefined) log.info(`  ${step}…`)
    })
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code) => resolve(code === 0 ? '' : said.slice(-8).join('\n') || `mmdebstrap : code ${code}`))
  })
}

function ensureMmdebstrap(log: Log): void {
  if (spawnSync('mmdebstrap', ['--version']).status === 0) return
  log.info('Installation du paquet Debian « mmdebstrap »…')
  const apt = (...args: string[]) => spawnSync('apt-get', args, { encoding: 'utf8', env: aptEnvironment })
  const install = () => apt('install', '-y', '--no-install-recommends', 'mmdebstrap')
  if (install().status === 0) return
  apt('update')
  const again = install()
  if (again.status !== 0)
    throw new SetupError(
      `Le paquet « mmdebstrap », qui prépare Asterisk, n’a pas pu être installé : installez-le, ou indiquez votre Asterisk avec ARI_URL.\n${again.stderr ?? ''}`,
    )
}

const aptEnvironment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' }

/** Debian mirrors that this machine's apt already uses, most trusted first. */
export function mirrors(aptDir = '/etc/apt'): readonly string[] {
  const lists = join(aptDir, 'sources.list.d')
  const files = [join(aptDir, 'sources.list'), ...(existsSync(lists) ? readdirSync(lists).map((name) => join(lists, name)) : [])]
  const text = files
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
  const active = text
    .split('\n')
    .filter((line) => /^(deb\s|URIs:)/.test(line))
    .join('\n')
  const urls = active.match(/https?:\/\/\S+/g) ?? []
  return urls.map((url) => url.replace(/\/$/, '')).filter((url) => /\/debian(\/\d{8}T\d{6}Z)?$/.test(url))
}

function removeAbandoned(folder: string): void {
  for (const name of readdirSync(dirname(folder))) {
    const pid = name.startsWith(`${basename(folder)}.making-`) ? Number(name.split('-').at(-1)) : null
    if (pid !== null && !existsSync(`/proc/${pid}`)) rmSync(join(dirname(folder), name), { recursive: true, force: true })
  }
}
