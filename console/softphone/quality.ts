import type { CallSound } from '../../server/contract/phones.ts'
import type { SoundNow } from '../live/own-phone.ts'

type Reading = {
  readonly at: number
  readonly received: number
  readonly lost: number
  readonly jitterMs: number
  /** Of what we say, as the other end counts it. */
  readonly lostThere: number | null
  readonly roundTripMs: number | null
}

/** What one report of the browser says of the sound, both ways; null while nothing has come. */
export function readingOf(report: Iterable<readonly [string, unknown]>, at: number): Reading | null {
  let reading: Reading | null = null
  let there: { fractionLost?: number; roundTripTime?: number; jitter?: number } | null = null
  for (const [, entry] of report) {
    const stat = entry as { type?: string; kind?: string; packetsReceived?: number; packetsLost?: number; jitter?: number }
    if (stat.kind !== 'audio') continue
    if (stat.type === 'inbound-rtp')
      reading = {
        at,
        received: stat.packetsReceived ?? 0,
        lost: Math.max(0, stat.packetsLost ?? 0),
        jitterMs: (stat.jitter ?? 0) * 1_000,
        lostThere: null,
        roundTripMs: null,
      }
    if (stat.type === 'remote-inbound-rtp') there = stat
  }
  if (reading === null) return null
  return {
    ...reading,
    jitterMs: Math.max(reading.jitterMs, (there?.jitter ?? 0) * 1_000),
    lostThere: there?.fractionLost ?? null,
    roundTripMs: there?.roundTripTime === undefined ? null : there.roundTripTime * 1_000,
  }
}

/** Follows one conversation: how it sounds now, over the last ten seconds, and how it sounded over all. */
export class Quality {
  readonly #startedAt: number
  #readings: readonly Reading[] = []
  #jitters = 0
  #trips: { readonly count: number; readonly ms: number } = { count: 0, ms: 0 }
  #count = 0

  constructor(startedAt: number) {
    this.#startedAt = startedAt
  }

  add(reading: Reading): void {
    this.#readings = [...this.#readings.filter(({ at }) => at > reading.at - 10_000).slice(-10), reading]
    this.#count += 1
    this.#jitters += reading.jitterMs
    if (reading.roundTripMs !== null) this.#trips = { count: this.#trips.count + 1, ms: this.#trips.ms + reading.roundTripMs }
  }

  now(): SoundNow | null {
    const [first, last] = [this.#readings[0], this.#readings.at(-1)]
    if (first === undefined || last === undefined) return null
    const here = lossOf(last.received - first.received, last.lost - first.lost)
    return { lossPercent: Math.max(here, (last.lostThere ?? 0) * 100), jitterMs: last.jitterMs, roundTripMs: last.roundTripMs }
  }

  over(endedAt: number): CallSound | null {
    const last = this.#readings.at(-1)
    if (last === undefined) return null
    return {
      seconds: Math.round((endedAt - this.#startedAt) / 1_000),
      lossPercent: lossOf(last.received, last.lost),
      jitterMs: this.#jitters / this.#count,
      roundTripMs: this.#trips.count === 0 ? null : this.#trips.ms / this.#trips.count,
    }
  }
}

const lossOf = (received: number, lost: number): number => (received + lost <= 0 ? 0 : (Math.max(0, lost) / (received + lost)) * 100)
