import { readFileSync } from 'node:fs'

/** Samples of a 16-bit mono PCM wav. */
export function readWav(path: string): Int16Array {
  const bytes = readFileSync(path)
  const start = bytes.indexOf('data') + 8
  return Int16Array.from({ length: Math.floor((bytes.length - start) / 2) }, (_, i) => bytes.readInt16LE(start + 2 * i))
}

/** Root mean square, as a share of full scale. */
export function rms(samples: Int16Array): number {
  let sum = 0
  for (const s of samples) sum += s * s
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length) / 32_768
}

/** Samples told as one: 10 ms of them. */
const frame = 80
/** Energy by 10 ms: what speech is recognised by, whatever the coding did to single samples. */
function envelope(samples: Int16Array): Float64Array {
  const out = new Float64Array(Math.floor(samples.length / frame))
  for (let i = 0; i < out.length; i += 1) {
    let sum = 0
    for (let k = 0; k < frame; k += 1) sum += Math.abs(samples[i * frame + k] ?? 0)
    out[i] = sum
  }
  return out
}

const part = 4_000
/** A sound begins anywhere within 10 ms of what was heard: read at quarters of it, a half second scores 0.99 where it scored 0.8. */
const starts = [0, 20, 40, 60]
/**
 * The share (0…1) of a sound's half seconds that were heard, each by itself: a processor that others use holds a sound up for a tenth of a
 * second here and there, which displaces the rest of it and takes nothing away. What is left shorter than a half second is not asked for.
 * A sound heard without a break scores 1; another announcement in the same voice 0.2 at most, but for sentences they share.
 */
export function heardParts(heard: Int16Array, source: Int16Array): number {
  const all = envelope(heard)
  const parts = Math.floor((source.length - frame) / part)
  const at = (i: number) => starts.map((start) => envelope(source.subarray(i * part + start, (i + 1) * part + start)))
  return Array.from({ length: parts }, (_, i) => at(i).some((one) => occurs(one, all))).filter(Boolean).length / parts
}

const occurs = (one: Float64Array, all: Float64Array): boolean => {
  for (let lag = 0; lag + one.length <= all.length; lag += 1) if (pearson(all.subarray(lag, lag + one.length), one) > 0.98) return true
  return false
}

function pearson(a: Float64Array, b: Float64Array): number {
  const n = b.length
  let sa = 0
  let sb = 0
  for (let i = 0; i < n; i += 1) {
    sa += a[i] ?? 0
    sb += b[i] ?? 0
  }
  let ab = 0
  let aa = 0
  let bb = 0
  for (let i = 0; i < n; i += 1) {
    const da = (a[i] ?? 0) - sa / n
    const db = (b[i] ?? 0) - sb / n
    ab += da * db
    aa += da * da
    bb += db * db
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb)
}

/** A voice no announcement resembles: tone bursts of irregular length, `seed` apart from each other. */
export function voice(seed: number, seconds: number): Int16Array {
  const samples = new Int16Array(seconds * 8_000)
  let state = seed
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  for (let at = 0; at < samples.length; ) {
    const length = 400 + Math.floor(random() * 1_600)
    const level = random() < 0.4 ? 0 : 3_000 + random() * 9_000
    const hertz = 300 + random() * 1_500
    for (let i = 0; i < length && at < samples.length; i += 1, at += 1)
      samples[at] = Math.round(level * Math.sin((2 * Math.PI * hertz * i) / 8_000))
  }
  return samples
}

/** A hum at `hz`, in whole periods of a second. */
export const hum = (hz: number): Int16Array =>
  Int16Array.from({ length: 8_000 }, (_, i) => Math.round(6_000 * Math.sin((2 * Math.PI * hz * i) / 8_000)))

/** How much of `samples` is at `hz`, as a share of full scale (Goertzel, over half seconds; the median of them). */
export function levelAt(samples: Int16Array, hz: number): number {
  const window = 4_000
  const levels: number[] = []
  for (let from = 0; from + window <= samples.length; from += window) {
    let [real, imaginary] = [0, 0]
    for (let i = 0; i < window; i += 1) {
      const angle = (2 * Math.PI * hz * i) / 8_000
      real += (samples[from + i] ?? 0) * Math.cos(angle)
      imaginary += (samples[from + i] ?? 0) * Math.sin(angle)
    }
    levels.push((2 * Math.hypot(real, imaginary)) / window / 32_768)
  }
  return levels.sort((a, b) => a - b)[Math.floor(levels.length / 2)] ?? 0
}
