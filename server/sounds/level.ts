/** A recording made to sound like the other announcements: same loudness, no silence around it, never clipped. */

export const rate = 8_000
const frame = rate / 50
/** The loudness of the synthetic voice and of Asterisk's own recordings: both measure -20 dB of full scale while they speak. */
const target = 0.1
const mostGain = 100
/** Quieter than -50 dB at its loudest is nothing. */
const faintest = 0.003
const shortestFrames = 15
/** How far below the loudest moment there is still speech (-25 dB), and still something to hear (-40 dB). */
const speech = 0.056
const audible = 0.01
const marginBefore = 5
const marginAfter = 10
/** Peaks bend from half of full scale and end below -3 dB: louder distorts on some lines. */
const knee = 0.5
const ceiling = 0.7

const bend = (x: number): number => {
  const size = Math.abs(x)
  return size <= knee ? x : Math.sign(x) * (knee + (ceiling - knee) * Math.tanh((size - knee) / (ceiling - knee)))
}

function loudnesses(samples: Float32Array): Float64Array {
  return Float64Array.from({ length: Math.floor(samples.length / frame) }, (_, i) => {
    let sum = 0
    for (let k = i * frame; k < (i + 1) * frame; k += 1) sum += (samples[k] ?? 0) ** 2
    return Math.sqrt(sum / frame)
  })
}

const rootMeanSquare = (values: Float64Array) => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length)

/**
 * @param samples mono, 8 kHz, full scale at ±1
 * @returns 16-bit samples; null when there is nothing to hear
 */
export function levelled(samples: Float32Array): Int16Array | null {
  const frames = loudnesses(samples)
  const loudest = frames.reduce((a, b) => Math.max(a, b), 0)
  if (loudest < faintest) return null
  const spoken = frames.filter((f) => f >= loudest * speech)
  if (spoken.length < shortestFrames) return null
  const first = Math.max(0, frames.findIndex((f) => f >= loudest * audible) - marginBefore)
  const last = frames.findLastIndex((f) => f >= loudest * audible) + marginAfter
  const gain = Math.min(mostGain, target / rootMeanSquare(spoken))
  return Int16Array.from(samples.subarray(first * frame, (last + 1) * frame), (x) => Math.round(bend(x * gain) * 32_767))
}

/** As Asterisk reads it: 16-bit PCM, 8 kHz, mono. */
export function wavOf(samples: Int16Array): Buffer {
  const bytes = Buffer.alloc(44 + samples.length * 2)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(rate, 24)
  bytes.writeUInt32LE(rate * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(samples.length * 2, 40)
  for (const [i, sample] of samples.entries()) bytes.writeInt16LE(sample, 44 + i * 2)
  return bytes
}
