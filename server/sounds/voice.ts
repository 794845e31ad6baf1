import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Tool } from '../supervisor/asterisk-root.ts'
import { SetupError } from '../supervisor/setup-error.ts'

export type SoundTools = { readonly espeak: Tool; readonly sox: Tool }

/** A sound that can be made, and the address of what comes out: the same address is the same sound. */
export type Recipe = { readonly address: string; readonly make: (to: string) => Promise<unknown> }

const run = promisify(execFile)
/** Part of every content address: change it when a sound would come out otherwise. */
const voice = { recipe: '2', wordsPerMinute: '165', pitch: '45', gap10ms: '1' }
/** What Asterisk reads without a warning: 16-bit PCM, 8 kHz, mono; louder than -3 dB distorts on some lines. */
const telephone = ['-r', '8000', '-c', '1', '-b', '16', '-e', 'signed-integer', '-t', 'wavpcm']

export const addressOf = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex').slice(0, 32)

/** A text, spoken by espeak-ng. */
export function speech({ espeak, sox }: SoundTools, text: string, language: 'fr' | 'en'): Recipe {
  const manner = ['-v', language === 'fr' ? 'fr' : 'en-gb', '-s', voice.wordsPerMinute, '-p', voice.pitch, '-g', voice.gap10ms]
  return {
    address: addressOf(`${JSON.stringify(voice)}${language}:${text}`),
    make: async (to) => {
      await run(espeak.command, [...espeak.args, ...manner, '-w', `${to}.speech`, '--', text], { env: espeak.env })
      const finish = ['-t', 'wav', `${to}.speech`, ...telephone, to, 'highpass', '120', 'norm', '-3', 'pad', '0.1', '0.2']
      await run(sox.command, [...sox.args, '-V1', ...finish], { env: sox.env })
      rmSync(`${to}.speech`)
    },
  }
}

export function beep({ sox }: SoundTools): Recipe {
  const tone = ['synth', '0.25', 'sine', '1000', 'fade', 'q', '0.01', '0.25', '0.02', 'norm', '-9']
  return {
    address: addressOf('beep 1000 Hz 250 ms'),
    make: (to) => run(sox.command, [...sox.args, '-V1', '-n', ...telephone, to, ...tone], { env: sox.env }),
  }
}

/** A recording, already as Asterisk reads it. */
export const recorded = (file: string): Recipe => ({ address: addressOf(readFileSync(file)), make: (to) => copyFile(file, to) })

/** Make the sound unless `cacheDir` has it. @returns its file @throws SetupError */
export async function makeOnce({ address, make }: Recipe, cacheDir: string, what: string): Promise<string> {
  const file = join(cacheDir, address)
  if (existsSync(file)) return file
  // Two may ask for the same at once: each makes its own, and either serves.
  const making = `${file}.${randomUUID()}`
  try {
    await make(making)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new SetupError(`L’annonce « ${what} » n’a pas pu être préparée : ${why}`, { cause })
  }
  renameSync(making, file)
  return file
}
