import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ServiceError } from '../errors.ts'
import type { Tool } from '../supervisor/asterisk-root.ts'
import { levelled, rate, wavOf } from './level.ts'

const run = promisify(execFile)
export const longestS = 120
const decodeMs = 20_000
const sampleBytes = 4

/** What the bytes say they are; a name or a declared type is not believed, and nothing else is handed to the decoder. */
function formatOf(bytes: Buffer): string | null {
  const text = (from: number, to: number) => bytes.toString('latin1', from, to)
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WAVE') return 'wav'
  if (text(0, 4) === 'OggS') return text(0, 100).includes('OpusHead') ? 'opus' : 'ogg'
  if (text(0, 4) === 'fLaC') return 'flac'
  const frameSync = bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0
  return text(0, 3) === 'ID3' || frameSync ? 'mp3' : null
}

/**
 * Make a recording of any usual format into what callers hear.
 * @param folder where it is written for the time of the conversion, under a name of ours
 * @returns a wav file's content
 * @throws ServiceError `sound_unreadable`, `sound_empty`, `sound_too_long`
 */
export async function bringSound(bytes: Buffer, sox: Tool, folder: string): Promise<Buffer> {
  const format = formatOf(bytes)
  if (format === null) throw new ServiceError('sound_unreadable')
  const samples = await decode(bytes, format, sox, folder)
  if (samples.length > longestS * rate) throw new ServiceError('sound_too_long')
  const heard = levelled(samples)
  if (heard === null) throw new ServiceError('sound_empty')
  return wavOf(heard)
}

/** Another process reads the file: what a call needs never waits for it, and a decoder that loses its way is stopped. */
async function decode(bytes: Buffer, format: string, sox: Tool, folder: string): Promise<Float32Array> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `${randomUUID()}.${format}`)
  const raw = ['-t', 'raw', '-e', 'floating-point', '-b', String(sampleBytes * 8), '-r', String(rate), '-c', '1', '-']
  const effects = ['highpass', '120', 'trim', '0', String(longestS + 1)]
  try {
    await writeFile(file, bytes, { mode: 0o600 })
    const { stdout } = await run(sox.command, [...sox.args, '-V1', '-t', format, file, ...raw, ...effects], {
      env: sox.env,
      encoding: 'buffer',
      maxBuffer: (longestS + 2) * rate * sampleBytes,
      timeout: decodeMs,
      killSignal: 'SIGKILL',
    })
    const whole = new Uint8Array(stdout.subarray(0, stdout.length - (stdout.length % sampleBytes)))
    return new Float32Array(whole.buffer)
  } catch {
    throw new ServiceError('sound_unreadable')
  } finally {
    await rm(file, { force: true })
  }
}
