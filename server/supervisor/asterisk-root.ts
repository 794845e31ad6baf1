import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { buildRoot } from './asterisk-build.ts'
import { type Log, SetupError } from './setup-error.ts'

/** How to run a program: for one of the built root, by that root's own loader and libraries, so that no chroot is needed. */
export type Tool = { readonly command: string; readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> }

export type AsteriskRoot = {
  readonly version: string
  readonly asterisk: Tool
  readonly espeak: Tool
  readonly sox: Tool
  readonly modulesDir: string
  /** Asterisk's own shared data: documentation, rest-api. */
  readonly shareDir: string
  /** Recorded prompts by language, null where there are none. */
  readonly prompts: { readonly fr: string | null; readonly en: string | null }
  readonly musicDir: string | null
}

/** Changes when what the root holds does: then another one is built beside. */
const recipe = 'asterisk-forky-1'
const oldestMajor = 20

const triplets: Readonly<Record<string, { readonly triplet: string; readonly loader: string }>> = {
  x64: { triplet: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { triplet: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
}

/** The cache folder of this user, shared by every clone. */
export function cacheDir(env: Readonly<Record<string, string | undefined>> = {}): string {
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'guichet')
}

/** Where what was spoken once is kept, by content. */
export const speechDir = (cache: string): string => join(cache, 'speech')

/**
 * What speaks and converts sounds beside an Asterisk of the site's own: the tools of the root built earlier, else the machine's.
 * @returns null where there are none; nothing is built or installed.
 */
export function findSoundTools(cache: string, searchPath: string): Pick<AsteriskRoot, 'espeak' | 'sox'> | null {
  const folder = join(cache, recipe)
  if (existsSync(folder)) return soundToolsIn(folder)
  const [espeak, sox] = ['espeak-ng', 'sox'].map((name) => findProgram(name, searchPath))
  return espeak === undefined || sox === undefined ? null : { espeak: plain(espeak), sox: plain(sox) }
}

const plain = (command: string): Tool => ({ command, args: [], env: {} })
const findProgram = (name: string, searchPath: string) =>
  searchPath
    .split(delimiter)
    .map((dir) => join(dir, name))
    .find((path) => existsSync(path))

/**
 * Find an Asterisk to run: the machine's (20 or later, with espeak-ng and sox), the one built earlier, or one built now (root on Debian, about a minute).
 * @param cache the folder that keeps what was built
 * @throws SetupError saying what to install or set when there is none.
 */
export async function findAsterisk(cache: string, searchPath: string, log: Log, isRoot = process.getuid?.() === 0): Promise<AsteriskRoot> {
  const own = onThisMachine(searchPath)
  if (own !== null) return own
  const folder = join(cache, recipe)
  if (!existsSync(folder)) {
    if (!isRoot || triplets[process.arch] === undefined) {
      throw new SetupError(
        'Asterisk est introuvable : installez les paquets « asterisk espeak-ng sox » (Asterisk 20 ou plus récent), ou lancez une première fois en root sur Debian pour qu’il soit préparé, ou indiquez le vôtre avec ARI_URL et ARI_PASSWORD.',
      )
    }
    await buildRoot(folder, log)
  }
  return inRoot(folder)
}

function onThisMachine(searchPath: string): AsteriskRoot | null {
  const [asterisk, espeak, sox] = ['asterisk', 'espeak-ng', 'sox'].map((name) => findProgram(name, searchPath))
  if (asterisk === undefined || espeak === undefined || sox === undefined) return null
  const version = versionOf(plain(asterisk))
  const libraries = ['/usr/lib', '/usr/local/lib', ...Object.values(triplets).map((t) => `/usr/lib/${t.triplet}`)].map((dir) =>
    join(dir, 'asterisk/modules'),
  )
  const modulesDir = libraries.find((dir) => existsSync(join(dir, 'res_ari.so')))
  const shareDir = ['/usr/share/asterisk', '/var/lib/asterisk', '/usr/local/share/asterisk'].find((dir) =>
    existsSync(join(dir, 'documentation')),
  )
  if (Number.parseInt(version, 10) < oldestMajor || modulesDir === undefined || shareDir === undefined) return null
  return { version, asterisk: plain(asterisk), espeak: plain(espeak), sox: plain(sox), modulesDir, shareDir, ...recordings(shareDir) }
}

const libDirOf = (folder: string): string => join(folder, 'usr/lib', triplets[process.arch]?.triplet ?? '')

function toolIn(folder: string, path: string, env: Readonly<Record<string, string>> = {}): Tool {
  const libDir = libDirOf(folder)
  return {
    command: join(libDir, triplets[process.arch]?.loader ?? ''),
    args: ['--library-path', `${libDir}:${join(libDir, 'pulseaudio')}`, join(folder, path)],
    env,
  }
}

const soundToolsIn = (folder: string): Pick<AsteriskRoot, 'espeak' | 'sox'> => ({
  // espeak-ng looks for a folder espeak-ng-data in the one it is told.
  espeak: toolIn(folder, 'usr/bin/espeak-ng', { ESPEAK_DATA_PATH: libDirOf(folder) }),
  sox: toolIn(folder, 'usr/bin/sox'),
})

function inRoot(folder: string): AsteriskRoot {
  const libDir = libDirOf(folder)
  const asterisk = toolIn(folder, 'usr/sbin/asterisk')
  const shareDir = join(folder, 'usr/share/asterisk')
  return {
    version: versionOf(asterisk),
    asterisk,
    ...soundToolsIn(folder),
    modulesDir: join(libDir, 'asterisk/modules'),
    shareDir,
    ...recordings(shareDir),
  }
}

function recordings(shareDir: string): Pick<AsteriskRoot, 'prompts' | 'musicDir'> {
  const sounds = join(shareDir, 'sounds')
  // Not the links named fr and en: inside a root they are absolute and lead out of it.
  const names = existsSync(sounds) ? readdirSync(sounds) : []
  const prompt = (language: string) => {
    const name =
      names.find((n) => n.startsWith(`${language}_`) && existsSync(join(sounds, n, 'digits'))) ??
      names.find((n) => n === language && existsSync(join(sounds, n, 'digits')))
    return name === undefined ? null : join(sounds, name)
  }
  const music = join(shareDir, 'moh')
  return { prompts: { fr: prompt('fr'), en: prompt('en') }, musicDir: existsSync(music) ? music : null }
}

/** « 22.10.1 », empty when the program does not run. */
function versionOf(tool: Tool): string {
  const said = spawnSync(tool.command, [...tool.args, '-V'], { encoding: 'utf8' })
  return said.stdout?.match(/\d+\.\d+\.\d+/)?.[0] ?? ''
}
