/**
 * Calling out. An operator's own phone rings first; once it is picked up the person's is dialled, and the operator hears it ring.
 * The same way serves an operator's wish and a kept place whose turn has come. Nothing is dialled that the rules do not allow.
 */
import { isAtRest } from './change.ts'
import type { DialEnd } from './facts.ts'
import { bridgeOfLeg, outChannelId, playbackId } from './ids.ts'
import type { Input } from './inputs.ts'
import { netSeconds } from './limit.ts'
import type { Call, CallStatus, Offer } from './model.ts'
import type { Settings } from './settings.ts'
import { answerCall, makeOffer, settleOthers, silence } from './offers.ts'
import { refusalOf } from './outgoing-rules.ts'
import { placeOf } from './queue.ts'
import type { Turn } from './turn.ts'

type Dialling = Extract<CallStatus, { kind: 'dialling' }>

/** After this, a phone that should have stopped ringing is given up by us. */
const lostDialMs = 10_000

/** An operator wants to call somebody. Whoever has a kept place is called for that place, at once. */
export function placeCall(turn: Turn, { operatorId, callId, number, people, owedId }: Extract<Input, { type: 'operator-calls' }>): void {
  const operator = turn.state.operators.get(operatorId)
  if (operator === undefined || !isAtRest(operator.status)) return
  if (turn.call(callId) !== undefined) return
  const reason = refusalOf(turn.state, turn.settings, { number, operatorId, now: turn.now })
  if (reason !== null) return turn.record({ type: 'outgoing-refused', operatorId, number, reason })
  // Somebody else calls them already.
  if (placeOf(turn.state, number)?.status.kind === 'dialling') return
  const kept = [...turn.state.calls.values()].find((c) => c.status.kind === 'kept' && c.status.playing === null && c.number === number)
  if (kept !== undefined && kept.offers.length > 0) return
  if (kept === undefined) turn.record({ type: 'call-placed', callId, operatorId, number, people, owedId })
  const call = kept ?? turn.call(callId)
  if (call !== undefined) makeOffer(turn, call, operatorId)
}

/** The operator picked up: somebody who is there is joined, somebody who is to be called is dialled. */
export function pickUp(turn: Turn, call: Call, offer: Offer): void {
  if (call.status.kind !== 'kept' && call.status.kind !== 'placing') return answerCall(turn, call, offer)
  const { operatorId, leg } = offer
  const others = settleOthers(turn, call, offer)
  const [channel, tone] = [outChannelId(call), playbackId(call)]
  turn.record({ type: 'dialling-started', callId: call.id, operatorId, leg, bridge: bridgeOfLeg(leg), channel, tone })
  turn.perform({ type: 'play', channel: leg, playback: tone, sounds: ['tone:ring'], language: 'fr' })
  const to = { kind: 'number', number: call.number ?? '' } as const
  turn.perform({ type: 'ring', leg: channel, to, caller: leg, shows: null, bridge: null, timeoutS: dialSeconds(turn.settings) })
  for (const other of others) silence(turn, other)
}

/** Whom we called has picked up. */
export function joinDialled(turn: Turn, call: Call): void {
  const { status } = call
  if (status.kind !== 'dialling') return
  const { capMs } = turn.settings
  const { operatorId, leg, bridge, tone } = status
  turn.record({ type: 'call-answered', callId: call.id, operatorId, leg, bridge, capAt: turn.now + capMs })
  turn.perform({ type: 'stop-playing', channel: leg, playback: tone })
  turn.perform({ type: 'connect', caller: call.channel, leg, bridge, limitS: netSeconds(turn, call, turn.now + capMs) })
}

export const dialSeconds = ({ dialMs }: Settings): number => Math.ceil(dialMs / 1000)
export const dialDeadline = ({ since }: Dialling, { dialMs }: Settings): number => since + dialMs + lostDialMs

function letGo(turn: Turn, { channel }: Call, { leg, bridge }: Dialling, gone: readonly string[]): void {
  for (const one of [channel, leg]) if (!gone.includes(one)) turn.perform({ type: 'hang-up', channel: one })
  turn.perform({ type: 'drop-bridge', bridge, channel: leg })
}

/** Whoever is called for their place needs it no more: their phone stops ringing, and the operator is free. */
export function stopDialling(turn: Turn, call: Call, status: Dialling): void {
  letGo(turn, call, status, [])
  const about = { callId: call.id, operatorId: status.operatorId }
  turn.record({ type: 'dialling-ended', ...about, reason: 'cancelled', nextAt: turn.now })
}

const inVain = new Set<DialEnd>(['no-answer', 'busy', 'unallocated', 'unreachable'])

/** Whom we called was not reached. A kept place is called again later, three times in all; then it is left to a person. */
export function endDialling(turn: Turn, call: Call, reason: DialEnd, gone: readonly string[] = []): void {
  const { status } = call
  if (status.kind !== 'dialling') return
  letGo(turn, call, status, gone)
  const { attempts, attemptGapMs, restMs } = turn.settings
  const again = status.attempts !== null && status.attempts + 1 < attempts
  const wait = inVain.has(reason) ? (again ? attemptGapMs : null) : status.attempts === null ? null : restMs
  const nextAt = wait === null ? null : turn.now + wait
  turn.record({ type: 'dialling-ended', callId: call.id, operatorId: status.operatorId, reason, nextAt })
  if (nextAt !== null) return
  turn.record({ type: 'call-ended', callId: call.id, reason: reason === 'cancelled' ? 'withdrawn' : 'unanswered', by: 'desk' })
}
