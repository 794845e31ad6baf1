/** Ringing operators' phones: who is rung, and what follows when a phone stops ringing. */
import { callerName } from './caller-name.ts'
import { chooseOperator, isAnybodyFree } from './distribution.ts'
import type { OfferEnd } from './facts.ts'
import { bridgeOfLeg, legId } from './ids.ts'
import { netSeconds } from './limit.ts'
import type { Call, Offer, OfferReason } from './model.ts'
import type { Settings } from './settings.ts'
import { isDue, waitingOrder } from './queue.ts'
import type { Turn } from './turn.ts'
import { dropPlaceOf } from './places.ts'
import { playClosed, queueCall, stopAnnouncing } from './waiting.ts'

/**
 * Pair waiting callers, first come first, with operators who are free; a caller nobody can be rung for joins the queue. Where
 * several phones may ring for one caller, everybody has one before anybody has two.
 */
export function matchQueue(turn: Turn): void {
  // Asked once for all who wait while everybody is busy.
  let free = isAnybodyFree(turn.state, turn.now)
  // Nobody is free: only who hears it ring, or waits after hours, has anything to come.
  const settled = turn.state.open && [...turn.state.calls.values()].every(({ status }) => status.kind !== 'ringing')
  if (!free && settled) return
  for (const { id } of waitingOrder(turn.state)) {
    if (!free && settled) break
    const call = turn.call(id)
    if (call === undefined || call.offers.length > 0 || !isDue(turn.state, call, turn.now)) continue
    const choice = free ? chooseOperator(turn.state, call, turn.now, turn.settings) : null
    if (choice !== null) {
      makeOffer(turn, call, choice.operator.id, choice.why)
      free = isAnybodyFree(turn.state, turn.now)
    } else if (call.status.kind === 'ringing') queueCall(turn, call)
    else if (call.status.kind === 'waiting' && !turn.state.open) {
      // Handed back by a transfer after hours, and nobody is there to have them.
      stopAnnouncing(turn, call)
      playClosed(turn, call)
    }
  }
  if (turn.settings.ringMost > 1) for (const { id } of waitingOrder(turn.state)) ringMore(turn, id)
}

/** Whether further phones may ring for a call besides those that do; one that somebody chose rings alone. */
export const mayRingMore = ({ offers }: Call, { ringMost }: Settings): boolean =>
  offers.length > 0 && offers.length < ringMost && offers.every(({ why }) => why !== null)

function ringMore(turn: Turn, callId: string): void {
  for (let call = turn.call(callId); call !== undefined && mayRingMore(call, turn.settings); call = turn.call(callId)) {
    const choice = chooseOperator(turn.state, call, turn.now, turn.settings)
    if (choice === null) return
    makeOffer(turn, call, choice.operator.id, choice.why)
  }
}

export const offerOf = ({ offers }: Call, operatorId: string): Offer | undefined => offers.find((o) => o.operatorId === operatorId)

export function makeOffer(turn: Turn, call: Call, operatorId: string, why?: OfferReason): void {
  const leg = legId(call)
  turn.record({ type: 'offer-made', callId: call.id, operatorId, leg, ...(why !== undefined && { why }) })
  turn.perform({
    type: 'ring',
    leg,
    to: { kind: 'operator', operatorId },
    caller: isToBeCalled(call) ? null : call.channel,
    shows: { number: call.number, name: shownName(call) },
    bridge: bridgeOfLeg(leg),
    timeoutS: ringTimeoutS(turn),
  })
}

/** Nobody is there yet: whoever picks up calls them. */
const isToBeCalled = ({ status }: Call): boolean => status.kind === 'kept' || status.kind === 'placing'

const shownName = (call: Call): string => (isToBeCalled(call) ? `Rappel : ${callerName(call)}` : callerName(call))

/** A phone stops ringing; the call keeps its place. An operator who missed too often is paused, visibly. */
export function endOffer(turn: Turn, call: Call, offer: Offer, why: OfferEnd, legIsGone = false): void {
  const placing = call.status.kind === 'placing'
  const reason = placing && why !== 'caller-gone' ? 'own-phone' : why
  const rests = reason === 'no-answer' || reason === 'declined' || reason === 'unreachable'
  turn.record({
    type: 'offer-ended',
    callId: call.id,
    operatorId: offer.operatorId,
    reason,
    restUntil: rests ? turn.now + turn.settings.restMs : 0,
  })
  silence(turn, offer, legIsGone)
  const operator = turn.state.operators.get(offer.operatorId)
  if (operator !== undefined && rests && reason !== 'declined' && operator.misses >= turn.settings.missesBeforePause) {
    turn.record({ type: 'operator-paused', operatorId: operator.id, reason: reason === 'unreachable' ? 'unreachable' : 'missed' })
  }
  if (reason === 'own-phone') turn.record({ type: 'call-ended', callId: call.id, reason: 'withdrawn', by: 'operator' })
}

/** Every phone that rings for the call stops. */
export function endOffers(turn: Turn, call: Call, why: OfferEnd): void {
  for (const offer of call.offers) endOffer(turn, call, offer, why)
}

export function silence(turn: Turn, { leg }: Offer, legIsGone = false): void {
  if (!legIsGone) turn.perform({ type: 'hang-up', channel: leg })
  turn.perform({ type: 'drop-bridge', bridge: bridgeOfLeg(leg), channel: leg })
}

/**
 * One of several phones was picked up: the others' operators are free again, and have missed nothing.
 * @returns the offers whose phones are still to be silenced, once both are joined: nobody waits for that.
 */
export function settleOthers(turn: Turn, call: Call, { leg }: Offer): readonly Offer[] {
  const others = call.offers.filter((o) => o.leg !== leg)
  for (const { operatorId } of others) turn.record({ type: 'offer-ended', callId: call.id, operatorId, reason: 'taken', restUntil: 0 })
  return others
}

/** An operator picked up: both are joined, and the conversation's limit is armed. */
export function answerCall(turn: Turn, call: Call, offer: Offer): void {
  const { operatorId, leg } = offer
  const { capMs } = turn.settings
  const bridge = bridgeOfLeg(leg)
  const others = settleOthers(turn, call, offer)
  turn.record({ type: 'call-answered', callId: call.id, operatorId, leg, bridge, capAt: turn.now + capMs })
  if (call.status.kind === 'ringing') turn.perform({ type: 'answer', channel: call.channel })
  stopAnnouncing(turn, call)
  dropPlaceOf(turn, call.number)
  turn.perform({ type: 'connect', caller: call.channel, leg, bridge, limitS: netSeconds(turn, call, turn.now + capMs) })
  for (const other of others) silence(turn, other)
}

/** Asterisk gives up on a phone a little after we do. */
export const ringTimeoutS = ({ settings }: Turn): number => Math.ceil(settings.ringMs / 1000) + 5
