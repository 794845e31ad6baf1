import { existsSync, mkdirSync, statSync } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '../supervisor/setup-error.ts'
import { beep, makeOnce, type Recipe, recorded, type SoundTools, speech } from './voice.ts'

export type Announcement = {
  readonly name: string
  readonly language: 'fr' | 'en'
  readonly text: string
  /** The language it is pronounced in, when not that of those who hear it. */
  readonly voice?: 'fr' | 'en'
  /** The file of a recording that stands in for the spoken text, already as Asterisk reads it. */
  readonly recording?: string
}

/** A sound in its place: what it is, by content, and how long. */
export type Placed = { readonly name: string; readonly language: 'fr' | 'en'; readonly address: string; readonly seconds: number }

export type SoundOptions = {
  readonly tools: SoundTools
  /** Asterisk's sounds folder: files land in `soundsDir`/LANGUAGE/guichet/NAME.wav and are played as `sound:guichet/NAME`. */
  readonly soundsDir: string
  readonly announcements: readonly Announcement[]
  /** What was made once, by content; shared by every clone. */
  readonly cacheDir: string
  readonly log: Log
}

type Wanted = { readonly name: string; readonly recipe: Recipe }

const together = 2
const headerBytes = 44
const bytesPerSecond = 16_000
const datePrecisionMs = 2
const languages = ['fr', 'en'] as const

/** How long a file that Asterisk plays lasts. */
export const secondsOf = (file: string): number => Math.max(0, (statSync(file).size - headerBytes) / bytesPerSecond)

/**
 * Bring the announcements into Asterisk's sounds folder: the recording in force where there is one, else spoken, and a beep.
 * What has not changed is not made again; what is no longer asked for goes.
 * @throws SetupError when a sound cannot be made.
 */
export async function prepareSounds(options: SoundOptions): Promise<readonly Placed[]> {
  const { announcements, soundsDir, cacheDir, tools } = options
  mkdirSync(cacheDir, { recursive: true })
  const wanted = languages.map((language): readonly Wanted[] => [
    ...announcements.filter((a) => a.language === language).map((a) => ({ name: a.name, recipe: recipeOf(a, tools) })),
    { name: 'beep', recipe: beep(tools) },
  ])
  const missing = new Map(
    wanted
      .flat()
      .filter(({ recipe }) => !existsSync(join(cacheDir, recipe.address)))
      .map((w) => [w.recipe.address, w]),
  )
  if (missing.size > 5) options.log.info(`Préparation de ${missing.size} annonces…`)
  const queue = [...missing.values()]
  await Promise.all(
    Array.from({ length: together }, async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await makeOnce(next.recipe, cacheDir, next.name)
    }),
  )
  const placed: Placed[] = []
  for (const [i, language] of languages.entries()) {
    const sounds = wanted[i] ?? []
    await place(join(soundsDir, language, 'guichet'), sounds, cacheDir)
    for (const { name, recipe } of sounds)
      placed.push({ name, language, address: recipe.address, seconds: secondsOf(join(cacheDir, recipe.address)) })
  }
  return placed
}

const recipeOf = ({ recording, text, language, voice = language }: Announcement, tools: SoundTools): Recipe =>
  recording === undefined ? speech(tools, text, voice) : recorded(recording)

/** Each file is replaced by renaming: one that is being played goes on as it was. File by file: calls go on meanwhile. */
async function place(folder: string, sounds: readonly Wanted[], cacheDir: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const left = new Set(await readdir(folder))
  for (const { name, recipe } of sounds) {
    const [file, from] = [`${name}.wav`, join(cacheDir, recipe.address)]
    const to = join(folder, file)
    if (left.delete(file) && same(to, from)) continue
    await copyFile(from, `${to}.new`)
    const { atime, mtime } = await stat(from)
    await utimes(`${to}.new`, atime, mtime)
    await rename(`${to}.new`, to)
  }
  // `force`: what a start that was killed left half done may have been put in its place just now.
  for (const file of left) await rm(join(folder, file), { recursive: true, force: true })
}

/** By size and date, which a copy keeps: to read two hundred sounds twice holds up a start, which callers wait for. */
function same(to: string, from: string): boolean {
  const [a, b] = [statSync(to), statSync(from)]
  return a.size === b.size && Math.abs(a.mtimeMs - b.mtimeMs) < datePrecisionMs
}
