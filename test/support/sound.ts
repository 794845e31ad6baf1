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

/** In samples: a tenth of a second, 10 ms of it, and how far apart places are tried first. */
const [part, slice, stride] = [800, 80, 20]
/** The samples in the middle of a part by which most places are ruled out. */
const [probeFrom, probeTo] = [368, 432]
/** Below this nothing is said: noise of the coding. */
const quiet = 100

/**
 * The share (0…1) of a sound's tenths of a second in which something is said that were heard, each by itself, sample for sample. A
 * processor that others use holds a sound up for a few of these here and there, which displaces the rest of it and takes nothing away. A
 * sound heard without a break scores 0.85 and more, on a machine overloaded 0.65; another one in the same voice 0.2 at most, but for
 * sentences they share. Tests take 0.4 for heard, and 0.25 for not.
 */
export function heardParts(heard: Int16Array, source: Int16Array): number {
  const upTo = loudness(heard)
  const parts = Array.from({ length: Math.floor(source.length / part) }, (_, i) => source.subarray(i * part, (i + 1) * part)).filter(
    (one) => rms(one) * 32_768 > quiet,
  )
  return parts.filter((one) => occurs(one, heard, upTo)).length / parts.length
}

/** What the loudness of all samples before each adds up to. */
function loudness(samples: Int16Array): Float64Array {
  const upTo = new Float64Array(samples.length + 1)
  for (let i = 0; i < samples.length; i += 1) upTo[i + 1] = (upTo[i] ?? 0) + Math.abs(samples[i] ?? 0)
  return upTo
}

/** Whether a part was heard: where the loudness is alike by 10 ms, the samples are compared. */
function occurs(one: Int16Array, heard: Int16Array, upTo: Float64Array): boolean {
  const own = loudness(one)
  const shares = Array.from({ length: part / slice }, (_, i) => ((own[(i + 1) * slice] ?? 0) - (own[i * slice] ?? 0)) / (own[part] ?? 0))
  for (let at = 0; at + part <= heard.length; at += stride) {
    const all = (upTo[at + part] ?? 0) - (upTo[at] ?? 0)
    let apart = 0
    for (let i = 0; i < shares.length && apart <= 0.35; i += 1) {
      const from = at + i * slice
      apart += Math.abs(((upTo[from + slice] ?? 0) - (upTo[from] ?? 0)) / all - (shares[i] ?? 0))
    }
    if (!(apart <= 0.35)) continue
    for (let near = Math.max(0, at - stride / 2); near < at + stride / 2; near += 1)
      if (likeness(one, heard, near, probeFrom, probeTo) > 0.8 && likeness(one, heard, near, 0, part) > 0.95) return true
  }
  return false
}

/** The normalised correlation (−1…1) of a part's samples `from` to `to` with what was heard when the part begins at `at`. */
function likeness(one: Int16Array, heard: Int16Array, at: number, from: number, to: number): number {
  let ab = 0
  let aa = 0
  let bb = 0
  for (let i = from; i < to; i += 1) {
    const a = heard[at + i] ?? 0
    const b = one[i] ?? 0
    ab += a * b
    aa += a * a
    bb += b * b
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
