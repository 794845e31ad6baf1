import { readFile, rename, writeFile } from 'node:fs/promises'

/** Bars of a waveform, from 0 to 100; the loudest is 100 unless all is silence. */
export type Peaks = readonly number[]

const bars = 120
const riffHeader = 12
/** What a quiet line hisses: a message of nothing else is drawn flat. */
const silence = 300

/**
 * The loudest moment of each slice of a 16-bit mono sound.
 * @param wav a whole file @throws RangeError when it is no such sound
 */
function peaksOf(wav: Buffer): Peaks {
  const samples = dataOf(wav)
  const count = Math.floor(samples.length / 2)
  const loudest = Array.from({ length: bars }, (_, bar) => {
    let peak = 0
    const end = Math.floor(((bar + 1) * count) / bars)
    for (let i = Math.floor((bar * count) / bars); i < end; i += 1) peak = Math.max(peak, Math.abs(samples.readInt16LE(i * 2)))
    return peak
  })
  const most = Math.max(silence, ...loudest)
  return loudest.map((peak) => Math.round((100 * peak) / most))
}

/** The chunk that holds the samples; cut short when the recording was. */
function dataOf(wav: Buffer): Buffer {
  if (wav.length < riffHeader || wav.toString('latin1', 0, 4) !== 'RIFF') throw new RangeError('not a RIFF file')
  for (let at = riffHeader; at + 8 <= wav.length; ) {
    const size = wav.readUInt32LE(at + 4)
    if (wav.toString('latin1', at, at + 4) === 'data') return wav.subarray(at + 8, at + 8 + size)
    at += 8 + size + (size % 2)
  }
  throw new RangeError('no samples')
}

/** The same for a file, computed once and kept beside it. @throws when the sound cannot be read */
export async function peaksBeside(path: string): Promise<Peaks> {
  const kept = `${path}.peaks.json`
  const known = await readFile(kept, 'utf8').catch(() => null)
  if (known !== null) return JSON.parse(known) as Peaks
  const peaks = peaksOf(await readFile(path))
  await writeFile(`${kept}.new`, JSON.stringify(peaks), { mode: 0o600 })
  await rename(`${kept}.new`, kept)
  return peaks
}
