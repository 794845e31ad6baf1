import { existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { prepareMusic } from './asterisk-music.ts'
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
 * Lay out what Asterisk reads and writes below `home`: its shared data by links, recorded prompts beside our own announcements, music.
 * @param musicCache keeps the music as it is played
 * @returns the sounds folder, to which `prepareSounds` adds ours.
 */
export function layOutData(home: string, root: AsteriskRoot, musicCache: string): string {
  for (const folder of folders) mkdirSync(join(home, folder), { recursive: true, mode: 0o700 })
  const data = join(home, 'data')
  for (const name of shared)
    linkAll(
      data,
      [name].map((n) => join(root.shareDir, n)).filter((path) => existsSync(path)),
      [name],
    )
  const sounds = join(data, 'sounds')
  for (const language of ['fr', 'en'] as const) {
    const prompts = root.prompts[language]
    const paths = prompts === null ? [] : readdirSync(prompts).map((name) => join(prompts, name))
    linkAll(join(sounds, language), paths, without(join(sounds, language), 'guichet'))
  }
  const music = join(data, 'moh')
  linkAll(music, prepareMusic(root, musicCache), readdirSync(music))
  return sounds
}

const without = (folder: string, name: string) => readdirSync(folder).filter((n) => n !== name)

/** Make `folder` hold links to `paths`, and none of `old` beyond them. What is right is left alone: calls may be playing it. */
function linkAll(folder: string, paths: readonly string[], old: readonly string[]): void {
  const wanted = new Map(paths.map((path) => [basename(path), path]))
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
