import { existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import type { AsteriskRoot } from './asterisk-root.ts'

const folders = [
  'lib',
  'spool/recording',
  'spool/monitor',
  'spool/outgoing',
  'spool/tmp',
  'lib/keys',
  'cache',
  'run',
  'log',
  'data/sounds/fr',
  'data/sounds/en',
  'data/moh',
]
const shared = ['documentation', 'rest-api', 'static-http']

/**
 * Lay out what Asterisk reads and writes below `home`: its shared data by links, recorded prompts beside our own announcements, music that decodes.
 * @returns the sounds folder, to which `prepareSounds` adds ours.
 */
export function layOutData(home: string, root: AsteriskRoot): string {
  for (const folder of folders) mkdirSync(join(home, folder), { recursive: true, mode: 0o700 })
  const data = join(home, 'data')
  for (const name of shared)
    linkAll(
      data,
      root.shareDir,
      [name].filter((n) => existsSync(join(root.shareDir, n))),
      [name],
    )
  const sounds = join(data, 'sounds')
  for (const language of ['fr', 'en'] as const) {
    const prompts = root.prompts[language]
    linkAll(join(sounds, language), prompts, prompts === null ? [] : readdirSync(prompts), without(join(sounds, language), 'guichet'))
  }
  const music = join(data, 'moh')
  linkAll(music, root.musicDir, musicOf(root, readdirSync(music)), without(music, ''))
  return sounds
}

const without = (folder: string, name: string) => readdirSync(folder).filter((n) => n !== name)

/** Make `folder` hold links to `names` of `from`, and none of `old` beyond them. What is right is left alone: calls may be playing it. */
function linkAll(folder: string, from: string | null, names: readonly string[], old: readonly string[]): void {
  const wanted = new Map(from === null ? [] : names.map((name) => [name, join(from, name)]))
  for (const name of old) {
    const path = join(folder, name)
    if (!wanted.has(name) || linkOf(path) !== wanted.get(name)) rmSync(path, { force: true, recursive: true })
    else wanted.delete(name)
  }
  for (const [name, target] of wanted) symlinkSync(target, join(folder, name))
}

function linkOf(path: string): string | null {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(path) : null
}

/** Files already linked were heard to decode; the others are tried now. */
function musicOf(root: AsteriskRoot, known: readonly string[]): readonly string[] {
  const dir = root.musicDir
  if (dir === null) return []
  return readdirSync(dir).filter((name) => known.includes(name) || decodes(root, join(dir, name)))
}

function decodes(root: AsteriskRoot, path: string): boolean {
  const { command, args, env } = root.sox
  const heard = spawnSync(command, [...args, '-V1', path, '-n', 'trim', '0', '5', 'stat'], { env, encoding: 'utf8' })
  const loudest = Number(heard.stderr?.match(/Maximum amplitude:\s+([\d.]+)/)?.[1] ?? 0)
  return heard.status === 0 && loudest > 0.01
}
