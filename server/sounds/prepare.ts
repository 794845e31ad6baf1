import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '../supervisor/setup-error.ts'
import { addressOf, beep, makeOnce, type Recipe, recorded, type SoundTools, speech } from './voice.ts'

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
  return languages.flatMap((language, i) => {
    const sounds = wanted[i] ?? []
    place(join(soundsDir, language, 'guichet'), sounds, cacheDir)
    return sounds.map(({ name, recipe: { address } }) => ({ name, language, address, seconds: secondsOf(join(cacheDir, address)) }))
  })
}

const recipeOf = ({ recording, text, language, voice = language }: Announcement, tools: SoundTools): Recipe =>
  recording === undefined ? speech(tools, text, voice) : recorded(recording)

/** Each file is replaced by renaming: one that is being played goes on as it was. */
function place(folder: string, sounds: readonly Wanted[], cacheDir: string): void {
  mkdirSync(folder, { recursive: true })
  const present = new Map(readdirSync(folder).map((file) => [file, addressOf(readFileSync(join(folder, file)))]))
  for (const { name, recipe } of sounds) {
    const [from, to] = [join(cacheDir, recipe.address), join(folder, `${name}.wav`)]
    const same = present.get(`${name}.wav`) === addressOf(readFileSync(from))
    present.delete(`${name}.wav`)
    if (same) continue
    copyFileSync(from, `${to}.new`)
    renameSync(`${to}.new`, to)
  }
  for (const file of present.keys()) rmSync(join(folder, file), { recursive: true })
}
