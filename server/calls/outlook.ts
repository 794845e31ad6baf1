/** What can honestly be said to somebody who waits. */
import { positionSound, sound, spokenWait } from './announcements.ts'
import type { Call, DeskState, Operator, Told } from './model.ts'
import type { Presence, Settings } from './settings.ts'
import { isAnybodyFree } from './distribution.ts'
import { compete, mayRingFrom } from './lines.ts'
import { byRank, waitingOrder } from './queue.ts'
import type { Turn } from './turn.ts'
import { isReachable } from './reach.ts'
import { estimateWait, farMs, type Line, type Server } from './wait.ts'

/** A wait is said in whole minutes: an end this much later than the one announced is the same. */
const promiseSlackMs = 30_000

type Outlook = { readonly sounds: readonly string[]; readonly promisedBy: number | null; readonly told: Told | null }

/**
 * Position, among those who may want the same operators, and wait. An end later than the one announced is said with an apology,
 * never slipped in, not even by small steps: until then, the earliest end announced stands. It is owned up to as well when no figure
 * can be given any more.
 */
export function outlook({ state, now, settings }: Turn, call: Call): Outlook {
  const line = lineOf(state, call.id, now, settings)
  const position = line.ahead.length + 1
  const range = estimateWait(line)
  const spoken = range === null ? null : spokenWait(range)
  const end = now + (spoken?.highMs ?? range?.highMs ?? 0)
  const longer = call.promisedBy !== null && end > call.promisedBy + promiseSlackMs
  const sounds = [...(longer ? [sound('wait-longer')] : []), positionSound(position)]
  if (spoken === null) return { sounds, promisedBy: null, told: null }
  return {
    sounds: [...sounds, spoken.sound],
    promisedBy: longer ? end : Math.min(end, call.promisedBy ?? end),
    told: { position, lowMs: spoken.lowMs, highMs: spoken.highMs },
  }
}

/**
 * What somebody who called now would be told, rounded as callers are told it. Null: nothing honest can be said. Where lines have
 * operators of their own the wait is each line's, and none is said for all.
 */
export function waitForNew(state: DeskState, now: number, settings: Settings): { readonly lowMs: number; readonly highMs: number } | null {
  if (settings.lines.some(({ operators }) => operators !== null)) return null
  const order = waitingOrder(state)
  if (order.length === 0 && isAnybodyFree(state, now)) return { lowMs: 0, highMs: 0 }
  const last = order.at(-1)
  const line = last === undefined ? lineOf(state, '', now, settings) : lineOf(state, last.id, now, settings)
  const own = last === undefined ? [] : [last.status.kind === 'kept' ? null : now - last.status.since]
  const range = estimateWait({ ...line, ahead: [...line.ahead, ...own] })
  const spoken = range === null ? null : spokenWait(range)
  return spoken === null ? null : { lowMs: spoken.lowMs, highMs: spoken.highMs }
}

/** Who waits, and a call that is about to join them. */
function orderWith(state: DeskState, callId: string): readonly Call[] {
  const order = waitingOrder(state)
  const call = state.calls.get(callId)
  return call === undefined || order.includes(call) ? order : [...order, call].sort(byRank)
}

/** What the wait of a call in line, or about to join it, depends on. */
export function lineOf(state: DeskState, callId: string, now: number, settings: Settings): Line {
  const { capMs, wrapUpMs } = settings
  const order = orderWith(state, callId)
  const inLine = new Set(order.map((c) => c.id))
  const upTo = order.slice(0, order.findIndex((c) => c.id === callId) + 1)
  const call = upTo.at(-1)
  const before = call === undefined ? [] : upTo.slice(0, -1).filter((other) => compete(other, call, settings))
  const there: Serving[] = []
  const coming: Serving[] = []
  for (const operator of state.operators.values()) {
    const server = serverOf(operator, state, inLine, now, capMs)
    const { goneInMs, back } = planned(operator, server !== null, now, settings.presences)
    if (server !== null) there.push({ operatorId: operator.id, server: { ...server, ...(goneInMs !== null && { goneInMs }) } })
    for (const { from, until } of back)
      coming.push({ operatorId: operator.id, server: { kind: 'free', inMs: from - now, goneInMs: until - now } })
  }
  // Who is to come is counted with who is there: without anybody there, nothing says that they will.
  const serving = there.length === 0 ? [] : [...there, ...coming]
  const from = (one: Call) => serving.map(({ operatorId }) => Math.max(0, mayRingFrom(one, operatorId, settings) - now))
  const everybodys = settings.lines.every(({ operators }) => operators === null)
  return {
    ahead: before.map(({ status }) => (status.kind === 'kept' ? null : now - status.since)),
    servers: serving.map(({ server }) => server),
    ...(!everybodys && call !== undefined && { reach: [...before, call].map(from) }),
    talks: state.talks,
    wrapUps: state.wrapUps,
    stays: state.stayed,
    capMs,
    wrapUpMs: wrapUpMs ?? 0,
  }
}

type Serving = { readonly operatorId: string; readonly server: Server }

/** A conversation that began before a presence's end may be over so much later, and its operator goes then. */
const overrunMs = 20 * 60_000

/**
 * What the rota says of an operator: in how many ms they go, if it says so, and when they come within the time that matters. One who is
 * there before a presence that is near stays through it; one who is there outside of any stays for as long as it pleases them.
 */
function planned(
  { id, status }: Operator,
  serves: boolean,
  now: number,
  presences: readonly Presence[],
): { readonly goneInMs: number | null; readonly back: readonly Presence[] } {
  const own = presences.filter(({ operatorId, until, from }) => operatorId === id && until > now - overrunMs && from <= now + farMs)
  const back = own.filter(({ from }) => from > now)
  if (!serves) return { goneInMs: null, back }
  const finishes = status.kind === 'talking' || status.kind === 'wrap-up' ? overrunMs : 0
  const current = own.find(({ from, until }) => from <= now && now < until + finishes)
  if (current !== undefined) return { goneInMs: current.until - now, back }
  const [next, ...others] = back
  return next === undefined ? { goneInMs: null, back } : { goneInMs: next.until - now, back: others }
}

/** Null: does not serve the line, or will not after the conversation under way. */
function serverOf(operator: Operator, state: DeskState, inLine: ReadonlySet<string>, now: number, capMs: number): Server | null {
  const { status, restUntil } = operator
  if (status.kind === 'ready' && !isReachable(operator)) return null
  switch (status.kind) {
    case 'ready':
      return { kind: 'free', inMs: Math.max(0, restUntil - now) }
    case 'offered':
      // The one rung for stands in the line as well, and is counted there.
      return inLine.has(status.callId) ? { kind: 'free', inMs: 0 } : { kind: 'talking', forMs: 0, leftMs: capMs }
    case 'talking': {
      const talk = state.calls.get(status.callId)?.status
      const leftMs = talk?.kind === 'talking' ? Math.max(0, talk.capAt - now) : capMs
      return status.then === null ? { kind: 'talking', forMs: now - status.since, leftMs } : null
    }
    case 'wrap-up':
      return { kind: 'wrap-up', forMs: now - status.since, leftMs: status.until === null ? capMs : Math.max(0, status.until - now) }
    case 'watching':
    case 'paused':
    case 'front-desk':
    case 'offline':
      return null
    default:
      return status satisfies never
  }
}
