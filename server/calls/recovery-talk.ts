/** Conversations and transfers, taken up where they stand; see recovery.ts. */
import { isAtRest } from './change.ts'
import { bridgeOfLeg } from './ids.ts'
import type { FoundTalk, Inventory, ListedChannel } from './inputs.ts'
import { armNet, capOfNet, netSeconds } from './limit.ts'
import { lineDialled } from './lines.ts'
import type { Call, CallStatus, Consult, Rejoining, Talking, Watch } from './model.ts'
import { endOffer, endOffers } from './offers.ts'
import { takeUpPhone } from './phones.ts'
import { rejoinFailed } from './rejoining.ts'
import { endConsult, transferFailed } from './transfer.ts'
import { resumeRecording } from './recording.ts'
import { mainLine } from './settings.ts'
import type { Turn } from './turn.ts'
import { holdLimitS } from './waiting.ts'
import { attend, endWatch, placeOfWatch } from './watching.ts'

type Channels = ReadonlyMap<string, ListedChannel>
type Found = { readonly channels: Channels; readonly bridges: Inventory['bridges'] }
/** A conversation whose two parties are both there. */
export function resumeTalk(turn: Turn, call: Call, found: Found): void {
  const { status } = call
  if (status.kind !== 'talking') return
  if (status.watch !== null) resumeWatch(turn, call, status, { ...found, watch: status.watch })
  const now = turn.latest(call)
  if (now.status.kind !== 'talking') return
  if (now.status.consult !== null) resumeConsult(turn, now, now.status, { ...found, asked: now.status.consult })
  else rejoin(turn, now, now.status, found)
  if (now.status.muted) turn.perform({ type: 'mute', channel: now.status.leg, on: true })
  // Put off, or begun anew as somebody outside got the caller, while Asterisk could not be told, it would end them at the limit before.
  if (now.status.extensions > 0 || now.status.operatorId === null) armNet(turn, turn.latest(now))
  resumeRecording(turn, now)
}

function rejoin(turn: Turn, call: Call, { bridge, leg, capAt, onHold }: Talking, { bridges }: Found): void {
  const inside = bridges.get(bridge) ?? []
  const limitS = netSeconds(turn, call, capAt)
  if (onHold) {
    turn.perform({ type: 'hold', channel: call.channel, limitS })
    if (inside.includes(leg)) return
    turn.perform({ type: 'join', channel: leg, bridge })
    turn.perform({ type: 'limit', channel: call.channel, leg, limitS })
    return
  }
  if (inside.includes(call.channel) && inside.includes(leg)) return
  turn.perform({ type: 'answer', channel: call.channel })
  turn.perform({ type: 'connect', caller: call.channel, leg, bridge, limitS })
}

function resumeWatch(turn: Turn, call: Call, status: Talking, { channels, bridges, watch }: Found & { readonly watch: Watch }): void {
  const theirs = channels.get(watch.leg)
  if (theirs === undefined) endWatch(turn, call, true)
  else if (watch.phase === 'ringing') takeUpPhone(turn, theirs)
  else if (bridges.get(placeOfWatch(status, watch))?.includes(watch.leg) !== true) attend(turn, status, watch)
}

/** One whose operator is waited for. */
export function resumeRejoining(turn: Turn, call: Call, { leg }: Rejoining, channels: Channels): void {
  const { status } = call
  if (status.kind !== 'talking') return
  turn.perform({ type: 'hold', channel: call.channel, limitS: netSeconds(turn, call, status.capAt) })
  // Killed before it was hung up, it would stay in the conversation's bridge beside the one that takes it up again.
  if (channels.has(status.leg)) turn.perform({ type: 'hang-up', channel: status.leg })
  // Before the operator is there again, with whom what is said is kept again.
  resumeRecording(turn, call)
  if (leg === null) return
  const theirs = channels.get(leg)
  if (theirs === undefined) rejoinFailed(turn, call, true)
  else takeUpPhone(turn, theirs)
}

function resumeConsult(
  turn: Turn,
  call: Call,
  { leg, bridge, capAt }: Talking,
  { channels, bridges, asked }: Found & { readonly asked: Consult },
): void {
  const theirs = channels.get(asked.leg)
  const limitS = netSeconds(turn, call, capAt)
  // Whoever is rung next, where there is somebody, is rung for a caller with music.
  if (asked.phase === 'ringing') turn.perform({ type: 'hold', channel: call.channel, limitS })
  if (theirs === undefined) {
    endConsult(turn, call, asked.phase === 'ringing' ? 'no-answer' : 'left', true)
    const { status } = turn.latest(call)
    if (asked.phase === 'joined' && status.kind === 'talking') rejoin(turn, call, status, { channels, bridges })
    return
  }
  if (asked.phase === 'ringing') return takeUpPhone(turn, theirs)
  if (asked.phase === 'joined') {
    const inside = bridges.get(bridge) ?? []
    for (const channel of [call.channel, leg, asked.leg]) if (!inside.includes(channel)) turn.perform({ type: 'join', channel, bridge })
    return
  }
  turn.perform({ type: 'hold', channel: call.channel, limitS })
  const theirBridge = bridgeOfLeg(asked.leg)
  const inside = bridges.get(theirBridge) ?? []
  if (!inside.includes(leg) || !inside.includes(asked.leg))
    turn.perform({ type: 'connect', caller: leg, leg: asked.leg, bridge: theirBridge, limitS })
}

/** What is written of the caller ends before this conversation began: they were in line, and this phone was not rung yet. */
const isBehind = ({ status, offers }: Call, { leg, called }: FoundTalk): boolean =>
  (status.kind === 'waiting' || status.kind === 'ringing') && called === null && offers.every((offer) => offer.leg !== leg)

/** The operator's phone is on this call: one that was thought to ring for another does not. */
function freeOperator(turn: Turn, operatorId: string, channels: Channels): void {
  for (const call of turn.state.calls.values())
    for (const offer of call.offers)
      if (offer.operatorId === operatorId && !channels.has(offer.leg)) endOffer(turn, call, offer, 'lost', true)
}

/**
 * A conversation of which nothing was known, or no more than that its caller was in line: it goes on as this operator's. Without an operator
 * of ours who can have it, its parties are strangers like any other.
 */
export function takeUpTalk(turn: Turn, talk: FoundTalk, { bridges }: Pick<Inventory, 'bridges'>, channels: Channels): void {
  const { callId, channel, leg, bridge, operatorId, called, leftS, recording, serial } = talk
  const theirs = channels.get(channel)
  const known = turn.call(callId)
  if (theirs === undefined || !channels.has(leg) || (known !== undefined && !isBehind(known, talk))) return
  freeOperator(turn, operatorId, channels)
  const operator = turn.state.operators.get(operatorId)
  if (operator === undefined || !isAtRest(operator.status)) return
  const { people, number, dialled, page, since = turn.now } = theirs
  if (known !== undefined) endOffers(turn, turn.latest(known), 'lost')
  else if (called === null) {
    const line = lineDialled(turn.settings, dialled).id
    turn.record({ type: 'call-arrived', callId, number, people, line, rank: Math.min(since, turn.now), serial, ...(page && { page }) })
  } else {
    turn.record({ type: 'call-placed', callId, operatorId, number: called, people, owedId: null, serial })
    turn.record({ type: 'dialling-started', callId, operatorId, leg, bridge, channel, tone: `${callId}~play${serial}` })
  }
  // It would go on whatever is asked for, and whoever joins: a line that records begins another, and says so.
  if (recording !== null) turn.perform({ type: 'stop-recording', channel, recording })
  const line = turn.call(callId)?.line ?? mainLine
  const capAt = leftS === null ? turn.now + turn.settings.capMs : capOfNet(turn, { line }, leftS)
  turn.record({ type: 'call-answered', callId, operatorId, leg, bridge, capAt, ...(known && { serial }) })
  // A phone that rang to take it up again has no bridge of its own: nobody is on hold there.
  if (bridges.get(bridge)?.includes(channel) === false) turn.record({ type: 'caller-held', callId })
  const call = turn.call(callId)
  if (call !== undefined) resumeTalk(turn, call, { channels, bridges })
}

/** A caller who is handed over, and is still there. */
export function resumeTransfer(turn: Turn, call: Call, { leg }: Extract<CallStatus, { kind: 'transferring' }>, channels: Channels): void {
  const theirs = channels.get(leg)
  // Killed before it was asked for: they would be in silence, and Asterisk would end a conversation that is none any more.
  turn.perform({ type: 'hold', channel: call.channel, limitS: holdLimitS })
  turn.perform({ type: 'leave-talk', channel: call.channel })
  if (theirs === undefined) return transferFailed(turn, call, 'no-answer', true)
  takeUpPhone(turn, theirs)
}
