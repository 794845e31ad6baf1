/**
 * The wait of somebody in line, as an honest range: the 20 % and the 80 % quantile of what the conversations known so far make
 * likely. The operators' next conversations are played through many times, each from where its operator stands now: one who talks
 * goes on from the age of that conversation, within what its limit leaves.
 *
 * How long the next one lasts is drawn by Hill's rule A(n) (J. Amer. Statist. Assoc. 63, 1968): it falls with equal chance between
 * any two neighbours of the n that are known, below the first or above the last, so that few data make a wide range. The draws are
 * a fixed sequence: the same line always gives the same range, each further place a later one, each further operator none later.
 */
export type WaitRange = { readonly lowMs: number; readonly highMs: number }

/** One who serves the line: `forMs` since the conversation or the wrap-up began, `leftMs` what is left of it at most. */
export type Server =
  | { readonly kind: 'free'; readonly inMs: number }
  | { readonly kind: 'talking' | 'wrap-up'; readonly forMs: number; readonly leftMs: number }

export type Line = {
  /** 1 for the next to be served. */
  readonly position: number
  readonly servers: readonly Server[]
  /** How long the last conversations and wrap-ups lasted, in ms. */
  readonly talks: readonly number[]
  readonly wrapUps: readonly number[]
  /** The longest conversation and wrap-up. */
  readonly capMs: number
  readonly wrapUpMs: number
}

/** Fewer conversations than this say nothing about how long the next will be. */
export const fewestTalks = 5
const plays = 200
const [lowShare, highShare] = [0.2, 0.8]

/** A number in [0, 1) for each pair, spread evenly: the finaliser of MurmurHash3. */
function drawn(play: number, what: number): number {
  let h = Math.imul(play + 1, 0x9e3779b1) ^ Math.imul(what + 1, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296
}

/** Durations between which, with equal chance, one from `from` to `to` falls: rule A(n). */
const spread = (known: readonly number[], from: number, to: number): readonly number[] => [
  from,
  ...known.filter((d) => d >= from && d <= to).toSorted((a, b) => a - b),
  Math.max(from, to),
]

function at(points: readonly number[], chance: number): number {
  const place = chance * (points.length - 1)
  const left = points[Math.floor(place)] ?? 0
  const right = points[Math.floor(place) + 1] ?? left
  return left + (place - Math.floor(place)) * (right - left)
}

/** @returns null when nobody serves the line or the data is too thin for an honest figure. */
export function estimateWait({ position, servers, talks, wrapUps, capMs, wrapUpMs }: Line): WaitRange | null {
  if (servers.length < 1 || position < 1 || talks.length < fewestTalks) return null
  const talk = spread(talks, 0, Math.max(capMs, ...talks))
  const wrapUp = spread(wrapUps, 0, Math.max(wrapUpMs, ...wrapUps))
  const left = servers.map((server) => {
    if (server.kind === 'free') return [server.inMs]
    const { kind, forMs, leftMs } = server
    return spread(kind === 'talking' ? talks : wrapUps, forMs, forMs + leftMs).map((d) => d - forMs)
  })
  const waits: number[] = []
  for (let play = 0; play < plays; play += 1) {
    const free = left.map((points, i) => {
      const writes = servers[i]?.kind === 'talking' ? at(wrapUp, drawn(play, 4 * i + 1)) : 0
      return at(points, drawn(play, 4 * i)) + writes
    })
    for (let ahead = 1; ahead < position; ahead += 1) {
      const first = Math.min(...free)
      free[free.indexOf(first)] = first + at(talk, drawn(play, 4 * ahead + 2)) + at(wrapUp, drawn(play, 4 * ahead + 3))
    }
    waits.push(Math.min(...free))
  }
  waits.sort((a, b) => a - b)
  const quantile = (share: number) => waits[Math.floor(share * (plays - 1))] ?? 0
  return { lowMs: quantile(lowShare), highMs: quantile(highShare) }
}
