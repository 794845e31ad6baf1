/**
 * The wait of somebody in line, as an honest range: the 10 % and the 90 % quantile of what the conversations known so far make
 * likely, and the median. The operators' next conversations are played through many times, each from where its operator stands
 * now: one who talks goes on from the age of that conversation, within what its limit leaves; those ahead leave as callers do.
 *
 * How long the next one lasts is drawn by Hill's rule A(n) (J. Amer. Statist. Assoc. 63, 1968): it falls with equal chance between
 * any two neighbours of the n that are known, below the first or above the last, so that few data make a wide range. The draws are
 * a fixed sequence: the same line always gives the same range, each further place a later one, each further operator none later
 * as long as nobody leaves.
 */
import { endless, patienceOf, type Stays } from './patience.ts'

/** From the moment of asking, in ms. `likelyMs`: as likely to be outlasted as not. */
export type WaitRange = { readonly lowMs: number; readonly likelyMs: number; readonly highMs: number }

/**
 * One who serves the line: `forMs` since the conversation or the wrap-up began, `leftMs` what is left of it at most. No conversation begins
 * from `goneInMs` on, where the rota says when that is.
 */
export type Server = (
  | { readonly kind: 'free'; readonly inMs: number }
  | { readonly kind: 'talking' | 'wrap-up'; readonly forMs: number; readonly leftMs: number }
) & { readonly goneInMs?: number }

export type Line = {
  /** How long each of those who come first has waited, in ms; null for a kept place, which nobody leaves. */
  readonly ahead: readonly (number | null)[]
  readonly servers: readonly Server[]
  /** When, in ms from now, each server may have each of `ahead`, and then the one asked for; absent: everybody at once. */
  readonly reach?: readonly (readonly number[])[]
  /** How long the last conversations and wrap-ups lasted, in ms. */
  readonly talks: readonly number[]
  readonly wrapUps: readonly number[]
  /** How earlier waits ended. */
  readonly stays: Stays
  /** The longest conversation and wrap-up. */
  readonly capMs: number
  readonly wrapUpMs: number
}

/** Fewer conversations than this say nothing about how long the next will be. */
export const fewestTalks = 5
const plays = 200
/** Twice what is ever announced: how much longer still does not matter. */
export const farMs = 3_600_000
/** Nobody is left who would serve: not in any time that matters. */
const neverMs = 24 * farMs
const [lowShare, highShare] = [0.1, 0.9]

/** A number in [0, 1) for each pair, spread evenly: the finaliser of MurmurHash3. */
function drawn(play: number, what: number): number {
  let h = Math.imul(play + 1, 0x9e3779b1) ^ Math.imul(what + 1, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296
}

const ascending = (all: readonly number[]): readonly number[] => all.toSorted((a, b) => a - b)

/** Durations between which, with equal chance, one from `from` to `to` falls: rule A(n). `known` ascends. */
const spread = (known: readonly number[], from: number, to: number): readonly number[] => [
  from,
  ...known.filter((d) => d >= from && d <= to),
  to,
]

function at(points: readonly number[], chance: number): number {
  const place = chance * (points.length - 1)
  const left = points[Math.floor(place)] ?? 0
  const right = points[Math.floor(place) + 1] ?? left
  return left + (place - Math.floor(place)) * (right - left)
}

type ByServer = readonly number[]

/** When a server has the next one: free by then, allowed to, and not gone. */
function startOf(server: number, free: ByServer, gone: ByServer, reach: ByServer | undefined): number {
  const starts = Math.max(free[server] ?? 0, reach?.[server] ?? 0)
  return starts < (gone[server] ?? 0) ? starts : neverMs
}

/** Which server has the next one first. */
function firstOf(free: ByServer, gone: ByServer, reach: ByServer | undefined): number {
  let first = 0
  let firstMs = startOf(0, free, gone, reach)
  for (let server = 1; server < free.length; server += 1) {
    const ms = startOf(server, free, gone, reach)
    if (ms < firstMs) [first, firstMs] = [server, ms]
  }
  return first
}

/** @returns null when nobody serves the line or the data is too thin for an honest figure. */
export function estimateWait(line: Line): WaitRange | null {
  if (line.servers.length < 1 || line.talks.length < fewestTalks) return null
  if (line.reach?.at(-1)?.every((ms) => ms > farMs) === true) return null
  const waits = ascending(playedThrough(line))
  const quantile = (share: number) => waits[Math.floor(share * (plays - 1))] ?? 0
  return { lowMs: quantile(lowShare), likelyMs: quantile(0.5), highMs: quantile(highShare) }
}

function playedThrough({ ahead, servers, reach, stays, capMs, wrapUpMs, ...known }: Line): readonly number[] {
  const [talks, wrapUps] = [ascending(known.talks), ascending(known.wrapUps)]
  const talk = spread(talks, 0, Math.max(capMs, talks.at(-1) ?? 0))
  const wrapUp = spread(wrapUps, 0, Math.max(wrapUpMs, wrapUps.at(-1) ?? 0))
  const left = servers.map((server) => {
    if (server.kind === 'free') return [server.inMs]
    const { kind, forMs, leftMs } = server
    return spread(kind === 'talking' ? talks : wrapUps, forMs, forMs + leftMs).map((d) => d - forMs)
  })
  const patience = patienceOf(stays)
  const staying = ahead.map((waitedMs) => (waitedMs === null ? endless : patience(waitedMs)))
  const gone = servers.map(({ goneInMs }) => goneInMs ?? Number.POSITIVE_INFINITY)
  return Array.from({ length: plays }, (_, play) => {
    const chance = (what: number) => drawn(play, what)
    const free = left.map((points, i) => {
      const writes = servers[i]?.kind === 'talking' ? at(wrapUp, chance(5 * i + 1)) : 0
      return at(points, chance(5 * i)) + writes
    })
    for (let i = 0; i < staying.length; i += 1) {
      const server = firstOf(free, gone, reach?.[i])
      const first = startOf(server, free, gone, reach?.[i])
      if (first > farMs) continue
      const isServed = (staying[i] ?? endless)(chance(5 * i + 4)) > first
      if (isServed) free[server] = first + at(talk, chance(5 * i + 2)) + at(wrapUp, chance(5 * i + 3))
    }
    const reachLast = reach?.[ahead.length]
    return startOf(firstOf(free, gone, reachLast), free, gone, reachLast)
  })
}
