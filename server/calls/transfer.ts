/**
 * Handing a caller over (R22): at once, or after asking; all three together. The caller hears music while somebody is asked or
 * rung, and is never left alone: who does not answer gives them back to the operator, whose phone rings again.
 *
 *                    asks            their phone rings   they talk       all three      handed over, rings
 *   they pick up     –               they talk           –               –              they have the caller
 *   they hang up     –               caller back         caller back     two remain     back to the operator, else the queue
 *   they leave (key) –               (they decline)      caller back     two remain     (they decline)
 *   cancel           –               caller back         caller back     they leave     –
 *   hand over        (at once)       handed over, rings  they have it    they have it   –
 *   operator's phone ends: as « hand over »; the caller's ends: everybody goes
 *
 * A group is rung one phone after the other: nobody has answered only when the last of them has not.
 */
import { raiseAlarm } from './alarm.ts'
import { sound } from './announcements.ts'
import { callerName } from './caller-name.ts'
import type { ConsultEnd } from './facts.ts'
import { bridgeOfLeg, legId, playbackId } from './ids.ts'
import { netSeconds } from './limit.ts'
import type { Call, Consult, Operator, Reachable, Talking, Target } from './model.ts'
import { makeOffer, ringTimeoutS } from './offers.ts'
import { dialSeconds } from './outgoing.ts'
import { isReachable } from './reach.ts'
import { refusalOf } from './outgoing-rules.ts'
import { calleeOf } from './parties.ts'
import type { Turn } from './turn.ts'
import { holdLimitS } from './waiting.ts'
import { endWatch } from './watching.ts'

/** Whether an operator's phone may be rung for a transfer or a question. */
export const mayRing = (operator: Operator): boolean => isReachable(operator) && takesQuestions(operator)
const takesQuestions = ({ status }: Operator): boolean =>
  status.kind === 'ready' || status.kind === 'wrap-up' || status.kind === 'paused' || status.kind === 'front-desk'

/** Whether somebody's phone may be rung for a transfer or a question; a number that may not be dialled is written down. */
function mayReach(turn: Turn, target: Reachable, operatorId: string): boolean {
  if (target.kind === 'operator') {
    const operator = turn.state.operators.get(target.operatorId)
    return target.operatorId !== operatorId && operator !== undefined && mayRing(operator)
  }
  const { number } = target
  const reason = refusalOf(turn.state, turn.settings, { number, operatorId, now: turn.now })
  if (reason !== null) turn.record({ type: 'outgoing-refused', operatorId, number, reason })
  return reason === null
}

const talkOf = ({ status }: Call, operatorId: string): Talking | null =>
  status.kind === 'talking' && status.operatorId === operatorId && status.rejoining == null ? status : null

function ring(turn: Turn, call: Call, target: Target, leg: string, caller: string): void {
  const shows = target.kind === 'operator' ? { number: call.number, name: `Transfert : ${callerName(call)}` } : null
  const timeoutS = target.kind === 'number' ? dialSeconds(turn.settings) : ringTimeoutS(turn)
  turn.perform({ type: 'ring', leg, to: calleeOf(target), caller, shows, bridge: bridgeOfLeg(leg), timeoutS })
}

/**
 * The phone that rang for a group is not picked up: the next of them who may be rung.
 * @returns false when there is nobody left to ring, or it was not about a group
 */
function passOn(turn: Turn, call: Call, reason: ConsultEnd, legIsGone: boolean): boolean {
  const rung = ringingFor(call)
  if (rung?.target.group === undefined || reason === 'cancelled') return false
  const { group } = rung.target
  const at = group.others.findIndex((other) => mayReach(turn, other, rung.by))
  const next = group.others[at]
  if (next === undefined) return false
  const leg = legId(call)
  const target = { ...next, group: { ...group, others: group.others.slice(at + 1) } }
  turn.record({ type: 'target-passed', callId: call.id, reason, target, leg })
  if (!legIsGone) turn.perform({ type: 'hang-up', channel: rung.leg })
  turn.perform({ type: 'drop-bridge', bridge: bridgeOfLeg(rung.leg), channel: rung.leg })
  ring(turn, call, target, leg, rung.caller)
  return true
}

type RungTarget = { readonly target: Target; readonly leg: string; readonly caller: string; readonly by: string }
/** The phone that rings to be asked or handed the caller, on whose behalf, and who is to talk there. */
function ringingFor({ channel, status }: Call): RungTarget | null {
  if (status.kind === 'transferring') return { target: status.target, leg: status.leg, caller: channel, by: status.from }
  if (status.kind !== 'talking' || status.consult?.phase !== 'ringing' || status.operatorId === null) return null
  return { target: status.consult.target, leg: status.consult.leg, caller: status.leg, by: status.operatorId }
}

/** Ask somebody while the caller hears music. */
export function consult(turn: Turn, call: Call, operatorId: string, target: Target): void {
  const talk = talkOf(call, operatorId)
  if (talk === null || talk.consult !== null || !mayReach(turn, target, operatorId)) return
  const [leg, tone] = [legId(call), playbackId(call)]
  turn.record({ type: 'consult-started', callId: call.id, operatorId, target, leg, tone })
  turn.perform({ type: 'hold', channel: call.channel, limitS: netSeconds(turn, call, talk.capAt) })
  turn.perform({ type: 'play', channel: talk.leg, playback: tone, sounds: ['tone:ring'], language: 'fr' })
  ring(turn, call, target, leg, talk.leg)
}

/** Whoever was asked has picked up. */
export function consultAnswered(turn: Turn, call: Call): void {
  const { status } = call
  if (status.kind !== 'talking' || status.consult === null) return
  turn.record({ type: 'consult-answered', callId: call.id })
  turn.perform({ type: 'stop-playing', channel: status.leg, playback: status.consult.tone })
  joinConsult(turn, call, status, status.consult)
  bringAlong(turn, status, bridgeOfLeg(status.consult.leg))
}

/** A supervisor who talks too is where the operator is. */
function bringAlong(turn: Turn, { watch }: Talking, bridge: string): void {
  if (watch?.phase === 'up' && watch.mode === 'join') turn.perform({ type: 'join', channel: watch.leg, bridge })
}

const joinConsult = (turn: Turn, call: Call, { leg, capAt }: Talking, asked: Consult): void =>
  turn.perform({ type: 'connect', caller: leg, leg: asked.leg, bridge: bridgeOfLeg(asked.leg), limitS: netSeconds(turn, call, capAt) })

/** Back to the caller; of three, two remain. */
export function endConsult(turn: Turn, call: Call, reason: ConsultEnd, legIsGone = false): void {
  const { status } = call
  if (status.kind !== 'talking' || status.consult === null) return
  if (passOn(turn, call, reason, legIsGone)) return
  const { consult: asked, leg, bridge, capAt } = status
  turn.record({ type: 'consult-ended', callId: call.id, reason })
  if (asked.phase === 'ringing') turn.perform({ type: 'stop-playing', channel: leg, playback: asked.tone })
  if (!legIsGone) turn.perform({ type: 'hang-up', channel: asked.leg })
  if (asked.phase === 'joined') return
  turn.perform({ type: 'connect', caller: call.channel, leg, bridge, limitS: netSeconds(turn, call, capAt) })
  if (asked.phase === 'talking') bringAlong(turn, status, bridge)
  turn.perform({ type: 'drop-bridge', bridge: bridgeOfLeg(asked.leg), channel: asked.leg })
}

export function cancelConsult(turn: Turn, call: Call, operatorId: string): void {
  if (talkOf(call, operatorId) !== null) endConsult(turn, call, 'cancelled')
}

/** All three talk. */
export function confer(turn: Turn, call: Call, operatorId: string): void {
  const talk = talkOf(call, operatorId)
  if (talk?.consult?.phase !== 'talking') return
  const bridge = bridgeOfLeg(talk.consult.leg)
  turn.record({ type: 'conference-joined', callId: call.id, bridge })
  turn.perform({ type: 'join', channel: call.channel, bridge })
  turn.perform({ type: 'drop-bridge', bridge: talk.bridge, channel: talk.leg })
}

/** Hand the caller over: to `target` at once, or to whom is being asked. */
export function transfer(turn: Turn, call: Call, operatorId: string, target: Target | null): void {
  const talk = talkOf(call, operatorId)
  if (talk === null) return
  if (target === null) return handOver(turn, call)
  if (talk.consult !== null || !mayReach(turn, target, operatorId)) return
  endWatch(turn, call)
  const leg = legId(call)
  turn.record({ type: 'transfer-started', callId: call.id, operatorId, target, leg })
  apart(turn, call)
  ring(turn, call, target, leg, call.channel)
  leave(turn, talk, false)
}

/** The operator leaves the conversation to the caller and whom was asked, or to the phone that rings. */
export function handOver(turn: Turn, call: Call, operatorGone = false): void {
  const { status } = call
  if (status.kind !== 'talking' || status.consult === null || status.operatorId === null) return
  endWatch(turn, call)
  const { operatorId, consult: asked } = status
  const { target, leg } = asked
  const about = { callId: call.id, operatorId, target, leg }
  if (asked.phase === 'ringing') {
    turn.record({ type: 'transfer-started', ...about })
    if (!operatorGone) turn.perform({ type: 'stop-playing', channel: status.leg, playback: asked.tone })
    apart(turn, call)
    return leave(turn, status, operatorGone)
  }
  have(turn, call, about)
  leave(turn, status, operatorGone, bridgeOfLeg(leg))
}

/** The caller waits with music for somebody to pick up. */
function apart(turn: Turn, { channel }: Call): void {
  turn.perform({ type: 'hold', channel, limitS: holdLimitS })
  turn.perform({ type: 'leave-talk', channel })
}

/** @param kept the bridge in which the others go on talking */
function leave(turn: Turn, { leg, bridge }: Talking, gone: boolean, kept: string | null = null): void {
  if (!gone) turn.perform({ type: 'hang-up', channel: leg })
  for (const own of new Set([bridgeOfLeg(leg), bridge])) if (own !== kept) turn.perform({ type: 'drop-bridge', bridge: own, channel: leg })
}

type HandedOver = { readonly callId: string; readonly operatorId: string; readonly target: Target; readonly leg: string }
function have(turn: Turn, call: Call, about: HandedOver): void {
  const { capMs } = turn.settings
  const bridge = bridgeOfLeg(about.leg)
  turn.record({ type: 'call-transferred', ...about, bridge, capAt: turn.now + capMs })
  turn.perform({ type: 'connect', caller: call.channel, leg: about.leg, bridge, limitS: netSeconds(turn, call, turn.now + capMs) })
}

/** Whom the caller was handed over to has picked up. */
export function transferAnswered(turn: Turn, call: Call): void {
  const { status } = call
  if (status.kind !== 'transferring') return
  have(turn, call, { callId: call.id, operatorId: status.from, target: status.target, leg: status.leg })
}

/** Nobody answered: the caller is told, and the operator's phone rings; when it may not, the next one's, first of all who wait. */
export function transferFailed(turn: Turn, call: Call, reason: ConsultEnd, legIsGone = false): void {
  const { status } = call
  if (status.kind !== 'transferring' || passOn(turn, call, reason, legIsGone)) return
  const announcement = { playback: playbackId(call), sounds: [sound('transfer-failed')] }
  turn.record({ type: 'transfer-failed', callId: call.id, reason, announcement })
  if (!legIsGone) turn.perform({ type: 'hang-up', channel: status.leg })
  turn.perform({ type: 'drop-bridge', bridge: bridgeOfLeg(status.leg), channel: status.leg })
  turn.perform({ type: 'play', channel: call.channel, language: call.language, ...announcement })
  const operator = turn.state.operators.get(status.from)
  raiseAlarm(turn, turn.latest(call))
  if (operator !== undefined && isReachable(operator) && (operator.status.kind === 'ready' || operator.status.kind === 'wrap-up'))
    makeOffer(turn, turn.latest(call), operator.id)
}

/** When a phone that is rung for a transfer or a question is given up, in ms. */
export const transferDeadline = (since: number, target: Target, settings: Turn['settings']): number =>
  since + (target.kind === 'operator' ? settings.ringMs : settings.dialMs)
