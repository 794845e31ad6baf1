import { createHash } from 'node:crypto'
import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Tool } from './asterisk-root.ts'
import { type Log, SetupError } from './setup-error.ts'

export type Announcement = { readonly name: string; readonly language: 'fr' | 'en'; readonly text: string; readonly voice?: 'fr' | 'en' }

export type SoundOptions = {
  readonly tools: { readonly espeak: Tool; readonly sox: Tool }
  /** Asterisk's sounds folder: files land in `soundsDir`/LANGUAGE/guichet/NAME.wav and are played as `sound:guichet/NAME`. */
  readonly soundsDir: string
  readonly announcements: readonly Announcement[]
  /** A site's own recordings, LANGUAGE/NAME.wav (or another format that sox reads): they replace the spoken text. */
  readonly recordingsDir: string
  /** What was made once, by content; shared by every clone. */
  readonly cacheDir: string
  readonly log: Log
}

const run = promisify(execFile)
/** Part of every content address: change it when a sound would come out otherwise. */
const voice = { recipe: '2', wordsPerMinute: '165', pitch: '45', gap10ms: '1' }
/** What Asterisk reads without a warning: 16-bit PCM, 8 kHz, mono; louder than -3 dB distorts on some lines. */
const telephone = ['-r', '8000', '-c', '1', '-b', '16', '-e', 'signed-integer', '-t', 'wavpcm']
const together = 2

/**
 * Bring the announcements into Asterisk's sounds folder: the site's recording where there is one, else spoken by espeak-ng, and a beep.
 * What has not changed is not made again; what is no longer asked for goes.
 * @throws SetupError when a sound cannot be made.
 */
export async function prepareSounds(options: SoundOptions): Promise<void> {
  const { announcements, soundsDir, cacheDir } = options
  mkdirSync(cacheDir, { recursive: true })
  const languages = ['fr', 'en'] as const
  const wanted = languages.map((language) => ({
    folder: join(soundsDir, language, 'guichet'),
    sounds: [...announcements.filter((a) => a.language === language).map((a) => sourceOf(a, options)), beep(options)],
  }))
  const missing = new Map(
    wanted
      .flatMap((w) => w.sounds)
      .filter((s) => !existsSync(join(cacheDir, s.address)))
      .map((s) => [s.address, s]),
  )
  if (missing.size > 5) options.log.info(`Préparation de ${missing.size} annonces…`)
  const queue = [...missing.values()]
  await Promise.all(
    Array.from({ length: together }, async () => {
      for (let sound = queue.shift(); sound !== undefined; sound = queue.shift()) await make(sound, cacheDir)
    }),
  )
  for (const { folder, sounds } of wanted) place(folder, sounds, cacheDir)
}

type Sound = { readonly name: string; readonly address: string; readonly make: (to: string) => Promise<unknown> }

function sourceOf({ name, language, text, voice: spokenIn = language }: Announcement, { tools, recordingsDir }: SoundOptions): Sound {
  const folder = join(recordingsDir, language)
  const recorded = existsSync(folder) ? readdirSync(folder).find((file) => file.replace(/\.[^.]+$/, '') === name) : undefined
  const sox = (args: readonly string[]) => run(tools.sox.command, [...tools.sox.args, '-V1', ...args], { env: tools.sox.env })
  if (recorded !== undefined) {
    const from = join(folder, recorded)
    return { name, address: addressOf(readFileSync(from)), make: (to) => sox([from, ...telephone, to, 'norm', '-3']) }
  }
  const spoken = [
    ...tools.espeak.args,
    '-v',
    spokenIn === 'fr' ? 'fr' : 'en-gb',
    '-s',
    voice.wordsPerMinute,
    '-p',
    voice.pitch,
    '-g',
    voice.gap10ms,
  ]
  return {
    name,
    address: addressOf(`${JSON.stringify(voice)}${spokenIn}:${text}`),
    make: async (to) => {
      await run(tools.espeak.command, [...spoken, '-w', `${to}.speech`, '--', text], { env: tools.espeak.env })
      await sox(['-t', 'wav', `${to}.speech`, ...telephone, to, 'highpass', '120', 'norm', '-3', 'pad', '0.1', '0.2'])
      rmSync(`${to}.speech`)
    },
  }
}

function beep({ tools }: SoundOptions): Sound {
  const args = [...tools.sox.args, '-V1', '-n', ...telephone]
  return {
    name: 'beep',
    address: addressOf('beep 1000 Hz 250 ms'),
    make: (to) =>
      run(tools.sox.command, [...args, to, 'synth', '0.25', 'sine', '1000', 'fade', 'q', '0.01', '0.25', '0.02', 'norm', '-9'], {
        env: tools.sox.env,
      }),
  }
}

async function make(sound: Sound, cacheDir: string): Promise<void> {
  const making = join(cacheDir, `${sound.address}.${process.pid}`)
  try {
    await sound.make(making)
  } catch (cause) {
    throw new SetupError(
      `L’annonce « ${sound.name} » n’a pas pu être préparée : ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    )
  }
  renameSync(making, join(cacheDir, sound.address))
}

/** Each file is replaced by renaming: one that is being played goes on as it was. */
function place(folder: string, sounds: readonly Sound[], cacheDir: string): void {
  mkdirSync(folder, { recursive: true })
  const present = new Map(readdirSync(folder).map((file) => [file, addressOf(readFileSync(join(folder, file)))]))
  for (const { name, address } of sounds) {
    const [from, to] = [join(cacheDir, address), join(folder, `${name}.wav`)]
    const same = present.get(`${name}.wav`) === addressOf(readFileSync(from))
    present.delete(`${name}.wav`)
    if (same) continue
    mkdirSync(dirname(to), { recursive: true })
    copyFileSync(from, `${to}.new`)
    renameSync(`${to}.new`, to)
  }
  for (const file of present.keys()) rmSync(join(folder, file), { recursive: true })
}

const addressOf = (content: string | Buffer) => createHash('sha256').update(content).digest('hex').slice(0, 32)
